// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/search_contacts.h"

#include <string>
#include <utility>

#include "services/contacts/domain/names.h"
#include "services/contacts/domain/search_keys.h"
#include "services/contacts/domain/text/word_keys.h"
#include "services/contacts/storage/contact_search.h"
#include "services/contacts/usecases/contacts_from_above.h"
#include "services/contacts/usecases/read_contacts.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using platform::Session;

constexpr std::size_t kQueryCharacters = 200;

absl::StatusOr<ContactSearch> ParseQuery(const Caller& caller, const std::string& query) {
  platform::FieldViolations violations;
  platform::CheckText("query", query, {.max_characters = kQueryCharacters, .required = true}, violations);
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  ContactSearch search;
  search.words = WordForms(query);
  // Whoever may not read addresses does not learn either whose one is: for him it is words like others.
  if (caller.May(common::v1::PERMISSION_READ_PERSONAL)) {
    if (auto mailbox = MailboxSearchKey(query)) search.addresses.push_back(std::move(mailbox->key));
    if (auto phone = PhoneSearchKey(query, "")) search.addresses.push_back(std::move(phone->key));
  }
  if (search.words.empty() && search.addresses.empty()) {
    return platform::InvalidField("query", "holds neither a letter nor a digit; give words that a name begins with");
  }
  return search;
}

}  // namespace

absl::StatusOr<v1::SearchContactsResponse> SearchContacts(const Environment& environment, const Caller& caller,
                                                          const v1::SearchContactsRequest& request) {
  const auto parent = NewsroomName::Parse(request.parent());
  if (!parent) return InvalidName("parent", request.parent(), kNewsroomPattern);
  const auto read_mask = CheckedReadMask(caller, parent->newsroom, request.read_mask());
  if (!read_mask.ok()) return read_mask.status();
  const auto search = ParseQuery(caller, request.query());
  if (!search.ok()) return search.status();
  v1::SearchContactsResponse response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    response.Clear();
    const auto line = NewsroomAndAncestors(session, request.parent());
    if (!line.ok()) return line.status();
    const absl::Time now = environment.clock.Now();
    auto found = FindContacts(session, *line, *search, now, request);
    if (!found.ok()) return found.status();
    // The page ends where it ended, with fewer contacts.
    const auto removed = RemoveRefusingFromAbove(environment, session, *line, now, found->contacts);
    if (!removed.ok()) return removed;
    for (FoundContact& each : found->contacts) {
      // The caller's permissions are those in the newsroom that is searched, not in those above.
      if (each.level > 0) KeepPrinted(each.contact);
      read_mask->Apply(each.contact);
      *response.add_contacts() = std::move(each.contact);
    }
    response.set_next_page_token(found->next_page_token);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

}  // namespace communique::contacts
