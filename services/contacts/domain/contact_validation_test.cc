// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/contact_validation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using testing::HasSubstr;
using testing::Not;
using C = v1::Contact;

C Person() {
  C contact;
  contact.set_name("newsrooms/geneva/contacts/qmx7");
  contact.set_kind(C::KIND_PERSON);
  contact.set_relation(C::RELATION_OWN_STAFF);
  contact.add_person_names()->set_display_name("Milena Tošić");
  contact.add_person_names()->set_locale("sr-Cyrl");
  contact.mutable_person_names(1)->set_display_name("Милена Тошић");
  contact.add_role_titles()->set_locale("de");
  contact.mutable_role_titles(0)->set_text("Sprecherin");
  contact.set_organization("newsrooms/geneva/organizations/igh");
  contact.set_visibility(v1::VISIBILITY_PUBLIC);
  contact.add_emails()->set_address("milena@example.org");
  contact.add_phones()->set_number("+41 22 555 01 00");
  contact.add_web_addresses()->set_uri("https://example.org/milena");
  contact.add_languages("de");
  contact.set_time_zone("Europe/Zurich");
  contact.mutable_valid_from()->set_seconds(1000);
  contact.mutable_valid_until()->set_seconds(2000);
  contact.set_substitute("newsrooms/geneva/contacts/desk");
  return contact;
}

C Desk() {
  C contact;
  contact.set_name("newsrooms/geneva/contacts/desk");
  contact.set_kind(C::KIND_DESK);
  contact.add_desk_names()->set_locale("de");
  contact.mutable_desk_names(0)->set_text("Pressestelle");
  contact.add_emails()->set_address("presse@example.org");
  return contact;
}

absl::Status Check(C contact, std::string_view region = "") {
  static const ContactRules rules;
  NormalizeContact(rules, region, contact);
  return ValidateContact(rules, region, contact);
}

TEST(ContactValidationTest, TakesPersonsAndDesks) {
  EXPECT_TRUE(Check(Person()).ok()) << Check(Person());
  EXPECT_TRUE(Check(Desk()).ok()) << Check(Desk());
}

TEST(ContactValidationTest, TakesNamesAsPeopleHaveThem) {
  for (const char* name :
       {"Suharto", "毛泽东", "葛\U000E0100城 花子", "علی\u200Cرضا محمدی", "ශ්\u200Dරී ලංකා", "H. E. O'Neil-Müller",
        "X Æ A-12", "Mu\u0308ller", "José María Ñuñez y Ortiz, Jr.", "ʻAna", "Nguyễn Thị Minh Khai"}) {
    C contact = Person();
    contact.mutable_person_names(0)->set_display_name(name);
    EXPECT_TRUE(Check(contact).ok()) << name << Check(contact);
  }
}

TEST(ContactValidationTest, FillsWhatFollows) {
  const ContactRules rules;
  C contact = Person();
  contact.mutable_person_names(1)->set_locale("SR-cyrl");
  contact.set_languages(0, "DE-ch");
  contact.mutable_emails(0)->set_address("Press@Straße.Example");
  contact.mutable_emails(0)->set_ascii_address("forged@example.org");
  contact.add_emails()->set_address("müller@example.org");
  contact.mutable_phones(0)->set_number("022 555 01 00 ext. 12");
  contact.add_phones()->set_number("030 204550");
  contact.mutable_phones(1)->set_region("DE");
  NormalizeContact(rules, "CH", contact);
  EXPECT_EQ(contact.person_names(1).locale(), "sr-Cyrl");
  EXPECT_EQ(contact.person_names(0).locale(), "");
  EXPECT_EQ(contact.languages(0), "de-CH");
  EXPECT_EQ(contact.emails(0).address(), "Press@Straße.Example");
  EXPECT_EQ(contact.emails(0).ascii_address(), "Press@xn--strae-oqa.example");
  EXPECT_TRUE(contact.emails(0).role_mailbox());
  EXPECT_FALSE(contact.emails(0).needs_smtputf8());
  EXPECT_FALSE(contact.emails(1).role_mailbox());
  EXPECT_TRUE(contact.emails(1).needs_smtputf8());
  EXPECT_EQ(contact.phones(0).number(), "022 555 01 00 ext. 12");
  EXPECT_EQ(contact.phones(0).e164(), "+41225550100");
  EXPECT_EQ(contact.phones(0).extension(), "12");
  EXPECT_EQ(contact.phones(1).e164(), "+4930204550");
  EXPECT_TRUE(ValidateContact(rules, "CH", contact).ok()) << ValidateContact(rules, "CH", contact);
}

