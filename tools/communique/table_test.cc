// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/table.h"

#include <gtest/gtest.h>

#include <sstream>

namespace communique::command {
namespace {

std::string Printed(const Table& table) {
  std::ostringstream out;
  table.Print(out);
  return out.str();
}

TEST(PrintableTest, KeepsTextsInEveryScript) {
  for (const char* text : {"", "Tomić „so“", "日本語", "שלום", "👩‍🚀", "a\u00A0b"})
    EXPECT_EQ(Printable(text), text);
}

TEST(PrintableTest, PutsLineBreaksOnOneLine) { EXPECT_EQ(Printable("a\nb\tc\r\nd\u2028e"), "a b c  d e"); }

TEST(PrintableTest, LetsNoTextMoveTheCursor) {
  EXPECT_EQ(Printable("a\x1b[2Jb"), "a\uFFFD[2Jb");
  EXPECT_EQ(Printable("a\u009b2Jb"), "a\uFFFD2Jb");
  EXPECT_EQ(Printable("a\x7f\x07"), "a\uFFFD\uFFFD");
}

TEST(PrintableTest, ReplacesWhatIsNoUtf8) { EXPECT_EQ(Printable("a\xff\xe2\x80z"), "a\uFFFD\uFFFDz"); }

TEST(DisplayWidthTest, CountsColumns) {
  EXPECT_EQ(DisplayWidth(""), 0U);
  EXPECT_EQ(DisplayWidth("Größe"), 5U);
  EXPECT_EQ(DisplayWidth("日本"), 4U);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1U);
  EXPECT_EQ(DisplayWidth("\u200B\u202E"), 0U);
}

TEST(TableTest, AlignsColumnsOfUnequalRows) {
  Table table(2);
  table.Add({"日本", "Genf", "x"});
  table.Add({"e\u0301", "", "y"});
  table.Add({"only"});
  EXPECT_EQ(Printed(table), "  日本  Genf  x\n  e\u0301           y\n  only\n");
}

TEST(TableTest, HasNoTrailingSpaces) {
  Table table;
  table.Add({"a", ""});
  table.Add({"", ""});
  EXPECT_EQ(Printed(table), "a\n\n");
}

}  // namespace
}  // namespace communique::command
