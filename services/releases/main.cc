// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <iostream>
#include <memory>

#include "services/platform/assembly/periodic_work.h"
#include "services/platform/assembly/serve.h"
#include "services/platform/assembly/watch.h"
#include "services/platform/changes/materialiser.h"
#include "services/platform/observability/process_metrics.h"
#include "services/platform/server/start_error.h"
#include "services/releases/api/services.h"
#include "services/releases/api/watch.h"
#include "services/releases/config.h"
#include "services/releases/storage/tables.h"
#include "services/releases/usecases/announce_editions.h"
#include "services/releases/usecases/dump.h"
#include "services/releases/usecases/purge.h"

using namespace communique::platform;  // NOLINT: the one file that puts everything together
using namespace communique::releases;  // NOLINT

int main(int argc, char** argv) {
  ShutdownSignal signal;
  Settings settings("releases", "keeps newsrooms and press releases, and answers readers with their editions");
  Config config;
  BindConfig(settings, config);
  if (const auto exit_code = settings.LoadOrExit(argc, argv)) return *exit_code;
  const auto log_writer = LogWriter::Open(config.log);
  if (!log_writer.ok()) return CannotStart(log_writer.status());
  const Log log = (*log_writer)->log();
  const SystemClock clock;
  const SystemMonotonicClock monotonic;
  const auto metrics = std::make_shared<Metrics>();
  ExportProcess(*metrics, "releases", *log_writer);

  const auto opened = Store::Open(config.store, {&ReleasesMigrations()}, clock, monotonic, *metrics, log);
  if (!opened.ok()) return CannotStart(opened.status(), log);
  Store& store = **opened;
  FeedTail& tail = store.tail();
  Executor db_read(config.db_read, clock), db_write(config.db_write, clock), cpu(config.cpu, clock);
  Cache cache(config.cache, clock, monotonic, tail, db_read, *metrics, log);
  const Environment environment{{store.database(), store.clock(),
                                 [&](std::string_view resource, FeedPosition position) {
                                   cache.replies().OnCommit(resource, position);
                                   tail.Hint();
                                 }},
                                config.limits};
  if (!config.dump.empty()) return PrintResource(environment, config.dump, std::cout, std::cerr);

  ReleaseEvents release_events;
  EditionEvents edition_events(environment);
  Watch release_watch(Feed::kInternal, release_events, config.watch, store, db_read, monotonic, *metrics);
  Watch edition_watch(Feed::kPublic, edition_events, config.watch, store, db_read, monotonic, *metrics);
  const ApiParts parts{environment, db_read, db_write, cpu, tail};
  EditionApi editions(parts, cache.replies(), config.max_age, WatchEditionsMethod(edition_watch.hub()));
  EditionAnnouncer announcer;
  Materialiser materialiser(store.database(), store.clock(), announcer, tail);
  tail.AddObserver(materialiser);
  PeriodicWork trim("trim", config.store.trim.interval, log, [&](absl::Time deadline) { return store.Trim(deadline); });
  PeriodicWork purge("purge", absl::Hours(1), log, [&](absl::Time until) { return PurgeDeleted(environment, until); });

  const auto authenticator = MakeAuthenticator(config.auth, clock, log);
  if (!authenticator.ok()) return CannotStart(authenticator.status(), log);
  CallChain chain(config.calls, **authenticator, clock, log, *metrics);
  Server server(config.server, clock, log, metrics);
  for (auto& [reach, methods] : Services(parts, editions, release_watch.hub())) {
    if (auto status = Serve(methods, reach, chain, server); !status.ok()) return CannotStart(status, log);
  }
  server.OnRefuseCalls([&] { chain.RefuseCalls(); });
  server.OnEndBy([&](absl::Time when) { store.EndBy(when); });
  AddExecutors(server, *metrics, {&cpu, &db_write, &db_read});
  server.CloseOnStop("feed tail", [&] { tail.Stop(); });
  server.CloseOnStop("announcements", [&] { materialiser.Stop(); });
  if (auto status = store.Start(server.shared_health()); !status.ok()) return CannotStart(status, log);
  materialiser.Start();
  return server.Run(signal);
}
