// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/verbs/write_once.h"

#include "absl/strings/str_cat.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/base/uuid.h"
#include "services/platform/locale/text.h"

namespace communique::platform {

absl::Time ToStoredPrecision(absl::Time now) { return FromMicros(ToMicros(now)); }

absl::Status CheckRequestId(const std::string& request_id) {
  if (request_id.empty() || IsUuid(request_id)) return absl::OkStatus();
  return InvalidField("request_id",
                      absl::StrCat("\"", Excerpt(request_id, 60), "\" is not a UUID; make a new one for each change"));
}

absl::Status TakenBack() { return absl::CancelledError("validated only"); }

}  // namespace communique::platform
