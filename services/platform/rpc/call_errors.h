// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

// The errors that the chain itself answers with, beside those of its checks.
namespace communique::platform {

// RESOURCE_EXHAUSTED, TOO_LARGE.
absl::Status RequestTooLarge(std::size_t bytes, std::size_t limit);
absl::Status ReplyTooLarge(std::size_t bytes, std::size_t limit);

// RESOURCE_EXHAUSTED, OVERLOADED. `limit` is the configuration key.
absl::Status TooManyCalls(std::string_view limit, int allowed, absl::Duration retry_after);

// UNAVAILABLE, SHUTTING_DOWN.
absl::Status ShuttingDown(absl::Duration retry_after);

// UNAVAILABLE, WATCH_ENDED: a stream ended by the server.
absl::Status WatchEnded(std::string_view why, absl::Duration retry_after);

// DEADLINE_EXCEEDED. `so` says what may have been done.
absl::Status DeadlinePassed(std::string_view so);

// CANCELLED. Nobody reads it.
absl::Status CallerLeft();

}  // namespace communique::platform
