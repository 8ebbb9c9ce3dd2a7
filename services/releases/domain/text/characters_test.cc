// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>

#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/line_index.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

TEST(Utf8Test, ReadsForwardsAndBackwards) {
  const std::string text = "aß€😀";
  std::u32string forwards;
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint point = FirstCodePoint(rest);
    forwards += point.value;
    rest.remove_prefix(point.size);
  }
  EXPECT_EQ(forwards, U"aß€😀");
  std::u32string backwards;
  for (std::string_view rest = text; !rest.empty();) {
    const CodePoint point = LastCodePoint(rest);
    backwards += point.value;
    rest.remove_suffix(point.size);
  }
  EXPECT_EQ(backwards, U"😀€ßa");
  EXPECT_EQ(CountCodePoints(text), 4U);
  EXPECT_EQ(FirstCodePoints(text, 2), "aß");
}

TEST(Utf8Test, WritesWhatItReads) {
  for (const char32_t value : {U'a', U'ß', U'€', U'😀', U'\u0000', U'\U0010FFFF'}) {
    std::string text;
    AppendUtf8(text, value);
    EXPECT_EQ(FirstCodePoint(text).value, value);
    EXPECT_EQ(FirstCodePoint(text).size, text.size());
    EXPECT_FALSE(FindInvalidUtf8(text).has_value());
  }
}

TEST(Utf8Test, FindsTheFirstBrokenByte) {
  EXPECT_EQ(FindInvalidUtf8("Gr\xFC\xDF"), 2U);        // Latin-1
  EXPECT_EQ(FindInvalidUtf8("a\xC0\x80"), 1U);         // overlong
  EXPECT_EQ(FindInvalidUtf8("ab\xED\xA0\x80"), 2U);    // a surrogate
  EXPECT_EQ(FindInvalidUtf8("\xF4\x90\x80\x80"), 0U);  // above U+10FFFF
  EXPECT_EQ(FindInvalidUtf8("abc\xE2\x82"), 3U);       // cut off
  EXPECT_EQ(FindInvalidUtf8("a\x80"), 1U);             // a continuation without a start
  EXPECT_EQ(FirstCodePoint("\xFC").value, U'\uFFFD');
  EXPECT_EQ(LastCodePoint("a\x80").size, 1U);
}

TEST(WhiteSpaceTest, KnowsWhatLooksEmpty) {
  EXPECT_EQ(TrimWhiteSpace(" \t\u00A0 a b \u3000\n"), "a b");
  EXPECT_TRUE(IsBlank("\u200F \u202A\u2069\t"));
  EXPECT_FALSE(IsBlank("\u200F."));
  // Direction marks belong to the text beside them.
  EXPECT_EQ(TrimWhiteSpace(" \u200Fa "), "\u200Fa");
}

TEST(LineIndexTest, CountsLinesOfEveryKindAndCodePoints) {
  const std::string text = "äb\r\nc\rd\n\nę";
  const LineIndex index(text);
  EXPECT_EQ(index.size(), 5U);
  EXPECT_EQ(index.Find(0), (TextPosition{1, 1}));
  EXPECT_EQ(index.Find(text.find('b')), (TextPosition{1, 2}));
  EXPECT_EQ(index.Find(text.find('c')), (TextPosition{2, 1}));
  EXPECT_EQ(index.Find(text.find('d')), (TextPosition{3, 1}));
  EXPECT_EQ(index.Find(text.size()), (TextPosition{5, 2}));
}

TEST(LineIndexTest, FindsColumnsFarIntoALongLine) {
  std::string text = "x\n";
  for (int i = 0; i < 5000; ++i) text += "ö";
  const LineIndex index(text);
  EXPECT_EQ(index.Find(text.size()), (TextPosition{2, 5001}));
  EXPECT_EQ(index.Find(2 + 2 * 777), (TextPosition{2, 778}));
  for (std::size_t size = 250; size < 260; ++size) {
    EXPECT_EQ(LineIndex(std::string(size, 'a')).Find(size).column, static_cast<int>(size) + 1);
  }
}

TEST(FoldTest, MakesFormsComparable) {
  EXPECT_EQ(Fold("  Für\u00A0MEDIEN-Anfragen "), "für medien-anfragen");
  EXPECT_EQ(Fold("STRASSE"), Fold("Straße"));
  EXPECT_EQ(Fold("À propos d’Exemple"), "à propos d'exemple");
  EXPECT_EQ(Fold("A\u0300 propos"), "à propos");
  EXPECT_EQ(Fold("\u200Fلِلنَّشْر الفوري"), "للنشر الفوري");
  EXPECT_EQ(Fold("ד״ר"), "ד\"ר");
}

}  // namespace
}  // namespace communique::releases
