// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/summary.h"

#include <unicode/brkiter.h>

#include <memory>

#include "services/releases/domain/text/icu_bridge.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

constexpr std::string_view kEllipsis = "…";

// `text` with single spaces, no more of it than needed: `max_characters` and one.
std::string Squeeze(std::string_view text, std::size_t max_characters) {
  std::string result;
  std::size_t count = 0;
  bool space = false;
  while (!text.empty() && count <= max_characters) {
    const CodePoint point = FirstCodePoint(text);
    if (IsWhiteSpace(point.value)) {
      space = !result.empty();
    } else {
      if (space) result += ' ', ++count;
      space = false;
      result += text.substr(0, point.size);
      ++count;
    }
    text.remove_prefix(point.size);
  }
  return result;
}

}  // namespace

std::string Summarize(std::string_view text, std::string_view language, std::size_t max_characters) {
  const std::string squeezed = Squeeze(text, max_characters);
  if (CountCodePoints(squeezed) <= max_characters) return squeezed;
  if (max_characters == 0) return {};
  const icu::UnicodeString utf16 = ToUtf16(squeezed);
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(LocaleOf(language), status));
  const std::int32_t limit = utf16.moveIndex32(0, static_cast<std::int32_t>(max_characters) - 1);
  std::int32_t cut = limit;
  if (U_SUCCESS(status)) {
    words->setText(utf16);
    const std::int32_t boundary = words->isBoundary(limit) ? limit : words->preceding(limit);
    if (boundary > 0) cut = boundary;
  }
  const std::string kept = ToUtf8(utf16.tempSubStringBetween(0, cut));
  return std::string(TrimTrailingWhiteSpace(kept)) + std::string(kEllipsis);
}

}  // namespace communique::releases
