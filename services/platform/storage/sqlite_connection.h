// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/platform/storage/connection.h"

namespace communique::platform {

// Opens a connection to the SQLite file at `path`, which is created when `access` is kWrite. A database has one write
// connection, which alone commits and checkpoints (SQLite before 3.51.3 can damage a file whose WAL two connections
// reset at once); any number of read connections cannot change or checkpoint anything.
absl::StatusOr<std::unique_ptr<Connection>> OpenSqliteConnection(const std::string& path, Access access);

}  // namespace communique::platform
