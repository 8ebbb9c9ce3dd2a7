// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/storage/engine.h"
#include "services/platform/storage/session.h"

namespace communique::platform {

class FileLock;
class SessionPool;
class Watchdog;
enum class Access;
struct TransactionLimits;

struct DatabaseOptions {
  // Which database: an embedded file, or a server that several processes share.
  Engine engine = Engine::kSqlite;

  // SQLite: the file, made when it does not exist; its folder must exist, on a local disk. One process uses it at a
  // time: another one waits `connect_timeout` for it and is then refused.
  std::string sqlite_path;

  // PostgreSQL 15 or later: a libpq connection string, keywords or URI; it may point to PgBouncer in transaction mode.
  // Secret. Set statement_timeout for the role as well: it holds where a transaction's own limit does not.
  std::string postgres;

  // Connections for Read and for Write. They are separate, so that neither starves the other. SQLite has one writer,
  // whatever `write_sessions` says.
  int read_sessions = 4;
  int write_sessions = 4;

  // How long opening a connection may take. libpq counts in whole seconds, two at least.
  absl::Duration connect_timeout = absl::Seconds(5);

  // How long a statement waits for a row that another transaction has locked (PostgreSQL; on SQLite writers wait for
  // the one connection, until their deadline).
  absl::Duration lock_timeout = absl::Seconds(5);

  // No transaction lasts longer, whatever the caller's deadline.
  absl::Duration transaction_timeout = absl::Seconds(30);

  // A connection that was idle for longer is asked whether it still works before it is used.
  absl::Duration ping_after = absl::Seconds(30);

  // A transaction this much over its deadline has its connection cut: the database hangs.
  absl::Duration watchdog_grace = absl::Seconds(1);

  // How often a transaction is tried in all when another one got in the way (serialization failure, deadlock, busy) or
  // the connection broke before COMMIT; and the pause before the second try, which doubles each time up to the maximum
  // and varies by half to keep rivals apart.
  int max_attempts = 8;
  absl::Duration retry_pause = absl::Milliseconds(10);
  absl::Duration max_retry_pause = absl::Milliseconds(250);

  // How the server names our connections in pg_stat_activity.
  std::string application_name = "communique";
};

// What a Database has done since it was opened.
struct DatabaseStats {
  int open_sessions = 0;
  int leased_sessions = 0;
  std::int64_t transactions = 0;         // begun
  std::int64_t retries = 0;              // of which again
  std::int64_t watchdog_interrupts = 0;  // connections cut because the database hung
};

// A service's database: the same on SQLite and PostgreSQL. Thread-safe; calls block the calling thread, so they are
// made on the executors for database work, never on gRPC's threads. Must outlive the calls.
//
//   absl::Status status = db.Write(deadline, [&](Session& session) -> absl::Status {
//     auto changed = session.Execute("UPDATE desks SET open = 1 WHERE uid = :uid", {{"uid", uid}});
//     if (!changed.ok()) return changed.status();
//     return *changed == 1 ? absl::OkStatus() : NotFound("desk", name);
//   });
//
// The function may run several times, so it must not change anything but the database, or begin by resetting it. It
// must not call Read or Write of the same database.
//
// Errors besides the function's own: DATABASE_UNAVAILABLE, DEADLINE_EXCEEDED, CONTENTION, STORAGE_FULL, OVERLOADED (all
// connections in use): in all these nothing was changed. OUTCOME_UNKNOWN: the connection broke during COMMIT.
class Database {
 public:
  using Work = std::function<absl::Status(Session&)>;

  // Checks the options and, for SQLite, opens the file. PostgreSQL is reached when first used, so that a service can
  // start, and say that it is not ready, while its database is down.
  static absl::StatusOr<std::unique_ptr<Database>> Open(DatabaseOptions options);

  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs `work` on one unchanging view of the data, as of its first statement. It cannot change anything.
  absl::Status Read(absl::Time deadline, const Work& work);

  // Runs `work` in one transaction and commits it when it returns OK and no statement failed; else rolls back and
  // returns the error.
  absl::Status Write(absl::Time deadline, const Work& work);

  // The same as Write for migrations: neither transaction_timeout nor lock_timeout applies, only `deadline`.
  absl::Status WriteLong(absl::Time deadline, const Work& work);

  // For the end of the process: no transaction lasts beyond `when` any more, whatever its deadline says and whether or
  // not the database answers. A second call moves the time for transactions that begin after it.
  void EndBy(absl::Time when);

  Engine engine() const;
  DatabaseStats stats() const;

 private:
  struct Attempt;
  struct Counters;

  explicit Database(DatabaseOptions options);

  absl::Status Run(Access access, const TransactionLimits& limits, const Work& work);
  Attempt TryOnce(Access access, TransactionLimits limits, const Work& work);

  const DatabaseOptions options_;
  std::unique_ptr<FileLock> file_lock_;
  std::unique_ptr<Counters> counters_;
  std::unique_ptr<Watchdog> watchdog_;
  std::unique_ptr<SessionPool> readers_;
  std::unique_ptr<SessionPool> writers_;
};

}  // namespace communique::platform
