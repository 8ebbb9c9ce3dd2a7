// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/erasure_work.h"

#include "services/contacts/usecases/carry_on_erasure.h"

namespace communique::contacts {

ErasureWork::ErasureWork(const Environment& environment, const platform::Log& log)
    : work_("erasures", environment.erasure.retry_interval, log,
            [this, &environment](absl::Time until) { return CarryOnErasures(environment, until, stop_.get_token()); }) {
}

}  // namespace communique::contacts
