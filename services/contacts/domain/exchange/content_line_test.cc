// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/content_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/exchange/encodings.h"

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::vector<std::string> TextsOf(std::string_view file, const ExchangeLimits& limits = {}) {
  std::vector<std::string> texts;
  VCardLines lines(file, limits);
  while (const auto line = lines.Next()) texts.push_back(line->text);
  return texts;
}

TEST(VCardLinesTest, LinesThatContinueOneAreJoined) {
  EXPECT_THAT(TextsOf("FN:Mile\r\n na\r\nNOTE:one\r\n\ttwo\n  three\r\n\r\nEND:VCARD"),
              ElementsAre("FN:Milena", "NOTE:onetwo three", "END:VCARD"));
}

TEST(VCardLinesTest, QuotedPrintableGoesOnBehindAnEqualsSign) {
  EXPECT_THAT(TextsOf("NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\r\ntwo\r\nFN:a=\r\nX:b"),
              ElementsAre("NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo", "FN:a=", "X:b"));
}

TEST(VCardLinesTest, LinesAreCountedAsTheyStandInTheFile) {
  VCardLines lines("A:1\n 2\n\nB:3\n", {});
  EXPECT_EQ(lines.Next()->number, 1);
  EXPECT_EQ(lines.Next()->number, 4);
  EXPECT_FALSE(lines.Next().has_value());
}

TEST(VCardLinesTest, ALineIsTooLongWithThoseThatContinueIt) {
  ExchangeLimits limits;
  limits.line_bytes = 10;
  VCardLines lines("NOTE:12345\nNOTE:12345\n 6\nN:1\n", limits);
  EXPECT_FALSE(lines.Next()->too_long);
  EXPECT_TRUE(lines.Next()->too_long);
  const auto next = lines.Next();
  EXPECT_FALSE(next->too_long);
  EXPECT_EQ(next->text, "N:1");
}

TEST(ContentLineTest, IsTakenApart) {
  const auto line = ParseContentLine("item1.tel;type=\"work,voice\";TYPE=cell;PREF=1:+41 22: 5");
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(line->group, "item1");
  EXPECT_EQ(line->name, "TEL");
  ASSERT_THAT(line->parameters, SizeIs(3));
  EXPECT_EQ(line->parameters[0].name, "TYPE");
  EXPECT_THAT(line->parameters[0].values, ElementsAre("work,voice"));
  EXPECT_EQ(line->value, "+41 22: 5");
}

TEST(ContentLineTest, ParametersMayHaveCaretsAndNoName) {
  const auto line = ParseContentLine("NOTE;X-A=^n^^^'^x;X-B=\"a:b;c\",d;QUOTED-PRINTABLE;HOME:v");
  ASSERT_TRUE(line.has_value());
  ASSERT_THAT(line->parameters, SizeIs(4));
  EXPECT_THAT(line->parameters[0].values, ElementsAre("\n^\"^x"));
  EXPECT_THAT(line->parameters[1].values, ElementsAre("a:b;c", "d"));
  EXPECT_EQ(line->parameters[2].name, "ENCODING");
  EXPECT_EQ(line->parameters[3].name, "TYPE");
}

TEST(ContentLineTest, WhatIsNoneIsNone) {
  const std::string long_name(101, 'x');
  EXPECT_FALSE(ParseContentLine(absl::StrCat(long_name, ":1")).has_value());
  for (const char* text : {"", "no colon", ":value", "a b:value", "NOTE;X=\"open:value", "item 1.TEL:1", ".TEL:1",
                           "NOTE;=x:value", "NOTE;X\"y\":value"}) {
    EXPECT_FALSE(ParseContentLine(text).has_value()) << text;
  }
}

TEST(ContentLineTest, ValuesAreSplitWhereNoBackslashStands) {
  EXPECT_THAT(SplitValue("a\\;b;c,d\\,e;\\n\\\\", ValueShape::kLists, "4.0"),
              ElementsAre(ElementsAre("a;b"), ElementsAre("c", "d,e"), ElementsAre("\n\\")));
  EXPECT_THAT(SplitValue("a;b,c", ValueShape::kText, "4.0"), ElementsAre(ElementsAre("a;b,c")));
  EXPECT_THAT(SplitValue("a;b,c", ValueShape::kComponents, "4.0"), ElementsAre(ElementsAre("a"), ElementsAre("b,c")));
  EXPECT_THAT(SplitValue("C:\\new", ValueShape::kText, "2.1"), ElementsAre(ElementsAre("C:\\new")));
  EXPECT_THAT(SplitValue("http\\://example.org", ValueShape::kText, "3.0"),
              ElementsAre(ElementsAre("http://example.org")));
}

TEST(ContentLineTest, WhatIsEscapedIsReadAgain) {
  const std::string text = "a, b; c\\n \\ \n\"^";
  EXPECT_EQ(SplitValue(EscapeText(text), ValueShape::kLists, "4.0")[0][0], text);
  const auto line = ParseContentLine("X;P=" + EscapeParameter(text) + ":v");
  ASSERT_TRUE(line.has_value());
  EXPECT_EQ(line->parameters[0].values[0], text);
}

TEST(ContentLineTest, LinesAreFoldedAt75OctetsAndNeverInACharacter) {
  // Characters of one to four bytes, at every distance from the fold.
  for (int lead = 0; lead < 80; ++lead) {
    std::string line = std::string(static_cast<std::size_t>(lead), 'x');
    for (int i = 0; i < 60; ++i) line += "aß€😀";
    const std::string folded = FoldLine(line);
    std::string unfolded;
    std::size_t begin = 0;
    for (std::size_t end = folded.find("\r\n"); end != std::string::npos; end = folded.find("\r\n", begin)) {
      const std::string physical = folded.substr(begin, end - begin);
      EXPECT_LE(physical.size(), 75U);
      EXPECT_TRUE(IsUtf8(physical)) << lead;
      unfolded += begin == 0 ? physical : physical.substr(1);
      begin = end + 2;
    }
    EXPECT_EQ(begin, folded.size());
    EXPECT_EQ(unfolded, line);
  }
}

TEST(EncodingsTest, CharsetsAreDecoded) {
  EXPECT_EQ(DecodeCharset("M\xFCller", "ISO-8859-1"), "Müller");
  EXPECT_EQ(DecodeCharset("\x80", "windows-1252"), "€");
  EXPECT_FALSE(DecodeCharset("x", "no-such-charset").has_value());
  EXPECT_FALSE(DecodeCharset("\xFF\xFF", "UTF-8").has_value());
}

TEST(EncodingsTest, QuotedPrintableIsDecoded) { EXPECT_EQ(DecodeQuotedPrintable("M=C3=BCller=20=zz="), "Müller =zz="); }

}  // namespace
}  // namespace communique::contacts
