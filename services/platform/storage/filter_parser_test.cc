// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/filter_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

using testing::HasSubstr;

// The tree as text with every parenthesis written: "(a = 1 AND (NOT b : x))".
std::string Show(const FilterNode& node) {
  const FilterRestriction& r = node.restriction;
  switch (node.kind) {
    case FilterNode::Kind::kRestriction:
      return absl::StrCat(r.field, " ", ToAbsl(ToText(r.comparator)), " ", r.quoted ? "\"" : "", r.value,
                          r.quoted ? "\"" : "");
    case FilterNode::Kind::kNot:
      return absl::StrCat("(NOT ", Show(node.children[0]), ")");
    case FilterNode::Kind::kAnd:
    case FilterNode::Kind::kOr:
      break;
  }
  return absl::StrCat("(",
                      absl::StrJoin(node.children, node.kind == FilterNode::Kind::kAnd ? " AND " : " OR ",
                                    [](std::string* out, const FilterNode& child) { out->append(Show(child)); }),
                      ")");
}

std::string Parsed(std::string_view filter) {
  const auto tree = ParseFilter(filter);
  if (!tree.ok()) return absl::StrCat("error: ", tree.status().message());
  return tree->has_value() ? Show(**tree) : "nothing";
}

TEST(FilterParserTest, AnEmptyFilterIsNone) {
  EXPECT_EQ(Parsed(""), "nothing");
  EXPECT_EQ(Parsed(" \t\n"), "nothing");
}

TEST(FilterParserTest, ReadsEveryComparator) {
  EXPECT_EQ(Parsed("a=1"), "a = 1");
  EXPECT_EQ(Parsed("a!=1 a<1 a<=1 a>1 a>=1 a:1"), "(a != 1 AND a < 1 AND a <= 1 AND a > 1 AND a >= 1 AND a : 1)");
  EXPECT_EQ(Parsed("  a  =  1  "), "a = 1");
  EXPECT_EQ(Parsed("a:*"), "a : *");
}

TEST(FilterParserTest, OrBindsTighterThanAnd) {
  EXPECT_EQ(Parsed("a=1 AND b=2 OR c=3"), "(a = 1 AND (b = 2 OR c = 3))");
  EXPECT_EQ(Parsed("a=1 OR b=2 AND c=3 OR d=4"), "((a = 1 OR b = 2) AND (c = 3 OR d = 4))");
  EXPECT_EQ(Parsed("(a=1 AND b=2) OR c=3"), "((a = 1 AND b = 2) OR c = 3)");
}

TEST(FilterParserTest, SideBySideMeansAnd) {
  EXPECT_EQ(Parsed("a=1 b=2 OR c=3 d=4"), "(a = 1 AND (b = 2 OR c = 3) AND d = 4)");
  EXPECT_EQ(Parsed("(a=1)(b=2)"), "(a = 1 AND b = 2)");
}

TEST(FilterParserTest, NotAndMinusNegate) {
  EXPECT_EQ(Parsed("NOT a=1"), "(NOT a = 1)");
  EXPECT_EQ(Parsed("-a=1"), "(NOT a = 1)");
  EXPECT_EQ(Parsed("-(a=1 OR b=2)"), "(NOT (a = 1 OR b = 2))");
  EXPECT_EQ(Parsed("NOT (a=1) b=2"), "((NOT a = 1) AND b = 2)");
  EXPECT_EQ(Parsed("a=1 OR -b=2"), "(a = 1 OR (NOT b = 2))");
  EXPECT_EQ(Parsed("a=-1"), "a = -1");
  EXPECT_EQ(Parsed("-a:-b"), "(NOT a : -b)");
}

TEST(FilterParserTest, FieldsAndValuesMayHaveDots) {
  EXPECT_EQ(Parsed("a.b.c = x.y"), "a.b.c = x.y");
  EXPECT_EQ(Parsed("lang = de-CH name = newsrooms/x"), "(lang = de-CH AND name = newsrooms/x)");
}

