// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/csv_contacts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/exchange/csv_columns.h"
#include "services/contacts/domain/exchange/csv_rows.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using platform::ErrorMetadataValue;
using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<ImportCard> Read(std::string_view file, const ExchangeLimits& limits = {}) {
  auto cards = ReadCsvContacts(file, limits, {"de"});
  EXPECT_TRUE(cards.ok()) << cards.status();
  return cards.ok() ? *std::move(cards) : std::vector<ImportCard>();
}

// Why a row is refused: "3:2 …".
std::string RefusalOf(const ImportCard& card) {
  for (const auto& finding : card.findings) {
    if (finding.refused()) return absl::StrCat(finding.line(), ":", finding.column(), " ", finding.message());
  }
  return {};
}

TEST(CsvRowsTest, CellsMayHoldDelimitersQuotationMarksAndLineBreaks) {
  CsvRows rows("a,\"b,\"\"c\"\"\nd\",\r\n\r\ne\n", ',');
  const auto first = rows.Next();
  EXPECT_THAT(first->cells, ElementsAre("a", "b,\"c\"\nd", ""));
  const auto second = rows.Next();
  EXPECT_THAT(second->cells, ElementsAre("e"));
  EXPECT_EQ(second->line, 4);
  EXPECT_FALSE(rows.Next().has_value());
}

TEST(CsvRowsTest, TheFirstRowTellsTheDelimiter) {
  EXPECT_EQ(DetectDelimiter("a,b\n;;;"), ',');
  EXPECT_EQ(DetectDelimiter("a;b;c,d\n"), ';');
  EXPECT_EQ(DetectDelimiter("\"a,b,c\"\td\n"), '\t');
  EXPECT_EQ(DetectDelimiter("a"), ',');
}

TEST(CsvRowsTest, WhatIsWrittenIsReadAgain) {
  const std::vector<std::string> cells = {"", "a\"b", "c,d", "e\r\nf", " g ", "h;i\tj"};
  const std::string row = WriteCsvRow(cells);
  EXPECT_EQ(CsvRows(row, ',').Next()->cells, cells);
}

TEST(CsvColumnsTest, NamesAreReadInAnyCase) {
  EXPECT_EQ(ColumnName(*ParseColumn(" Display Name ")), "display_name");
  EXPECT_EQ(ColumnName(*ParseColumn("PHONE-KIND_2")), "phone_kind_2");
  EXPECT_EQ(ColumnName(*ParseColumn("role_title[FR]")), "role_title[fr]");
  for (const char* name :
       {"", "phone_0", "kind_2", "email[de]", "role_title[", "role_title[x!]", "fax", "phone_99999"}) {
    EXPECT_FALSE(ParseColumn(name).has_value()) << name;
  }
}

