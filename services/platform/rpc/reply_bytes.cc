// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/reply_bytes.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

namespace communique::platform {

absl::StatusOr<ReplyBytes> SerializeReply(const google::protobuf::MessageLite& message) {
  auto bytes = std::make_shared<std::string>();
  if (message.ByteSizeLong() > std::numeric_limits<int>::max() || !message.SerializeToString(bytes.get())) {
    return InternalError(absl::StrCat(message.GetTypeName(), " cannot be serialised"));
  }
  return ReplyBytes(std::move(bytes));
}

}  // namespace communique::platform
