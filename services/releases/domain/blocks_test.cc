// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/blocks.h"

#include <gtest/gtest.h>

#include "services/platform/errors/error.h"
#include "services/releases/domain/digest.h"

namespace communique::releases {
namespace {

using Changes = google::protobuf::RepeatedPtrField<v1::BlockChange>;

v1::Block Paragraph(const std::string& id, const std::string& text) {
  v1::Block block;
  block.set_block_id(id);
  block.mutable_paragraph()->set_text(text);
  return block;
}

v1::ReleaseContent Sample() {
  v1::ReleaseContent content;
  *content.mutable_lead() = Paragraph("lead", "L");
  for (const char* id : {"a", "b", "c"}) *content.add_body() = Paragraph(id, id);
  *content.add_notes() = Paragraph("n", "N");
  return content;
}

std::string Order(const v1::ReleaseContent& content) {
  std::string order = content.has_lead() ? content.lead().paragraph().text() : "";
  for (const auto& block : content.body()) order += block.paragraph().text();
  order += "|";
  for (const auto& block : content.notes()) order += block.paragraph().text();
  return order;
}

TEST(BlocksTest, ReplacesComparingTheBlocksOwnEtag) {
  v1::ReleaseContent content = Sample();
  Changes changes;
  *changes.Add()->mutable_replace() = Paragraph("b", "B");
  EXPECT_NE(ApplyBlockChanges(changes, content).message().find("changes[0].etag: required"), std::string::npos);
  changes[0].set_etag("\"stale\"");
  const absl::Status stale = ApplyBlockChanges(changes, content);
  EXPECT_EQ(stale.code(), absl::StatusCode::kAborted);
  changes[0].set_etag(platform::ErrorMetadataValue(stale, "etag"));
  ASSERT_TRUE(ApplyBlockChanges(changes, content).ok());
  EXPECT_EQ(Order(content), "LaBc|N");
}

TEST(BlocksTest, AnotherBlocksChangeDoesNotCollide) {
  v1::ReleaseContent content = Sample();
  const std::string etag = BlockEtag(content.body(0));
  content.mutable_body(1)->mutable_paragraph()->set_text("somebody else was here");
  Changes changes;
  *changes.Add()->mutable_replace() = Paragraph("a", "A");
  changes[0].set_etag(etag);
  EXPECT_TRUE(ApplyBlockChanges(changes, content).ok());
}

TEST(BlocksTest, InsertsMovesAndRemoves) {
  v1::ReleaseContent content = Sample();
  Changes changes;
  auto* insert = changes.Add()->mutable_insert();
  *insert->mutable_block() = Paragraph("", "X");
  insert->mutable_position()->set_after("a");
  auto* first = changes.Add()->mutable_insert();
  *first->mutable_block() = Paragraph("", "Y");
  first->mutable_position()->set_first_in(v1::BlockPosition::PLACE_NOTES);
  auto* move = changes.Add()->mutable_move();
  move->set_block_id("c");
  move->mutable_position()->set_after("lead");
  auto* remove = changes.Add();
  remove->set_remove("b");
  remove->set_etag(BlockEtag(content.body(1)));
  ASSERT_TRUE(ApplyBlockChanges(changes, content).ok());
  EXPECT_EQ(Order(content), "LcaX|YN");
}

TEST(BlocksTest, MovesBetweenBodyAndNotes) {
  v1::ReleaseContent content = Sample();
  Changes changes;
  auto* move = changes.Add()->mutable_move();
  move->set_block_id("a");
  move->mutable_position()->set_after("n");
  ASSERT_TRUE(ApplyBlockChanges(changes, content).ok());
  EXPECT_EQ(Order(content), "Lbc|Na");
}

TEST(BlocksTest, SaysWhichChangeIsWrong) {
  const auto error = [](auto make) {
    v1::ReleaseContent content = Sample();
    Changes changes;
    make(*changes.Add());
    return std::string(ApplyBlockChanges(changes, content).message());
  };
  EXPECT_NE(error([](auto&) {}).find("changes[0]: say what to do"), std::string::npos);
  EXPECT_NE(error([](auto& change) { change.set_remove("zz"); }).find("zz (changes[0].remove)"), std::string::npos);
  EXPECT_NE(error([](auto& change) {
              *change.mutable_insert()->mutable_block() = Paragraph("a", "again");
              change.mutable_insert()->mutable_position()->set_after("b");
            }).find("\"a\" is taken"),
            std::string::npos);
  EXPECT_NE(error([](auto& change) { change.mutable_move()->set_block_id("lead"); }).find("cannot be moved"),
            std::string::npos);
  EXPECT_NE(error([](auto& change) {
              change.mutable_move()->set_block_id("a");
              change.mutable_move()->mutable_position()->set_after("a");
            }).find("cannot follow itself"),
            std::string::npos);
  EXPECT_NE(
      error([](auto& change) { *change.mutable_insert()->mutable_block() = Paragraph("", "x"); }).find("say where"),
      std::string::npos);
}

}  // namespace
}  // namespace communique::releases
