// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>

#include "absl/status/status.h"
#include "services/platform/assembly/store.h"
#include "services/platform/changes/watch_hub.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/config/settings.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/rpc/event_stream.h"

namespace communique::platform {

// watch.*
void BindWatch(Settings& settings, WatchHubOptions& options);

// Serves a server stream from a hub: what the start function of a Watch method returns.
absl::Status ServeWatch(WatchHub& hub, WatchHub::Request request, std::shared_ptr<EventStream> stream);

// One feed's watchers: the hub, told of changes by the tail, at work on the executor for reading. The tail has not been
// started. What is passed by reference must outlive it, and it the last collection of the metrics, where it shows
// communique_watch_*.
class Watch {
 public:
  Watch(Feed feed, WatchEvents& events, const WatchHubOptions& options, Store& store, Executor& db_read,
        const MonotonicClock& clock, Metrics& metrics);

  WatchHub& hub() { return hub_; }

 private:
  WatchHub hub_;
};

}  // namespace communique::platform
