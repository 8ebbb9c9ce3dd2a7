// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "absl/time/time.h"
#include "services/platform/storage/connection.h"

namespace communique::platform {

// Frees threads from a database that hangs. A server whose processes stand still neither answers nor closes the
// connection, and no time limit inside libpq or PostgreSQL ends the wait; only interrupting the connection from another
// thread does. One thread per database does that to every watched connection that is overdue by `grace`.
//
// Thread-safe. The connection is neither owned nor touched once its Watch has ended.
class Watchdog {
 public:
  // While it lives, the connection is interrupted `grace` after `deadline`, once.
  class Watch {
   public:
    Watch(Watchdog& watchdog, Connection& connection, absl::Time deadline);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    friend class Watchdog;

    Watchdog& watchdog_;
    Connection& connection_;
    std::multimap<absl::Time, Watch*>::iterator entry_;
    bool interrupted_ = false;  // and no longer in the map
  };

  explicit Watchdog(absl::Duration grace);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  // For the end of the process: from now on every connection is interrupted by `when` at the latest, those watched
  // already and those watched later. A second call moves the time for those that come after it.
  void EndBy(absl::Time when);
  // That time; InfiniteFuture before EndBy.
  absl::Time end() const;

  // How many connections were interrupted so far.
  std::int64_t interrupts() const;

 private:
  void Run();

  const absl::Duration grace_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // By the time of the interruption.
  std::multimap<absl::Time, Watch*> watched_;
  absl::Time end_ = absl::InfiniteFuture();
  std::int64_t interrupts_ = 0;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace communique::platform
