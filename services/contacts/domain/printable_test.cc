// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/printable.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "services/platform/testing/histories.h"

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using C = v1::Contact;

C Person() {
  C contact;
  contact.set_name("newsrooms/n/contacts/a");
  contact.set_etag("\"1\"");
  contact.set_kind(C::KIND_PERSON);
  contact.set_state(C::STATE_ACTIVE);
  contact.set_visibility(v1::VISIBILITY_PUBLIC);
  contact.add_person_names()->set_display_name("Milena Tošić");
  contact.mutable_person_names(0)->set_honorific("Dr.");
  contact.add_person_names()->set_locale("sr-Cyrl");
  contact.mutable_person_names(1)->set_display_name("Милена Тошић");
  contact.add_role_titles()->set_locale("de");
  contact.mutable_role_titles(0)->set_text("Sprecherin");
  contact.add_role_titles()->set_locale("fr");
  contact.mutable_role_titles(1)->set_text("Porte-parole");
  return contact;
}

v1::Organization Society() {
  v1::Organization organization;
  auto* name = organization.add_names();
  name->set_locale("de");
  name->set_display_name("Internationale Gesellschaft für Hilfe");
  name->set_acronym("IGH");
  name = organization.add_names();
  name->set_locale("fr");
  name->set_display_name("Société internationale d'aide");
  name->set_acronym("SIA");
  return organization;
}

v1::PrintableContact PrintIn(const C& contact, std::string_view locale) {
  const v1::Organization society = Society();
  PrintChoice choice;
  choice.asked = contact.name();
  choice.contact = contact;
  return Print(choice, &society, locale);
}

TEST(PrintableTest, IsInTheLanguageAskedFor) {
  const auto printed = PrintIn(Person(), "fr");
  EXPECT_EQ(printed.contact(), "newsrooms/n/contacts/a");
  EXPECT_EQ(printed.etag(), "\"1\"");
  EXPECT_EQ(printed.instead_of(), "");
  EXPECT_EQ(printed.locale(), "fr");
  EXPECT_EQ(printed.kind(), C::KIND_PERSON);
  EXPECT_EQ(printed.display_name(), "Milena Tošić");
  EXPECT_EQ(printed.honorific(), "Dr.");
  EXPECT_EQ(printed.role_title(), "Porte-parole");
  EXPECT_EQ(printed.organization_name(), "Société internationale d'aide");
  EXPECT_EQ(printed.organization_acronym(), "SIA");
  EXPECT_TRUE(printed.in_language());
}

TEST(PrintableTest, TakesShorterTagsThenTheFirst) {
  EXPECT_EQ(PrintIn(Person(), "fr-CH").role_title(), "Porte-parole");
  EXPECT_TRUE(PrintIn(Person(), "fr-CH").in_language());
  const auto spanish = PrintIn(Person(), "es");
  EXPECT_EQ(spanish.role_title(), "Sprecherin");
  EXPECT_EQ(spanish.organization_acronym(), "IGH");
  EXPECT_FALSE(spanish.in_language());
  // A longer tag is not what was asked for.
  C contact = Person();
  contact.mutable_role_titles(1)->set_locale("fr-CA");
  EXPECT_EQ(PrintIn(contact, "fr").role_title(), "Sprecherin");
}

TEST(PrintableTest, PersonalNamesAreReadInTheirScript) {
  C contact = Person();
  contact.clear_role_titles();
  const auto name_in = [&](const char* locale) {
    PrintChoice choice{contact.name(), contact, {}, ""};
    return Print(choice, nullptr, locale);
  };
  EXPECT_TRUE(name_in("de").in_language());
  EXPECT_TRUE(name_in("sr-Latn").in_language());
  EXPECT_EQ(name_in("sr-Cyrl").display_name(), "Милена Тошић");
  EXPECT_TRUE(name_in("sr-Cyrl").in_language());
  EXPECT_EQ(name_in("ar").display_name(), "Milena Tošić");
  EXPECT_FALSE(name_in("ar").in_language());
  EXPECT_FALSE(name_in("zh").in_language());
  contact.mutable_person_names(0)->set_display_name("葛城 ミサト");
  EXPECT_TRUE(name_in("ja").in_language());
  EXPECT_FALSE(name_in("de").in_language());
}

