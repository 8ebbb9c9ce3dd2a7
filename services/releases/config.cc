// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/config.h"

#include "services/platform/assembly/call_settings.h"
#include "services/platform/assembly/watch.h"
#include "services/platform/following/follower_settings.h"
#include "services/platform/peers/peer_settings.h"
#include "services/platform/server/server_settings.h"

namespace communique::releases {

void BindConfig(platform::Settings& settings, Config& config) {
  config.log.service = "releases";
  config.server.listen_public = "127.0.0.1:7400";
  config.server.listen_internal = "127.0.0.1:7401";
  config.server.ops_grpc = "127.0.0.1:7402";
  config.server.ops_http = "127.0.0.1:7403";
  platform::BindServer(settings, config.server);
  platform::BindAuth(settings, config.auth, config.server);
  platform::BindLog(settings, config.log);
  platform::BindCalls(settings, config.calls);
  platform::BindStore(settings, "releases.db", config.store);
  platform::BindCache(settings, config.cache);
  platform::BindWatch(settings, config.watch);
  config.contacts.address = "127.0.0.1:7411";
  platform::BindPeer(settings, "contacts", config.contacts);
  platform::BindFollower(settings, config.follow);

  config.db_read.threads = 4;
  config.cpu.threads = 2;
  platform::BindExecutor(settings, "db_read", "db-read", "reading from the database", config.db_read);
  platform::BindExecutor(settings, "db_write", "db-write", "writing to the database", config.db_write);
  platform::BindExecutor(settings, "cpu", "cpu", "importing and rendering texts", config.cpu);
  // They do nothing but wait, so that one who waits for a service that hangs does not hold up others.
  config.peer_calls.threads = 32;
  platform::BindExecutor(settings, "peer_calls", "peer-calls", "asking other services", config.peer_calls);

  settings.BindBytes("limits.content_bytes", &config.limits.content.max_bytes, {64 << 10, 1 << 20},
                     "The largest content of a release.");
  settings.Bind("limits.blocks", &config.limits.content.max_blocks, {10, 10'000},
                "Blocks in the body of a release, and in its notes.");
  settings.BindBytes("limits.import_bytes", &config.limits.max_import_bytes, {1 << 10, 1 << 20},
                     "The largest file to import.");
  settings.Bind("limits.personal_data_releases", &config.limits.personal_data_releases, {1, 1000},
                "Releases that one call looks through, with all their revisions, for a person who is to be erased.");
  settings.Bind("retention.deleted_releases", &config.limits.kept_after_deletion,
                {absl::Hours(1), absl::Hours(24 * 3650)}, "How long a deleted release can be taken back.");
  settings.Bind("public.max_age", &config.max_age, {absl::ZeroDuration(), absl::Hours(1)},
                "How long readers are told they may keep an answer. The same for everything.");
  settings.BindArgument("dump", &config.dump, "Print the resource of this name as JSON, from the database, and end.");
}

}  // namespace communique::releases
