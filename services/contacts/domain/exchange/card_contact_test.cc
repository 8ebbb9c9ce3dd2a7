// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/card_contact.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/exchange/vcard_reader.h"

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// The lines of a card, without BEGIN, VERSION and END.
ImportCard Read(const std::string& lines, const std::string& version = "4.0") {
  const auto cards = ReadVCards(absl::StrCat("BEGIN:VCARD\nVERSION:", version, "\n", lines, "END:VCARD\n"), {});
  EXPECT_TRUE(cards.ok()) << cards.status();
  return cards.ok() ? ReadCardContact(cards->front(), {"de"}) : ImportCard();
}

std::vector<std::string> FieldsOf(const ImportCard& read) {
  std::vector<std::string> fields;
  for (const auto& finding : read.findings) fields.push_back(absl::StrCat(finding.line(), " ", finding.field()));
  return fields;
}

TEST(CardContactTest, APersonInSeveralScripts) {
  const ImportCard read = Read(
      "FN;ALTID=1:Milena Brkić\nFN;ALTID=1;LANGUAGE=sr-cyrl:Милена Бркић\n"
      "N;ALTID=1:Brkić;Milena;Ana;Dr.;\nN;ALTID=1;LANGUAGE=sr-cyrl:Бркић;Милена;;;\n"
      "X-PHONETIC-FIRST-NAME:mee-LEH-na\nX-PHONETIC-LAST-NAME:BRR-kitch\n");
  ASSERT_EQ(read.contact.person_names_size(), 2);
  EXPECT_EQ(read.contact.kind(), v1::Contact::KIND_PERSON);
  EXPECT_EQ(read.contact.person_names(0).locale(), "");
  EXPECT_EQ(read.contact.person_names(0).given_name(), "Milena Ana");
  EXPECT_EQ(read.contact.person_names(0).honorific(), "Dr.");
  EXPECT_EQ(read.contact.person_names(0).phonetic(), "mee-LEH-na BRR-kitch");
  EXPECT_EQ(read.contact.person_names(1).locale(), "sr-Cyrl");
  EXPECT_EQ(read.contact.person_names(1).family_name(), "Бркић");
  EXPECT_THAT(read.findings, IsEmpty());
}

TEST(CardContactTest, ANameIsMadeOfItsPartsWhereNoneIsGiven) {
  const ImportCard read = Read("N:Brkić;Milena;;Dr.;MA\n", "2.1");
  ASSERT_EQ(read.contact.person_names_size(), 1);
  EXPECT_EQ(read.contact.person_names(0).display_name(), "Milena Brkić MA");
}

TEST(CardContactTest, ACommaThatSeparatesNothingStays) {
  const ImportCard old = Read("N:Brkić, Jr.;Milena, Ana\nORG:River, Lake & Co., Ltd.;Press\n", "2.1");
  EXPECT_EQ(old.contact.person_names(0).display_name(), "Milena, Ana Brkić, Jr.");
  EXPECT_THAT(old.organization_names, ElementsAre("River, Lake & Co., Ltd."));
  const ImportCard now = Read("FN:x\nN:Brkić;Milena,Ana;;;\nORG:River, Lake & Co., Ltd.;Press\n");
  EXPECT_EQ(now.contact.person_names(0).given_name(), "Milena Ana");
  EXPECT_THAT(now.organization_names, ElementsAre("River, Lake & Co., Ltd."));
}

TEST(CardContactTest, WhatIsASecondNameIsTold) {
  const ImportCard read = Read("FN:Milena Brkić\nFN:Mila\nN:Brkić;Milena;;;PhD\nN;LANGUAGE=de:B;M;;;\nN:C;D;;;\n");
  EXPECT_EQ(read.contact.person_names_size(), 2);
  EXPECT_THAT(FieldsOf(read), ElementsAre("4 FN", "5 N", "7 N"));
}

TEST(CardContactTest, TheOnlyPartsBelongToTheOnlyName) {
  const ImportCard outlook = Read("N;LANGUAGE=en-us:Gump;Forrest;;Mr.\nFN:Mr. Forrest Gump\n", "2.1");
  ASSERT_EQ(outlook.contact.person_names_size(), 1);
  EXPECT_EQ(outlook.contact.person_names(0).locale(), "");
  EXPECT_EQ(outlook.contact.person_names(0).display_name(), "Mr. Forrest Gump");
  EXPECT_EQ(outlook.contact.person_names(0).family_name(), "Gump");
  EXPECT_EQ(outlook.contact.person_names(0).honorific(), "Mr.");
  EXPECT_THAT(outlook.findings, IsEmpty());
  EXPECT_EQ(Read("FN;LANGUAGE=sr:Milena\nN;LANGUAGE=de:Brkić;Milena;;;\n").contact.person_names_size(), 2)
      << "both say their language";
}

