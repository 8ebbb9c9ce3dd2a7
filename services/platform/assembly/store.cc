// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/assembly/store.h"

#include <optional>
#include <thread>
#include <utility>

#include "absl/time/clock.h"
#include "services/platform/base/string_view.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/storage/idempotency.h"

namespace communique::platform {
namespace {

constexpr absl::Duration kPauseBetweenTries = absl::Seconds(1);

absl::Status BringUp(Database& database, const StoreOptions& options,
                     const std::vector<const MigrationSet*>& migrations, absl::Time now) {
  const absl::Time deadline = absl::Now() + options.migrate_timeout;
  if (options.migrate) {
    if (auto status = Migrate(database, migrations, now, deadline); !status.ok()) return status;
  }
  if (auto status = CheckSchema(database, migrations, deadline); !status.ok()) return status;
  return PrepareStore(database, deadline);
}

// Tells whether the database answers, as the tail sees it four times a second.
class DatabaseHealth final : public FeedObserver {
 public:
  explicit DatabaseHealth(std::shared_ptr<Health> health) : health_(std::move(health)) {}

  void OnTick(const FeedTick& /*tick*/) override { Tell(true); }
  void OnTickFailed(const absl::Status& /*why*/) override { Tell(false); }

 private:
  // Only what is new: those who watch are told each time.
  void Tell(bool answers) {
    if (std::exchange(answers_, answers) != answers) health_->SetDependency("db", answers);
  }