TEST(ContactValidationTest, WhatFollowsIsNotTakenFromCallers) {
  const ContactRules rules;
  C contact = Person();
  contact.mutable_emails(0)->set_address("a@");
  contact.mutable_emails(0)->set_ascii_address("forged@example.org");
  contact.mutable_emails(0)->set_role_mailbox(true);
  contact.mutable_phones(0)->set_number("later");
  contact.mutable_phones(0)->set_e164("+41225550100");
  NormalizeContact(rules, "", contact);
  EXPECT_EQ(contact.emails(0).ascii_address(), "");
  EXPECT_FALSE(contact.emails(0).role_mailbox());
  EXPECT_EQ(contact.phones(0).e164(), "");
}

struct Row {
  const char* what;
  std::function<void(C&)> change;
  const char* field;
  const char* says;
};

void ExpectRefused(const C& good, const Row& row) {
  C contact = good;
  row.change(contact);
  const absl::Status status = Check(contact);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << row.what;
  EXPECT_THAT(std::string(status.message()), HasSubstr(std::string(row.field) + ": ")) << row.what;
  EXPECT_THAT(std::string(status.message()), HasSubstr(row.says)) << row.what;
}

std::function<void(C&)> Name(std::string name) {
  return [name = std::move(name)](C& c) { c.mutable_person_names(0)->set_display_name(name); };
}
std::function<void(C&)> Email(std::string address) {
  return [address = std::move(address)](C& c) {
    c.add_emails()->set_address("a@example.org");
    c.add_emails()->set_address(address);
  };
}
std::function<void(C&)> Phone(std::string number) {
  return [number = std::move(number)](C& c) { c.mutable_phones(0)->set_number(number); };
}