TEST(CardContactTest, ADeskByItsKindOrAsAddressBooksSayIt) {
  for (const char* kind : {"KIND:org\n", "X-ABShowAs:COMPANY\n"}) {
    const ImportCard read = Read(absl::StrCat(kind, "FN:Pressestelle\nFN;LANGUAGE=en:Media desk\nN:;;;;\n"));
    EXPECT_EQ(read.contact.kind(), v1::Contact::KIND_DESK) << kind;
    ASSERT_EQ(read.contact.desk_names_size(), 2);
    EXPECT_EQ(read.contact.desk_names(0).locale(), "de");
    EXPECT_EQ(read.contact.desk_names(1).text(), "Media desk");
    EXPECT_THAT(read.findings, IsEmpty());
  }
}

TEST(CardContactTest, GroupsAndPlacesAreRefused) {
  EXPECT_TRUE(Read("KIND:group\nFN:x\n").refused());
  EXPECT_TRUE(Read("KIND:location\nFN:x\n").refused());
  const ImportCard friends = Read("X-ADDRESSBOOKSERVER-KIND:group\nN:Friends\nFN:Friends\n", "3.0");
  EXPECT_TRUE(friends.refused());
  EXPECT_THAT(FieldsOf(friends), ElementsAre("3 X-ADDRESSBOOKSERVER-KIND"));
  EXPECT_FALSE(Read("KIND:individual\nFN:x\n").refused());
}

TEST(CardContactTest, TelephonesOfAllVersions) {
  const ImportCard four = Read(
      "TEL;VALUE=uri;TYPE=\"voice,work\":tel:+41-22-555-01-00;ext=5\n"
      "TEL;VALUE=uri;TYPE=cell;PREF=1:tel:555-0101;phone-context=+41\n"
      "TEL;TYPE=fax:+41 22 555 01 02\nTEL;VALUE=uri:sip:milena@example.org\n");
  ASSERT_EQ(four.contact.phones_size(), 3);
  EXPECT_EQ(four.contact.phones(0).number(), "+41555-0101") << "the most wanted first";
  EXPECT_EQ(four.contact.phones(0).kind(), v1::PhoneNumber::KIND_MOBILE);
  EXPECT_EQ(four.contact.phones(1).number(), "+41-22-555-01-00 ext. 5");
  EXPECT_EQ(four.contact.phones(2).kind(), v1::PhoneNumber::KIND_FAX);
  EXPECT_THAT(FieldsOf(four), ElementsAre("6 TEL"));
  const ImportCard old = Read("TEL;WORK;VOICE:022 555 01 00\nTEL;CELL;PREF:079 555 01 01\n", "2.1");
  ASSERT_EQ(old.contact.phones_size(), 2);
  EXPECT_EQ(old.contact.phones(0).number(), "079 555 01 01");
  EXPECT_EQ(old.contact.phones(0).kind(), v1::PhoneNumber::KIND_MOBILE);
}

TEST(CardContactTest, EverythingElseThatAContactHas) {
  const ImportCard read = Read(
      "ORG:River Aid;Press\nTITLE:Sprecherin\nTITLE;LANGUAGE=fr:Porte-parole\nROLE:Sprecherin\nROLE:Leiterin\n"
      "EMAIL;TYPE=work:mailto:milena@example.org\nitem2.URL:https://example.org/m\nitem2.X-ABLabel:_$!<HomePage>!$_\n"
      "item3.URL:https://example.org/n\nitem3.X-ABLabel:Blog\nIMPP:xmpp:m@example.org\n"
      "SOCIALPROFILE:https://social.example.org/m\nLANG;PREF=2:fr\nLANG;PREF=1:de\nTZ:Europe/Zurich\nTZ:+0100\n"
      "NOTE:one\\, two\nNOTE:three\n");
  EXPECT_THAT(read.organization_names, ElementsAre("River Aid"));
  ASSERT_EQ(read.contact.role_titles_size(), 2);
  EXPECT_EQ(read.contact.role_titles(0).locale(), "de");
  EXPECT_EQ(read.contact.emails(0).address(), "milena@example.org");
  ASSERT_EQ(read.contact.web_addresses_size(), 3);
  EXPECT_EQ(read.contact.web_addresses(0).label(), "");
  EXPECT_EQ(read.contact.web_addresses(1).label(), "Blog");
  EXPECT_THAT(read.contact.languages(), ElementsAre("de", "fr"));
  EXPECT_EQ(read.contact.time_zone(), "Europe/Zurich");
  EXPECT_EQ(read.contact.note(), "one, two\nthree");
  EXPECT_THAT(FieldsOf(read), ElementsAre("3 ORG", "7 ROLE", "13 IMPP", "18 TZ"));
}

