// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "services/platform/assembly/cache.h"
#include "services/platform/assembly/store.h"
#include "services/platform/changes/watch_hub.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/config/settings.h"
#include "services/platform/following/feed_follower.h"
#include "services/platform/observability/log.h"
#include "services/platform/peers/peer_options.h"
#include "services/platform/rpc/chain_options.h"
#include "services/platform/server/auth_settings.h"
#include "services/platform/server/server_options.h"
#include "services/releases/usecases/environment.h"

namespace communique::releases {

// Everything that the releases service can be told. `releases --print-example` prints it with its comments.
struct Config {
  platform::ServerOptions server;
  platform::AuthOptions auth;
  platform::LogOptions log;
  platform::ChainOptions calls;
  platform::StoreOptions store;
  platform::CacheOptions cache;
  platform::WatchHubOptions watch;
  // Without an address there is no contacts service: nothing can refer to contacts.
  platform::PeerOptions contacts;
  platform::FeedFollowerOptions follow;
  platform::ExecutorOptions db_read;
  platform::ExecutorOptions db_write;
  platform::ExecutorOptions cpu;
  platform::ExecutorOptions peer_calls;
  Limits limits;
  // public.max_age: how long readers may keep an answer. One number for everything, so it tells nothing.
  absl::Duration max_age = absl::Seconds(1);
  // --dump: print this resource as JSON and end.
  std::string dump;
};

// Declares every key. `config` must outlive settings.Load.
void BindConfig(platform::Settings& settings, Config& config);

}  // namespace communique::releases
