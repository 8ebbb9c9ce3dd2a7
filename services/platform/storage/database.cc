// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/database.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/connection.h"
#include "services/platform/storage/conninfo.h"
#include "services/platform/storage/file_lock.h"
#include "services/platform/storage/postgres_connection.h"
#include "services/platform/storage/session_pool.h"
#include "services/platform/storage/sqlite_connection.h"
#include "services/platform/storage/watchdog.h"

namespace communique::platform {
namespace {

absl::Status Check(const DatabaseOptions& options) {
  FieldViolations violations;
  const auto positive = [&](std::string_view field, absl::Duration value) {
    if (value <= absl::ZeroDuration()) violations.Add(field, "must be longer than 0");
  };
  if (options.engine == Engine::kSqlite) {
    if (options.sqlite_path.empty()) violations.Add("storage.sqlite_path", "must name a file");
    if (options.sqlite_path.find('"') != std::string::npos) violations.Add("storage.sqlite_path", "must not hold a \"");
    if (options.sqlite_path.find(":memory:") != std::string::npos) {
      violations.Add("storage.sqlite_path", "must be a file: a database in memory has one connection only");
    }
  }
  if (options.read_sessions < 1) violations.Add("storage.read_sessions", "must be at least 1");
  if (options.write_sessions < 1) violations.Add("storage.write_sessions", "must be at least 1");
  if (options.max_attempts < 1) violations.Add("storage.max_attempts", "must be at least 1");
  positive("storage.connect_timeout", options.connect_timeout);
  positive("storage.lock_timeout", options.lock_timeout);
  positive("storage.transaction_timeout", options.transaction_timeout);
  return violations.ToStatus();
}

}  // namespace

struct Database::Attempt {
  absl::Status status;
  bool retry = false;
};

struct Database::Counters {
  std::atomic<std::int64_t> transactions = 0;
  std::atomic<std::int64_t> retries = 0;
};

absl::StatusOr<std::unique_ptr<Database>> Database::Open(DatabaseOptions options) {
  if (auto status = Check(options); !status.ok()) return status;
  SessionPool::Opener open_reader;
  SessionPool::Opener open_writer;
  std::unique_ptr<FileLock> file_lock;
  if (options.engine == Engine::kSqlite) {
    options.write_sessions = 1;
    auto lock = FileLock::Acquire(options.sqlite_path + ".lock", absl::Now() + options.connect_timeout);
    if (!lock.ok()) return lock.status();
    file_lock = *std::move(lock);
    open_reader = [path = options.sqlite_path] { return OpenSqliteConnection(path, Access::kRead); };
    open_writer = [path = options.sqlite_path] { return OpenSqliteConnection(path, Access::kWrite); };
    // Makes the file, so that readers find it, and refuses a file that is no database at once.
    if (auto writer = open_writer(); !writer.ok()) return writer.status();
  } else {
    auto conninfo = CompleteConninfo(options.postgres, options.connect_timeout, options.application_name);
    if (!conninfo.ok()) return conninfo.status();
    open_reader = [conninfo = *conninfo] { return OpenPostgresConnection(conninfo); };
    open_writer = open_reader;
  }
  auto database = std::unique_ptr<Database>(new Database(std::move(options)));
  database->file_lock_ = std::move(file_lock);
  SessionPoolOptions pool;
  pool.ping_after = database->options_.ping_after;
  pool.size = database->options_.read_sessions;
  database->readers_ = std::make_unique<SessionPool>(pool, std::move(open_reader), *database->watchdog_);
  pool.size = database->options_.write_sessions;
  database->writers_ = std::make_unique<SessionPool>(pool, std::move(open_writer), *database->watchdog_);
  return database;
}

Database::Database(DatabaseOptions options)
    : options_(std::move(options)),
      counters_(std::make_unique<Counters>()),
      watchdog_(std::make_unique<Watchdog>(options_.watchdog_grace)) {}

Database::~Database() = default;

absl::Status Database::Read(absl::Time deadline, const Work& work) {
  return Run(Access::kRead, {std::min(deadline, absl::Now() + options_.transaction_timeout), options_.lock_timeout},
             work);
}

absl::Status Database::Write(absl::Time deadline, const Work& work) {
  return Run(Access::kWrite, {std::min(deadline, absl::Now() + options_.transaction_timeout), options_.lock_timeout},
             work);
}

absl::Status Database::WriteLong(absl::Time deadline, const Work& work) {
  return Run(Access::kWrite, {deadline, absl::InfiniteDuration()}, work);
}

absl::Status Database::Run(Access access, const TransactionLimits& limits, const Work& work) {
  absl::Duration pause = options_.retry_pause;
  for (int attempt = 1;; ++attempt) {
    Attempt result = TryOnce(access, limits, work);
    if (!result.retry || attempt == options_.max_attempts) return std::move(result.status);
    thread_local absl::BitGen random;
    const absl::Duration jittered = pause * absl::Uniform(random, 0.5, 1.5);
    if (absl::Now() + jittered >= limits.deadline) return std::move(result.status);
    absl::SleepFor(jittered);
    pause = std::min(2 * pause, options_.max_retry_pause);
    ++counters_->retries;
  }
}

Database::Attempt Database::TryOnce(Access access, TransactionLimits limits, const Work& work) {
  limits.deadline = std::min(limits.deadline, watchdog_->end());
  if (absl::Now() >= limits.deadline) return {ToStatus({Fault::kDeadline, "before BEGIN"}, "")};
  auto lease = (access == Access::kRead ? readers_ : writers_)->TryLease(limits.deadline);
  if (!lease.ok()) return {lease.status()};
  Connection& connection = lease->connection();
  ++counters_->transactions;
  if (auto status = connection.Begin(access, limits); !status.ok()) {
    return {std::move(status), MayRetry(connection.failure().fault)};
  }
  Session session(connection, limits.deadline);
  absl::Status status = work(session);
  if (!session.error().ok()) {
    const bool retry = MayRetry(connection.failure().fault);
    return {retry || status.ok() ? session.error() : std::move(status), retry};
  }
  if (!status.ok()) return {std::move(status)};
  if (access == Access::kRead) {
    connection.Rollback();
    return {};
  }
  if (absl::Now() >= limits.deadline) return {ToStatus({Fault::kDeadline, "before COMMIT"}, "")};
  if (auto committed = connection.Commit(); !committed.ok()) {
    return {std::move(committed), connection.failure().fault == Fault::kContention};
  }
  return {};
}

void Database::EndBy(absl::Time when) {
  watchdog_->EndBy(when);
  readers_->Wake();
  writers_->Wake();
}

Engine Database::engine() const { return options_.engine; }

DatabaseStats Database::stats() const {
  return {.open_sessions = readers_->open_connections() + writers_->open_connections(),
          .leased_sessions = readers_->leased_connections() + writers_->leased_connections(),
          .transactions = counters_->transactions,
          .retries = counters_->retries,
          .watchdog_interrupts = watchdog_->interrupts()};
}

}  // namespace communique::platform