  const std::shared_ptr<Health> health_;
  std::optional<bool> answers_;  // of the tail's thread
};

void ExportStore(Metrics& metrics, Store& store) {
  auto& sessions = metrics.AddGauge("communique_database_sessions", "Connections to the database.", {"state"});
  Gauge& open = sessions.With({"open"});
  Gauge& leased = sessions.With({"leased"});
  Counter& begun =
      metrics.AddCounter("communique_database_transactions_total", "Transactions begun, repetitions included.").With();
  Counter& retried =
      metrics.AddCounter("communique_database_retries_total", "Transactions that had to be tried again.").With();
  Counter& cut =
      metrics.AddCounter("communique_database_watchdog_cuts_total", "Connections cut because the database hung.")
          .With();
  auto& position = metrics.AddGauge("communique_feed_position", "Where a change feed stands.", {"feed"});
  Gauge& internal = position.With({"internal"});
  Gauge& made_public = position.With({"public"});
  Gauge& age =
      metrics.AddGauge("communique_feed_tick_age_seconds", "Time since the change feed was last looked at.").With();
  Counter& failed =
      metrics.AddCounter("communique_feed_tick_failures_total", "Looks at the change feed that got no answer.").With();
  Gauge& offset =
      metrics.AddGauge("communique_feed_clock_offset_seconds", "The database's clock less this machine's.").With();
  metrics.BeforeCollect(
      [&store, &open, &leased, &begun, &retried, &cut, &internal, &made_public, &age, &failed, &offset] {
        const DatabaseStats database = store.database().stats();
        open.Set(database.open_sessions);
        leased.Set(database.leased_sessions);
        Follow(begun, static_cast<double>(database.transactions));
        Follow(retried, static_cast<double>(database.retries));
        Follow(cut, static_cast<double>(database.watchdog_interrupts));
        const FeedTailStats tail = store.tail().stats();
        internal.Set(static_cast<double>(tail.internal_head));
        made_public.Set(static_cast<double>(tail.public_head));
        age.Set(absl::ToDoubleSeconds(tail.age));
        Follow(failed, static_cast<double>(tail.failures));
        offset.Set(absl::ToDoubleSeconds(tail.clock_offset));
      });
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> Store::Open(const StoreOptions& options,
                                                   std::vector<const MigrationSet*> migrations, const Clock& clock,
                                                   const MonotonicClock& monotonic_clock, Metrics& metrics,
                                                   const Log& log) {
  migrations.push_back(&ChangeFeedMigrations());
  migrations.push_back(&IdempotencyMigrations());

  std::unique_ptr<Store> store(new Store());
  store->options_ = options;
  store->log_ = log;
  auto database = Database::Open(options.database);
  if (!database.ok()) return database.status();
  store->database_ = *std::move(database);

  const absl::Time give_up = absl::Now() + options.start_patience;
  absl::Status status = BringUp(*store->database_, options, migrations, clock.Now());
  while (absl::IsUnavailable(status) && absl::Now() + kPauseBetweenTries < give_up) {
    log.Warning("the database does not answer yet", {{"error", ToStd(status.message())}});
    std::this_thread::sleep_for(absl::ToChronoMilliseconds(kPauseBetweenTries));
    status = BringUp(*store->database_, options, migrations, clock.Now());
  }
  if (!status.ok()) return status;

  Database* tail_database = store->database_.get();
  if (options.database.engine == Engine::kPostgres) {
    DatabaseOptions own = options.database;
    own.read_sessions = 1;
    own.write_sessions = 1;
    own.application_name += "-tail";  // so that pg_stat_activity tells them apart
    auto opened = Database::Open(own);
    if (!opened.ok()) return opened.status();
    store->tail_database_ = *std::move(opened);
    tail_database = store->tail_database_.get();
  }
  store->tail_ = std::make_unique<FeedTail>(*tail_database, options.tail, clock, monotonic_clock);
  ExportStore(metrics, *store);
  return store;
}

absl::Status Store::Start(std::shared_ptr<Health> health) {
  health_ = std::make_unique<DatabaseHealth>(std::move(health));
  tail_->AddObserver(*health_);
  tail_->Start();
  trimming_ = std::make_unique<PeriodicWork>("trim", options_.trim.interval, log_,
                                             [this](absl::Time deadline) { return Trim(deadline); });
  absl::Status status = tail_->WaitForTick(options_.start_patience);
  // The process ends then, and with it those who would be told of the next tick.
  if (!status.ok()) tail_->Stop();
  return status;
}

void Store::EndBy(absl::Time when) {
  database_->EndBy(when);
  if (tail_database_ != nullptr) tail_database_->EndBy(when);
}

absl::Status Store::Trim(absl::Time deadline) {
  constexpr std::int64_t kRecordsAtOnce = 5'000;
  const absl::Time now = clock().Now();
  for (const Feed feed : {Feed::kInternal, Feed::kPublic}) {
    if (auto trimmed = TrimFeed(*database_, feed, now, options_.trim, deadline); !trimmed.ok()) return trimmed.status();
  }
  return database_->Write(deadline,
                          [&](Session& session) { return TrimIdempotency(session, now, kRecordsAtOnce).status(); });
}

void BindStore(Settings& settings, std::string_view default_file, StoreOptions& options) {
  DatabaseOptions& database = options.database;
  database.sqlite_path = std::string(default_file);
  settings.BindChoice("database.engine", &database.engine,
                      {{"sqlite", Engine::kSqlite}, {"postgres", Engine::kPostgres}},
                      "Where things are stored: in a file of this process, or on a PostgreSQL server that several "
                      "replicas share.");
  settings.Bind("database.file", &database.sqlite_path,
                "SQLite: the file. Made when it does not exist; its folder must exist, on a local disk.");
  settings.BindSecret("database.postgres", &database.postgres,
                      "PostgreSQL: a libpq connection string, keywords or URI. May point to PgBouncer in transaction "
                      "mode. Set statement_timeout for the role as well.");
  settings.Bind("database.read_sessions", &database.read_sessions, {1, 100}, "Connections for reading.");
  settings.Bind("database.write_sessions", &database.write_sessions, {1, 100},
                "Connections for writing. SQLite has one, whatever this says.");
  settings.Bind("database.connect_timeout", &database.connect_timeout, {absl::Seconds(2), absl::Minutes(1)},
                "How long opening a connection may take.");
  settings.Bind("database.lock_timeout", &database.lock_timeout, {absl::Milliseconds(100), absl::Minutes(1)},
                "How long a statement waits for a row that another transaction has locked.");
  settings.Bind("database.transaction_timeout", &database.transaction_timeout, {absl::Seconds(1), absl::Minutes(10)},
                "No transaction lasts longer, whatever the caller's deadline.");
  settings.Bind("database.watchdog_grace", &database.watchdog_grace, {absl::Milliseconds(100), absl::Minutes(1)},
                "A transaction this much over its deadline has its connection cut: the database hangs.");
  settings.Bind("database.max_attempts", &database.max_attempts, {1, 50},
                "How often a transaction is tried when another one got in its way.");
  settings.Bind("database.migrate", &options.migrate,
                "Whether the schema is brought up to date at the start. Without it, an old schema stops the start.");
  settings.Bind("database.start_patience", &options.start_patience, {absl::ZeroDuration(), absl::Minutes(30)},
                "How long the start waits for a database that does not answer.");
  settings.Bind("database.migrate_timeout", &options.migrate_timeout, {absl::Seconds(1), absl::Hours(24)},
                "The longest that bringing the schema up to date may take.");
  settings.Check("database.postgres", [&options] {
    const bool missing = options.database.engine == Engine::kPostgres && options.database.postgres.empty();
    return missing ? std::string("database.engine is postgres: say how to reach it") : std::string();
  });

  settings.Bind(
      "feed.tick", &options.tail.tick, {absl::Milliseconds(10), absl::Milliseconds(250)},
      "How often at least the change feed is looked at. What another replica has withdrawn is known here after "
      "this long.");
  settings.Bind("feed.kept", &options.trim.kept, {absl::Hours(1), absl::Hours(24 * 365)},
                "How long entries of the change feed are kept: who was away for longer lists anew.");
}

}  // namespace communique::platform
