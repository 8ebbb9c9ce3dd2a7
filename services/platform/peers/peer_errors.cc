// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/peers/peer_errors.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr absl::Duration kRetryAfter = absl::Seconds(1);

std::string_view WhyNoAnswer(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kDeadlineExceeded:
      return "does not answer in time";
    case absl::StatusCode::kResourceExhausted:
      return "is overloaded";
    case absl::StatusCode::kUnauthenticated:
    case absl::StatusCode::kPermissionDenied:
      return "does not let this service in";
    case absl::StatusCode::kUnimplemented:
      return "is of a version that cannot answer this";
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kCancelled:
      return "is not there";
    default:
      return "has failed";
  }
}

}  // namespace

bool IsAnswer(const absl::Status& answer) {
  switch (answer.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kOutOfRange:
      return true;
    default:
      return false;
  }
}

absl::Status FromPeer(std::string_view peer, const absl::Status& answer) {
  if (IsAnswer(answer)) return answer;
  const absl::Duration asked = RetryAfterOf(answer).value_or(kRetryAfter);
  return PeerUnavailable(peer, WhyNoAnswer(answer.code()), std::clamp(asked, absl::ZeroDuration(), absl::Minutes(1)));
}

absl::Status PeerUnavailable(std::string_view peer, std::string_view why, absl::Duration retry_after) {
  return Unavailable(Reason::ERROR_REASON_PEER_UNAVAILABLE,
                     absl::StrCat("this needs the service ", ToAbsl(peer), ", which ", ToAbsl(why),
                                  "; nothing was changed here, try again"),
                     retry_after, {{"peer", peer}});
}

}  // namespace communique::platform
