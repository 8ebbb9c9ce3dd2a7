// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/transaction.h"

#include "absl/strings/str_cat.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/base/uuid.h"
#include "services/platform/locale/text.h"

namespace communique::releases {

absl::Time ToStoredPrecision(absl::Time now) { return platform::FromMicros(platform::ToMicros(now)); }

absl::Status CheckRequestId(const std::string& request_id) {
  if (request_id.empty() || platform::IsUuid(request_id)) return absl::OkStatus();
  return platform::InvalidField("request_id", absl::StrCat("\"", platform::Excerpt(request_id, 60),
                                                           "\" is not a UUID; make a new one for each change"));
}

absl::Status TakenBack() { return absl::CancelledError("validated only"); }

}  // namespace communique::releases
