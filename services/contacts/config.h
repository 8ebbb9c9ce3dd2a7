// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "services/contacts/storage/suppression_key_file.h"
#include "services/contacts/usecases/environment.h"
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

namespace communique::contacts {

// Everything that the contacts service can be told. `contacts --print-example` prints it with its comments.
struct Config {
  platform::ServerOptions server;
  platform::AuthOptions auth;
  platform::LogOptions log;
  platform::ChainOptions calls;
  platform::StoreOptions store;
  platform::WatchHubOptions watch;
  platform::PeerOptions releases;
  platform::FeedFollowerOptions follow;
  platform::ExecutorOptions db_read;
  platform::ExecutorOptions db_write;
  platform::ExecutorOptions cpu;
  platform::ExecutorOptions peer_calls;
  Limits limits;
  OrganizationLimits organization_limits;
  ContactLimits contact_limits;
  GroupLimits group_limits;
  ExchangeLimits exchange_limits;
  ErasureTimes erasure;
  ErasureLimits erasure_limits;
  ConsentRules consent;
  SuppressionKeyOptions suppression_keys;
  EmailRules email;
  // mail.role_mailboxes
  std::vector<std::string> role_mailboxes = RoleMailboxes::UsualPatterns();

  // What the use cases work with. What is passed by reference must outlive it.
  Environment MakeEnvironment(platform::StoreAccess access, UsageSource& usages, PersonalDataSource& personal_data,
                              SuppressionKeys keys) const;

  ContactRules rules() const { return {contact_limits, email, RoleMailboxes(role_mailboxes)}; }
};

// Declares every key. `config` must outlive settings.Load.
void BindConfig(platform::Settings& settings, Config& config);

}  // namespace communique::contacts
