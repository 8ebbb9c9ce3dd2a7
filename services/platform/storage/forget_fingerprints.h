// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "absl/status/status.h"
#include "services/platform/storage/session.h"

namespace communique::platform {

// Takes the fingerprints out of the records of calls (idempotency.h) that made or changed the resource `name`: a
// fingerprint is a digest of the request, by which somebody who knows the rest of it could try out what was erased. A
// repetition of such a call is refused from then on (REQUEST_ID_REUSED): it is not made again, and brings nothing back.
absl::Status ForgetFingerprints(Session& session, const std::string& name);

}  // namespace communique::platform
