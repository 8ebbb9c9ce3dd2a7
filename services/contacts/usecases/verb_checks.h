// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "communique/common/v1/access.pb.h"
#include "communique/contacts/v1/change.pb.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/platform/verbs/caller.h"

// What the verbs of this service share.
namespace communique::contacts {

// FAILED_PRECONDITION (ETAG_REQUIRED) when `etag` is empty: nobody changes what he has not seen.
absl::Status CheckEtagGiven(const std::string& name, const std::string& etag);

// FAILED_PRECONDITION (STATE_CONFLICT): `verb` is not for a resource in `state`. `advice` says what to do.
absl::Status StateConflict(const std::string& name, std::string_view state, std::string_view verb,
                           std::string_view advice);

// FAILED_PRECONDITION (ERASED): nothing can be done with this contact any more. Comes before all other checks of its
// state and version.
absl::Status RefuseErased(const v1::Contact& contact);

// PERMISSION_DENIED: what `what` says, the caller may not do in the newsroom without the permission.
absl::Status MissingPermission(const platform::Caller& caller, common::v1::Permission permission,
                               const std::string& newsroom, std::string_view what);

// "CREATED" for VERB_CREATED, as the feed keeps it.
std::string VerbName(v1::Change::Verb verb);

// An id that the server chooses: random letters, which say nothing about anybody.
std::string MadeId();

}  // namespace communique::contacts
