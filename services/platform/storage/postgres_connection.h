// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/platform/storage/connection.h"

namespace communique::platform {

// Opens a connection to PostgreSQL 15 or later. It works behind PgBouncer in transaction mode: it keeps no state in the
// session (settings are SET LOCAL) and prepares nothing on the server. May block longer than libpq's connect_timeout
// (name look-ups know no limit, and SOCI's first statement none either), so only the pool's opener calls it.
//
// `conninfo` is what CompleteConninfo made.
absl::StatusOr<std::unique_ptr<Connection>> OpenPostgresConnection(const std::string& conninfo);

}  // namespace communique::platform
