// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <utility>

#include "services/contacts/api/erasure_work.h"
#include "services/contacts/api/newsroom_peer.h"
#include "services/contacts/api/personal_data_peer.h"
#include "services/contacts/api/services.h"
#include "services/contacts/api/usage_peer.h"
#include "services/contacts/api/watch.h"
#include "services/contacts/config.h"
#include "services/contacts/storage/suppression_key_file.h"
#include "services/contacts/storage/tables.h"
#include "services/contacts/usecases/follow_newsrooms.h"
#include "services/contacts/usecases/purge.h"
#include "services/platform/assembly/periodic_work.h"
#include "services/platform/assembly/process_parts.h"
#include "services/platform/assembly/serve.h"
#include "services/platform/assembly/watch.h"
#include "services/platform/following/follower_metrics.h"
#include "services/platform/peers/peer.h"
#include "services/platform/server/start_error.h"

using namespace communique::platform;  // NOLINT: the one file that puts everything together
using namespace communique::contacts;  // NOLINT

int main(int argc, char** argv) {
  ShutdownSignal signal;
  Settings settings("contacts", "keeps the organizations, persons and desks that press releases print");
  Config config;
  BindConfig(settings, config);
  if (const auto exit_code = settings.LoadOrExit(argc, argv)) return *exit_code;
  const auto parts = ProcessParts::Open(config.log);
  if (!parts.ok()) return CannotStart(parts.status());
  const auto& [log_writer, log, clock, monotonic, metrics] = **parts;

  const auto opened =
      Store::Open(config.store, {&ContactsMigrations(), &FollowedFeedMigrations()}, clock, monotonic, *metrics, log);
  if (!opened.ok()) return CannotStart(opened.status(), log);
  Store& store = **opened;
  Executor db_read(config.db_read, clock), db_write(config.db_write, clock), cpu(config.cpu, clock);
  Executor peer_calls(config.peer_calls, clock);
  const auto releases = Peer::Open(config.releases, *metrics, log);
  if (!releases.ok()) return CannotStart(releases.status(), log);
  UsagePeer usages(**releases);
  PersonalDataPeer personal_data(**releases);
  auto keys = OpenSuppressionKeys(config.suppression_keys, config.store.database, store.database(),
                                  absl::InfiniteFuture(), log);
  if (!keys.ok()) return CannotStart(keys.status(), log);
  const Environment environment =
      config.MakeEnvironment({store.database(), store.clock(), [&](auto, auto) { store.tail().Hint(); }}, usages,
                             personal_data, *std::move(keys));

  NewsroomPeer newsrooms(**releases);
  NewsroomProjection projection(newsrooms);
  FeedFollower follower({"releases", "newsrooms"}, newsrooms.Watch(), projection, config.follow,
                        {store.database(), store.clock(), monotonic, log});
  ExportFollower(*metrics, follower);

  ContactEvents events;
  Watch watch(Feed::kInternal, events, config.watch, store, db_read, monotonic, *metrics);
  ErasureWork erasures(environment, *metrics, log);
  PeriodicWork purge("purge", absl::Hours(1), log, [&](absl::Time until) { return PurgeDeleted(environment, until); });

  const auto authenticator = MakeAuthenticator(config.auth, clock, log);
  if (!authenticator.ok()) return CannotStart(authenticator.status(), log);
  CallChain chain(config.calls, **authenticator, clock, log, *metrics);
  Server server(config.server, clock, log, metrics);
  const ApiParts api{environment, db_read, db_write, cpu, peer_calls, store.tail()};
  if (auto served = Serve(Services(api, watch.hub()), chain, server); !served.ok()) return CannotStart(served, log);
  server.OnEndBy([&](absl::Time when) { store.EndBy(when); });
  AddExecutors(server, *metrics, {&peer_calls, &cpu, &db_write, &db_read});
  server.CloseOnStop("newsrooms", [&] { follower.Stop(); });
  server.CloseOnStop("feed tail", [&] { store.tail().Stop(); });
  if (auto status = store.Start(server.shared_health()); !status.ok()) return CannotStart(status, log);
  follower.Start();
  return server.Run(signal);
}
