// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/contact_api.h"

#include <utility>

#include "services/contacts/usecases/contact_usages.h"
#include "services/contacts/usecases/contacts.h"
#include "services/contacts/usecases/match_contacts.h"
#include "services/contacts/usecases/merge_contacts.h"
#include "services/contacts/usecases/print_contacts.h"
#include "services/contacts/usecases/printable_contact.h"
#include "services/contacts/usecases/read_contacts.h"
#include "services/contacts/usecases/search_contacts.h"

namespace communique::contacts {
namespace {

// The use cases answer with what a repetition is known by as well.
template <typename Response>
absl::StatusOr<Written<Response>> ResponseOf(absl::StatusOr<Written<MergeAnswer<Response>>> written) {
  if (!written.ok()) return written.status();
  return Written<Response>{std::move(written->value.response), written->position};
}

absl::StatusOr<Written<v1::MergeContactsResponse>> Merge(const Environment& environment, const Caller& caller,
                                                         const v1::MergeContactsRequest& request) {
  return ResponseOf(MergeContacts(environment, caller, request));
}

absl::StatusOr<Written<v1::UnmergeContactsResponse>> Unmerge(const Environment& environment, const Caller& caller,
                                                             const v1::UnmergeContactsRequest& request) {
  return ResponseOf(UnmergeContacts(environment, caller, request));
}

}  // namespace

platform::ServiceMethods ContactMethods(const ApiParts& parts, platform::Method watch) {
  return {
      "communique.contacts.v1.ContactService",
      {platform::Writing<v1::CreateContactRequest, v1::Contact>("CreateContact", parts, CreateContact),
       platform::Reading<v1::GetContactRequest, v1::Contact>("GetContact", parts, GetContact),
       platform::Reading<v1::BatchGetContactsRequest, v1::BatchGetContactsResponse>("BatchGetContacts", parts,
                                                                                    BatchGetContacts),
       platform::Reading<v1::ListContactsRequest, v1::ListContactsResponse>("ListContacts", parts, ListContacts),
       platform::Reading<v1::SearchContactsRequest, v1::SearchContactsResponse>("SearchContacts", parts,
                                                                                SearchContacts),
       platform::Writing<v1::UpdateContactRequest, v1::Contact>("UpdateContact", parts, UpdateContact),
       platform::Writing<v1::DeleteContactRequest, v1::Contact>("DeleteContact", parts, DeleteContact),
       platform::Writing<v1::UndeleteContactRequest, v1::Contact>("UndeleteContact", parts, UndeleteContact),
       platform::Writing<v1::DeactivateContactRequest, v1::Contact>("DeactivateContact", parts, DeactivateContact),
       platform::Writing<v1::ReactivateContactRequest, v1::Contact>("ReactivateContact", parts, ReactivateContact),
       platform::Writing<v1::MergeContactsRequest, v1::MergeContactsResponse>("MergeContacts", parts, Merge),
       platform::Writing<v1::UnmergeContactsRequest, v1::UnmergeContactsResponse>("UnmergeContacts", parts, Unmerge),
       platform::Reading<v1::GetPrintableContactRequest, v1::PrintableContact>("GetPrintableContact", parts,
                                                                               GetPrintableContact),
       platform::Reading<v1::PrintContactsRequest, v1::PrintContactsResponse>("PrintContacts", parts, PrintContacts),
       platform::Asking<v1::ListUsagesRequest, v1::ListUsagesResponse>("ListUsages", parts, ListUsages),
       platform::Reading<v1::MatchContactsRequest, v1::MatchContactsResponse>("MatchContacts", parts, MatchContacts),
       std::move(watch)}};
}

}  // namespace communique::contacts
