// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/feed_position.h"
#include "services/platform/storage/database.h"
#include "services/releases/domain/content_validation.h"

namespace communique::releases {

// How much is taken and kept, from the configuration.
struct Limits {
  ContentLimits content;
  // limits.import_bytes: a file to import.
  std::size_t max_import_bytes = 1 << 20;
  // retention.deleted_releases: how long a deleted release can be taken back.
  absl::Duration kept_after_deletion = absl::Hours(30 * 24);
};

// What the use cases work with. Everything in it outlives them and may be used from any thread.
struct Environment {
  platform::Database& database;
  // The database's clock: what decides about visibility.
  const platform::Clock& clock;
  Limits limits;
  // Called after a change of a resource is final and before its caller is told, with its position in the internal feed:
  // this process's caches and watchers learn of it at once.
  std::function<void(std::string_view resource, platform::FeedPosition position)> changed = [](auto, auto) {};
};

// Who calls, and for which call the work is done.
struct Caller {
  std::string principal;
  std::string request_id;
  // The RPC's full name: the same request_id may be used with different ones.
  std::string method;
  absl::Time deadline = absl::InfiniteFuture();
  // Whether the caller may decide about publication in the newsroom, which some changes of a scheduled release amount
  // to.
  bool may_publish = false;
};

// What a change answers: the value as it is now, and the position in the internal feed that a reader must have reached
// to see it.
template <typename Value>
struct Written {
  Value value;
  platform::FeedPosition position = 0;
};

}  // namespace communique::releases
