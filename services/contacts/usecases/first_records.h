// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/consent.pb.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/storage/session.h"

// On what ground a contact is kept from the beginning.
namespace communique::contacts {

// The records that new contacts begin with: what a request declares as `basis`, and its processing_records; normalized
// and valid. INVALID_ARGUMENT naming the fields of the request; PERMISSION_DENIED when it has processing_records and
// the caller may not record any. `newsroom` is the id in the request's parent.
absl::StatusOr<std::vector<v1::ProcessingRecord>> FirstRecords(
    const Environment& environment, const Caller& caller, const std::string& newsroom, v1::ProcessingBasis basis,
    const google::protobuf::RepeatedPtrField<v1::ProcessingRecord>& records, absl::Time now);

// FAILED_PRECONDITION (BASIS_REQUIRED) for a journalist of whom no record says on what ground (GDPR Art. 6(1)).
absl::Status CheckBasis(const v1::Contact& contact, const std::vector<v1::ProcessingRecord>& records);

}  // namespace communique::contacts
