// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/assembly/periodic_work.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/monotonic_clock.h"
#include "services/platform/changes/feed_tail.h"
#include "services/platform/changes/trim_feed.h"
#include "services/platform/config/settings.h"
#include "services/platform/observability/log.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/server/health.h"
#include "services/platform/storage/database.h"
#include "services/platform/storage/migrations.h"

namespace communique::platform {

// A service's database with what belongs to it, as the configuration says.
struct StoreOptions {
  DatabaseOptions database;
  // Whether the schema is brought up to date at the start. Without it, an old schema stops the start.
  bool migrate = true;
  // How long the start waits for a database that does not answer.
  absl::Duration start_patience = absl::Seconds(30);
  // The longest that bringing the schema up to date may take.
  absl::Duration migrate_timeout = absl::Minutes(10);
  FeedTailOptions tail;
  TrimOptions trim;
};

// database.*, feed.*. `default_file` is where the embedded database lies unless the configuration says otherwise.
void BindStore(Settings& settings, std::string_view default_file, StoreOptions& options);

// The open store: its schema is one this program serves, its feed has an id. The tail is made and not started.
class Store {
 public:
  // Waits for a database that does not answer. `migrations` are the service's own; the platform's come with it. What is
  // passed by reference must outlive the store, and the store the last collection of `metrics`, where it shows
  // communique_database_* and communique_feed_*.
  static absl::StatusOr<std::unique_ptr<Store>> Open(const StoreOptions& options,
                                                     std::vector<const MigrationSet*> migrations, const Clock& clock,
                                                     const MonotonicClock& monotonic_clock, Metrics& metrics,
                                                     const Log& log);

  // Starts the tail and waits for its first tick: before that the clock says 1970, when nothing was public, and readers
  // would be told that there is nothing. From then on `health` says under "db" whether the database answers, and what
  // is kept for a time only, feed entries and idempotency records, is removed when it is old enough. Add the tail's
  // observers before.
  absl::Status Start(std::shared_ptr<Health> health);

  Database& database() { return *database_; }
  FeedTail& tail() { return *tail_; }
  // The database's clock.
  const Clock& clock() const { return tail_->clock(); }

  // For the end of the process: nobody waits for the database beyond `when`.
  void EndBy(absl::Time when);

 private:
  Store() = default;

  absl::Status Trim(absl::Time deadline);

  StoreOptions options_;
  Log log_;
  std::unique_ptr<FeedObserver> health_;
  std::unique_ptr<Database> database_;
  // PostgreSQL: the tail must not wait for a connection. SQLite has one user of the file, and readers enough.
  std::unique_ptr<Database> tail_database_;
  std::unique_ptr<FeedTail> tail_;
  std::unique_ptr<PeriodicWork> trimming_;
};

}  // namespace communique::platform
