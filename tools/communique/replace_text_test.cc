// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/replace_text.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>

#include <set>

#include "communique/common/v1/data.pb.h"
#include "communique/releases/v1/release.pb.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using google::protobuf::util::MessageDifferencer;
using releases::v1::ReleaseContent;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ReplaceTextTest : public CommandTest {
 protected:
  // Expects that the replacement fails, says why, and leaves the content as it was.
  void ExpectRefused(const std::string& text, const std::string& replacement, const std::string& why) {
    const ReleaseContent before = content_;
    const auto done = ReplaceText(content_, text, replacement);
    ASSERT_FALSE(done.ok());
    EXPECT_THAT(std::string(done.status().message()), HasSubstr(why));
    EXPECT_TRUE(MessageDifferencer::Equals(before, content_)) << content_.DebugString();
  }

  ReleaseContent content_ = Load<releases::v1::Release>("release").content();
};

TEST_F(ReplaceTextTest, ReplacesWithinASegmentOfAContactLine) {
  const auto done = ReplaceText(content_, "Hafenamt von Seeburg", "Hafenamt von Uferstadt");
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->passage.part_id, "c2");
  EXPECT_EQ(done->passage.mask, "contact_lines");
  EXPECT_EQ(done->passage.block, nullptr);
  EXPECT_EQ(done->before, "Hafenamt von Seeburg in Seeburg: Greta Lamm");
  EXPECT_EQ(done->after, "Hafenamt von Uferstadt in Seeburg: Greta Lamm");
  EXPECT_EQ(content_.contact_lines(1).segments(0).value(), "Hafenamt von Uferstadt in Seeburg");
  EXPECT_EQ(content_.contact_lines(1).segments_size(), 3);
}

TEST_F(ReplaceTextTest, MayGoOverFieldsWhenTheChangeLiesInOne) {
  ASSERT_TRUE(ReplaceText(content_, "in Seeburg: Greta", "am Kai: Greta").ok());
  EXPECT_EQ(content_.contact_lines(1).segments(0).value(), "Hafenamt von Seeburg am Kai");
  EXPECT_EQ(content_.contact_lines(1).segments(1).value(), ": ");
}

// The two marks differ in their last byte only: what is compared are characters.
TEST_F(ReplaceTextTest, ReplacesAClosingMarkAlone) {
  const auto done = ReplaceText(content_, "Ufer.”", "Ufer.“");
  ASSERT_TRUE(done.ok()) << done.status();
  const auto& quotation = content_.body(0).quote().spans(1).quotation();
  EXPECT_EQ(quotation.closing(), "“");
  EXPECT_EQ(quotation.text(), "Wer einen Fluss aufräumt, kennt ihn danach bis ans andere Ufer.");
  EXPECT_EQ(done->passage.block, &content_.body(0));
}

TEST_F(ReplaceTextTest, RefusesAChangeOverSeveralFields) {
  ExpectRefused("in Seeburg: Greta", "am Kai, Gerda", "several fields of c2");
  ExpectRefused("in Seeburg: Greta", "am Kai, Gerda", "Hafenamt von Seeburg in Seeburg | :  | Greta Lamm");
}

TEST_F(ReplaceTextTest, SaysThatATextIsNowhere) {
  ExpectRefused("hafenamt von seeburg", "x", "\"hafenamt von seeburg\" is nowhere in the content");
  ExpectRefused("Seeburg, 16. Oktober - Die Internationale", "x", "must lie within one part");
}

TEST_F(ReplaceTextTest, ListsThePlacesOfATextThatIsNotUnique) {
  ExpectRefused("drei Flüsse", "vier Flüsse", "is in 2 places");
  ExpectRefused("drei Flüsse", "vier Flüsse", "  headline: … und Musterland räumen drei Flüsse frei\n  b1: …");
  ExpectRefused("**", "+", "is in 2 places");  // overlapping ones count
}

TEST_F(ReplaceTextTest, RefusesNothingAndTheSame) {
  ExpectRefused("", "x", "empty");
  ExpectRefused("Hinweise für", "Hinweise für", "the same");
}

TEST_F(ReplaceTextTest, LeavesStandingTextsToTheirBoilerplate) {
  ExpectRefused("41 Staaten", "x", "newsrooms/igh-de/boilerplates/ueber-igh");
}

TEST_F(ReplaceTextTest, ReplacesTheSpeakerAlongWithTheAttribution) {
  const auto done = ReplaceText(content_, "Norma Fluter", "N. Fluter");
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(content_.body(0).quote().spans(0).narrative(), "Umweltministerin N. Fluter: ");
  EXPECT_EQ(content_.body(0).quote().speaker().display_name(), "N. Fluter");
  EXPECT_THAT(done->echoes, ElementsAre("Norma Fluter"));
}