TEST(PrintableTest, PrintsDesks) {
  C desk;
  desk.set_kind(C::KIND_DESK);
  desk.set_visibility(v1::VISIBILITY_PUBLIC);
  desk.add_desk_names()->set_locale("de");
  desk.mutable_desk_names(0)->set_text("Pressestelle");
  EXPECT_EQ(PrintIn(desk, "de-AT").display_name(), "Pressestelle");
  EXPECT_TRUE(PrintIn(desk, "de-AT").in_language());
  EXPECT_EQ(PrintIn(desk, "fr").display_name(), "Pressestelle");
  EXPECT_FALSE(PrintIn(desk, "fr").in_language());
}

TEST(PrintableTest, PrintsWhatIsPublicAndInOrder) {
  C contact = Person();
  const auto add_email = [&](const char* address, int visibility) {
    contact.add_emails()->set_address(address);
    contact.mutable_emails()->rbegin()->set_visibility(static_cast<v1::Visibility>(visibility));
  };
  add_email("b@example.org", v1::VISIBILITY_PUBLIC);
  add_email("hidden0@example.org", v1::VISIBILITY_UNSPECIFIED);
  add_email("hidden1@example.org", v1::VISIBILITY_INTERNAL);
  add_email("hidden2@example.org", v1::VISIBILITY_MEDIA_ONLY);
  add_email("hidden4@example.org", 4);
  add_email("a@example.org", v1::VISIBILITY_PUBLIC);
  const auto add_phone = [&](const char* number, int kind) {
    contact.add_phones()->set_number(number);
    contact.mutable_phones()->rbegin()->set_kind(static_cast<v1::PhoneNumber::Kind>(kind));
    contact.mutable_phones()->rbegin()->set_visibility(v1::VISIBILITY_PUBLIC);
  };
  add_phone("022 555 01 00", v1::PhoneNumber::KIND_UNSPECIFIED);
  add_phone("022 555 01 01", v1::PhoneNumber::KIND_FAX);
  add_phone("022 555 01 02", 9);
  add_phone("079 555 01 03", v1::PhoneNumber::KIND_MOBILE);
  auto printed = PrintIn(contact, "de");
  EXPECT_THAT(printed.emails(), ElementsAre("b@example.org", "a@example.org"));
  EXPECT_THAT(printed.phones(), ElementsAre("022 555 01 00", "079 555 01 03"));
  // The contact's own visibility is a lid on all of it.
  contact.set_visibility(v1::VISIBILITY_MEDIA_ONLY);
  printed = PrintIn(contact, "de");
  EXPECT_EQ(printed.emails_size() + printed.phones_size(), 0);
  EXPECT_EQ(printed.display_name() + printed.role_title(), "");
}

TEST(PrintableTest, SaysForWhomAndUntilWhen) {
  PrintChoice choice{"newsrooms/n/contacts/left", Person(), absl::FromUnixSeconds(200), "newsrooms/n/contacts/next"};
  const auto printed = Print(choice, nullptr, "de");
  EXPECT_EQ(printed.contact(), "newsrooms/n/contacts/a");
  EXPECT_EQ(printed.instead_of(), "newsrooms/n/contacts/left");
  EXPECT_EQ(printed.show_until().seconds(), 200);
  EXPECT_EQ(printed.stand_in(), "newsrooms/n/contacts/next");
  EXPECT_EQ(printed.organization_name(), "");
}

// Contacts whose every text tells whether it may be seen.
class RandomContacts {
 public:
  explicit RandomContacts(unsigned seed) : random_(seed) {
    for (int i = 0; i < 8; ++i) contacts_.push_back(Make(i));
  }
  const std::vector<C>& all() const { return contacts_; }

