// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <functional>
#include <string_view>

#include "services/platform/auth/authenticator.h"
#include "services/platform/base/clock.h"
#include "services/platform/observability/log.h"
#include "services/platform/rpc/chain_options.h"
#include "services/platform/rpc/live_calls.h"

namespace communique::platform {

class ServerCall;

// What the calls of one chain share.
struct ChainState {
  ChainState(const ChainOptions& chain_options, const Authenticator& chain_authenticator, const Clock& chain_clock,
             Log chain_log)
      : options(chain_options), authenticator(chain_authenticator), clock(chain_clock), log(std::move(chain_log)) {}

  const ChainOptions options;
  const Authenticator& authenticator;
  const Clock& clock;
  const Log log;

  std::atomic<int> calls_in_flight{0};
  std::atomic<int> streams{0};
  // Calls that come are refused: the server is ending.
  std::atomic<bool> draining{false};
  LiveCalls live;

  // Told the name of each step as it runs. Set before the first call, or never.
  std::function<void(const ServerCall& call, std::string_view step)> on_step;
};

}  // namespace communique::platform
