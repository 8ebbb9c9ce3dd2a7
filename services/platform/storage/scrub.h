// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/storage/database.h"

namespace communique::platform {

// Cleans a database's files of what its rows held that have been changed or removed: databases forget where something
// was, and leave the bytes until the place is needed. Call it after the transactions that have removed what nobody may
// find any more, outside of any.
//
// SQLite: writes the file anew (VACUUM) and empties the log, so that no byte is left; as long as it takes, some seconds
// for each 100 MB, writers wait and readers do not. Where less than twice the file's size is free on its disk it is not
// begun: STORAGE_FULL. (PRAGMA secure_delete, which is on, overwrites what is removed, but
// not the copies that moving rows between pages leaves: of 300 rows of 3 000 it left the text of 2 to 5.)
//
// PostgreSQL: vacuums `tables`, so that no row or index entry is left that a dump, a query or a tool could read; nobody
// waits. Bytes stay in pages until they are used again, and in the server's log until it is recycled or archived: those
// are for whoever runs the server. A transaction that is older than the removal keeps the server from it until later.
//
// Errors as of Database::WriteLong; try it again then. Takes one of the connections for writing.
absl::Status Scrub(Database& database, absl::Time deadline, const std::vector<std::string>& tables);

}  // namespace communique::platform
