// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

// Whether this process wants calls, and how its dependencies are: the truth that grpc.health.v1 (health_service.h) and
// /readyz (ops_http.h) tell. Names are of two kinds:
//   "" and the names of the gRPC services   follow SetReady: what probes and load balancers act on
//   "db", "cache", …                        follow SetDependency: for people and graphs. A dependency that is gone does
//                                           not make the process unready: every replica would be, and readers who could
//                                           be served from the cache would get nothing.
// Nothing is ready until SetReady(true), and nothing is after Drain. Thread-safe.
class Health {
 public:
  void AddService(std::string_view name);
  void SetDependency(std::string_view name, bool reachable);
  void SetReady(bool ready);
  // Not ready, for ever.
  void Drain();

  bool ready() const;
  // Nothing for a name that nobody added.
  std::optional<bool> IsServing(std::string_view name) const;
  struct Entry {
    std::string name;
    bool serving;
    bool is_dependency;
  };
  // All names, sorted; "" first.
  std::vector<Entry> All() const;

  // `changed` is called after each change, on the thread that made it, until Unwatch; `ended` once by EndWatches.
  // Neither is called under a lock; calls that were under way may still come while Unwatch returns.
  std::uint64_t Watch(std::function<void()> changed, std::function<void()> ended);
  void Unwatch(std::uint64_t id);
  std::size_t watches() const;
  // Tells all watchers to end, and those who come later at once.
  void EndWatches();

 private:
  struct Watcher {
    std::function<void()> changed;
    std::function<void()> ended;
  };

  void Tell(std::function<void()> Watcher::*what);

  mutable Mutex mutex_;
  bool ready_ ABSL_GUARDED_BY(mutex_) = false;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  bool watches_ended_ ABSL_GUARDED_BY(mutex_) = false;
  // Nothing in the value: a service, which follows ready_.
  std::map<std::string, std::optional<bool>, std::less<>> names_ ABSL_GUARDED_BY(mutex_) = {{"", std::nullopt}};
  std::map<std::uint64_t, Watcher> watchers_ ABSL_GUARDED_BY(mutex_);
  std::uint64_t next_id_ ABSL_GUARDED_BY(mutex_) = 1;
};

}  // namespace communique::platform