TEST(ContactValidationTest, RefusesWhatIsNobody) {
  const Row rows[] = {
      {"nothing at all", [](C& c) { c.Clear(); }, "kind", "must be PERSON or DESK"},
      {"a kind of tomorrow", [](C& c) { c.set_kind(static_cast<C::Kind>(9)); }, "kind", "must be PERSON or DESK"},
      {"a person without any name", [](C& c) { c.clear_person_names(); }, "person_names", "at least one name"},
      {"a person with desk names", [](C& c) { *c.mutable_desk_names() = Desk().desk_names(); }, "desk_names",
       "must be empty"},
      {"a desk with a person's name", [](C& c) { c.set_kind(C::KIND_DESK); }, "person_names", "must be empty"},
      {"a desk without names", [](C& c) { c.set_kind(C::KIND_DESK); }, "desk_names", "must not be empty"},
      {"a relation of tomorrow", [](C& c) { c.set_relation(static_cast<C::Relation>(9)); }, "relation", "9"},
      {"an empty name", Name(""), "person_names[0].display_name", "must not be empty (NAME_EMPTY)"},
      {"a blank name", Name(" \u3000"), "person_names[0].display_name", "NAME_EMPTY"},
      {"a long name", Name(std::string(201, 'a')), "person_names[0].display_name",
       "has 201 characters; at most 200 are allowed"},
      {"a control character", Name("Mi\alena"), "person_names[0].display_name",
       "holds the control character U+0007; take it out (NAME_CONTROL, character 3)"},
      {"a line break", Name("Milena\r\nBcc: x"), "person_names[0].display_name", "(NAME_LINE_BREAK, character 7)"},
      {"a line separator", Name("Milena\u2028Tošić"), "person_names[0].display_name", "NAME_LINE_BREAK"},
      {"a direction override", Name("Milena \u202Ecišot"), "person_names[0].display_name",
       "holds U+202E, which nobody sees; take it out (NAME_INVISIBLE, character 8)"},
      {"a direction isolate", Name("\u2067Milena\u2069"), "person_names[0].display_name", "NAME_INVISIBLE"},
      {"a joiner at the end", Name("Milena\u200D"), "person_names[0].display_name", "NAME_INVISIBLE"},
      {"a zero width space", Name("Mile\u200Bna"), "person_names[0].display_name", "NAME_INVISIBLE"},
      {"a broken character", Name("Mile\uFFFDna"), "person_names[0].display_name", "type it anew"},
      {"markup", Name("<b>Milena</b>"), "person_names[0].display_name", "plain text without markup (NAME_MARKUP"},
      {"an entity", Name("Milena To&#353;i&#263;"), "person_names[0].display_name", "write the character itself"},
      {"emoji alone", Name("😀😀"), "person_names[0].display_name", "has no letter; write it in letters"},
      {"a number for a name", Name("42"), "person_names[0].display_name", "NAME_NO_LETTERS"},
      {"a bad given name", [](C& c) { c.mutable_person_names(0)->set_given_name("<i>"); }, "person_names[0].given_name",
       "NAME_MARKUP"},
      {"a bad family name", [](C& c) { c.mutable_person_names(0)->set_family_name(std::string(201, 'a')); },
       "person_names[0].family_name", "at most 200"},
      {"a long honorific", [](C& c) { c.mutable_person_names(0)->set_honorific(std::string(101, 'a')); },
       "person_names[0].honorific", "at most 100"},
      {"a blank phonetic", [](C& c) { c.mutable_person_names(0)->set_phonetic(" "); }, "person_names[0].phonetic",
       "leave it out"},
      {"a name's language twice", [](C& c) { *c.add_person_names() = c.person_names(1); }, "person_names[2].locale",
       "twice"},
      {"two names of one's own", [](C& c) { c.mutable_person_names(1)->clear_locale(); }, "person_names[1].locale",
       "say which language"},
      {"an unknown language", [](C& c) { c.mutable_person_names(1)->set_locale("serbian cyrillic"); },
       "person_names[1].locale",
       "\"serbian cyrillic\" is not a language tag; BCP 47 tags look like \"de\", \"pt-BR\" or \"zh-Hant\""},
      {"too many names",
       [](C& c) {
         while (c.person_names_size() < 21) *c.add_person_names() = c.person_names(1);
       },
       "person_names", "at most 20"},
      {"a role without a language", [](C& c) { c.mutable_role_titles(0)->clear_locale(); }, "role_titles[0].locale",
       "\"\" is not a language tag; BCP 47 tags look like \"de\", \"pt-BR\" or \"zh-Hant\""},
      {"a role in an unknown language", [](C& c) { c.mutable_role_titles(0)->set_locale("klingonisch"); },
       "role_titles[0].locale",
       "\"klingonisch\" is not a language tag; BCP 47 tags look like \"de\", \"pt-BR\" or \"zh-Hant\""},
      {"a role twice in a language", [](C& c) { *c.add_role_titles() = c.role_titles(0); }, "role_titles[1].locale",
       "twice"},
      {"an empty role", [](C& c) { c.mutable_role_titles(0)->clear_text(); }, "role_titles[0].text",
       "must not be empty"},
      {"a long role", [](C& c) { c.mutable_role_titles(0)->set_text(std::string(301, 'a')); }, "role_titles[0].text",
       "at most 300"},
      {"a journalist of whom nobody knows how", [](C& c) { c.set_relation(C::RELATION_JOURNALIST); }, "source",
       "must not be empty for a JOURNALIST"},
      {"a long source", [](C& c) { c.set_source(std::string(301, 'a')); }, "source", "at most 300"},
      {"a long note", [](C& c) { c.set_note(std::string(5001, 'a')); }, "note", "at most 5000"},
  };
  for (const Row& row : rows) ExpectRefused(Person(), row);
}

