// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "services/platform/storage/engine.h"

namespace communique::platform {

// Puts an engine's names for the column types into the SQL of a migration: BYTES becomes BLOB or BYTEA, and TEXT
// becomes on PostgreSQL TEXT COLLATE "C", because text is compared and ordered by its bytes whatever the database's
// collation is. Only whole words in capitals are replaced, none in quotes or comments.
std::string ForEngine(std::string_view portable_sql, Engine engine);

}  // namespace communique::platform
