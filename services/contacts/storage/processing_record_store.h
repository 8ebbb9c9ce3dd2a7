// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/consent_service.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// On what ground data about contacts is used, in the database. Records are added, read, and deleted with their
// contacts; nobody changes one. They come with uid, etag and times of their rows.
namespace communique::contacts {

// Under the name that it has. Sets uid, etag and times.
absl::Status InsertProcessingRecord(platform::Session& session, const std::string& newsroom_uid,
                                    const platform::WriteStamp& stamp, v1::ProcessingRecord& record);

// NOT_FOUND when there is none of that name.
absl::StatusOr<v1::ProcessingRecord> FindProcessingRecord(platform::Session& session, const std::string& newsroom_uid,
                                                          const std::string& name);

// A page of those of the contact in request.parent.
absl::StatusOr<v1::ListProcessingRecordsResponse> ListProcessingRecords(
    platform::Session& session, const std::string& newsroom_uid, const v1::ListProcessingRecordsRequest& request);

// All of these contacts, given by their names.
absl::StatusOr<std::vector<v1::ProcessingRecord>> ProcessingRecordsOf(platform::Session& session,
                                                                      const std::string& newsroom_uid,
                                                                      const std::vector<std::string>& contacts);

// Those of these contacts, given by their names, whose history may say something about a purpose: others went into
// them, or they have a record for it, for all purposes, or for one that this version does not know. Of the rest nobody
// needs to read records.
absl::StatusOr<std::vector<std::string>> ContactsWithWordOn(platform::Session& session, const std::string& newsroom_uid,
                                                            const std::vector<std::string>& contacts,
                                                            v1::Purpose purpose);

// Deletes the rows of all records of this contact, given by its name, for good: for erasures and purges. Those of
// contacts that went into it stand under their own names.
absl::Status DeleteProcessingRecords(platform::Session& session, const std::string& newsroom_uid,
                                     const std::string& contact);

}  // namespace communique::contacts
