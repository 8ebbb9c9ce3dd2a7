// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/contact_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/communique/table.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using contacts::v1::Contact;
using contacts::v1::Organization;
using contacts::v1::PrintableContact;
using contacts::v1::Visibility;

// Labels with their values, below the resource's name.
class Facts {
 public:
  void Add(const char* label, const std::string& value) {
    if (!value.empty()) table_.Add({label, value});
  }
  void Print(std::ostream& out) const { table_.Print(out); }

 private:
  Table table_{2};
};

std::string InLanguage(const std::string& text, const std::string& locale) {
  return locale.empty() ? text : absl::StrCat(text, " (", locale, ")");
}

std::string VisibilityWords(Visibility visibility) {
  return EnumWords(visibility == contacts::v1::VISIBILITY_UNSPECIFIED ? contacts::v1::VISIBILITY_INTERNAL : visibility);
}

void AddNames(Facts& facts, const Contact& contact) {
  for (const auto& name : contact.person_names()) {
    const std::string whole =
        name.honorific().empty() ? name.display_name() : absl::StrCat(name.honorific(), " ", name.display_name());
    facts.Add("Name", InLanguage(whole, name.locale()));
    if (!name.phonetic().empty()) facts.Add("Said", name.phonetic());
  }
  for (const auto& name : contact.desk_names()) facts.Add("Name", InLanguage(name.text(), name.locale()));
}

void AddAddresses(Facts& facts, const Contact& contact) {
  for (const auto& email : contact.emails()) {
    facts.Add("Mail", absl::StrCat(email.address(), "  ", VisibilityWords(email.visibility())));
  }
  for (const auto& phone : contact.phones()) {
    const auto kind = phone.kind() == contacts::v1::PhoneNumber::KIND_UNSPECIFIED ? contacts::v1::PhoneNumber::KIND_WORK
                                                                                  : phone.kind();
    facts.Add("Phone", absl::StrCat(phone.number(), "  ", EnumWords(kind), "  ", VisibilityWords(phone.visibility())));
  }
  for (const auto& web : contact.web_addresses()) {
    facts.Add("Web", absl::StrCat(InLanguage(web.uri(), web.label()), "  ", VisibilityWords(web.visibility())));
  }
}

std::string StateWords(const Contact& contact) {
  std::string words = EnumWords(contact.state());
  if (!contact.merged_into().empty()) absl::StrAppend(&words, " into ", contact.merged_into());
  return words;
}

}  // namespace

std::string FirstName(const Organization& organization) {
  return organization.names().empty() ? "" : organization.names(0).display_name();
}

std::string FirstName(const Contact& contact) {
  if (!contact.person_names().empty()) return contact.person_names(0).display_name();
  return contact.desk_names().empty() ? "" : contact.desk_names(0).text();
}

std::string FirstRole(const Contact& contact) {
  return contact.role_titles().empty() ? "" : contact.role_titles(0).text();
}

void PrintOrganization(std::ostream& out, const Organization& organization) {
  out << Printable(organization.name()) << '\n';
  Facts facts;
  for (const auto& name : organization.names()) {
    facts.Add("Name", absl::StrCat(InLanguage(name.display_name(), name.locale()), name.acronym().empty() ? "" : ", ",
                                   name.acronym()));
  }
  if (organization.kind() != Organization::KIND_UNSPECIFIED) facts.Add("Kind", EnumWords(organization.kind()));
  facts.Add("Part of", organization.parent_organization());
  facts.Add("Country", organization.country());
  facts.Add("Mail domains", absl::StrJoin(organization.mail_domains(), ", "));
  facts.Add("Site", organization.website());
  if (organization.has_purge_time()) facts.Add("Gone for good", TimeWords(organization.purge_time()));
  facts.Add("Created", TimeWords(organization.create_time()));
  facts.Add("Changed", TimeWords(organization.update_time()));
  facts.Add("Etag", organization.etag());
  facts.Print(out);
}

void PrintContact(std::ostream& out, const Contact& contact) {
  out << Printable(contact.name()) << '\n';
  Facts facts;
  AddNames(facts, contact);
  facts.Add("Kind", EnumWords(contact.kind()));
  facts.Add("State", StateWords(contact));
  facts.Add("Merge", contact.merge());
  facts.Add("Because", contact.deactivation_reason());
  for (const auto& title : contact.role_titles()) facts.Add("Role", InLanguage(title.text(), title.locale()));
  facts.Add("Organization", contact.organization());
  if (contact.relation() != Contact::RELATION_UNSPECIFIED) facts.Add("Relation", EnumWords(contact.relation()));
  facts.Add("Visible to", VisibilityWords(contact.visibility()));
  AddAddresses(facts, contact);
  facts.Add("Languages", absl::StrJoin(contact.languages(), ", "));
  facts.Add("Time zone", contact.time_zone());
  if (contact.has_valid_from()) facts.Add("From", TimeWords(contact.valid_from()));
  if (contact.has_valid_until()) facts.Add("Until", TimeWords(contact.valid_until()));
  facts.Add("Substitute", contact.substitute());
  facts.Add("Source", contact.source());
  facts.Add("Note", contact.note());
  if (contact.has_purge_time()) facts.Add("Gone for good", TimeWords(contact.purge_time()));
  facts.Add("Created", TimeWords(contact.create_time()));
  facts.Add("Changed", TimeWords(contact.update_time()));
  facts.Add("Etag", contact.etag());
  facts.Print(out);
}

void PrintContactState(std::ostream& out, const Contact& contact) {
  out << Printable(contact.name()) << " is " << StateWords(contact);
  if (contact.state() == Contact::STATE_DEACTIVATED) {
    out << ", and " << (contact.substitute().empty() ? "nobody" : Printable(contact.substitute())) << " stands in";
  }
  if (contact.has_purge_time()) out << ", and goes for good on " << TimeWords(contact.purge_time());
  out << '\n';
}

void PrintPrintable(std::ostream& out, const PrintableContact& contact) {
  out << Printable(contact.contact()) << '\n';
  Facts facts;
  facts.Add("Instead of", contact.instead_of());
  facts.Add("Name", contact.honorific().empty() ? contact.display_name()
                                                : absl::StrCat(contact.honorific(), " ", contact.display_name()));
  facts.Add("Role", contact.role_title());
  facts.Add("Organization",
            absl::StrCat(contact.organization_name(), contact.organization_acronym().empty() ? "" : ", ",
                         contact.organization_acronym()));
  for (const auto& email : contact.emails()) facts.Add("Mail", email);
  for (const auto& phone : contact.phones()) facts.Add("Phone", phone);
  for (const auto& web : contact.web_addresses()) facts.Add("Web", InLanguage(web.uri(), web.label()));
  facts.Add("Language", absl::StrCat(contact.locale(), contact.in_language() ? "" : ", which not all of it has"));
  if (contact.has_show_until()) {
    facts.Add("Until", absl::StrCat(TimeWords(contact.show_until()), ", then ",
                                    contact.stand_in().empty() ? "nobody" : contact.stand_in()));
  }
  facts.Add("Etag", contact.etag());
  facts.Print(out);
}

}  // namespace communique::command