TEST(CsvColumnsTest, FormulasAreMadeHarmlessAndComeBack) {
  EXPECT_EQ(HarmlessCell("+41 22 555 01 00"), "'+41 22 555 01 00");
  EXPECT_EQ(HarmlessCell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
  EXPECT_EQ(HarmlessCell("-1"), "'-1");
  EXPECT_EQ(HarmlessCell("@SUM"), "'@SUM");
  EXPECT_EQ(HarmlessCell("\tx"), "'\tx");
  EXPECT_EQ(HarmlessCell("\rx"), "'\rx");
  EXPECT_EQ(HarmlessCell("\n=x"), "'\n=x");
  for (const char* full_width : {"＝x", "＋x", "－x", "＠x"}) {
    EXPECT_EQ(HarmlessCell(full_width), absl::StrCat("'", full_width));
  }
  EXPECT_EQ(HarmlessCell("：x"), "：x") << "begins with the same bytes";
  EXPECT_EQ(HarmlessCell("'=x"), "''=x");
  EXPECT_EQ(HarmlessCell("'tis"), "'tis");
  EXPECT_EQ(HarmlessCell("a=b"), "a=b");
  for (const char* text : {"", "'", "''", "=x", "'=x", "''+x", "x", "'x", "-", "@", "\t", "\r\n", "\n", "＝", "'＋"}) {
    EXPECT_EQ(TextOfCell(HarmlessCell(text)), text);
  }
}

TEST(CsvContactsTest, ReadsEveryColumn) {
  const auto cards = Read(
      "\xEF\xBB\xBF"
      "kind;display_name;display_name[sr-Cyrl];given_name;family_name;honorific;phonetic;role_title;role_title[fr];"
      "organization;email;email_2;phone;phone_kind;phone_2;phone_kind_2;web_address;web_label;languages;time_zone;"
      "note\r\n"
      "person;Milena Brkić;Милена Бркић;Milena;Brkić;Dr.;mee;Sprecherin;Porte-parole;River Aid;a@example.org;"
      "b@example.org;'+41 22 555 01 00;fax;+41 79 555 01 01;MOBILE;https://example.org/m;Blog;de fr;Europe/Zurich;"
      "\"'=1+1\"\r\n");
  ASSERT_THAT(cards, SizeIs(1));
  const v1::Contact& contact = cards[0].contact;
  EXPECT_THAT(cards[0].findings, IsEmpty());
  EXPECT_EQ(cards[0].line, 2);
  EXPECT_EQ(contact.kind(), v1::Contact::KIND_PERSON);
  ASSERT_EQ(contact.person_names_size(), 2);
  EXPECT_EQ(contact.person_names(0).honorific(), "Dr.");
  EXPECT_EQ(contact.person_names(1).locale(), "sr-Cyrl");
  EXPECT_EQ(contact.role_titles(0).locale(), "de");
  EXPECT_EQ(contact.role_titles(1).text(), "Porte-parole");
  EXPECT_THAT(cards[0].organization_names, ElementsAre("River Aid"));
  EXPECT_EQ(contact.emails_size(), 2);
  EXPECT_EQ(contact.phones(0).number(), "+41 22 555 01 00");
  EXPECT_EQ(contact.phones(0).kind(), v1::PhoneNumber::KIND_FAX);
  EXPECT_EQ(contact.phones(1).kind(), v1::PhoneNumber::KIND_MOBILE);
  EXPECT_EQ(contact.web_addresses(0).label(), "Blog");
  EXPECT_THAT(contact.languages(), ElementsAre("de", "fr"));
  EXPECT_EQ(contact.time_zone(), "Europe/Zurich");
  EXPECT_EQ(contact.note(), "=1+1");
  EXPECT_EQ(cards[0].places.at("phones[1]").column, 15);
}

TEST(CsvContactsTest, TheKindFollowsFromTheNames) {
  const auto cards = Read("desk_name,given_name,family_name\nPressestelle,,\n,Milena,Brkić\n");
  EXPECT_EQ(cards[0].contact.kind(), v1::Contact::KIND_DESK);
  EXPECT_EQ(cards[1].contact.kind(), v1::Contact::KIND_PERSON);
  EXPECT_EQ(cards[1].contact.person_names(0).display_name(), "Milena Brkić");
}

TEST(CsvContactsTest, AnUnknownColumnIsRefusedWhole) {
  const auto cards = ReadCsvContacts("display_name,birthday\nMilena,1980\n", {}, {});
  EXPECT_EQ(ReasonOf(cards.status()), Reason::ERROR_REASON_FILE_INVALID);
  EXPECT_EQ(ErrorMetadataValue(cards.status(), "place"), "row 1, column 2");
  EXPECT_THAT(std::string(cards.status().message()), HasSubstr("\"birthday\" is not a column; the columns are kind"));
  EXPECT_EQ(ErrorMetadataValue(ReadCsvContacts("email,email\n", {}, {}).status(), "place"), "row 1, column 2");
  EXPECT_EQ(ErrorMetadataValue(ReadCsvContacts("email,\xFF\n", {}, {}).status(), "place"), "row 1, column 2");
  EXPECT_EQ(ErrorMetadataValue(ReadCsvContacts("", {}, {}).status(), "place"), "row 1");
  EXPECT_EQ(ErrorMetadataValue(ReadCsvContacts("email\n", {}, {}).status(), "place"), "row 2");
}

TEST(CsvContactsTest, ARaggedRowRefusesOnlyItself) {
  const auto cards = Read("display_name,email\nMilena\nMilena,a@example.org,b\nMilena,a@example.org\n");
  ASSERT_THAT(cards, SizeIs(3));
  EXPECT_EQ(RefusalOf(cards[0]), "2:2 the row has 1 cells, and the first row names 2 columns");
  EXPECT_EQ(RefusalOf(cards[1]), "3:3 the row has 3 cells, and the first row names 2 columns");
  EXPECT_EQ(RefusalOf(cards[2]), "");
}

TEST(CsvContactsTest, BrokenRowsSayTheirColumn) {
  const auto cards = Read("display_name,email\n\"Mi\"lena,x\n\xFF,x\nMilena,\"x\n");
  ASSERT_THAT(cards, SizeIs(3));
  EXPECT_THAT(RefusalOf(cards[0]), HasSubstr("2:1 text stands behind the closing quotation mark"));
  EXPECT_THAT(RefusalOf(cards[1]), HasSubstr("3:1 is not UTF-8"));
  EXPECT_THAT(RefusalOf(cards[2]), HasSubstr("4:2 the quotation mark that opens here is never closed"));
}

TEST(CsvContactsTest, WrongWordsSayTheirColumn) {
  const auto cards = Read("kind,display_name,phone,phone_kind,phone_kind_2\nmachine,x,,,\nperson,x,1,pager,fax\n");
  EXPECT_EQ(RefusalOf(cards[0]), "2:1 must be PERSON or DESK");
  EXPECT_EQ(RefusalOf(cards[1]), "3:4 must be WORK, MOBILE or FAX");
  ASSERT_THAT(cards[1].findings, SizeIs(2));
  EXPECT_EQ(cards[1].findings[1].field(), "phone_kind_2");
  EXPECT_FALSE(cards[1].findings[1].refused());
  const auto shifted =
      Read("languages,time_zone\nde,+41 22 555 01 00\nAnna de,Europe/Zurich\n\"DE, fr\",Europe/Zurich\n");
  EXPECT_EQ(RefusalOf(shifted[0]), "2:2 must be a time zone by its name, like Europe/Zurich");
  EXPECT_EQ(RefusalOf(shifted[1]), "3:1 must be language tags, like \"de\" or \"pt-BR\", separated by spaces");
  EXPECT_EQ(RefusalOf(shifted[2]), "");
  EXPECT_THAT(shifted[2].contact.languages(), ElementsAre("de", "fr"));
}

TEST(CsvContactsTest, WhatAContactCannotHaveIsToldAndLeftOut) {
  const auto cards = Read(
      "display_name,web_address,web_label,web_address_2,role_title[de],role_title\n"
      "Milena,www.example.org,Blog,https://example.org,Sprecherin,Leiterin\n");
  ASSERT_THAT(cards, SizeIs(1));
  EXPECT_FALSE(cards[0].refused());
  ASSERT_EQ(cards[0].contact.web_addresses_size(), 1);
  EXPECT_EQ(cards[0].contact.web_addresses(0).uri(), "https://example.org");
  EXPECT_EQ(cards[0].contact.web_addresses(0).label(), "");
  EXPECT_EQ(cards[0].contact.role_titles_size(), 1);
  ASSERT_THAT(cards[0].findings, SizeIs(2));
  EXPECT_EQ(cards[0].findings[0].field(), "role_title");
  EXPECT_EQ(cards[0].findings[1].field(), "web_address");
  EXPECT_EQ(cards[0].findings[1].column(), 2);
}

TEST(CsvContactsTest, TooManyColumnsAreRefusedWhole) {
  ExchangeLimits limits;
  limits.properties = 3;
  EXPECT_THAT(Read("note,email,phone\nx,,\n", limits), SizeIs(1));
  const auto four = ReadCsvContacts("note,email,phone,kind\nx,,,\n", limits, {}).status();
  EXPECT_EQ(ErrorMetadataValue(four, "place"), "row 1, column 4");
  EXPECT_THAT(std::string(four.message()),
              HasSubstr("there are 4 columns; at most 3 are allowed (limits.exchange.properties)"));
  limits.line_bytes = 10;
  EXPECT_THAT(std::string(ReadCsvContacts("note,email,kind\nx,,\n", limits, {}).status().message()),
              HasSubstr("row 1, column 1: the row has more than 10 bytes (limits.exchange.line_bytes)"));
}

TEST(CsvContactsTest, TooManyCellsAreRefusedWhole) {
  ExchangeLimits limits;
  limits.values = 3;
  EXPECT_THAT(Read("note,email\nx,y\nx,\n", limits), SizeIs(2));
  EXPECT_EQ(ErrorMetadataValue(ReadCsvContacts("note,email\nx,y\nx,y\n", limits, {}).status(), "place"), "line 3");
}

TEST(CsvContactsTest, LargeFilesAreRefused) {
  ExchangeLimits limits;
  limits.cards = 2;
  limits.line_bytes = 10;
  EXPECT_THAT(Read("note\nx\ny\n", limits), SizeIs(2));
  EXPECT_EQ(ErrorMetadataValue(ReadCsvContacts("note\nx\ny\nz\n", limits, {}).status(), "place"), "line 4");
  EXPECT_THAT(RefusalOf(Read("note\n12345678901\n", limits)[0]), HasSubstr("more than 10 bytes"));
}

}  // namespace
}  // namespace communique::contacts
