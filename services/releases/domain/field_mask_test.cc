// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/resources/field_mask.h"

#include <gtest/gtest.h>

#include "communique/releases/v1/release.pb.h"

namespace communique::releases {
namespace {

v1::Release Stored() {
  v1::Release release;
  release.set_name("newsrooms/n/releases/r");
  release.set_state(v1::Release::STATE_APPROVED);
  release.set_reference_number("1");
  release.add_topics("a");
  release.mutable_content()->set_headline("old");
  release.mutable_content()->set_subhead("kept");
  return release;
}

google::protobuf::FieldMask Mask(std::initializer_list<const char*> paths) {
  google::protobuf::FieldMask mask;
  for (const char* path : paths) mask.add_paths(path);
  return mask;
}

TEST(FieldMaskTest, ChangesWhatIsNamed) {
  v1::Release source;
  source.mutable_content()->set_headline("new");
  source.add_topics("ignored");
  v1::Release target = Stored();
  ASSERT_TRUE(platform::ApplyUpdate(source, Mask({"content.headline"}), target).ok());
  EXPECT_EQ(target.content().headline(), "new");
  EXPECT_EQ(target.content().subhead(), "kept");
  EXPECT_EQ(target.topics(0), "a");
}

TEST(FieldMaskTest, WithoutAMaskChangesWhatIsSet) {
  v1::Release source;
  source.add_topics("b");
  v1::Release target = Stored();
  ASSERT_TRUE(platform::ApplyUpdate(source, {}, target).ok());
  ASSERT_EQ(target.topics_size(), 1);
  EXPECT_EQ(target.topics(0), "b");
  EXPECT_EQ(target.reference_number(), "1");
}

TEST(FieldMaskTest, AStarReplacesAllThatCallersWrite) {
  v1::Release target = Stored();
  ASSERT_TRUE(platform::ApplyUpdate(v1::Release(), Mask({"*"}), target).ok());
  EXPECT_FALSE(target.has_content());
  EXPECT_EQ(target.topics_size(), 0);
  EXPECT_EQ(target.name(), "newsrooms/n/releases/r");
  EXPECT_EQ(target.state(), v1::Release::STATE_APPROVED);
}

TEST(FieldMaskTest, ClearsWhatIsNamedAndNotSet) {
  v1::Release target = Stored();
  ASSERT_TRUE(platform::ApplyUpdate(v1::Release(), Mask({"reference_number", "topics"}), target).ok());
  EXPECT_EQ(target.reference_number(), "");
  EXPECT_EQ(target.topics_size(), 0);
}

TEST(FieldMaskTest, PassesOverOutputFieldsAlsoWhenNamed) {
  v1::Release source;
  source.set_state(v1::Release::STATE_PUBLISHED);
  source.set_etag("x");
  source.mutable_content()->mutable_lead()->set_etag("y");
  v1::Release target = Stored();
  ASSERT_TRUE(platform::ApplyUpdate(source, Mask({"state", "etag", "content.lead.etag"}), target).ok());
  EXPECT_EQ(target.state(), v1::Release::STATE_APPROVED);
  EXPECT_EQ(target.etag(), "");
  EXPECT_FALSE(target.content().has_lead());
}

TEST(FieldMaskTest, NamesPathsThatAreNotThere) {
  v1::Release target = Stored();
  const absl::Status status = platform::ApplyUpdate(v1::Release(), Mask({"content.headlines"}), target);
  EXPECT_NE(status.message().find("update_mask: \"content.headlines\" is not a field of Release"), std::string::npos)
      << status;
}

}  // namespace
}  // namespace communique::releases
