// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/feed_token.h"

#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kStoreIdSize = 16;
constexpr std::size_t kSize = 1 + 1 + kStoreIdSize + 8;

std::string FormatUuid(std::string_view bytes) {
  const std::string hex = absl::BytesToHexString(ToAbsl(bytes));
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-", hex.substr(16, 4), "-",
                      hex.substr(20));
}

}  // namespace

std::string EncodeFeedToken(const FeedToken& token) {
  std::string bytes = {kVersion, static_cast<char>(token.feed)};
  bytes += absl::HexStringToBytes(absl::StrReplaceAll(token.store_id, {{"-", ""}}));
  for (int shift = 56; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(static_cast<std::uint64_t>(token.position) >> static_cast<unsigned>(shift)));
  }
  return absl::WebSafeBase64Escape(bytes);
}

absl::StatusOr<FeedToken> DecodeFeedToken(std::string_view text) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(ToAbsl(text), &bytes) || bytes.size() != kSize || bytes[0] != kVersion) {
    return FeedTokenForeign();
  }
  FeedToken token;
  if (bytes[1] != static_cast<char>(Feed::kInternal) && bytes[1] != static_cast<char>(Feed::kPublic)) {
    return FeedTokenForeign();
  }
  token.feed = static_cast<Feed>(bytes[1]);
  token.store_id = FormatUuid(std::string_view(bytes).substr(2, kStoreIdSize));
  std::uint64_t position = 0;
  for (const char c : bytes.substr(2 + kStoreIdSize)) position = position << 8U | static_cast<unsigned char>(c);
  token.position = static_cast<FeedPosition>(position);
  // One text per token: what decodes and does not come out the same was made by somebody else.
  if (token.position < 0 || EncodeFeedToken(token) != text) return FeedTokenForeign();
  return token;
}

absl::StatusOr<FeedPosition> CheckFeedToken(std::string_view token, Feed feed, const FeedHeads& heads) {
  const auto decoded = DecodeFeedToken(token);
  if (!decoded.ok()) return decoded.status();
  if (decoded->store_id != heads.store_id || decoded->feed != feed) return FeedTokenForeign();
  if (decoded->position < heads.of(feed).trimmed) return FeedTokenTooOld();
  if (decoded->position > heads.of(feed).position) return FeedTokenAhead();
  return decoded->position;
}

absl::Status FeedTokenForeign() {
  return MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_WATCH_TOKEN_FOREIGN,
                   "the token is not one of this store and feed, or is from before it was restored: list again, and go "
                   "on from the list's watch_token");
}

absl::Status FeedTokenTooOld() {
  return MakeError(absl::StatusCode::kOutOfRange, Reason::ERROR_REASON_WATCH_TOO_OLD,
                   "the token is older than the feed is kept: list again, and go on from the list's watch_token");
}

absl::Status FeedTokenAhead() {
  return MakeError(absl::StatusCode::kOutOfRange, Reason::ERROR_REASON_WATCH_TOKEN_AHEAD,
                   "the token is ahead of the store, which has lost its newest changes: list again, and go on from the "
                   "list's watch_token");
}

}  // namespace communique::platform
