// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/consent_service.pb.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// Whom not to write to: see the methods of the same names in ConsentService, and what an erasure needs of it in its
// transaction.
namespace communique::contacts {

absl::StatusOr<Written<v1::Suppression>> CreateSuppression(const Environment& environment, const Caller& caller,
                                                           const v1::CreateSuppressionRequest& request);
absl::StatusOr<Written<v1::SuppressContactResponse>> SuppressContact(const Environment& environment,
                                                                     const Caller& caller,
                                                                     const v1::SuppressContactRequest& request);
absl::StatusOr<v1::Suppression> GetSuppression(const Environment& environment, const Caller& caller,
                                               const v1::GetSuppressionRequest& request);
absl::StatusOr<v1::ListSuppressionsResponse> ListSuppressions(const Environment& environment, const Caller& caller,
                                                              const v1::ListSuppressionsRequest& request);
absl::StatusOr<v1::LookupSuppressionsResponse> LookupSuppressions(const Environment& environment, const Caller& caller,
                                                                  const v1::LookupSuppressionsRequest& request);
absl::StatusOr<Written<v1::Suppression>> DeleteSuppression(const Environment& environment, const Caller& caller,
                                                           const v1::DeleteSuppressionRequest& request);

// For an erasure: from now on nobody stores what these contacts, which are one person, have alone in the world:
// mailboxes and numbers that none of `others` (FindOthersSharing) shares (IsSharedWith). Desks, desks' mailboxes and
// telefaxes are left alone. `contacts` are as they were before anything of them was erased, all of
// the newsroom `newsroom_uid`; call it before they are. What is suppressed as ERASED already is not suppressed twice.
// Appends nothing to the feed: the caller tells of the erasure.
absl::Status SuppressErased(const Environment& environment, platform::Session& session, const std::string& newsroom_uid,
                            const platform::WriteStamp& stamp, const std::vector<v1::Contact>& contacts,
                            const std::vector<v1::Contact>& others);

}  // namespace communique::contacts
