// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <iostream>

#include "services/platform/assembly/periodic_work.h"
#include "services/platform/assembly/process_parts.h"
#include "services/platform/assembly/serve.h"
#include "services/platform/assembly/watch.h"
#include "services/platform/changes/materialiser.h"
#include "services/platform/server/start_error.h"
#include "services/releases/api/contacts_link.h"
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
  const auto parts = ProcessParts::Open(config.log);
  if (!parts.ok()) return CannotStart(parts.status());
  const auto& [log_writer, log, clock, monotonic, metrics] = **parts;

  const auto opened =
      Store::Open(config.store, {&ReleasesMigrations(), &FollowedFeedMigrations()}, clock, monotonic, *metrics, log);
  if (!opened.ok()) return CannotStart(opened.status(), log);
  Store& store = **opened;
  FeedTail& tail = store.tail();
  Executor db_read(config.db_read, clock), db_write(config.db_write, clock), cpu(config.cpu, clock);
  Executor peer_calls(config.peer_calls, clock);
  Cache cache(config.cache, clock, monotonic, tail, db_read, *metrics, log);
  const auto contacts = ContactsLink::Open(config.contacts, *metrics, log);
  if (!contacts.ok()) return CannotStart(contacts.status(), log);
  const Environment environment{{store.database(), store.clock(),
                                 [&](std::string_view resource, FeedPosition position) {
                                   cache.replies().OnCommit(resource, position);
                                   tail.Hint();
                                 }},
                                config.limits,
                                (*contacts)->directory(),
                                [&](const auto& editions) { return cache.Forget(editions); }};
  if (!config.dump.empty()) return PrintResource(environment, config.dump, std::cout, std::cerr);
  ReleaseEvents release_events;
  EditionEvents edition_events(environment);
  Watch release_watch(Feed::kInternal, release_events, config.watch, store, db_read, monotonic, *metrics);
  Watch edition_watch(Feed::kPublic, edition_events, config.watch, store, db_read, monotonic, *metrics);
  const ApiParts api{environment, db_read, db_write, cpu, peer_calls, tail};
  EditionApi editions(api, cache.replies(), config.max_age, WatchEditionsMethod(edition_watch.hub()));
  EditionAnnouncer announcer;
  Materialiser materialiser(store.database(), store.clock(), announcer, tail);
  tail.AddObserver(materialiser);
  PeriodicWork purge("purge", absl::Hours(1), log, [&](absl::Time until) { return PurgeDeleted(environment, until); });

  const auto authenticator = MakeAuthenticator(config.auth, clock, log);
  if (!authenticator.ok()) return CannotStart(authenticator.status(), log);
  CallChain chain(config.calls, **authenticator, clock, log, *metrics);
  Server server(config.server, clock, log, metrics);
  const auto served = Serve(Services(api, editions, release_watch.hub()), chain, server);
  if (!served.ok()) return CannotStart(served, log);
  server.OnEndBy([&](absl::Time when) { store.EndBy(when); });
  AddExecutors(server, *metrics, {&peer_calls, &cpu, &db_write, &db_read});
  server.CloseOnStop("contacts", [&] { (*contacts)->Stop(); });
  server.CloseOnStop("feed tail", [&] { tail.Stop(); });
  server.CloseOnStop("announcements", [&] { materialiser.Stop(); });
  if (auto status = store.Start(server.shared_health()); !status.ok()) return CannotStart(status, log);
  materialiser.Start();
  (*contacts)->Follow(environment, config.follow, monotonic, *metrics, log);
  return server.Run(signal);
}
