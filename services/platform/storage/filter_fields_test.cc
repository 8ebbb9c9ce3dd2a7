// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/filter_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "desk.pb.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

using testing::HasSubstr;

const FilterFields& Fields() {
  static const FilterFields fields = {
      {"title", FilterField::Text("title")},
      {"folded",
       FilterField::Text("folded_title", [](std::string_view text) { return absl::AsciiStrToLower(ToAbsl(text)); })},
      {"seats", FilterField::Int("seats")},
      {"create_time", FilterField::Timestamp("create_us")},
      {"kind", FilterField::Enum("kind", testdata::Desk::Kind_descriptor())},
      {"open", FilterField::Bool("open")},
      {"topics", FilterField::RepeatedText("desk_topics")},
      {"busy", FilterField::Computed([](const FilterRestriction& restriction, SqlParams& params) {
         return absl::StrCat("t.seats < ", params.Add(std::int64_t{restriction.value == "yes" ? 1 : 9}));
       })},
  };
  return fields;
}

// The SQL with its parameters' values put in.
std::string Compiled(std::string_view filter) {
  SqlParams params;
  const auto sql = FilterToSql(filter, Fields(), params);
  if (!sql.ok()) return absl::StrCat("error: ", sql.status().message());
  std::string shown = *sql;
  for (const Param& param : params.params()) {
    const std::string name = ":" + param.name;
    const auto* number = std::get_if<std::int64_t>(&param.value);
    shown.replace(
        shown.find(name), name.size(),
        number != nullptr ? absl::StrCat(*number) : absl::StrCat("'", std::get<std::string>(param.value), "'"));
  }
  return shown;
}

TEST(FilterFieldsTest, NothingForNothing) { EXPECT_EQ(Compiled("  "), ""); }

TEST(FilterFieldsTest, ValuesAreNeverPartOfTheSql) {
  SqlParams params;
  const auto sql = FilterToSql(R"(title = "'; DROP TABLE desks; --")", Fields(), params);
  ASSERT_TRUE(sql.ok());
  EXPECT_EQ(*sql, "(t.title = :p0)");
}

TEST(FilterFieldsTest, JoinsAndNegates) {
  EXPECT_EQ(Compiled("seats = 1 AND -seats = 2 OR seats > 3"),
            "((t.seats = 1 AND (NOT (t.seats = 2) OR t.seats > 3)))");
}

TEST(FilterFieldsTest, Text) {
  EXPECT_EQ(Compiled("title = abc"), "(t.title = 'abc')");
  EXPECT_EQ(Compiled("title != abc"), "(t.title <> 'abc')");
  EXPECT_EQ(Compiled("title:abc"), "(t.title = 'abc')");
  EXPECT_EQ(Compiled("title >= \"a b\""), "(t.title >= 'a b')");
  EXPECT_EQ(Compiled("title:*"), "(t.title <> '')");
  EXPECT_EQ(Compiled("title = \"ab*\""), "((t.title >= 'ab' AND t.title < 'ab\xF4\x8F\xBF\xBF'))");
  EXPECT_EQ(Compiled("title != ab*"), "(NOT (t.title >= 'ab' AND t.title < 'ab\xF4\x8F\xBF\xBF'))");
  EXPECT_EQ(Compiled("folded = ABC"), "(t.folded_title = 'abc')");
  EXPECT_THAT(Compiled("title = \"*b\""), HasSubstr("position 9: '*' can only stand at the end"));
  EXPECT_THAT(Compiled("title = \"a\xff\""), HasSubstr("UTF-8"));
  EXPECT_THAT(Compiled(std::string("title = \"a\0\"", 12)), HasSubstr("UTF-8"));
}

TEST(FilterFieldsTest, Int) {
  EXPECT_EQ(Compiled("seats <= -7"), "(t.seats <= -7)");
  EXPECT_THAT(Compiled("seats = many"), HasSubstr("position 9: 'many' is no value for seats, which is a whole number"));
  EXPECT_THAT(Compiled("seats = 99999999999999999999"), HasSubstr("a whole number"));
}

TEST(FilterFieldsTest, Timestamp) {
  EXPECT_EQ(Compiled("create_time < \"1970-01-01T00:00:01.5Z\""), "((t.create_us < 1500000 AND t.create_us <> 0))");
  EXPECT_EQ(Compiled("create_time != \"1970-01-01T01:00:01+01:00\""), "(t.create_us <> 1000000)");
  EXPECT_EQ(Compiled("-create_time:*"), "(NOT (t.create_us <> 0))");
  EXPECT_THAT(Compiled("create_time > \"yesterday\""), HasSubstr("2026-01-31T12:00:00Z"));
  EXPECT_THAT(Compiled("create_time > \"infinite-past\""), HasSubstr("2026-01-31T12:00:00Z"));
}

TEST(FilterFieldsTest, Enum) {
  EXPECT_EQ(Compiled("kind = KIND_DUTY"), "(t.kind = 2)");
  EXPECT_EQ(Compiled("kind != DUTY"), "(t.kind <> 2)");
  EXPECT_THAT(Compiled("kind = duty"), HasSubstr("KIND_UNSPECIFIED, KIND_PRESS, KIND_DUTY"));
  EXPECT_THAT(Compiled("kind > DUTY"), HasSubstr("position 1: kind cannot be compared by '>'"));
}

TEST(FilterFieldsTest, Bool) {
  EXPECT_EQ(Compiled("open = true AND open != false"), "((t.open = 1 AND t.open <> 0))");
  EXPECT_THAT(Compiled("open = 1"), HasSubstr("true or false"));
  EXPECT_THAT(Compiled("open < true"), HasSubstr("cannot be compared"));
}

TEST(FilterFieldsTest, RepeatedText) {
  EXPECT_EQ(
      Compiled("topics:climate"),
      "(EXISTS (SELECT 1 FROM desk_topics c WHERE c.newsroom_uid = t.newsroom_uid AND c.uid = t.uid AND c.value = "
      "'climate'))");
  EXPECT_THAT(Compiled("-topics:*"), HasSubstr("NOT (EXISTS"));
  EXPECT_THAT(Compiled("topics = climate"), HasSubstr("topics cannot be compared by '='; it takes ':'"));
}

TEST(FilterFieldsTest, Computed) { EXPECT_EQ(Compiled("busy = yes"), "(t.seats < 1)"); }

TEST(FilterFieldsTest, AnUnknownFieldNamesTheKnownOnes) {
  SqlParams params;
  const auto sql = FilterToSql("seats = 1 AND secret = 2", Fields(), params);
  EXPECT_EQ(ReasonOf(sql.status()), Reason::ERROR_REASON_FILTER_INVALID);
  EXPECT_EQ(ErrorMetadataValue(sql.status(), "position"), "15");
  EXPECT_THAT(std::string(sql.status().message()), HasSubstr("busy, create_time, folded, kind, open, seats"));
}

}  // namespace
}  // namespace communique::platform
