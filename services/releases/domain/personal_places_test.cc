// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/personal_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace communique::releases {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Place = v1::PersonalDataPlace;
using Segment = v1::ContactSegment;

constexpr char kMilena[] = "newsrooms/relief/contacts/milena";
const std::vector<std::string> kValues = {"Milena Brkić", "milena@example.org", "+49 30 1234567"};

void Add(v1::ContactLine& line, Segment::Kind kind, const std::string& value) {
  auto& segment = *line.add_segments();
  segment.set_kind(kind);
  segment.set_value(value);
}

// "KIND_TEXT path: text".
std::vector<std::string> Words(const std::vector<Place>& places) {
  std::vector<std::string> words;
  for (const Place& place : places) {
    words.push_back(absl::StrCat(Place::Kind_Name(place.kind()), " ", place.path(), ": ", place.text()));
  }
  return words;
}

v1::Release Sample() {
  v1::Release release;
  auto& content = *release.mutable_content();
  content.set_headline("Milena Brkić spricht");
  content.mutable_lead()->mutable_paragraph()->set_text("Die Hilfe ist angekommen.");
  auto& quote = *content.add_body()->mutable_quote();
  quote.mutable_speaker()->set_display_name("milena  brkić");
  quote.add_spans()->mutable_quotation()->set_text("Anrufen: 030 1234567.");
  auto& line = *content.add_contact_lines();
  line.set_part_id("c7");
  line.set_contact(kMilena);
  Add(line, Segment::KIND_TEXT, "Frau Milena Brkić: ");
  Add(line, Segment::KIND_EMAIL, "milena@example.org");
  Add(line, Segment::KIND_URL, "https://example.org/m");
  auto& other = *content.add_contact_lines();
  other.set_part_id("c8");
  other.set_contact("newsrooms/relief/contacts/desk");
  Add(other, Segment::KIND_EMAIL, "milena@example.org");
  release.mutable_review_comment()->set_text("Bitte Milena Brkić fragen");
  release.set_creator("milena@example.org");
  return release;
}

TEST(PersonalPlacesTest, AWorkingTextIsLookedThroughAsAWhole) {
  EXPECT_THAT(
      Words(PlacesIn(Person(kMilena, kValues), Sample(), {})),
      ElementsAre(
          "KIND_CONTACT_LINE content.contact_lines[0]: Frau Milena Brkić: milena@example.orghttps://example.org/m",
          "KIND_TEXT content.headline: Milena Brkić spricht",
          "KIND_TEXT content.body[0].quote.speaker.display_name: milena  brkić",
          "KIND_TEXT content.body[0].quote.spans[0].quotation.text: Anrufen: 030 1234567.",
          "KIND_TEXT content.contact_lines[0].segments[0].value: Frau Milena Brkić: ",
          "KIND_TEXT content.contact_lines[1].segments[0].value: milena@example.org",
          "KIND_TEXT review_comment.text: Bitte Milena Brkić fragen", "KIND_TEXT creator: milena@example.org"));
}

TEST(PersonalPlacesTest, WithoutValuesOnlyHerLinesAreFound) {
  EXPECT_THAT(Words(PlacesIn(Person(kMilena, std::vector<std::string>()), Sample(), {})),
              ElementsAre("KIND_CONTACT_LINE content.contact_lines[0]: Frau Milena Brkić: "
                          "milena@example.orghttps://example.org/m"));
}

TEST(PersonalPlacesTest, ALineThatWasWrittenIsItsPlaceInTheText) {
  v1::Release release;
  auto& line = *release.mutable_content()->add_contact_lines();
  line.set_part_id("c7");
  line.set_contact(kMilena);
  google::protobuf::RepeatedPtrField<v1::ContactLine> written;
  *written.Add() = line;
  written.Mutable(0)->set_written_for(kMilena);
  Add(*written.Mutable(0), Segment::KIND_EMAIL, "milena@example.org");
  EXPECT_THAT(Words(PlacesIn(Person(kMilena, kValues), release, written)),
              ElementsAre("KIND_CONTACT_LINE content.contact_lines[0]: milena@example.org"));
}

TEST(PersonalPlacesTest, WhatAnOldDigestCoversAsItIsIsToldAsAText) {
  v1::ReleaseRevision revision;
  *revision.mutable_content() = Sample().content();
  revision.mutable_content()->clear_headline();
  revision.mutable_content()->clear_body();
  revision.mutable_content()->mutable_contact_lines()->DeleteSubrange(1, 1);
  revision.set_digest_version(1);
  EXPECT_THAT(Words(PlacesIn(Person(kMilena, kValues), revision)),
              ElementsAre("KIND_CONTACT_LINE content.contact_lines[0]: Frau Milena Brkić: "
                          "milena@example.orghttps://example.org/m",
                          "KIND_TEXT content.contact_lines[0].segments[0].value: Frau Milena Brkić: ",
                          "KIND_TEXT content.contact_lines[0].segments[2].value: https://example.org/m"));
}

TEST(PersonalPlacesTest, OfAnEditionTheLinesCount) {
  v1::Edition edition;
  edition.set_locale("de");
  *edition.mutable_content() = Sample().content();
  EXPECT_THAT(Words(PlacesIn(Person(kMilena, kValues), 2, edition)),
              ElementsAre("KIND_EDITION_LINE content.contact_lines[0]: Frau Milena Brkić: "
                          "milena@example.orghttps://example.org/m"));
  EXPECT_THAT(PlacesIn(Person(kMilena, kValues), 2, v1::Edition()), IsEmpty());
}

TEST(PersonalPlacesTest, AndWhatStandsAroundItsText) {
  v1::Edition edition;
  edition.set_locale("de");
  edition.add_notices()->set_text("Die Zahlen stimmen nicht.");
  edition.add_notices()->set_text("Milena Brkić sagt, die Zahlen stimmen nicht.");
  EXPECT_THAT(Words(PlacesIn(Person(kMilena, kValues), 2, edition)),
              ElementsAre("KIND_TEXT notices[1].text: Milena Brkić sagt, die Zahlen stimmen nicht."));
}

}  // namespace
}  // namespace communique::releases
