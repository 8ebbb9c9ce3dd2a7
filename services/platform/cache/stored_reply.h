// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "services/platform/base/feed_position.h"

namespace communique::platform {

// A finished public reply as the caches keep it. Never changed once made; shared by everybody who sends it.
struct StoredReply {
  // The serialised reply message.
  std::string bytes;
  // Its etag, so that `if_none_match` is answered without parsing; empty where the reply has none.
  std::string etag;
  // Where the internal feed was known to stand before the reply's rows were read.
  FeedPosition as_of = 0;
  // When it ends, on the database's clock: no later than the next instant at which anything in it begins or ends to be
  // visible. Set when the reply is made; reading does not move it.
  absl::Time expires_at;
};

// The bytes alone, keeping the whole alive.
inline std::shared_ptr<const std::string> BytesOf(std::shared_ptr<const StoredReply> reply) {
  const std::string* bytes = &reply->bytes;
  return {std::move(reply), bytes};
}

}  // namespace communique::platform