TEST(ContactValidationTest, RefusesAddressesThatReachNobody) {
  const Row rows[] = {
      {"no domain", Email("a@"), "emails[2].address", "(EMAIL_NO_DOMAIN, character 2)"},
      {"no local part", Email("@b"), "emails[2].address", "(EMAIL_NO_LOCAL_PART, character 1)"},
      {"no dot", Email("a@b"), "emails[2].address", "(EMAIL_DOMAIN_NO_DOT, character 3)"},
      {"a dot in front", Email(".a@b.c"), "emails[2].address", "(EMAIL_DOT, character 1)"},
      {"two dots", Email("a..b@c.d"), "emails[2].address", "(EMAIL_DOT, character 3)"},
      {"two ats", Email("a@b@c.d"), "emails[2].address", "(EMAIL_TWO_AT, character 2)"},
      {"a space", Email("a b@c.d"), "emails[2].address", "(EMAIL_SPACE, character 2)"},
      {"a header", Email("a@example.com\r\nBcc: b@example.com"), "emails[2].address", "EMAIL_CONTROL"},
      {"too long",
       Email(std::string(64, 'a') + "@" + std::string(63, 'b') + "." + std::string(63, 'c') + "." +
             std::string(63, 'd')),
       "emails[2].address", "EMAIL_TOO_LONG"},
      {"a bad A-label", Email("a@xn--a.de"), "emails[2].address", "EMAIL_DOMAIN_A_LABEL"},
      {"a hyphen in front", Email("a@-a.de"), "emails[2].address", "EMAIL_DOMAIN_HYPHEN"},
      {"an underscore", Email("a@a_b.de"), "emails[2].address", "EMAIL_DOMAIN_UNDERSCORE"},
      {"mixed scripts", Email("a@p\u0430ypal.com"), "emails[2].address", "EMAIL_MIXED_SCRIPTS"},
      {"empty", Email(""), "emails[2].address", "EMAIL_EMPTY"},
      {"a name with it", Email("A <a@example.com>"), "emails[2].address", "EMAIL_DISPLAY_NAME"},
      {"twice", Email("milena@EXAMPLE.org"), "emails[2].address", "is there twice"},
      {"too many",
       [](C& c) {
         for (int i = 0; i < 10; ++i) c.add_emails()->set_address("a" + std::to_string(i) + "@b.cd");
       },
       "emails", "at most 10"},
      {"a visibility of tomorrow", [](C& c) { c.mutable_emails(0)->set_visibility(static_cast<v1::Visibility>(9)); },
       "emails[0].visibility", "INTERNAL, MEDIA_ONLY or PUBLIC"},
      {"no country", Phone("022 555 01 00"), "phones[0].number", "PHONE_NO_REGION"},
      {"letters", Phone("call me"), "phones[0].number", "PHONE_"},
      {"two numbers", Phone("+41 22 555 01 00 / +41 22 555 01 12"), "phones[0].number", "PHONE_SEVERAL"},
      {"too long", Phone("+41 22 555 01 00 22 555 01 00 22"), "phones[0].number", "PHONE_TOO_LONG"},
      {"an emergency number", Phone("+41 117"), "phones[0].number", "PHONE_"},
      {"empty", Phone(""), "phones[0].number", "PHONE_EMPTY"},
      {"a region in small letters", [](C& c) { c.mutable_phones(0)->set_region("ch"); }, "phones[0].region",
       "\"ch\" is not a country; write \"CH\" (COUNTRY_UNKNOWN)"},
      {"a region that is none", [](C& c) { c.mutable_phones(0)->set_region("XX"); }, "phones[0].region",
       "\"XX\" is not a country; write the two capitals of ISO 3166-1, such as \"CH\" (COUNTRY_UNKNOWN)"},
      {"twice", [](C& c) { c.add_phones()->set_number("022/555 01 00"), c.mutable_phones(1)->set_region("CH"); },
       "phones[1].number", "is there twice"},
      {"a kind of tomorrow", [](C& c) { c.mutable_phones(0)->set_kind(static_cast<v1::PhoneNumber::Kind>(9)); },
       "phones[0].kind", "WORK, MOBILE or FAX"},
      {"too many",
       [](C& c) {
         for (int i = 10; i < 20; ++i) c.add_phones()->set_number("+41 22 555 02 " + std::to_string(i));
       },
       "phones", "at most 10"},
      {"no address", [](C& c) { c.mutable_web_addresses(0)->clear_uri(); }, "web_addresses[0].uri",
       "must not be empty"},
      {"a script", [](C& c) { c.mutable_web_addresses(0)->set_uri("javascript:alert(1)"); }, "web_addresses[0].uri",
       "https, http"},
      {"twice", [](C& c) { *c.add_web_addresses() = c.web_addresses(0); }, "web_addresses[1].uri", "twice"},
      {"a label of two lines", [](C& c) { c.mutable_web_addresses(0)->set_label("a\nb"); }, "web_addresses[0].label",
       "one line"},
      {"too many",
       [](C& c) {
         for (int i = 0; i < 10; ++i) c.add_web_addresses()->set_uri("https://e.org/" + std::to_string(i));
       },
       "web_addresses", "at most 10"},
  };
  for (const Row& row : rows) ExpectRefused(Person(), row);
}