TEST_F(ReplaceTextTest, MarkupKeepsToItsWords) {
  auto& paragraph = *content_.mutable_lead()->mutable_paragraph();
  auto* strong = paragraph.add_markup();
  strong->set_kind(releases::v1::Markup::KIND_STRONG);
  strong->set_start(67);  // "Musterland"
  strong->set_end(77);
  ASSERT_TRUE(ReplaceText(content_, "Internationale Gewässerhilfe", "Internat. Hilfe").ok());
  EXPECT_EQ(paragraph.markup(0).start(), 4);
  EXPECT_EQ(paragraph.markup(0).end(), 43 - 13);
  EXPECT_EQ(paragraph.markup(1).start(), 67 - 13);
  EXPECT_EQ(paragraph.markup(1).end(), 77 - 13);
  ASSERT_TRUE(ReplaceText(content_, "befreit", "ganz befreit").ok());
  EXPECT_EQ(paragraph.markup(1).end(), 77 - 13);
}

TEST_F(ReplaceTextTest, RefusesToCutMarkup) {
  ExpectRefused("Flüsse (IGH)", "Flüsse", "edge of a link to https://igh.example.org");
  ExpectRefused("Die Internationale", "Unsere", "edge of a link");
}

TEST_F(ReplaceTextTest, ReadsADatelineInItsOrder) {
  content_.mutable_dateline()->set_date_joint(" | ");
  ASSERT_TRUE(ReplaceText(content_, "Oktober | Musterstadt", "November | Musterstadt").ok());
  EXPECT_EQ(content_.dateline().date_text(), "16. November");
}

TEST_F(ReplaceTextTest, ReachesEveryPart) {
  const struct {
    const char* text;
    const char* part_id;
    const char* mask;
    bool block;
  } places[] = {{"räumen", "headline", "headline", false},
                {"Musterstadt/", "dateline", "dateline", false},
                {"Wochenende", "b1", "lead", true},
                {"Boote", "b3", "body", true},
                {"- zwölf", "b4", "body", true},
                {"***", "e1", "end_marks", false},
                {"Hinweise", "notes-heading", "notes_heading", false},
                {"1976", "n1", "notes", true},
                {"Fragen der Presse", "contacts-heading", "contacts_heading", false},
                {"is@igh.example.org", "c1", "contact_lines", false}};
  for (const auto& place : places) {
    const auto done = ReplaceText(content_, place.text, std::string(place.text) + "!");
    ASSERT_TRUE(done.ok()) << place.text << ": " << done.status();
    EXPECT_EQ(done->passage.part_id, place.part_id);
    EXPECT_EQ(done->passage.mask, place.mask);
    EXPECT_EQ(done->passage.block != nullptr, place.block);
    EXPECT_THAT(done->after, HasSubstr(std::string(place.text) + "!"));
  }
}

// Whatever text a content can hold is in one passage, or is known to be outside the printed text: a field that is added
// to the contract fails here until PassagesOf knows it.
TEST_F(ReplaceTextTest, EveryFieldOfTheContentIsConsidered) {
  const std::set<std::string> passages = {"ContactSegment.value",
                                          "Dateline.date_joint",
                                          "Dateline.date_text",
                                          "Dateline.prefix",
                                          "Dateline.separator",
                                          "DatelinePlace.joint",
                                          "DatelinePlace.label",
                                          "EndMark.text",
                                          "Event.details",
                                          "Event.place",
                                          "Event.title",
                                          "Heading.text",
                                          "About.heading",
                                          "Issuer.display_name",
                                          "Link.title",
                                          "Link.uri",
                                          "ListItem.marker",
                                          "ListItem.text",
                                          "Paragraph.text",
                                          "QuoteSpan.narrative",
                                          "Quotation.closing",
                                          "Quotation.opening",
                                          "Quotation.text",
                                          "ReleaseContent.contacts_heading",
                                          "ReleaseContent.headline",
                                          "ReleaseContent.notes_heading",
                                          "ReleaseContent.release_line",
                                          "ReleaseContent.subhead",
                                          "Separator.text",
                                          "TableRow.cells"};
  const std::set<std::string> outside = {
      // They say the same as the words of their quote, and are replaced along with them.
      "Speaker.display_name", "Speaker.honorific", "SpeakerRole.title", "SpeakerRole.organization",
      // No words.
      "Markup.uri", "ListItem.gap",
      // Must be empty for now.
      "MediaUse.caption", "MediaUse.alt_text", "MediaUse.credit"};
  std::set<std::string> all;
  const auto* file = ReleaseContent::descriptor()->file();
  for (int i = 0; i < file->message_type_count(); ++i) {
    const auto* message = file->message_type(i);
    for (int j = 0; j < message->field_count(); ++j) {
      const auto data = message->field(j)->options().GetExtension(common::v1::data);
      if (data != common::v1::DATA_PUBLIC && data != common::v1::DATA_PERSONAL) continue;
      all.insert(message->name() + "." + message->field(j)->name());
    }
  }
  std::set<std::string> considered = passages;
  considered.insert(outside.begin(), outside.end());
  EXPECT_EQ(all, considered);
}

}  // namespace
}  // namespace communique::command
