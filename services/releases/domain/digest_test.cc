// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/digest.h"

#include <gtest/gtest.h>

#include "services/platform/errors/error.h"

namespace communique::releases {
namespace {

v1::ReleaseContent Sample() {
  v1::ReleaseContent content;
  content.set_language("de");
  content.set_headline("Hochwasser");
  auto* block = content.mutable_lead();
  block->set_block_id("b1");
  block->mutable_paragraph()->set_text("Text");
  auto* line = content.add_contact_lines();
  auto* label = line->add_segments();
  label->set_kind(v1::ContactSegment::KIND_ORGANIZATION);
  label->set_value("Example Relief");
  auto* mail = line->add_segments();
  mail->set_kind(v1::ContactSegment::KIND_EMAIL);
  mail->set_value("press@example.org");
  return content;
}

const std::string kKey(32, 'k');

// A stored digest is verified for ever: these values must never change.
TEST(DigestTest, IsTheSameForEver) {
  EXPECT_EQ(*ContentDigest(Sample(), kKey, 1), "41fdba45cf73ad0da6073a2dc80889a896907402fc56416855d864aacb76d7b5");
  EXPECT_EQ(*ContentDigest(Sample(), kKey, 2), "9d9217f245386dabf298452d2aa94eaaa4ac41c2b35a00689022b90bf4d10bca");
}

TEST(DigestTest, CoversCommitmentsToWebAddressesSinceVersion2) {
  v1::ReleaseContent content = Sample();
  auto* page = content.mutable_contact_lines(0)->add_segments();
  page->set_kind(v1::ContactSegment::KIND_URL);
  page->set_value("https://example.org/milena");
  EXPECT_FALSE(IsPersonal(v1::ContactSegment::KIND_URL, 1));
  EXPECT_TRUE(IsPersonal(v1::ContactSegment::KIND_URL, 2));
  const std::string digest = *ContentDigest(content, kKey);
  page->set_value("https://example.org/jonas");
  EXPECT_NE(*ContentDigest(content, kKey), digest);
}

TEST(DigestTest, ChangesWithEveryWordAlsoWithPersonalOnes) {
  const std::string digest = *ContentDigest(Sample(), kKey);
  v1::ReleaseContent other = Sample();
  other.set_headline("Hochwasser!");
  EXPECT_NE(*ContentDigest(other, kKey), digest);
  other = Sample();
  other.mutable_contact_lines(0)->mutable_segments(1)->set_value("media@example.org");
  EXPECT_NE(*ContentDigest(other, kKey), digest);
  other = Sample();
  other.mutable_contact_lines(0)->mutable_segments(1)->set_kind(v1::ContactSegment::KIND_TEXT);
  EXPECT_NE(*ContentDigest(other, kKey), digest);
}

TEST(DigestTest, DependsOnTheKeyOnlyThroughPersonalValues) {
  v1::ReleaseContent impersonal = Sample();
  impersonal.clear_contact_lines();
  EXPECT_EQ(*ContentDigest(impersonal, kKey), *ContentDigest(impersonal, "another"));
  EXPECT_NE(*ContentDigest(Sample(), kKey), *ContentDigest(Sample(), "another"));
}

TEST(DigestTest, LeavesEtagsOut) {
  v1::ReleaseContent content = Sample();
  SetBlockEtags(content);
  EXPECT_FALSE(content.lead().etag().empty());
  EXPECT_EQ(*ContentDigest(content, kKey), *ContentDigest(Sample(), kKey));
  EXPECT_TRUE(SameContent(content, Sample()));
  const std::string etag = content.lead().etag();
  content.mutable_lead()->mutable_paragraph()->set_text("Anderer Text");
  EXPECT_NE(BlockEtag(content.lead()), etag);
  EXPECT_FALSE(SameContent(content, Sample()));
}

TEST(DigestTest, RefusesWhatItDoesNotUnderstand) {
  v1::ReleaseContent content = Sample();
  auto* paragraph = content.mutable_lead()->mutable_paragraph();
  paragraph->GetReflection()->MutableUnknownFields(paragraph)->AddVarint(999, 1);
  const absl::Status status = ContentDigest(content, kKey).status();
  EXPECT_EQ(platform::ReasonOf(status), platform::Reason::ERROR_REASON_UNKNOWN_FIELD);
  EXPECT_NE(status.message().find("lead.paragraph.#999"), std::string::npos) << status;
}

}  // namespace
}  // namespace communique::releases
