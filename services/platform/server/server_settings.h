// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "services/platform/concurrency/executor.h"
#include "services/platform/config/settings.h"
#include "services/platform/observability/log.h"
#include "services/platform/server/server_options.h"

// The configuration keys that every service has. Each function declares the keys of one options struct, which must
// outlive settings.Load.
namespace communique::platform {

// listen.*, ops.*, tls.*, server.*, drain.*, with the rules between them.
void BindServer(Settings& settings, ServerOptions& options);

// log.*
void BindLog(Settings& settings, LogOptions& options);

// <section>.threads, .max_queued, .max_queue_time. `name` goes into thread names and metrics ("db-read"), `what` into
// the comments ("reading from the database"). `fixed_threads` for what must not have more (SQLite's one writer): there
// is no key for threads then.
void BindExecutor(Settings& settings, std::string_view section, std::string_view name, std::string_view what,
                  ExecutorOptions& options, bool fixed_threads = false);

}  // namespace communique::platform
