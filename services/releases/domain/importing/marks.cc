// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/marks.h"

#include <algorithm>

#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

// No mark is longer; nothing beyond is looked at.
constexpr std::size_t kLongestMark = 80;
constexpr std::size_t kLongestRule = 200;

bool IsOrnament(char32_t value) {
  constexpr std::u32string_view kOrnaments = U"*#-_=~+.•·◦●▪‒–—―⁂⁎∗✳＊";
  return kOrnaments.find(value) != std::u32string_view::npos;
}

bool IsBracket(char32_t value) { return std::u32string_view(U"()[]<>{}").find(value) != std::u32string_view::npos; }

// A row of ornaments: at least three, or an asterism.
bool IsOrnamentRow(std::string_view line) {
  std::size_t count = 0;
  bool only_dots = true;
  while (!line.empty()) {
    const CodePoint point = FirstCodePoint(line);
    line.remove_prefix(point.size);
    if (point.value == 0x2042) count += 3;
    if (IsInvisible(point.value)) continue;
    if (!IsOrnament(point.value)) return false;
    if (point.value != '.') only_dots = false;
    ++count;
  }
  return count >= 3 && !only_dots;
}

bool IsWholly(std::string_view text, Cue cue, const Vocabulary& vocabulary) {
  const FoldedTokens tokens = vocabulary.Tokens(text);
  const auto match = vocabulary.Match(cue, tokens, 0);
  return match.has_value() && match->tokens == tokens.size();
}

bool IsBullet(char32_t value) {
  constexpr std::u32string_view kBullets = U"-–—•*·▪◦‣○●■□►▶➤→✓✔+∙⁃";
  return kBullets.find(value) != std::u32string_view::npos;
}

// Bytes of the number or letter of a counting marker at the beginning of `line`; 0 when there is none.
std::size_t CounterSize(std::string_view line) {
  std::size_t size = 0;
  while (size < line.size() && size < 3 && line[size] >= '0' && line[size] <= '9') ++size;
  if (size > 0) return size;
  return !line.empty() && line[0] >= 'a' && line[0] <= 'z' ? 1 : 0;
}

std::size_t WhiteSpaceSize(std::string_view text) { return text.size() - TrimLeadingWhiteSpace(text).size(); }

// "(41) 3000-0192" is no point (41).
bool IsTelephoneNumber(std::string_view line) {
  const auto addresses = FindAddresses(FirstCodePoints(line, kLongestMark));
  return !addresses.empty() && addresses.front().begin == 0 && addresses.front().kind == Address::Kind::kPhone;
}

}  // namespace

MarkKind MarkKindOf(std::string_view line, const Vocabulary& vocabulary) {
  line = TrimWhiteSpace(line);
  if (line.empty() || line.size() > kLongestRule) return MarkKind::kNone;
  // Above the signature of a mail.
  if (line == "--") return MarkKind::kOrnament;
  if (IsOrnamentRow(line)) {
    const bool hashes =
        std::count(line.begin(), line.end(), '#') >= 3 && line.find_first_not_of("# ") == std::string_view::npos;
    return hashes ? MarkKind::kEnd : MarkKind::kOrnament;
  }
  if (line.size() > kLongestMark) return MarkKind::kNone;
  const std::string_view word = WithoutDecoration(line);
  if (word.empty()) return MarkKind::kNone;
  const bool decorated = word.size() < line.size();
  // "--oOo--".
  if (decorated && word.size() >= 3 && word.find_first_not_of("oO0") == std::string_view::npos) {
    return MarkKind::kOrnament;
  }
  if (word == "30" && decorated) return MarkKind::kEnd;
  if (IsWholly(word, Cue::kEnd, vocabulary)) return MarkKind::kEnd;
  return decorated && IsWholly(word, Cue::kMore, vocabulary) ? MarkKind::kMore : MarkKind::kNone;
}

std::string_view WithoutDecoration(std::string_view line) {
  const auto decorates = [](char32_t value) { return IsOrnament(value) || IsBracket(value) || IsInvisible(value); };
  while (!line.empty() && decorates(FirstCodePoint(line).value)) line.remove_prefix(FirstCodePoint(line).size);
  while (!line.empty() && decorates(LastCodePoint(line).value)) line.remove_suffix(LastCodePoint(line).size);
  return line;
}

std::size_t ListMarkerSize(std::string_view line) {
  if (line.empty()) return 0;
  std::size_t size = 0;
  if (IsBullet(FirstCodePoint(line).value)) {
    size = FirstCodePoint(line).size;
  } else {
    const bool bracket = line[0] == '(' || line[0] == '[';
    const std::size_t counter = CounterSize(line.substr(bracket ? 1 : 0));
    if (counter == 0) return 0;
    const std::size_t behind = counter + (bracket ? 1 : 0);
    const char mark = behind < line.size() ? line[behind] : '\0';
    const bool letter = line[bracket ? 1 : 0] > '9';
    const char closing = line[0] == '[' ? ']' : ')';
    if (bracket || letter ? mark != closing : mark != ')' && mark != '.') return 0;
    if (bracket && IsTelephoneNumber(line)) return 0;
    size = behind + 1;
  }
  const std::size_t space = WhiteSpaceSize(line.substr(size));
  return space == 0 || size + space == line.size() ? 0 : size + space;
}

bool IsCountingMarker(std::string_view marker) {
  return std::any_of(marker.begin(), marker.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); });
}

}  // namespace communique::releases
