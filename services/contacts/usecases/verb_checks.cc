// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/verb_checks.h"

#include "absl/strings/str_cat.h"
#include "services/platform/auth/roles.h"
#include "services/platform/base/random.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {

using platform::Reason;
using platform::ToAbsl;

absl::Status CheckEtagGiven(const std::string& name, const std::string& etag) {
  if (!etag.empty()) return absl::OkStatus();
  return platform::FailedPrecondition(Reason::ERROR_REASON_ETAG_REQUIRED, name,
                                      absl::StrCat("read ", name, " and send its etag"));
}

absl::Status StateConflict(const std::string& name, std::string_view state, std::string_view verb,
                           std::string_view advice) {
  return platform::FailedPrecondition(
      Reason::ERROR_REASON_STATE_CONFLICT, name,
      absl::StrCat("cannot ", ToAbsl(verb), " ", name, ", which is ", ToAbsl(state), ": ", ToAbsl(advice)),
      {{"state", state}, {"verb", verb}});
}

absl::Status RefuseErased(const v1::Contact& contact) {
  if (contact.state() != v1::Contact::STATE_ERASED) return absl::OkStatus();
  return platform::FailedPrecondition(
      Reason::ERROR_REASON_ERASED, contact.name(),
      absl::StrCat(contact.name(), " was erased; its name is kept so that nobody gets it again, and cannot be used"));
}

absl::Status MissingPermission(const platform::Caller& caller, common::v1::Permission permission,
                               const std::string& newsroom, std::string_view what) {
  const std::string_view name = platform::PermissionName(permission);
  return platform::MakeError(absl::StatusCode::kPermissionDenied, Reason::ERROR_REASON_PERMISSION_DENIED,
                             absl::StrCat(ToAbsl(what), ": ", caller.principal, " needs the permission ", ToAbsl(name),
                                          " in the newsroom ", newsroom),
                             {{"permission", name}, {"newsroom", newsroom}});
}

std::string VerbName(v1::Change::Verb verb) {
  constexpr std::string_view kPrefix = "VERB_";
  return v1::Change::Verb_Name(verb).substr(kPrefix.size());
}

std::string MadeId() {
  constexpr std::size_t kLetters = 11;
  // The first one is a letter, as of every id.
  return absl::StrCat("c", platform::RandomId(kLetters));
}

}  // namespace communique::contacts