TEST(ContactValidationTest, RefusesWhatLeadsNowhere) {
  const Row rows[] = {
      {"an organization that is none", [](C& c) { c.set_organization("igh"); }, "organization",
       "newsrooms/{newsroom}/organizations/{organization}"},
      {"a substitute that is none", [](C& c) { c.set_substitute("newsrooms/geneva/organizations/igh"); }, "substitute",
       "newsrooms/{newsroom}/contacts/{contact}"},
      {"itself", [](C& c) { c.set_substitute(c.name()); }, "substitute", "itself"},
      {"a language that is none", [](C& c) { c.set_languages(0, "klingonisch"); }, "languages[0]",
       "\"klingonisch\" is not a language tag; BCP 47 tags look like \"de\", \"pt-BR\" or \"zh-Hant\""},
      {"a language that nobody speaks", [](C& c) { c.set_languages(0, "xq"); }, "languages[0]", "LANGUAGE_UNKNOWN"},
      {"a language twice", [](C& c) { c.add_languages("DE"); }, "languages[1]", "twice"},
      {"a zone that is none", [](C& c) { c.set_time_zone("Europe/Genf"); }, "time_zone", "Europe/Zurich"},
      {"an end before the start", [](C& c) { c.mutable_valid_until()->set_seconds(999); }, "valid_until",
       "must be after valid_from"},
      {"an end at the start", [](C& c) { *c.mutable_valid_until() = c.valid_from(); }, "valid_until",
       "must be after valid_from"},
      {"no time", [](C& c) { c.mutable_valid_from()->set_nanos(-1); }, "valid_from", "is not a time"},
      {"no time either", [](C& c) { c.mutable_valid_until()->set_seconds(1LL << 60); }, "valid_until", "is not a time"},
      {"a visibility of tomorrow", [](C& c) { c.set_visibility(static_cast<v1::Visibility>(9)); }, "visibility", "9"},
  };
  for (const Row& row : rows) ExpectRefused(Person(), row);
}

TEST(ContactValidationTest, OneLineMayServeTelephoneAndTelefax) {
  C contact = Person();
  contact.add_phones()->set_number("+41 22 555 01 00");
  contact.mutable_phones(1)->set_kind(v1::PhoneNumber::KIND_FAX);
  EXPECT_TRUE(Check(contact).ok()) << Check(contact);
}

TEST(ContactValidationTest, SaysAllAtOnceAndRepeatsNobodysName) {
  C contact = Person();
  contact.mutable_person_names(0)->set_display_name("<Geheim>");
  contact.mutable_emails(0)->set_address("geheim..geheim@example.org");
  contact.mutable_phones(0)->set_number("geheim");
  contact.set_time_zone("Mars");
  const std::string message(Check(contact).message());
  for (const char* field :
       {"person_names[0].display_name: ", "emails[0].address: ", "phones[0].number: ", "time_zone: "}) {
    EXPECT_THAT(message, HasSubstr(field));
  }
  EXPECT_THAT(message, Not(HasSubstr("eheim")));
}

TEST(ContactValidationTest, LimitsAreTheInstallations) {
  ContactRules rules;
  rules.limits.person_names = 1;
  rules.limits.title_characters = 3;
  rules.email.allow_single_label_domain = true;
  rules.role_mailboxes = RoleMailboxes({"milena"});
  C contact = Person();
  contact.mutable_emails(0)->set_address("milena@intranet");
  NormalizeContact(rules, "", contact);
  EXPECT_TRUE(contact.emails(0).role_mailbox());
  const std::string message(ValidateContact(rules, "", contact).message());
  EXPECT_THAT(message, HasSubstr("person_names: has 2 entries; at most 1 are allowed"));
  EXPECT_THAT(message, HasSubstr("role_titles[0].text: has 10 characters; at most 3 are allowed"));
  EXPECT_THAT(message, Not(HasSubstr("emails")));
}

TEST(ContactValidationTest, AListThatIsTooLongIsNotLookedInto) {
  C contact = Person();
  for (int i = 0; i < 300; ++i) {
    contact.add_person_names()->set_locale("DE");
    contact.add_role_titles()->set_locale("DE");
    contact.add_emails()->set_address("milena@example.org");
    contact.add_phones()->set_number("+41 22 555 01 00");
    contact.add_web_addresses();
    contact.add_languages("DE");
  }
  NormalizeContact({}, "", contact);
  EXPECT_EQ(contact.phones(300).e164(), "");
  EXPECT_EQ(contact.emails(300).ascii_address(), "");
  EXPECT_EQ(contact.languages(300), "DE");
  const std::string message(ValidateContact({}, "", contact).message());
  for (const char* list : {"person_names", "role_titles", "emails", "phones", "web_addresses", "languages"}) {
    EXPECT_THAT(message, HasSubstr(std::string(list) + ": has 30"));
    EXPECT_THAT(message, Not(HasSubstr(std::string(list) + "[")));
  }
}

TEST(ContactValidationTest, ANumberStaysOfItsCountryWhenTheOrganizationChanges) {
  v1::Contact contact;
  contact.add_phones()->set_number("022 717 91 11");
  contact.add_phones()->set_number("+49 30 204550");
  NormalizeContact({}, "CH", contact);
  EXPECT_EQ(contact.phones(0).region(), "CH");
  EXPECT_EQ(contact.phones(1).region(), "") << "it says its country itself";
  NormalizeContact({}, "DE", contact);
  EXPECT_EQ(contact.phones(0).e164(), "+41227179111");
}

}  // namespace
}  // namespace communique::contacts
