// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/exchange_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "services/contacts/domain/exchange/contact_card.h"
#include "services/contacts/domain/exchange/contact_file.h"

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

v1::Contact Milena() {
  v1::Contact contact;
  contact.set_name("newsrooms/relief/contacts/k4");
  contact.set_uid("01929e6d-2b3c-7d4e-8f50-a1b2c3d4e5f6");
  contact.set_kind(v1::Contact::KIND_PERSON);
  contact.set_visibility(v1::VISIBILITY_PUBLIC);
  auto& name = *contact.add_person_names();
  name.set_display_name("Milena Brkić");
  name.set_family_name("Brkić");
  auto& title = *contact.add_role_titles();
  title.set_locale("de");
  title.set_text("Sprecherin; Recht, Presse");
  auto& email = *contact.add_emails();
  email.set_address("milena@example.org");
  email.set_visibility(v1::VISIBILITY_MEDIA_ONLY);
  auto& phone = *contact.add_phones();
  phone.set_number("+41 22 555 01 00");
  phone.set_visibility(v1::VISIBILITY_PUBLIC);
  contact.set_note("=1+1");
  return contact;
}

v1::Organization RiverAid() {
  v1::Organization organization;
  organization.add_names()->set_display_name("River Aid");
  return organization;
}

std::string Written(v1::ExchangeFormat format, const v1::Contact& contact) {
  ExchangeFile file(format, 1 << 20);
  const v1::Organization organization = RiverAid();
  EXPECT_TRUE(file.Add(contact, &organization));
  return file.Finish();
}

TEST(VisiblePartTest, IsWhatTheAudienceMaySee) {
  const v1::Contact everybody = VisiblePart(Milena(), v1::VISIBILITY_PUBLIC);
  EXPECT_EQ(everybody.emails_size(), 0);
  EXPECT_EQ(everybody.phones_size(), 1);
  EXPECT_EQ(everybody.note(), "");
  const v1::Contact media = VisiblePart(Milena(), v1::VISIBILITY_MEDIA_ONLY);
  EXPECT_EQ(media.emails_size(), 1);
  EXPECT_EQ(media.note(), "");
  EXPECT_EQ(VisiblePart(Milena(), v1::VISIBILITY_INTERNAL).note(), "=1+1");
}

TEST(VisiblePartTest, SpellingsThatOnlySearchesUseAreForTheHouse) {
  v1::Contact contact = Milena();
  contact.add_person_names()->set_locale("mis-x-alt1");
  contact.add_desk_names()->set_locale("de-x-foo-alt2");
  contact.add_role_titles()->set_locale("de-x-alt1");
  for (const auto others : {v1::VISIBILITY_PUBLIC, v1::VISIBILITY_MEDIA_ONLY}) {
    const v1::Contact shown = VisiblePart(contact, others);
    EXPECT_EQ(shown.person_names_size(), 1);
    EXPECT_EQ(shown.desk_names_size(), 0);
    EXPECT_EQ(shown.role_titles_size(), 1);
  }
  EXPECT_EQ(VisiblePart(contact, v1::VISIBILITY_INTERNAL).person_names_size(), 2);
}

TEST(VisiblePartTest, WhatIsNotKnownIsForTheHouse) {
  v1::Contact contact = Milena();
  contact.set_visibility(v1::VISIBILITY_UNSPECIFIED);
  EXPECT_FALSE(MayBeShown(contact, v1::VISIBILITY_MEDIA_ONLY));
  EXPECT_TRUE(MayBeShown(contact, v1::VISIBILITY_INTERNAL));
  contact.set_visibility(static_cast<v1::Visibility>(99));
  EXPECT_FALSE(MayBeShown(contact, v1::VISIBILITY_MEDIA_ONLY));
}

TEST(NumberForEverywhereTest, SaysItsCountry) {
  v1::PhoneNumber phone;
  phone.set_number("022 555 01 00 int. 5");
  phone.set_e164("+41225550100");
  phone.set_extension("5");
  EXPECT_EQ(NumberForEverywhere(phone), "+41225550100 ext. 5");
  phone.set_number("+41 22 555 01 00");
  EXPECT_EQ(NumberForEverywhere(phone), "+41 22 555 01 00");
}

