// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "services/platform/storage/database.h"

namespace communique::platform {

// One value of one row.
struct TableCell {
  std::string table;
  std::string column;
  std::string value;  // bytes as they are; numbers as text

  friend bool operator==(const TableCell&, const TableCell&) = default;
};

// Every value of every row of every table, sorted: for tests that look for what must not be there, wherever that might
// be, or that nothing has changed.
std::vector<TableCell> DumpTables(Database& database);

}  // namespace communique::platform
