// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/edition_replies.h"

#include <gtest/gtest.h>

namespace communique::releases {
namespace {

std::string Join(const platform::ReplyBytes& reply) {
  std::string bytes;
  for (const auto& slice : reply.slices()) bytes += *slice;
  return bytes;
}

v1::Edition Sample() {
  v1::Edition edition;
  edition.set_name("newsrooms/n/releases/r/editions/de");
  edition.set_etag("\"e\"");
  edition.mutable_content()->set_headline(std::string(300, 'x'));
  return edition;
}

TEST(EditionRepliesTest, AnEditionIsTheStoredBytesWithMaxAge) {
  const EditionReplies replies(absl::Milliseconds(1500));
  const auto stored = std::make_shared<const std::string>(Sample().SerializeAsString());
  const platform::ReplyBytes reply = replies.Edition(stored);
  EXPECT_EQ(reply.slices()[0].get(), stored.get());
  v1::Edition parsed;
  ASSERT_TRUE(parsed.ParseFromString(Join(reply)));
  EXPECT_EQ(parsed.max_age().seconds(), 1);
  EXPECT_EQ(parsed.max_age().nanos(), 500'000'000);
  parsed.clear_max_age();
  EXPECT_EQ(parsed.SerializeAsString(), *stored);
}

TEST(EditionRepliesTest, NotModifiedHasNoText) {
  v1::Edition parsed;
  ASSERT_TRUE(parsed.ParseFromString(Join(EditionReplies(absl::Seconds(1)).NotModified("n", "\"e\""))));
  EXPECT_TRUE(parsed.not_modified());
  EXPECT_EQ(parsed.etag(), "\"e\"");
  EXPECT_TRUE(parsed.has_max_age());
  EXPECT_FALSE(parsed.has_content());
}

TEST(EditionRepliesTest, AResolvedEditionSaysWhyItWasChosen) {
  const EditionReplies replies(absl::Seconds(1));
  const auto stored = std::make_shared<const std::string>(Sample().SerializeAsString());
  const platform::ReplyBytes reply =
      EditionReplies::Resolved(replies.Edition(stored), {"de", "de-CH", v1::ResolveEditionResponse::MATCH_LOOKUP});
  v1::ResolveEditionResponse parsed;
  ASSERT_TRUE(parsed.ParseFromString(Join(reply)));
  EXPECT_EQ(parsed.edition().content().headline(), std::string(300, 'x'));
  EXPECT_EQ(parsed.edition().max_age().seconds(), 1);
  EXPECT_EQ(parsed.requested_language(), "de-CH");
  EXPECT_EQ(parsed.match(), v1::ResolveEditionResponse::MATCH_LOOKUP);
}

}  // namespace
}  // namespace communique::releases
