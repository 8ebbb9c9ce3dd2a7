// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/descriptor.h"

// What the tables of this service hold about people, and what erasing somebody (usecases/erase_personal_data.h) does to
// it, in one place: a test compares it with the tables and the personal fields that there are, so that none can be
// added without thinking of erasure.
namespace communique::releases {

enum class WhenErased {
  kErased,           // what says who it was, or how to reach them, goes; texts are left to an editor
  kHashesOnly,       // by which one could try out what it was: made anew by another key, or removed
  kLeftToEditor,     // words, and who works here
  kNothingPersonal,  // nothing of anybody who may be printed
};

// A message in a column of bytes.
struct StoredMessage {
  std::string_view column;
  const google::protobuf::Descriptor* type;
};

struct StoredTable {
  std::string_view name;
  std::vector<StoredMessage> messages;
  WhenErased when_erased;
  // What goes, or why it is left.
  std::string_view how;
};

// All tables.
const std::vector<StoredTable>& StoredTables();

// A field of those messages that is personal ((communique.common.v1.data) = DATA_PERSONAL).
struct PersonalField {
  std::string_view name;  // "communique.releases.v1.Approval.approver"
  WhenErased when_erased;
  std::string_view how;
};

// All of them.
const std::vector<PersonalField>& PersonalFields();

// The tables in which an erasure changes rows: what these were lies in the database's files until they are cleaned.
std::vector<std::string> TablesToScrub();

}  // namespace communique::releases
