// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stop_token>

#include "services/contacts/usecases/environment.h"
#include "services/platform/assembly/periodic_work.h"
#include "services/platform/observability/log.h"
#include "services/platform/observability/metrics.h"

namespace communique::contacts {

// Goes on with erasures that calls have left unfinished, on a thread of its own, as long as it lives, and shows how
// many there are: each has a date by which the law wants it done.
class ErasureWork {
 public:
  // `environment` and `metrics` must outlive it.
  ErasureWork(const Environment& environment, platform::Metrics& metrics, const platform::Log& log);
  // Ends the question that is under way.
  ~ErasureWork() { stop_.request_stop(); }

 private:
  // Sets the gauges to what is stored.
  absl::Status Measure(absl::Time until);

  const Environment& environment_;
  platform::Gauge& running_;
  platform::Gauge& oldest_;
  std::stop_source stop_;
  platform::PeriodicWork work_;  // ends before the source of its stops
};

}  // namespace communique::contacts