TEST(FilterParserTest, ReadsQuotedTextWithEscapes) {
  EXPECT_EQ(Parsed("a = \"x AND (y)\""), "a = \"x AND (y)\"");
  EXPECT_EQ(Parsed(R"(a = 'it"s')"), R"(a = "it"s")");
  EXPECT_EQ(Parsed(R"(a = "say \"hi\" \\ \'")"), R"(a = "say "hi" \ '")");
  EXPECT_EQ(Parsed(R"(a = "1\n2\t3\r")"), "a = \"1\n2\t3\r\"");
  EXPECT_EQ(Parsed(R"(a = "")"), R"(a = "")");
  EXPECT_EQ(Parsed(R"(a = "Grüße")"), R"(a = "Grüße")");
}

TEST(FilterParserTest, KeywordsInQuotesAndLowerCaseAreValues) {
  EXPECT_EQ(Parsed(R"(a = "OR" b = or)"), R"((a = "OR" AND b = or))");
}

struct BadFilter {
  const char* filter;
  int position;
  const char* says;
};

class BadFilterTest : public testing::TestWithParam<BadFilter> {};

TEST_P(BadFilterTest, IsRefusedAtItsPosition) {
  const auto tree = ParseFilter(GetParam().filter);
  ASSERT_FALSE(tree.ok()) << Parsed(GetParam().filter);
  EXPECT_EQ(tree.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(tree.status()), Reason::ERROR_REASON_FILTER_INVALID);
  EXPECT_EQ(ErrorMetadataValue(tree.status(), "position"), absl::StrCat(GetParam().position)) << tree.status();
  EXPECT_THAT(std::string(tree.status().message()), HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Filters, BadFilterTest,
    testing::Values(BadFilter{"a", 1, "'a' has no comparison"}, BadFilter{"a = 1 b", 7, "'b' has no comparison"},
                    BadFilter{"\"alone\"", 1, "a text alone"}, BadFilter{"a =", 4, "ends where a value"},
                    BadFilter{"= 1", 1, "a field should be"}, BadFilter{"a = = 1", 5, "a value"},
                    BadFilter{"a == 1", 4, "a value"}, BadFilter{"a ! 1", 3, "'!' alone"},
                    BadFilter{"a = 1 AND", 10, "ends where a field"}, BadFilter{"AND a = 1", 1, "'AND'"},
                    BadFilter{"a = 1 OR OR b = 2", 10, "'OR'"}, BadFilter{"a = AND", 5, "a value"},
                    BadFilter{"NOT", 4, "ends where a field"}, BadFilter{"NOT NOT a = 1", 5, "a field"},
                    BadFilter{"- a = 1", 3, "at once"}, BadFilter{"--a = 1", 2, "a field"},
                    BadFilter{"(a = 1", 1, "not closed"}, BadFilter{"a = 1)", 6, "')'"}, BadFilter{"()", 2, "a field"},
                    BadFilter{"f(a)", 1, "functions are not supported"},
                    BadFilter{"a.f(x) = 1", 1, "functions are not supported"},
                    BadFilter{"a = f(1)", 6, "without quotes"}, BadFilter{"a:(b OR c)", 3, "a value"},
                    BadFilter{"a = \"x", 5, "no closing"}, BadFilter{"a = \"x\\", 5, "no closing"},
                    BadFilter{"a = \"x\\q\"", 7, "after \\ comes"}, BadFilter{"a. = 1", 4, "a word"},
                    BadFilter{".a = 1", 1, "a field"}, BadFilter{"a = 1, b = 2", 6, "','"},
                    BadFilter{"t > 2026-01-01T00:00:00Z", 18, "without quotes"},
                    BadFilter{"ü = \"ä\" ö", 9, "'ö' has no comparison"}));

TEST(FilterParserTest, TermsDepthAndLengthAreBounded) {
  FilterLimits limits;
  limits.max_terms = 3;
  limits.max_depth = 2;
  limits.max_bytes = 40;
  EXPECT_TRUE(ParseFilter("a=1 a=2 a=3", limits).ok());
  EXPECT_THAT(std::string(ParseFilter("a=1 a=2 a=3 a=4", limits).status().message()), HasSubstr("more than 3"));
  EXPECT_TRUE(ParseFilter("((a=1)) ((a=2))", limits).ok());
  EXPECT_THAT(std::string(ParseFilter("(((a=1)))", limits).status().message()), HasSubstr("2 deep"));
  EXPECT_THAT(std::string(ParseFilter("-(-(a=1))", limits).status().message()), HasSubstr("2 deep"));
  EXPECT_TRUE(ParseFilter("a=" + std::string(38, 'x'), limits).ok());
  EXPECT_THAT(std::string(ParseFilter("a=" + std::string(39, 'x'), limits).status().message()),
              HasSubstr("at most 40"));
}

TEST(FilterParserTest, TheDefaultDepthCannotExhaustTheStack) {
  EXPECT_FALSE(ParseFilter(std::string(1999, '(')).ok());
  std::string nots;
  for (int i = 0; i < 400; ++i) nots += "-(";
  EXPECT_FALSE(ParseFilter(nots).ok());
}

}  // namespace
}  // namespace communique::platform
