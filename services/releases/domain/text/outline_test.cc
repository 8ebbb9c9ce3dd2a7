// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/outline.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/releases/domain/text/part_ids.h"
#include "services/releases/domain/text/plain_text.h"

namespace communique::releases {
namespace {

using testing::ElementsAre;

v1::ReleaseContent Parse(const std::string& text) {
  v1::ReleaseContent content;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &content));
  return content;
}

std::vector<std::string> Ids(const v1::ReleaseContent& content, const v1::EditionLabels& labels = {}) {
  std::vector<std::string> ids;
  for (const Part& part : MakeOutline(content, labels)) ids.push_back(part.id);
  return ids;
}

v1::EditionLabels StandingHeadings() {
  v1::EditionLabels labels;
  labels.set_notes_heading("Notes to editors:");
  labels.set_contacts_heading("Media contacts:");
  return labels;
}

// A release with two body blocks, as it would come from a caller who says nothing about layout.
constexpr char kRelease[] = R"pb(
  headline: "Headline"
  subhead: "Subhead"
  dateline {
    places { label: "Geneva" joint: ", " }
    date_text: "16 October"
    separator: " – "
  }
  lead {
    block_id: "b1"
    paragraph { text: "Lead." }
  }
  body {
    block_id: "b2"
    paragraph { text: "First." }
  }
  body {
    block_id: "b3"
    paragraph { text: "Second." }
  }
  end_marks { part_id: "m4" text: "***" }
  notes {
    block_id: "b5"
    paragraph { text: "Note." }
  }
  end_marks { part_id: "m6" text: "###" }
  abouts {
    part_id: "a7"
    heading: "About us"
    blocks {
      block_id: "b8"
      paragraph { text: "We are." }
    }
  }
  contact_lines {
    part_id: "c9"
    segments { value: "Desk" }
  }
  contact_lines {
    part_id: "c10"
    segments { value: "Night desk" }
  }
)pb";

// The same, printed the other way round at places.
constexpr char kLayout[] = R"pb(
  layout {
    block_gap: "\n"
    entries { part_id: "c9" }
    entries { part_id: "headline" gap: "\n\n\n" }
    entries { part_id: "dateline" gap: "\n" }
    entries { part_id: "b1" gap: "" }
    entries { part_id: "b2" gap: "\n" }
    entries { part_id: "b3" gap: "\n \n" }
    entries { part_id: "m4" gap: "\n" }
    entries { part_id: "b5" gap: "\n" }
  }
)pb";

TEST(OutlineTest, WithoutALayoutTheUsualOrderAndGapsHold) {
  const v1::ReleaseContent content = Parse(kRelease);
  EXPECT_EQ(RenderPlainText(content, StandingHeadings()),
            "Headline\n\nSubhead\n\nGeneva, 16 October – Lead.\n\nFirst.\n\nSecond.\n\n***\n\n"
            "Notes to editors:\nNote.\n\n###\n\nAbout us\nWe are.\n\nMedia contacts:\nDesk\nNight desk");
}

TEST(OutlineTest, LabelsComeOnlyWhereTheContentHasParts) {
  EXPECT_THAT(Ids(Parse(R"pb(headline: "H")pb"), StandingHeadings()), ElementsAre("headline"));
  EXPECT_THAT(Ids(Parse(R"pb(headline: "H"
                             notes {}
                             contact_lines {})pb"),
                  StandingHeadings()),
              ElementsAre("headline"));
  EXPECT_EQ(RenderPlainText(Parse(R"pb(contacts_heading: "Kontakt"
                                       contact_lines { segments { value: "x" } })pb"),
                            StandingHeadings()),
            "Kontakt\nx");
}

TEST(OutlineTest, UnlistedPartsFollowTheirUsualPredecessor) {
  const v1::ReleaseContent content = Parse(std::string(kRelease) + kLayout);
  EXPECT_THAT(Ids(content), ElementsAre("c9", "c10", "headline", "subhead", "dateline", "b1", "b2", "b3", "m4", "b5",
                                        "m6", "a7-heading", "b8"));
  EXPECT_EQ(RenderPlainText(content),
            "Desk\nNight desk\n\n\nHeadline\nSubhead\nGeneva, 16 October – Lead.\nFirst.\n \nSecond.\n***\nNote.\n###\n"
            "About us\nWe are.");
}

