// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stop_token>

#include "services/contacts/usecases/environment.h"
#include "services/platform/assembly/periodic_work.h"
#include "services/platform/observability/log.h"

namespace communique::contacts {

// Goes on with erasures that calls have left unfinished, on a thread of its own, as long as it lives.
class ErasureWork {
 public:
  // `environment` must outlive it.
  ErasureWork(const Environment& environment, const platform::Log& log);
  // Ends the question that is under way.
  ~ErasureWork() { stop_.request_stop(); }

 private:
  std::stop_source stop_;
  platform::PeriodicWork work_;  // ends before the source of its stops
};

}  // namespace communique::contacts
