// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/person.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace communique::releases {
namespace {

using Segment = v1::ContactSegment;

Segment Piece(Segment::Kind kind, const std::string& value) {
  Segment segment;
  segment.set_kind(kind);
  segment.set_value(value);
  return segment;
}

Person Known(const std::vector<std::string>& values) { return {"newsrooms/relief/contacts/milena", values}; }

TEST(PersonTest, ANumberIsItsDigits) {
  const Person person = Known({"+49301234567"});
  for (const char* printed : {"+49 30 1234567", "+49 (0)30 1234567", "0049-30-123 45 67", "030/123 45 67",
                              "(030) 1234567", "+49\u00a030\u00a01234567"}) {
    EXPECT_TRUE(person.HasAddress(Piece(Segment::KIND_PHONE, printed))) << printed;
    EXPECT_TRUE(person.StandsIn("Rückfragen: " + std::string(printed) + ".")) << printed;
  }
  for (const char* printed : {"+49 30 12345678", "+49 30 1234568", "34567", "", "+41 22 7654321"}) {
    EXPECT_FALSE(person.HasAddress(Piece(Segment::KIND_PHONE, printed))) << printed;
  }
  EXPECT_FALSE(person.StandsIn("1234567 Zelte")) << "no number to dial";
  EXPECT_TRUE(Known({"030 1234567"}).HasAddress(Piece(Segment::KIND_PHONE, "+49 30 1234567"))) << "the other way round";
}

TEST(PersonTest, ANumberWithExtensionIsNotTheOneBeforeIt) {
  const Person person = Known({"+41227179120;ext=1"});
  for (const char* printed : {"+41 22 717 91 20 ext. 1", "022 717 91 20-1", "+41 22 717 91 20 (Durchwahl 1)"}) {
    EXPECT_TRUE(person.HasAddress(Piece(Segment::KIND_PHONE, printed))) << printed;
  }
  for (const char* printed : {"+41 22 717 91 20", "022 717 91 20", "+41 22 717 91 20 ext. 2"}) {
    EXPECT_FALSE(person.HasAddress(Piece(Segment::KIND_PHONE, printed))) << printed;
  }
  EXPECT_FALSE(person.StandsIn("Rückfragen: 022 717 91 20."));
}

TEST(PersonTest, AMailboxIsWhereMailGoes) {
  const Person person = Known({"Milena.Brkic@Example.org"});
  EXPECT_TRUE(person.HasAddress(Piece(Segment::KIND_EMAIL, "milena.brkic@example.org")));
  EXPECT_TRUE(person.HasAddress(Piece(Segment::KIND_EMAIL, "milena.brkic(at)example.org")));
  EXPECT_FALSE(person.HasAddress(Piece(Segment::KIND_EMAIL, "brkic@example.org")));
  EXPECT_FALSE(person.HasAddress(Piece(Segment::KIND_TEXT, "milena.brkic@example.org"))) << "no address: a text";
  EXPECT_TRUE(person.StandsIn("Mail an MILENA.BRKIC@example.org!"));
  EXPECT_TRUE(person.StandsIn("Mail an milena.brkic(at)example.org!"));
  EXPECT_FALSE(person.StandsIn("Mail an xmilena.brkic@example.org"));
}

TEST(PersonTest, AWebAddressIsThatWithoutWhatNobodyTypes) {
  const Person person = Known({"https://www.example.org/milena/"});
  EXPECT_TRUE(person.HasAddress(Piece(Segment::KIND_URL, "example.org/milena")));
  EXPECT_TRUE(person.StandsIn("Mehr: www.example.org/milena"));
  EXPECT_FALSE(person.HasAddress(Piece(Segment::KIND_URL, "example.org")));
}

TEST(PersonTest, ANameIsWholeWords) {
  const Person person = Known({"Milena Brkić"});
  for (const char* text : {"Milena Brkić", "MILENA  BRKIĆ sagte", "„Milena\nBrkić“", "Frau Dr. Milena Brkić, Genf",
                           "l’appel de Milena Brkić.", "(Milena Brkić)", "Milena Brkic\u0301"}) {
    EXPECT_TRUE(person.IsNamedIn(text)) << text;
    EXPECT_TRUE(person.StandsIn(text)) << text;
  }
  for (const char* text : {"Milena", "Milena Brkićs", "Jamilena Brkić", "Milena und Jonas Brkić", ""}) {
    EXPECT_FALSE(person.IsNamedIn(text)) << text;
  }
  EXPECT_TRUE(Known({"Anna Schmidt"}).IsNamedIn("l'appel d'Anna Schmidt"));
  EXPECT_TRUE(Known({"李小龍"}).IsNamedIn("發言人李小龍表示")) << "where nothing parts words";
  EXPECT_FALSE(person.HasAddress(Piece(Segment::KIND_PERSON, "Milena Brkić")));
}

TEST(PersonTest, WithoutValuesNothingIsFound) {
  const Person person = Known({});
  EXPECT_FALSE(person.StandsIn("Milena Brkić, +49 30 1234567, milena@example.org"));
  EXPECT_FALSE(Known({" ", "\u200b"}).StandsIn("a b"));
}

}  // namespace
}  // namespace communique::releases