TEST(OutlineTest, AListedPartKeepsItsListedHeadinglessness) {
  const v1::ReleaseContent content = Parse(std::string(kRelease) + kLayout);
  EXPECT_EQ(RenderPlainText(content, StandingHeadings()).find("Notes to editors:"), std::string::npos);
  EXPECT_EQ(RenderPlainText(content, StandingHeadings()).find("Media contacts:"), std::string::npos);
}

TEST(OutlineTest, AHeadingComesDirectlyBeforeItsFirstPart) {
  v1::ReleaseContent content = Parse(std::string(kRelease) + kLayout);
  content.set_contacts_heading("Ask");
  content.set_notes_heading("Notes");
  EXPECT_THAT(Ids(content), ElementsAre("contacts-heading", "c9", "c10", "headline", "subhead", "dateline", "b1", "b2",
                                        "b3", "m4", "notes-heading", "b5", "m6", "a7-heading", "b8"));
}

TEST(OutlineTest, PartsThatAreGoneLeaveNoTrace) {
  v1::ReleaseContent content = Parse(std::string(kRelease) + kLayout);
  content.clear_dateline();
  content.mutable_body()->DeleteSubrange(0, 1);
  // The lead's empty gap was right behind the dateline only.
  EXPECT_EQ(RenderPlainText(content),
            "Desk\nNight desk\n\n\nHeadline\nSubhead\nLead.\n \nSecond.\n***\nNote.\n###\nAbout us\nWe are.");
}

TEST(OutlineTest, NothingIsPrintedBeforeTheFirstPart) {
  v1::ReleaseContent content = Parse(std::string(kRelease) + kLayout);
  content.clear_contact_lines();
  EXPECT_TRUE(RenderPlainText(content).starts_with("Headline\nSubhead"));
}

TEST(OutlineTest, AMovedBlockIsPrintedWhereTheContentHasIt) {
  v1::ReleaseContent content = Parse(std::string(kRelease) + kLayout);
  content.mutable_body()->SwapElements(0, 1);
  EXPECT_THAT(Ids(content), ElementsAre("c9", "c10", "headline", "subhead", "dateline", "b1", "b3", "b2", "m4", "b5",
                                        "m6", "a7-heading", "b8"));
}

TEST(OutlineTest, AnInsertedBlockIsPrintedBehindTheOneBefore) {
  v1::ReleaseContent content = Parse(std::string(kRelease) + kLayout);
  v1::Block* block = content.add_body();
  block->mutable_paragraph()->set_text("Between.");
  content.mutable_body()->SwapElements(1, 2);
  FillPartIds(content, 0);
  EXPECT_EQ(RenderPlainText(content).find("First.\nBetween.\n \nSecond.\n***"),
            RenderPlainText(content).find("First."));
}

TEST(OutlineTest, ABlockThatMovesToTheNotesIsPrintedThere) {
  v1::ReleaseContent content = Parse(std::string(kRelease) + kLayout);
  *content.add_notes() = content.body(0);
  content.mutable_body()->DeleteSubrange(0, 1);
  RemoveLayoutEntry(content, "b2");
  EXPECT_THAT(Ids(content), ElementsAre("c9", "c10", "headline", "subhead", "dateline", "b1", "b3", "m4", "b5", "b2",
                                        "m6", "a7-heading", "b8"));
}

TEST(OutlineTest, ForeignAndDoubledEntriesAreSkipped) {
  v1::ReleaseContent content = Parse(std::string(kRelease) + kLayout);
  const std::string before = RenderPlainText(content);
  content.mutable_layout()->add_entries()->set_part_id("no-such-part");
  content.mutable_layout()->add_entries()->set_part_id("headline");
  EXPECT_EQ(RenderPlainText(content), before);
}

TEST(OutlineTest, PartsWithoutIdsAreAllPrinted) {
  const v1::ReleaseContent content = Parse(R"pb(
    headline: "H"
    body { paragraph { text: "1" } }
    body { paragraph { text: "2" } }
    layout { entries { part_id: "" } }
  )pb");
  EXPECT_EQ(RenderPlainText(content), "H\n\n1\n\n2");
}

}  // namespace
}  // namespace communique::releases
