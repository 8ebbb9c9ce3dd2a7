// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/feed_token.h"

#include <gtest/gtest.h>

#include <limits>

#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr char kStore[] = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
constexpr char kOtherStore[] = "017f22e2-79b0-7cc3-98c4-dc0c0c073990";

FeedHeads Heads() {
  FeedHeads heads;
  heads.store_id = kStore;
  heads.internal = {.position = 100, .trimmed = 40};
  heads.made_public = {.position = 10, .trimmed = 0};
  return heads;
}

Reason WhyRefused(std::string_view token, Feed feed = Feed::kInternal) {
  const auto position = CheckFeedToken(token, feed, Heads());
  return position.ok() ? Reason::ERROR_REASON_UNSPECIFIED : ReasonOf(position.status());
}

TEST(FeedTokenTest, ComesBackAsItWas) {
  for (const FeedPosition position :
       {FeedPosition{0}, FeedPosition{1}, FeedPosition{987'654'321'012}, std::numeric_limits<FeedPosition>::max()}) {
    const FeedToken token = {kStore, Feed::kPublic, position};
    const std::string text = EncodeFeedToken(token);
    EXPECT_EQ(text.size(), 35U);
    EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    EXPECT_EQ(*DecodeFeedToken(text), token);
  }
}

TEST(FeedTokenTest, IsGoodBetweenWhatWasTrimmedAndTheHead) {
  EXPECT_EQ(*CheckFeedToken(EncodeFeedToken({kStore, Feed::kInternal, 40}), Feed::kInternal, Heads()), 40);
  EXPECT_EQ(*CheckFeedToken(EncodeFeedToken({kStore, Feed::kInternal, 100}), Feed::kInternal, Heads()), 100);
  const absl::Status old =
      CheckFeedToken(EncodeFeedToken({kStore, Feed::kInternal, 39}), Feed::kInternal, Heads()).status();
  EXPECT_EQ(ReasonOf(old), Reason::ERROR_REASON_WATCH_TOO_OLD);
  EXPECT_EQ(old.code(), absl::StatusCode::kOutOfRange);
  const absl::Status ahead =
      CheckFeedToken(EncodeFeedToken({kStore, Feed::kInternal, 101}), Feed::kInternal, Heads()).status();
  EXPECT_EQ(ReasonOf(ahead), Reason::ERROR_REASON_WATCH_TOKEN_AHEAD);
  EXPECT_EQ(ahead.code(), absl::StatusCode::kOutOfRange);
}

TEST(FeedTokenTest, OfAnotherStoreOrFeedIsForeign) {
  EXPECT_EQ(WhyRefused(EncodeFeedToken({kOtherStore, Feed::kInternal, 50})), Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN);
  EXPECT_EQ(WhyRefused(EncodeFeedToken({kStore, Feed::kInternal, 5}), Feed::kPublic),
            Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN);
  EXPECT_EQ(CheckFeedToken("x", Feed::kInternal, Heads()).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(FeedTokenTest, RefusesWhatItDidNotMake) {
  const std::string token = EncodeFeedToken({kStore, Feed::kInternal, 50});
  for (const std::string& text : {std::string(), std::string("next"), token.substr(1), token + "A", token + "=",
                                  token.substr(0, 34) + "B", "Ag" + token.substr(2), std::string(35, 'A'),
                                  std::string(10'000, 'A'), std::string("\0\xff", 2), " " + token}) {
    EXPECT_EQ(WhyRefused(text), Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN) << text;
  }
  // A number beyond the positive ones.
  EXPECT_EQ(WhyRefused(EncodeFeedToken({kStore, Feed::kInternal, -1})), Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN);
}

}  // namespace
}  // namespace communique::platform
