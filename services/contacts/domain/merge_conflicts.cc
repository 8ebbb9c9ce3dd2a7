// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/merge_conflicts.h"

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/contact_validity.h"
#include "services/platform/base/string_view.h"
#include "services/platform/locale/text.h"

namespace communique::contacts {
namespace {

v1::Contact::Relation RelationOf(const v1::Contact& contact) {
  return contact.relation() == v1::Contact::RELATION_UNSPECIFIED ? v1::Contact::RELATION_OWN_STAFF : contact.relation();
}

// Whoever is both is kept as two contacts, since what is done with staff is not done with journalists.
bool AreStaffAndJournalist(const v1::Contact& primary, const v1::Contact& source) {
  const auto is_other = [](const v1::Contact& a, const v1::Contact& b) {
    return RelationOf(a) == v1::Contact::RELATION_OWN_STAFF && RelationOf(b) == v1::Contact::RELATION_JOURNALIST;
  };
  return is_other(primary, source) || is_other(source, primary);
}

bool IsMergeable(v1::Contact::State state) {
  return state == v1::Contact::STATE_UNCONFIRMED || state == v1::Contact::STATE_ACTIVE ||
         state == v1::Contact::STATE_DEACTIVATED;
}

// The first language in which both have a role, and not the same.
const std::string* DifferingRole(const v1::Contact& primary, const v1::Contact& source) {
  for (const auto& title : source.role_titles()) {
    for (const auto& own : primary.role_titles()) {
      if (own.locale() == title.locale() && own.text() != title.text()) return &title.locale();
    }
  }
  return nullptr;
}

bool HaveOtherOrganizations(const v1::Contact& primary, const v1::Contact& source) {
  return !primary.organization().empty() && !source.organization().empty() &&
         primary.organization() != source.organization();
}

void CheckCount(const char* field, int count, int max, std::vector<std::string>& conflicts) {
  if (count > max) {
    conflicts.push_back(
        absl::StrCat(field, ": ", count, " together; at most ", max, " are allowed, take some out first"));
  }
}

void CheckLength(const char* field, std::string_view text, std::size_t max, std::vector<std::string>& conflicts) {
  if (const std::size_t characters = platform::CountCharacters(text); characters > max) {
    conflicts.push_back(absl::StrCat(field, ": ", characters, " characters together; at most ", max,
                                     " are allowed, shorten one first"));
  }
}

}  // namespace

void FindFixedConflicts(const v1::Contact& primary, const v1::Contact& source, std::vector<std::string>& conflicts) {
  if (source.kind() != primary.kind()) {
    const auto word = [](const v1::Contact& contact) {
      return contact.kind() == v1::Contact::KIND_PERSON ? " is a person" : " is a desk";
    };
    conflicts.push_back(absl::StrCat("kind: ", source.name(), word(source), " and ", primary.name(), word(primary)));
  }
  if (AreStaffAndJournalist(primary, source)) {
    const auto word = [](const v1::Contact& contact) {
      return RelationOf(contact) == v1::Contact::RELATION_JOURNALIST ? " is a JOURNALIST" : " is OWN_STAFF";
    };
    conflicts.push_back(absl::StrCat("relation: ", source.name(), word(source), " and ", primary.name(), word(primary),
                                     "; a person who is both is two contacts, one for each role"));
  }
  if (!IsMergeable(source.state())) {
    conflicts.push_back(absl::StrCat("state: ", source.name(), " is deleted or merged already"));
  } else if (source.state() != primary.state() && source.state() != v1::Contact::STATE_UNCONFIRMED) {
    conflicts.push_back(absl::StrCat("state: ", source.name(), " is not in the state that ", primary.name(),
                                     " is in; confirm, deactivate or reactivate one of them first"));
  }
}

void FindOpenConflicts(const v1::Contact& primary, const v1::Contact& source, std::vector<std::string>& conflicts) {
  const auto add = [&](const char* field, const char* says) {
    conflicts.push_back(absl::StrCat(field, ": ", source.name(), " ", says, " ", primary.name()));
  };
  const bool other_relation = RelationOf(source) != RelationOf(primary) && !AreStaffAndJournalist(primary, source);
  if (other_relation) add("relation", "has another relation than");
  if (HaveOtherOrganizations(primary, source)) add("organization", "speaks for another organization than");
  if (const std::string* locale = DifferingRole(primary, source); locale != nullptr) {
    add("role_titles", absl::StrCat("has another role in \"", *locale, "\" than").c_str());
  }
  if (ValidFrom(source) > ValidFrom(primary)) add("valid_from", "begins later than");
  if (ValidUntil(source) < ValidUntil(primary)) add("valid_until", "ends earlier than");
}

void FindExcess(const v1::Contact& merged, const ContactLimits& limits, std::vector<std::string>& conflicts) {
  CheckCount("person_names", merged.person_names_size(), limits.person_names, conflicts);
  CheckCount("desk_names", merged.desk_names_size(), limits.desk_names, conflicts);
  CheckCount("role_titles", merged.role_titles_size(), limits.role_titles, conflicts);
  CheckCount("emails", merged.emails_size(), limits.emails, conflicts);
  CheckCount("phones", merged.phones_size(), limits.phones, conflicts);
  CheckCount("web_addresses", merged.web_addresses_size(), limits.web_addresses, conflicts);
  CheckCount("languages", merged.languages_size(), limits.languages, conflicts);
  CheckLength("source", merged.source(), limits.source_characters, conflicts);
  CheckLength("note", merged.note(), limits.note_characters, conflicts);
}

bool HaveSameRole(const v1::Contact& primary, const v1::Contact& source) {
  return RelationOf(source) == RelationOf(primary) && !HaveOtherOrganizations(primary, source) &&
         DifferingRole(primary, source) == nullptr;
}

}  // namespace communique::contacts
