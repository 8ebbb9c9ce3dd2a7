// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"

// What the tables of this service hold about people, in one place: a test compares it with the tables that there are,
// so that a table cannot be added without thinking of erasure.
namespace communique::contacts {

struct StoredTable {
  std::string_view name;
  // The message in its payload column; null where it has none.
  const google::protobuf::Descriptor* payload;
  // Whether it holds anything about people that an erasure removes. Its rows are scrubbed then.
  bool erased;
  // How, or why there is nothing to remove.
  std::string_view how;
};

const std::vector<StoredTable>& StoredTables();

}  // namespace communique::contacts
