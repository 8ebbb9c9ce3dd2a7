// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/reply_codec.h"

#include <gtest/gtest.h>

#include <random>

namespace communique::platform {
namespace {

constexpr char kKey[] = "store-1:editions-3:get/newsrooms/a/releases/r/editions/de";

StoredReply Example() {
  StoredReply reply;
  reply.bytes = std::string("\0\x01press\xff", 8);
  reply.etag = "\"7\"";
  reply.as_of = 123'456'789'012;
  reply.expires_at = absl::FromUnixMicros(1'790'000'600'000'001);
  return reply;
}

TEST(ReplyCodecTest, BringsBackWhatWasEncoded) {
  const auto reply = DecodeReply(kKey, EncodeReply(kKey, Example(), "secret"), "secret");
  ASSERT_TRUE(reply.has_value());
  EXPECT_EQ(reply->bytes, Example().bytes);
  EXPECT_EQ(reply->etag, Example().etag);
  EXPECT_EQ(reply->as_of, Example().as_of);
  EXPECT_EQ(reply->expires_at, Example().expires_at);
}

TEST(ReplyCodecTest, KeepsEmptyReplies) {
  const auto reply = DecodeReply("", EncodeReply("", {}, ""), "");
  ASSERT_TRUE(reply.has_value());
  EXPECT_EQ(reply->bytes, "");
}

TEST(ReplyCodecTest, RefusesWhatWasWrittenUnderAnotherKeyOrSecret) {
  const std::string bytes = EncodeReply(kKey, Example(), "secret");
  EXPECT_FALSE(DecodeReply("store-1:editions-3:get/newsrooms/a/releases/s/editions/de", bytes, "secret"));
  EXPECT_FALSE(DecodeReply(kKey, bytes, "other"));
  EXPECT_FALSE(DecodeReply(kKey, bytes, ""));
}

TEST(ReplyCodecTest, RefusesAnotherLayout) {
  std::string bytes = EncodeReply(kKey, Example(), "secret");
  bytes[3] = '2';
  EXPECT_FALSE(DecodeReply(kKey, bytes, "secret"));
}

TEST(ReplyCodecTest, RefusesEveryChangedByteAndEveryLength) {
  const std::string bytes = EncodeReply(kKey, Example(), "secret");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    EXPECT_FALSE(DecodeReply(kKey, changed, "secret")) << i;
    EXPECT_FALSE(DecodeReply(kKey, bytes.substr(0, i), "secret")) << i;
  }
  EXPECT_FALSE(DecodeReply(kKey, bytes + "x", "secret"));
}

TEST(ReplyCodecTest, SurvivesGarbage) {
  std::mt19937 random(7);
  for (int i = 0; i < 2'000; ++i) {
    std::string bytes(random() % 200, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    if (i % 2 == 0) bytes.insert(0, "CQR1");
    EXPECT_FALSE(DecodeReply(kKey, bytes, "secret"));
  }
}

}  // namespace
}  // namespace communique::platform
