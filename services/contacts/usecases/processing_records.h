// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/consent_service.pb.h"
#include "services/contacts/domain/processing_status.h"
#include "services/contacts/storage/contact_record.pb.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// On what ground people's data is used: see the methods of the same names in ConsentService, and what other use cases
// need of it in their transactions.
namespace communique::contacts {

absl::StatusOr<Written<v1::ProcessingRecord>> CreateProcessingRecord(const Environment& environment,
                                                                     const Caller& caller,
                                                                     const v1::CreateProcessingRecordRequest& request);
absl::StatusOr<v1::ProcessingRecord> GetProcessingRecord(const Environment& environment, const Caller& caller,
                                                         const v1::GetProcessingRecordRequest& request);
absl::StatusOr<v1::ListProcessingRecordsResponse> ListProcessingRecords(
    const Environment& environment, const Caller& caller, const v1::ListProcessingRecordsRequest& request);

// What has happened to the grounds of the person behind a contact: of the contact, which is no merged one, and of those
// that went into it.
absl::StatusOr<ProcessingHistory> HistoryOf(platform::Session& session, const std::string& newsroom_uid,
                                            const std::string& contact);

// The same of each of these contacts of one newsroom, by their names. Asks as often for many as for one.
absl::StatusOr<std::map<std::string, ProcessingHistory>> HistoriesOf(platform::Session& session,
                                                                     const std::string& newsroom_uid,
                                                                     const std::vector<std::string>& contacts);

// Adds normalized, valid records to a contact that is there.
absl::Status AddProcessingRecords(platform::Session& session, const std::string& newsroom_uid,
                                  const std::string& contact, const platform::WriteStamp& stamp,
                                  std::vector<v1::ProcessingRecord> records);

// For contacts that are taken apart again: what was refused for the one that was left while the merge lasted, was
// refused for the person, and is recorded for these contacts as well.
absl::Status CopyRefusals(platform::Session& session, const std::string& newsroom_uid,
                          const platform::WriteStamp& stamp, const v1::Merge& merge);

}  // namespace communique::contacts
