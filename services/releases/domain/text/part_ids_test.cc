// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/part_ids.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace communique::releases {
namespace {

using google::protobuf::util::MessageDifferencer;
using testing::HasSubstr;

v1::ReleaseContent WithParts() {
  v1::ReleaseContent content;
  content.mutable_lead()->mutable_paragraph()->set_text("lead");
  content.add_body()->mutable_paragraph()->set_text("body");
  content.add_notes()->mutable_paragraph()->set_text("note");
  content.add_abouts()->add_blocks()->mutable_paragraph()->set_text("about");
  content.add_end_marks()->set_text("***");
  content.add_contact_lines()->add_segments()->set_value("desk");
  content.add_events()->set_title("briefing");
  content.add_links()->set_uri("https://example.org");
  content.add_media()->set_caption("picture");
  return content;
}

TEST(PartIdsTest, FillsEveryMissingIdTheSameWayEachTime) {
  v1::ReleaseContent content = WithParts();
  EXPECT_EQ(FillPartIds(content, 0), 9 + 1);
  EXPECT_EQ(content.lead().block_id(), "b1");
  EXPECT_EQ(content.body(0).block_id(), "b2");
  EXPECT_EQ(content.notes(0).block_id(), "b3");
  EXPECT_EQ(content.abouts(0).part_id(), "a4");
  EXPECT_EQ(content.abouts(0).blocks(0).block_id(), "b5");
  EXPECT_EQ(content.end_marks(0).part_id(), "m6");
  EXPECT_EQ(content.contact_lines(0).part_id(), "c7");
  EXPECT_EQ(content.events(0).event_id(), "e8");
  EXPECT_EQ(content.links(0).link_id(), "l9");
  EXPECT_EQ(content.media(0).part_id(), "p10");
  v1::ReleaseContent again = WithParts();
  FillPartIds(again, 0);
  EXPECT_TRUE(MessageDifferencer::Equals(content, again));
  EXPECT_TRUE(CheckPartIds(content).ok());
}

TEST(PartIdsTest, ANumberIsNeverUsedTwice) {
  v1::ReleaseContent content;
  content.add_body();
  content.add_body();
  std::int64_t last = FillPartIds(content, 0);
  EXPECT_EQ(last, 2);
  // The newest block goes; the next one must not take over its comments and clearances.
  content.mutable_body()->RemoveLast();
  content.add_body();
  last = FillPartIds(content, last);
  EXPECT_EQ(content.body(1).block_id(), "b3");
  EXPECT_EQ(FillPartIds(content, last), 3) << "nothing missing, nothing counted";
}

TEST(PartIdsTest, CountsOnBehindIdsThatCallersChose) {
  v1::ReleaseContent content;
  content.add_body()->set_block_id("b41");
  content.add_body()->set_block_id("intro");
  content.add_body()->set_block_id("b99999999999999999999");
  content.add_body();
  EXPECT_EQ(FillPartIds(content, 7), 42);
  EXPECT_EQ(content.body(3).block_id(), "b42");
}

// A caller's id near the greatest number there is must not make the count overflow.
TEST(PartIdsTest, CountsOnBehindNoAbsurdNumber) {
  v1::ReleaseContent content;
  content.add_body()->set_block_id("b9223372036854775807");
  content.add_body()->set_block_id("b1000000000000001");
  content.add_body();
  EXPECT_EQ(FillPartIds(content, 3), 4);
  EXPECT_EQ(content.body(2).block_id(), "b4");
}

TEST(PartIdsTest, NamesEveryBadId) {
  v1::ReleaseContent content;
  content.mutable_lead()->set_block_id("dateline");
  content.add_body()->set_block_id("Intro");
  content.add_body()->set_block_id("x");
  content.add_notes()->set_block_id("x");
  content.add_abouts()->set_part_id("us");
  content.add_abouts()->add_blocks()->set_block_id("us-heading");
  content.add_events()->set_event_id(std::string(41, 'e'));
  const absl::Status status = CheckPartIds(content);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  for (const char* field : {"lead.block_id", "body[0].block_id", "notes[0].block_id", "abouts[1].blocks[0].block_id",
                            "events[0].event_id"}) {
    EXPECT_THAT(std::string(status.message()), HasSubstr(field));
  }
  EXPECT_THAT(std::string(status.message()), testing::Not(HasSubstr("body[1]")));
}

TEST(PartIdsTest, FindsBlocksWhereverTheyAre) {
  v1::ReleaseContent content = WithParts();
  FillPartIds(content, 0);
  EXPECT_EQ(FindBlock(content, "b1")->paragraph().text(), "lead");
  EXPECT_EQ(FindBlock(content, "b3")->paragraph().text(), "note");
  EXPECT_EQ(FindBlock(std::as_const(content), "b5")->paragraph().text(), "about");
  EXPECT_EQ(FindBlock(content, "m6"), nullptr);
  EXPECT_EQ(FindBlock(content, ""), nullptr);
}

}  // namespace
}  // namespace communique::releases
