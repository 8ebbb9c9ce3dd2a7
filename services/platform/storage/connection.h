// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/storage/engine.h"
#include "services/platform/storage/fault.h"
#include "services/platform/storage/rows.h"
#include "services/platform/storage/value.h"

namespace communique::platform {

enum class Access { kRead, kWrite };

struct TransactionLimits {
  // No statement takes longer than until then.
  absl::Time deadline;
  // How long a statement waits for another transaction's lock (PostgreSQL).
  absl::Duration lock_timeout;
};

// One connection to a database: the seam between the engines and everything above. Made by the pool, used by one thread
// at a time, except Interrupt. Nothing outside platform/storage sees it; services use Session.
//
// Every operation that fails returns the error for the caller and leaves what the engine reported in failure().
class Connection {
 public:
  virtual ~Connection() = default;

  virtual Engine engine() const = 0;

  // Opens a transaction: for reads one unchanging view of the data (as of its first statement), for writes READ
  // COMMITTED (on SQLite the only writer).
  virtual absl::Status Begin(Access access, const TransactionLimits& limits) = 0;
  virtual absl::Status Commit() = 0;
  // Ends any transaction without keeping it. After a failure usable() is false.
  virtual void Rollback() = 0;

  // Runs one statement. Requires: no semicolon in it, and exactly the parameters it names.
  virtual absl::StatusOr<Rows> Query(std::string_view sql, std::span<const Param> params) = 0;
  // The same for a statement that returns no rows; how many rows it changed.
  virtual absl::StatusOr<std::int64_t> Execute(std::string_view sql, std::span<const Param> params) = 0;
  // Runs several statements, without parameters, in the current transaction (migrations).
  virtual absl::Status RunScript(std::string_view sql) = 0;

  // Whether the database still answers on this connection.
  virtual bool Ping() = 0;

  // Frees the thread that waits in this connection, from any other thread; the connection is not usable afterwards.
  virtual void Interrupt() = 0;

  // False once the connection is broken or in an unknown state: it must be thrown away.
  virtual bool usable() const = 0;

  // What the last operation that failed reported.
  const Failure& failure() const { return failure_; }

 protected:
  absl::Status Fail(Failure failure, std::string_view sql) {
    failure_ = std::move(failure);
    return ToStatus(failure_, sql);
  }

  Failure failure_;
};

}  // namespace communique::platform
