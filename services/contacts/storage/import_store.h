// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/contacts/storage/contact_record.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// What imports did, a record for each of their transactions.
namespace communique::contacts {

absl::Status InsertImport(platform::Session& session, const std::string& newsroom_uid,
                          const platform::WriteStamp& stamp, const storage::ImportRecord& record);

// NOT_FOUND when there is none of that name.
absl::StatusOr<storage::ImportRecord> FindImport(platform::Session& session, const std::string& newsroom_uid,
                                                 const std::string& name);

// Removes those that were made before `before`.
absl::Status RemoveImports(platform::Session& session, absl::Time before);

}  // namespace communique::contacts
