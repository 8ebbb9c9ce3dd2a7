// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/call_errors.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

absl::Status TooLarge(std::string_view what, std::size_t bytes, std::size_t limit, std::string_view key,
                      std::string_view advice) {
  const std::string size = absl::StrCat(bytes);
  return MakeError(absl::StatusCode::kResourceExhausted, Reason::ERROR_REASON_TOO_LARGE,
                   absl::StrCat("the ", ToAbsl(what), " has ", size, " bytes, ", limit, " are allowed (", ToAbsl(key),
                                "); ", ToAbsl(advice)),
                   {{"limit", key}, {"bytes", size}});
}

}  // namespace

absl::Status RequestTooLarge(std::size_t bytes, std::size_t limit) {
  return TooLarge("request", bytes, limit, "rpc.max_request_bytes", "send less at once");
}

absl::Status ReplyTooLarge(std::size_t bytes, std::size_t limit) {
  return TooLarge("reply", bytes, limit, "rpc.max_reply_bytes", "ask for less at once");
}

absl::Status TooManyCalls(std::string_view limit, int allowed, absl::Duration retry_after) {
  return Exhausted(Reason::ERROR_REASON_OVERLOADED,
                   absl::StrCat("the server has ", allowed, " calls under way and takes no more (", ToAbsl(limit),
                                "); try again a little later"),
                   retry_after, {{"limit", limit}});
}

absl::Status ShuttingDown(absl::Duration retry_after) {
  return Unavailable(Reason::ERROR_REASON_SHUTTING_DOWN, "the server is shutting down; another one will answer",
                     retry_after);
}

absl::Status WatchEnded(std::string_view why, absl::Duration retry_after) {
  return Unavailable(Reason::ERROR_REASON_WATCH_ENDED,
                     absl::StrCat(ToAbsl(why), "; watch again from the last token you have"), retry_after);
}

absl::Status DeadlinePassed(std::string_view so) {
  return MakeError(absl::StatusCode::kDeadlineExceeded, Reason::ERROR_REASON_DEADLINE_EXCEEDED,
                   absl::StrCat("the deadline passed; ", ToAbsl(so)));
}

absl::Status CallerLeft() { return absl::CancelledError("the caller left"); }

}  // namespace communique::platform