 private:
  int Below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }
  v1::Visibility Visibility() { return static_cast<v1::Visibility>(Below(3) > 0 ? 3 : Below(6)); }
  static std::string Text(bool seen) { return seen ? "seen" : "hidden"; }
  std::string Name(int i) { return "newsrooms/n/contacts/c" + std::to_string(i); }

  C Make(int i) {
    C contact;
    contact.set_name(Name(i));
    contact.set_kind(static_cast<C::Kind>(1 + Below(2)));
    contact.set_state(static_cast<C::State>(Below(2) > 0 ? 2 : Below(7)));
    contact.set_visibility(Visibility());
    if (Below(3) == 0) contact.mutable_valid_from()->set_seconds(Below(200));
    if (Below(3) == 0) contact.mutable_valid_until()->set_seconds(Below(200));
    if (Below(2) == 0) contact.set_substitute(Name(Below(9)));
    if (Below(2) == 0) contact.set_merged_into(Name(Below(9)));
    const bool in_use = contact.state() == C::STATE_ACTIVE && contact.visibility() == v1::VISIBILITY_PUBLIC &&
                        (!contact.has_valid_from() || contact.valid_from().seconds() <= 100) &&
                        (!contact.has_valid_until() || contact.valid_until().seconds() > 100);
    const bool person = contact.kind() == C::KIND_PERSON;
    auto* name = contact.add_person_names();
    name->set_display_name(Text(in_use && person));
    name->set_honorific(Text(in_use && person));
    for (auto* part : {name->mutable_given_name(), name->mutable_family_name(), name->mutable_phonetic()}) {
      *part = Text(false);
    }
    contact.add_desk_names()->set_text(Text(in_use && !person));
    contact.add_role_titles()->set_text(Text(in_use));
    for (int k = Below(4); k > 0; --k) {
      auto* email = contact.add_emails();
      email->set_visibility(Visibility());
      email->set_address(Text(in_use && email->visibility() == v1::VISIBILITY_PUBLIC));
      email->set_ascii_address(Text(false));
      auto* phone = contact.add_phones();
      phone->set_visibility(Visibility());
      phone->set_number(Text(in_use && phone->visibility() == v1::VISIBILITY_PUBLIC));
      phone->set_e164(Text(false));
      phone->set_extension(Text(false));
      auto* web = contact.add_web_addresses();
      web->set_visibility(Visibility());
      web->set_uri(Text(in_use && web->visibility() == v1::VISIBILITY_PUBLIC));
      web->set_label(web->uri());
      for (google::protobuf::Message* entry :
           {static_cast<google::protobuf::Message*>(email), static_cast<google::protobuf::Message*>(phone),
            static_cast<google::protobuf::Message*>(web)}) {
        entry->GetReflection()->MutableUnknownFields(entry)->AddLengthDelimited(999, Text(false));
      }
    }
    contact.set_source(Text(false));
    contact.set_note(Text(false));
    contact.set_deactivation_reason(Text(false));
    contact.add_languages(Text(false));
    contact.GetReflection()->MutableUnknownFields(&contact)->AddLengthDelimited(999, Text(false));
    return contact;
  }

  std::mt19937 random_;
  std::vector<C> contacts_;
};

TEST(PrintableTest, NothingThatIsNotPublicEverAppears) {
  int printed_some = 0;
  for (unsigned seed = 0; seed < static_cast<unsigned>(platform::OfHistories(2000)); ++seed) {
    const RandomContacts contacts(seed);
    const ContactLookup lookup = [&](const std::string& name) -> absl::StatusOr<std::optional<C>> {
      for (const C& contact : contacts.all()) {
        if (contact.name() == name) return contact;
      }
      return std::nullopt;
    };
    const auto choice = ChoosePrinted(contacts.all()[0], absl::FromUnixSeconds(100), lookup);
    if (!choice.ok()) {
      EXPECT_EQ(choice.status().code(), absl::StatusCode::kFailedPrecondition);
      continue;
    }
    const std::string bytes = Print(*choice, nullptr, "de").SerializeAsString();
    ASSERT_THAT(bytes, Not(HasSubstr("hidden"))) << "seed " << seed;
    printed_some += bytes.find("seen") != std::string::npos ? 1 : 0;
  }
  EXPECT_GT(printed_some, platform::OfHistories(500));
}

}  // namespace
}  // namespace communique::contacts
