// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/jcard_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/contacts/domain/exchange/card_contact.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using platform::ErrorMetadataValue;
using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr char kCard[] = R"(["vcard", [
  ["version", {}, "text", "4.0"],
  ["fn", {}, "text", "Milena Brkić"],
  ["n", {"language": "sr-latn"}, "text", ["Brkić", ["Milena", "Ana"], "", "Dr.", ""]],
  ["tel", {"type": ["work", "cell"], "pref": "1"}, "uri", "tel:+41-22-555-01-00;ext=5"],
  ["url", {"group": "item1"}, "uri", "https://example.org/a,b"],
  ["x-ablabel", {"group": "item1"}, "text", "@brkic"],
  ["nickname", {}, "text", "Mila", "Lena"]]])";

std::vector<Card> Read(std::string_view file, const ExchangeLimits& limits = {}) {
  auto cards = ReadJCards(file, limits);
  EXPECT_TRUE(cards.ok()) << cards.status();
  return cards.ok() ? *std::move(cards) : std::vector<Card>();
}

TEST(JCardReaderTest, ReadsOneCardAndSeveral) {
  EXPECT_THAT(Read(kCard), SizeIs(1));
  EXPECT_THAT(Read(std::string("[") + kCard + "," + kCard + "]"), SizeIs(2));
}

TEST(JCardReaderTest, ReadsThePropertiesThatVCardsHave) {
  const auto cards = Read(kCard);
  ASSERT_THAT(cards, SizeIs(1));
  EXPECT_THAT(cards[0].refusals, IsEmpty());
  const ImportCard read = ReadCardContact(cards[0], {"de"});
  ASSERT_EQ(read.contact.person_names_size(), 1);
  EXPECT_EQ(read.contact.person_names(0).display_name(), "Milena Brkić");
  EXPECT_EQ(read.contact.person_names(0).given_name(), "Milena Ana");
  EXPECT_EQ(read.contact.person_names(0).honorific(), "Dr.");
  EXPECT_EQ(read.contact.phones(0).number(), "+41-22-555-01-00 ext. 5");
  EXPECT_EQ(read.contact.phones(0).kind(), v1::PhoneNumber::KIND_MOBILE);
  EXPECT_EQ(read.contact.web_addresses(0).uri(), "https://example.org/a,b");
  EXPECT_EQ(read.contact.web_addresses(0).label(), "@brkic");
  ASSERT_THAT(read.findings, SizeIs(1));
  EXPECT_EQ(read.findings[0].field(), "NICKNAME");
}

TEST(JCardReaderTest, WhatIsNoFileOfCardsIsRefusedWhole) {
  for (const char* file : {"", "{", "{}", "1", "[]", "[\"vcard\", \"\xFF\"]", "\"vcard\""}) {
    const auto cards = ReadJCards(file, {});
    EXPECT_EQ(ReasonOf(cards.status()), Reason::ERROR_REASON_FILE_INVALID) << file;
  }
  EXPECT_EQ(ErrorMetadataValue(ReadJCards("[1, }", {}).status(), "place"), "byte 5");
  ExchangeLimits limits;
  limits.cards = 1;
  EXPECT_EQ(ReasonOf(ReadJCards(std::string("[") + kCard + "," + kCard + "]", limits).status()),
            Reason::ERROR_REASON_FILE_INVALID);
}

TEST(JCardReaderTest, ABadCardRefusesOnlyItself) {
  const auto cards = Read(std::string(R"([["vcard"], 1, ["vcard", [["version", {}, "text", "3.0"]]],
      ["vcard", [["version", {}, "text", "4.0"], ["fn", "text", "x"]]],
      ["vcard", [["version", {}, "text", "4.0"], ["Anna B.", {}, "text", "x"]]],
      ["vcard", [["version", {}, "text", "4.0"], ["tel", {"group": "+41"}, "text", "x"]]], )") +
                          kCard + "]");
  ASSERT_THAT(cards, SizeIs(7));
  for (std::size_t i = 0; i < 6; ++i) {
    ASSERT_THAT(cards[i].refusals, SizeIs(1)) << i;
    EXPECT_TRUE(cards[i].refusals[0].refused());
  }
  EXPECT_THAT(cards[2].refusals[0].message(), HasSubstr("must be 4.0"));
  EXPECT_THAT(cards[3].refusals[0].message(), HasSubstr("no property"));
  EXPECT_THAT(cards[6].refusals, IsEmpty());
}

TEST(JCardReaderTest, PartsThatAreTooLargeAreRefused) {
  ExchangeLimits limits;
  limits.line_bytes = 20;
  limits.photo_bytes = 6;
  const auto cards = Read(R"(["vcard", [["version", {}, "text", "4.0"],
      ["note", {}, "text", "123456789012345678901"], ["photo", {}, "uri", "AAAAAAAAAAAA"], ["key", {}, "uri", "AAAAAAAA"]]])",
                          limits);
  ASSERT_THAT(cards[0].refusals, SizeIs(2));
  EXPECT_EQ(cards[0].refusals[0].field(), "NOTE");
  EXPECT_EQ(cards[0].refusals[1].field(), "PHOTO");
}

TEST(JCardReaderTest, ACardOfTooManyPropertiesIsRefusedAndNotKept) {
  ExchangeLimits limits;
  limits.properties = 7;
  EXPECT_THAT(Read(kCard, limits)[0].refusals, IsEmpty());
  limits.properties = 6;
  const auto cards = Read(kCard, limits);
  ASSERT_THAT(cards[0].refusals, SizeIs(1));
  EXPECT_EQ(cards[0].refusals[0].message(), "the card has more than 6 properties (limits.exchange.properties)");
  EXPECT_THAT(cards[0].properties, IsEmpty());
}

TEST(JCardReaderTest, TooManyPropertiesInAllAreRefusedWhole) {
  ExchangeLimits limits;
  limits.values = 14;
  const std::string two = std::string(kCard) + "," + kCard;
  EXPECT_THAT(Read("[" + two + "]", limits), SizeIs(2));
  EXPECT_EQ(ErrorMetadataValue(ReadJCards("[" + two + "," + kCard + "]", limits).status(), "place"), "card 3");
}

TEST(JCardReaderTest, WhatIsDeeperThanACardIsNotKept) {
  const auto cards = Read(R"([["vcard", [["version", {}, "text", "4.0"], ["x-a", {}, "text", [["a", ["b"]], "c"]]]]])");
  ASSERT_THAT(cards[0].properties, SizeIs(2));
  EXPECT_THAT(cards[0].properties[1].components, ElementsAre(ElementsAre("a"), ElementsAre("c")));
}

TEST(JCardReaderTest, DeepNestingIsRefusedAndNotFollowed) {
  const std::string deep(500'000, '[');
  EXPECT_EQ(ReasonOf(ReadJCards(deep, {}).status()), Reason::ERROR_REASON_FILE_INVALID);
  EXPECT_THAT(Read(deep + std::string(500'000, ']'))[0].refusals, SizeIs(1));
}

}  // namespace
}  // namespace communique::contacts
