// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/import_store.h"

#include <utility>

#include "services/contacts/storage/tables.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {

using platform::Session;

absl::Status InsertImport(Session& session, const std::string& newsroom_uid, const platform::WriteStamp& stamp,
                          const storage::ImportRecord& record) {
  return ImportTable()
      .Insert(session, stamp, {newsroom_uid, platform::MakeUuidV7(stamp.now), record.name()}, record)
      .status();
}

absl::StatusOr<storage::ImportRecord> FindImport(Session& session, const std::string& newsroom_uid,
                                                 const std::string& name) {
  auto found = ImportTable().Find(session, newsroom_uid, "name", platform::Value(name));
  if (!found.ok()) return found.status();
  if (!found->has_value()) return platform::NotFound("import", name);
  return std::move((*found)->message);
}

absl::Status RemoveImports(Session& session, absl::Time before) {
  return session.Execute("DELETE FROM imports WHERE create_us < :before", {{"before", platform::ToMicros(before)}})
      .status();
}

}  // namespace communique::contacts
