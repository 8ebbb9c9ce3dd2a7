// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/observability/log.h"

namespace communique::platform {

// Work that is done now and then on a thread of its own: cleaning up. It must be good to be done by several replicas at
// once, and not matter when it fails: it is logged and done again the next time.
class PeriodicWork {
 public:
  // Starts the thread; the first time comes after one interval, or a hint. `work` is given its deadline.
  PeriodicWork(std::string name, absl::Duration interval, Log log,
               std::function<absl::Status(absl::Time deadline)> work);
  ~PeriodicWork() { Stop(); }
  PeriodicWork(const PeriodicWork&) = delete;
  PeriodicWork& operator=(const PeriodicWork&) = delete;

  // Do it now, or again when it is under way. From any thread.
  void Hint();
  // Takes as long as what is under way. Idempotent.
  void Stop();

 private:
  void RunUntilStopped();

  const std::string name_;
  const absl::Duration interval_;
  const Log log_;
  const std::function<absl::Status(absl::Time)> work_;
  Mutex mutex_;
  Condition changed_;
  bool hinted_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace communique::platform
