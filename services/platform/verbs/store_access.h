// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string_view>

#include "services/platform/base/clock.h"
#include "services/platform/base/feed_position.h"
#include "services/platform/storage/database.h"

namespace communique::platform {

// What use cases need of their store. Everything in it outlives them and may be used from any thread.
struct StoreAccess {
  Database& database;
  // The database's clock.
  const Clock& clock;
  // Called after a change of a resource is final and before its caller is told, with its position in the internal feed:
  // this process's caches and watchers learn of it at once.
  std::function<void(std::string_view resource, FeedPosition position)> changed = [](auto, auto) {};
};

// What a change answers: the value as it is now, and the position in the internal feed that a reader must have reached
// to see it.
template <typename Value>
struct Written {
  Value value;
  FeedPosition position = 0;
};

}  // namespace communique::platform
