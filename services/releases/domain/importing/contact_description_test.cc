// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/contact_description.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/releases/domain/importing/contact_parser.h"

namespace communique::releases {
namespace {

// The description in a few words, of a line as the importer takes it apart.
std::string Described(const std::string& language, const std::string& text) {
  const v1::ContactLine line = ParseContact(text, "", {}, Vocabulary::For(language));
  const auto description = DescribeContact(line);
  if (!description) return "nobody";
  std::string words = v1::ContactDescription::Kind_Name(description->kind()).substr(5) + " " + description->name();
  if (!description->role().empty()) words += " | role " + description->role();
  if (!description->organization_name().empty()) words += " | at " + description->organization_name();
  for (const auto& email : description->emails()) words += " | " + email;
  for (const auto& phone : description->phones()) words += " | " + phone;
  return words;
}

TEST(ContactDescriptionTest, SaysWhomALinePrints) {
  EXPECT_EQ(Described("de", "IGH: Srđan Mušić, music@igh.example.org, medien@igh.example.org"),
            "PERSON Srđan Mušić | at IGH | music@igh.example.org | medien@igh.example.org");
  EXPECT_EQ(Described("en", "Jane Doe, Head of Media, Example Relief, +41 22 555 01 99, jane@example.org"),
            "PERSON Jane Doe | role Head of Media | at Example Relief | jane@example.org | +41 22 555 01 99");
  EXPECT_EQ(Described("en", "Press Office, press@example.org"),
            "DESK Press Office | at Press Office | press@example.org");
  EXPECT_EQ(Described("en", "Out of hours: +41 79 555 01 98"), "UNSPECIFIED  | +41 79 555 01 98");
  EXPECT_EQ(Described("en", "Jane Doe: jane(at)example.org"), "PERSON Jane Doe | jane@example.org");
  EXPECT_EQ(Described("en", "Jane Doe / John Roe, press@example.org"), "nobody");
}

TEST(ContactDescriptionTest, TakesPiecesAsTheyAre) {
  v1::ContactLine line;
  EXPECT_FALSE(DescribeContact(line).has_value());
  const auto add = [&](v1::ContactSegment::Kind kind, const std::string& value) {
    line.add_segments()->set_kind(kind);
    line.mutable_segments()->rbegin()->set_value(value);
  };
  add(v1::ContactSegment::KIND_TEXT, "Kontakt: ");
  EXPECT_FALSE(DescribeContact(line).has_value());
  add(v1::ContactSegment::KIND_ORGANIZATION, "Pressestelle");
  add(v1::ContactSegment::KIND_TEXT, ", ");
  add(v1::ContactSegment::KIND_ORGANIZATION, "Beispiel\n  Hilfe");
  EXPECT_EQ(DescribeContact(line)->name(), "Pressestelle");
  EXPECT_EQ(DescribeContact(line)->organization_name(), "Beispiel Hilfe");
  add(v1::ContactSegment::KIND_PERSON, " Anna\nMeier ");
  EXPECT_EQ(DescribeContact(line)->name(), "Anna Meier");
  EXPECT_EQ(DescribeContact(line)->kind(), v1::ContactDescription::KIND_PERSON);
  EXPECT_EQ(CountPersons(line), 1);
}

}  // namespace
}  // namespace communique::releases