TEST(CardContactTest, WhatIsNoLanguageIsToldAndLeftOut) {
  const ImportCard read = Read(
      "FN;LANGUAGE=Anna B.:Milena\nTITLE;LANGUAGE=+41:Sprecherin\nLANG:Anna\nLANG:xx\nLANG:DE\nLANG:русский и "
      "сербский\n");
  EXPECT_EQ(read.contact.person_names(0).locale(), "");
  EXPECT_EQ(read.contact.role_titles(0).locale(), "de");
  EXPECT_THAT(read.contact.languages(), ElementsAre("de"));
  EXPECT_THAT(FieldsOf(read), ElementsAre("3 FN", "4 TITLE", "5 LANG", "6 LANG", "8 LANG"));
  for (const auto& finding : read.findings) EXPECT_THAT(finding.message(), Not(HasSubstr("Anna")));
  EXPECT_FALSE(read.refused());
}

TEST(CardContactTest, WhatIsNoWebAddressIsToldAndLeftOut) {
  const ImportCard read = Read(
      "item2.URL;type=pref:www.example.com\nitem2.X-ABLabel:_$!<HomePage>!$_\nURL:https://example.org/a b\n"
      "URL:https://example.org\nIMPP:xmpp:m@example.org\nSOCIALPROFILE:@milena\n",
      "3.0");
  ASSERT_EQ(read.contact.web_addresses_size(), 1);
  EXPECT_EQ(read.contact.web_addresses(0).uri(), "https://example.org");
  EXPECT_THAT(FieldsOf(read), ElementsAre("3 item2.URL", "5 URL", "8 SOCIALPROFILE", "7 IMPP", "4 item2.X-ABLABEL"));
  EXPECT_FALSE(read.refused());
}

TEST(CardContactTest, LabelsAreOfTheirGroup) {
  const ImportCard read = Read(
      "A.URL:https://example.org/a\na.X-ABLabel:Blog\na.X-ABLabel:_$!<HomePage>!$_\nb.URL:https://example.org/b\n"
      "a.URL:https://example.org/c\nX-ABLabel:nobody's\nc.X-ABLabel:nobody's, too\n");
  ASSERT_EQ(read.contact.web_addresses_size(), 3);
  EXPECT_EQ(read.contact.web_addresses(0).label(), "Blog");
  EXPECT_EQ(read.contact.web_addresses(1).label(), "");
  EXPECT_EQ(read.contact.web_addresses(2).label(), "Blog");
  EXPECT_THAT(FieldsOf(read), ElementsAre("8 X-ABLABEL", "9 c.X-ABLABEL"));
}

TEST(CardContactTest, NothingIsLostSilently) {
  const ImportCard read = Read(
      "FN:Milena\nBDAY:19800101\nADR:;;Street 1;Genf;;1200;CH\nPHOTO:https://example.org/photo.jpg\nKEY:\n"
      "X-SKYPE:milena\nitem1.X-ABLABEL:nobody's\nUID:1\nREV:20260101T000000Z\nPRODID:x\nAGENT:https://example.org/a\n",
      "4.0");
  EXPECT_THAT(FieldsOf(read), ElementsAre("4 BDAY", "5 ADR", "6 PHOTO", "8 X-SKYPE", "9 item1.X-ABLABEL", "13 AGENT"));
  EXPECT_FALSE(read.refused());
}

TEST(CardContactTest, FieldsKnowTheirLine) {
  const ImportCard read = Read("FN:Milena\nEMAIL:a@example.org\nEMAIL;PREF=1:b@example.org\n");
  EXPECT_EQ(read.places.at("emails[0]").line, 5);
  EXPECT_EQ(read.places.at("emails[1]").line, 4);
  EXPECT_EQ(read.places.at("person_names[0]").line, 3);
}

}  // namespace
}  // namespace communique::contacts
