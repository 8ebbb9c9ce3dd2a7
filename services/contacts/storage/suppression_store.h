// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/contacts/v1/consent_service.pb.h"
#include "services/contacts/storage/consent_record.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// Whom not to write to, in the database. Records come with uid, etag and times of their rows; lifted ones are found as
// well until they are removed, but suppress nothing.
namespace communique::contacts {

// Under the name that it has. Sets uid, etag and times. Whoever adds one has called LockSuppressions and found that
// there is none.
absl::Status InsertSuppression(platform::Session& session, const std::string& newsroom_uid,
                               const platform::WriteStamp& stamp, storage::SuppressionRecord& record);

// Keeps others from adding suppressions to a newsroom until the transaction ends, so that none is added twice.
absl::Status LockSuppressions(platform::Session& session, const std::string& newsroom_uid);
// Waits for those who add suppressions to these newsrooms, and keeps more from coming until the transaction ends: what
// it stores, nobody has suppressed meanwhile. Any number may do so at once.
absl::Status HoldSuppressions(platform::Session& session, const std::vector<std::string>& newsroom_uids);

// NOT_FOUND when there is none of that name.
absl::StatusOr<storage::SuppressionRecord> FindSuppression(platform::Session& session, const std::string& newsroom_uid,
                                                           const std::string& name,
                                                           platform::RowLock lock = platform::RowLock::kNone);

absl::StatusOr<v1::ListSuppressionsResponse> ListSuppressions(platform::Session& session,
                                                              const std::string& newsroom_uid,
                                                              const v1::ListSuppressionsRequest& request);

// Those of these newsrooms that have one of the hashes and are not lifted, in the order in which they were made.
absl::StatusOr<std::vector<storage::SuppressionRecord>> SuppressionsOf(platform::Session& session,
                                                                       const std::vector<std::string>& newsroom_uids,
                                                                       const std::vector<std::string>& macs);

// Marks it as lifted: its lift_time is set.
absl::Status LiftSuppression(platform::Session& session, const std::string& newsroom_uid,
                             const platform::WriteStamp& stamp, storage::SuppressionRecord& record);

// Removes those that were lifted before `before`.
absl::Status RemoveLiftedSuppressions(platform::Session& session, absl::Time before);

// How many there are under each key, by its id; lifted ones do not count.
absl::StatusOr<std::map<std::string, std::int64_t>> CountSuppressionsByKey(platform::Session& session);

}  // namespace communique::contacts
