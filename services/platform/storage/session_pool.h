// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/storage/connection.h"
#include "services/platform/storage/watchdog.h"

namespace communique::platform {

struct SessionPoolOptions {
  // How many connections there may be. They are opened when first needed.
  int size = 1;
  // A connection that was idle for longer is asked whether it still works before it is used.
  absl::Duration ping_after = absl::Seconds(30);
  // How long to wait after a failure to open a connection before the next try; calls that come meanwhile wait as well.
  absl::Duration reopen_after = absl::Milliseconds(200);
};

// A bounded set of connections to one database, lent to one thread at a time. A connection comes back without a
// transaction, or is thrown away. Connections are opened by a thread of the pool, never by a caller's: opening can
// block past every time limit (see OpenPostgresConnection), and callers must not wait beyond their deadlines.
//
// Thread-safe. Leases must have ended before the pool does.
class SessionPool {
 public:
  using Opener = std::function<absl::StatusOr<std::unique_ptr<Connection>>()>;

  // The right to use one connection, until it is destroyed. Watched all the time.
  class Lease {
   public:
    Lease(SessionPool* pool, std::unique_ptr<Connection> connection, absl::Time deadline);
    ~Lease();
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;

    Connection& connection() { return *connection_; }

   private:
    SessionPool* pool_;
    std::unique_ptr<Connection> connection_;
    std::unique_ptr<Watchdog::Watch> watch_;
  };

  SessionPool(SessionPoolOptions options, Opener open, Watchdog& watchdog);
  ~SessionPool();
  SessionPool(const SessionPool&) = delete;
  SessionPool& operator=(const SessionPool&) = delete;

  // A connection that worked a moment ago. Fails at `deadline` (RESOURCE_EXHAUSTED when all are in use, UNAVAILABLE
  // when none can be opened), or as soon as opening one fails.
  absl::StatusOr<Lease> TryLease(absl::Time deadline);

  // Has those who wait in TryLease look at the watchdog's end, which is a deadline for all of them.
  void Wake();

  int open_connections() const;
  int leased_connections() const;

 private:
  struct State;

  std::unique_ptr<Connection> TakeIdle(absl::Time deadline);
  void Return(std::unique_ptr<Connection> connection);

  const SessionPoolOptions options_;
  Watchdog& watchdog_;
  // Shared with the opening thread, which may be stuck in the operating system when the pool ends.
  std::shared_ptr<State> state_;
};

}  // namespace communique::platform