TEST(ExchangeFileTest, WritesVCards) {
  EXPECT_EQ(Written(v1::EXCHANGE_FORMAT_VCARD_4, Milena()),
            "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//Communique//contacts//EN\r\n"
            "UID:urn:uuid:01929e6d-2b3c-7d4e-8f50-a1b2c3d4e5f6\r\nKIND:individual\r\nFN:Milena Brkić\r\n"
            "N:Brkić;;;;\r\nORG:River Aid\r\nTITLE;LANGUAGE=de:Sprecherin\\; Recht\\, Presse\r\n"
            "TEL;TYPE=work,voice:+41 22 555 01 00\r\nEMAIL:milena@example.org\r\nNOTE:=1+1\r\nEND:VCARD\r\n");
  EXPECT_THAT(Written(v1::EXCHANGE_FORMAT_VCARD_3, Milena()), HasSubstr("VERSION:3.0\r\n"));
}

TEST(ExchangeFileTest, Version3TellsWhatItCannotHold) {
  v1::Contact contact = Milena();
  contact.add_person_names()->set_locale("sr-Cyrl");
  contact.add_languages("de");
  ExchangeFile three(v1::EXCHANGE_FORMAT_VCARD_3, 1 << 20);
  EXPECT_TRUE(three.Add(contact, nullptr));
  ASSERT_THAT(three.findings(), SizeIs(2));
  EXPECT_EQ(three.findings()[0].field(), "person_names");
  EXPECT_EQ(three.findings()[1].field(), "languages");
  ExchangeFile four(v1::EXCHANGE_FORMAT_VCARD_4, 1 << 20);
  EXPECT_TRUE(four.Add(contact, nullptr));
  EXPECT_THAT(four.findings(), IsEmpty());
}

TEST(ExchangeFileTest, WritesJCards) {
  const std::string file = Written(v1::EXCHANGE_FORMAT_JCARD, Milena());
  EXPECT_THAT(file, StartsWith("[[\"vcard\",[[\"version\",{},\"text\",\"4.0\"],"));
  EXPECT_THAT(file, HasSubstr("[\"n\",{},\"text\",[\"Brkić\",\"\",\"\",\"\",\"\"]]"));
  EXPECT_THAT(file, HasSubstr("[\"tel\",{\"type\":[\"work\",\"voice\"]},\"text\",\"+41 22 555 01 00\"]"));
  EXPECT_EQ(ExchangeFile(v1::EXCHANGE_FORMAT_JCARD, 1).Finish(), "[]\n");
}

TEST(ExchangeFileTest, WritesCsvWithoutFormulas) {
  EXPECT_EQ(
      Written(v1::EXCHANGE_FORMAT_CSV, Milena()),
      "kind,display_name,family_name,role_title[de],organization,email,phone,phone_kind,note\r\n"
      "PERSON,Milena Brkić,Brkić,\"Sprecherin; Recht, Presse\",River Aid,milena@example.org,'+41 22 555 01 00,WORK,"
      "'=1+1\r\n");
  EXPECT_EQ(ExchangeFile(v1::EXCHANGE_FORMAT_CSV, 1).Finish(), "kind,display_name,organization\r\n");
}

TEST(ExchangeFileTest, EndsBeforeItIsTooLarge) {
  for (const auto format :
       {v1::EXCHANGE_FORMAT_VCARD_3, v1::EXCHANGE_FORMAT_VCARD_4, v1::EXCHANGE_FORMAT_JCARD, v1::EXCHANGE_FORMAT_CSV}) {
    constexpr std::size_t kMax = 3000;
    ExchangeFile file(format, kMax);
    int added = 0;
    v1::Contact contact = Milena();
    while (file.Add(contact, nullptr)) {
      // Each with a column of its own.
      contact.add_emails()->set_address("m\"ilena@example.org");
      ASSERT_LT(++added, 100);
    }
    EXPECT_GT(added, 2) << format;
    EXPECT_EQ(file.size(), added);
    EXPECT_LE(file.Finish().size(), kMax) << format;
    EXPECT_TRUE(ExchangeFile(format, 1).Add(contact, nullptr)) << "one is always written";
  }
}

TEST(ExchangeFileTest, SaysItsMediaType) {
  EXPECT_EQ(ExchangeFile(v1::EXCHANGE_FORMAT_VCARD_3, 1).MediaType(), "text/vcard; charset=utf-8; version=3.0");
  EXPECT_EQ(ExchangeFile(v1::EXCHANGE_FORMAT_JCARD, 1).MediaType(), "application/vcard+json");
}

}  // namespace
}  // namespace communique::contacts
