// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/assembly/periodic_work.h"

#include <chrono>
#include <utility>

#include "absl/time/clock.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

constexpr absl::Duration kTimeout = absl::Minutes(2);

}  // namespace

PeriodicWork::PeriodicWork(std::string name, absl::Duration interval, Log log,
                           std::function<absl::Status(absl::Time deadline)> work)
    : name_(std::move(name)), interval_(interval), log_(std::move(log)), work_(std::move(work)) {
  thread_ = std::thread([this] { RunUntilStopped(); });
}

void PeriodicWork::Hint() {
  {
    const MutexLock lock(mutex_);
    hinted_ = true;
  }
  changed_.NotifyAll();
}

void PeriodicWork::Stop() {
  {
    const MutexLock lock(mutex_);
    stopped_ = true;
  }
  changed_.NotifyAll();
  if (thread_.joinable()) thread_.join();
}

void PeriodicWork::RunUntilStopped() {
  while (true) {
    const auto next = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(interval_);
    {
      const MutexLock lock(mutex_);
      while (!stopped_ && !hinted_ && std::chrono::steady_clock::now() < next) changed_.WaitUntil(mutex_, next);
      if (stopped_) return;
      hinted_ = false;
    }
    const absl::Status status = work_(absl::Now() + kTimeout);
    if (!status.ok()) {
      log_.Warning("periodic work failed; it is tried again", {{"work", name_}, {"error", ToStd(status.message())}});
    }
  }
}

}  // namespace communique::platform
