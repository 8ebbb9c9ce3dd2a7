// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/page_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "absl/strings/escaping.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr char kUid[] = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";

const PageScope kScope = {"ListDesks", "newsrooms/n", "open = true", "title", "staff"};

std::vector<OrderTerm> Order(std::string_view text) {
  static const OrderFields fields = {{"title", {"title", ColumnType::kText}}, {"seats", {"seats", ColumnType::kInt}}};
  const auto order = ParseOrderBy(text, fields);
  EXPECT_TRUE(order.ok()) << order.status();
  return *order;
}

TEST(PageTokenTest, ComesBackAsItWas) {
  const auto order = Order("title, seats desc");
  for (const std::vector<Value>& key :
       {std::vector<Value>{std::string("Grüße"), std::int64_t{-5}, std::string(kUid)},
        std::vector<Value>{std::string(), std::numeric_limits<std::int64_t>::min(), std::string(kUid)}}) {
    const std::string token = MakePageToken(kScope, key);
    EXPECT_EQ(token, MakePageToken(kScope, key));
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    const auto parsed = ParsePageToken(token, kScope, order);
    ASSERT_TRUE(parsed.ok()) << parsed.status();
    EXPECT_EQ(*parsed, key);
  }
}

TEST(PageTokenTest, IsRefusedInAnyOtherScope) {
  const auto order = Order("seats");
  const std::string token = MakePageToken(kScope, {std::int64_t{1}, std::string(kUid)});
  ASSERT_TRUE(ParsePageToken(token, kScope, order).ok());
  for (auto part :
       {&PageScope::method, &PageScope::parent, &PageScope::filter, &PageScope::order_by, &PageScope::audience}) {
    PageScope other = kScope;
    other.*part += "x";
    EXPECT_EQ(ReasonOf(ParsePageToken(token, other, order).status()), Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
  }
  PageScope shifted = kScope;
  shifted.method += "n";
  shifted.parent.erase(0, 1);
  EXPECT_FALSE(ParsePageToken(token, shifted, order).ok());
}

TEST(PageTokenTest, EveryForgedByteIsNoticedOrHarmless) {
  const auto order = Order("title");
  const std::vector<Value> key = {std::string("abc"), std::string(kUid)};
  const std::string token = MakePageToken(kScope, key);
  std::string bytes;
  ASSERT_TRUE(absl::WebSafeBase64Unescape(token, &bytes));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string forged = bytes;
      forged[i] = static_cast<char>(forged[i] ^ (1 << bit));
      const auto parsed = ParsePageToken(absl::WebSafeBase64Escape(forged), kScope, order);
      if (!parsed.ok()) continue;
      // What is taken has the right shape: a text and a UUID.
      EXPECT_EQ(parsed->size(), 2U);
      EXPECT_EQ(std::get<std::string>((*parsed)[1]).size(), 36U);
    }
    EXPECT_FALSE(ParsePageToken(absl::WebSafeBase64Escape(bytes.substr(0, i)), kScope, order).ok());
  }
  EXPECT_FALSE(ParsePageToken(absl::WebSafeBase64Escape(bytes + "x"), kScope, order).ok());
}

TEST(PageTokenTest, OtherTypesAndNonsenseAreRefused) {
  const std::string number = MakePageToken(kScope, {std::int64_t{1}, std::string(kUid)});
  EXPECT_FALSE(ParsePageToken(number, kScope, Order("title")).ok());
  const std::string no_uuid = MakePageToken(kScope, {std::int64_t{1}, std::string("x")});
  EXPECT_FALSE(ParsePageToken(no_uuid, kScope, Order("seats")).ok());
  const std::string zero = MakePageToken(kScope, {std::string("a\0b", 3), std::string(kUid)});
  EXPECT_FALSE(ParsePageToken(zero, kScope, Order("title")).ok());
  for (const char* nonsense : {"", "!", "AAAA", "ä", "=="}) {
    EXPECT_FALSE(ParsePageToken(nonsense, kScope, Order("title")).ok()) << nonsense;
  }
  EXPECT_FALSE(ParsePageToken(number + "=", kScope, Order("seats")).ok());
  EXPECT_FALSE(ParsePageToken(std::string(100'000, 'A'), kScope, Order("seats")).ok());
}

// Revisions are listed by their number, editions by their name.
TEST(PageTokenTest, AnOrderNeedNotEndInAUid) {
  const std::vector<OrderTerm> by_number = {{"number", ColumnType::kInt, true}};
  const std::string token = MakePageToken(kScope, {std::int64_t{7}});
  const auto number = ParsePageToken(token, kScope, by_number);
  ASSERT_TRUE(number.ok()) << number.status();
  EXPECT_EQ(std::get<std::int64_t>(number->front()), 7);

  const std::vector<OrderTerm> by_name = {{"publish_us", ColumnType::kInt, true}, {"name", ColumnType::kText, false}};
  const std::vector<Value> key = {std::int64_t{5}, std::string("newsrooms/n/releases/r/editions/de")};
  const auto name = ParsePageToken(MakePageToken(kScope, key), kScope, by_name);
  ASSERT_TRUE(name.ok()) << name.status();
  EXPECT_EQ(*name, key);
  EXPECT_FALSE(ParsePageToken(token, kScope, by_name).ok());
}

TEST(PageTokenTest, TheConditionFollowsTheOrder) {
  SqlParams same;
  EXPECT_EQ(AfterKeyToSql(Order("title"), {std::string("a"), std::string(kUid)}, same),
            "(t.title, t.uid) > (:p0, :p1)");
  SqlParams down;
  EXPECT_EQ(AfterKeyToSql(Order("seats desc"), {std::int64_t{1}, std::string(kUid)}, down),
            "(t.seats, t.uid) < (:p0, :p1)");
  SqlParams mixed;
  EXPECT_EQ(AfterKeyToSql(Order("title, seats desc"), {std::string("a"), std::int64_t{1}, std::string(kUid)}, mixed),
            "(t.title > :p2 OR (t.title = :p2 AND (t.seats < :p1 OR (t.seats = :p1 AND t.uid < :p0))))");
}

TEST(OrderByTest, EndsInUidAndSaysWhatIsWrong) {
  EXPECT_EQ(OrderToSql(Order("title")), "t.title ASC, t.uid ASC");
  EXPECT_EQ(OrderToSql(Order(" seats  desc ,title asc")), "t.seats DESC, t.title ASC, t.uid ASC");
  const OrderFields fields = {{"title", {"title", ColumnType::kText}}};
  for (const char* bad :
       {"", ",", "title,", "title desc desc", "title DESC", "secret", "title, title desc", "title;"}) {
    const auto order = ParseOrderBy(bad, fields);
    ASSERT_FALSE(order.ok()) << bad;
    EXPECT_THAT(std::string(order.status().message()), testing::StartsWith("order_by: ")) << bad;
  }
  EXPECT_FALSE(ParseOrderBy(std::string(600, ' '), fields).ok());
}

}  // namespace
}  // namespace communique::platform
