// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/forget_fingerprints.h"

namespace communique::platform {

absl::Status ForgetFingerprints(Session& session, const std::string& name) {
  return session
      .Execute("UPDATE idempotency_records SET fingerprint = :none WHERE name = :name",
               {{"none", Bytes{""}}, {"name", name}})
      .status();
}

}  // namespace communique::platform
