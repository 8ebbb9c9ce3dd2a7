// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/releases/usecases/import_release.h"

// The contact lines of a file that was read: whom they mean is asked of the contacts service before anything is stored,
// outside of the transaction. Runs where one waits for other services (MethodParts::peer_calls).
namespace communique::releases {

// Tells the lines that mean a known contact which one, and reports what became of all of them. That the contacts
// service is away keeps nobody from importing: a finding says so, and the lines stand alone. With create_contacts it
// does: PEER_UNAVAILABLE, or CONTACTS_NOT_CONFIGURED where there is none.
absl::Status MatchContactLines(const Environment& environment, const Caller& caller,
                               const v1::ImportReleaseRequest& request, ReadImport& read);

// StoreImport, after matching, and after making the contacts that are proposed when the request says so. The caller
// must have the permission EDIT_CONTACTS then.
//
// Contacts are made before the release, and only when the release could be stored just now. Should storing fail all the
// same, they are left: UNCONFIRMED, printed nowhere, seen by the press office alone, and found again by the next import
// of the text, which refers to them then. With a request_id the same import makes none twice.
absl::StatusOr<Written<v1::ImportReleaseResponse>> StoreImportWithContacts(const Environment& environment,
                                                                           const Caller& caller,
                                                                           const v1::ImportReleaseRequest& request,
                                                                           ReadImport read);

}  // namespace communique::releases
