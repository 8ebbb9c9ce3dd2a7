// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/contact_fields.h"

#include "tools/communique/arguments.h"

namespace communique::command {

namespace {

using contacts::v1::Contact;
using contacts::v1::Visibility;

}  // namespace

const std::map<std::string, Contact::Relation>& Relations() {
  static const std::map<std::string, Contact::Relation> relations = {{"own-staff", Contact::RELATION_OWN_STAFF},
                                                                     {"partner", Contact::RELATION_PARTNER},
                                                                     {"journalist", Contact::RELATION_JOURNALIST}};
  return relations;
}

const std::map<std::string, Visibility>& Visibilities() {
  static const std::map<std::string, Visibility> visibilities = {{"internal", contacts::v1::VISIBILITY_INTERNAL},
                                                                 {"media-only", contacts::v1::VISIBILITY_MEDIA_ONLY},
                                                                 {"public", contacts::v1::VISIBILITY_PUBLIC}};
  return visibilities;
}

void SetPersonNames(const std::vector<std::string>& persons, Contact& contact) {
  contact.clear_person_names();
  for (const auto& text : persons) {
    // A name that says no language is the person's own spelling, in whichever language.
    const auto name = TextInLanguage(text, "");
    auto* added = contact.add_person_names();
    added->set_locale(name.locale());
    added->set_display_name(name.text());
  }
}

void AddEmails(const std::vector<std::string>& addresses, Visibility visibility, Contact& contact) {
  for (const auto& address : addresses) {
    auto* email = contact.add_emails();
    email->set_address(address);
    email->set_visibility(visibility);
  }
}

void AddPhones(const std::vector<std::string>& numbers, Visibility visibility, Contact& contact) {
  for (const auto& number : numbers) {
    auto* phone = contact.add_phones();
    phone->set_number(number);
    phone->set_visibility(visibility);
  }
}

}  // namespace communique::command
