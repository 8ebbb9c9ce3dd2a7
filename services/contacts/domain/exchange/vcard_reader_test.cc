// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/vcard_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

// Files of vCards as they should not be: each card that cannot be used refuses itself, says in which line it is wrong,
// and the others are read.
namespace communique::contacts {
namespace {

using platform::ErrorMetadataValue;
using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<Card> Read(std::string_view file, const ExchangeLimits& limits = {}) {
  auto cards = ReadVCards(file, limits);
  EXPECT_TRUE(cards.ok()) << cards.status();
  return cards.ok() ? *std::move(cards) : std::vector<Card>();
}

std::string CardWith(std::string_view lines, std::string_view version = "4.0") {
  return absl::StrCat("BEGIN:VCARD\r\nVERSION:", std::string(version), "\r\n", std::string(lines), "END:VCARD\r\n");
}

const std::string kGood = CardWith("FN:Milena\r\n");

// The only reason why the card is refused: "3 NOTE: …".
std::string RefusalOf(const Card& card) {
  EXPECT_THAT(card.refusals, SizeIs(1));
  if (card.refusals.empty()) return {};
  EXPECT_TRUE(card.refusals[0].refused());
  return absl::StrCat(card.refusals[0].line(), " ", card.refusals[0].field(), ": ", card.refusals[0].message());
}

TEST(VCardReaderTest, ReadsEachCardInTheVersionThatItSays) {
  const auto cards = Read(kGood + CardWith("FN:a\\nb\r\n", "3.0") + CardWith("FN:a\\nb\r\n", "2.1"));
  ASSERT_THAT(cards, SizeIs(3));
  EXPECT_EQ(cards[0].version, "4.0");
  EXPECT_EQ(cards[1].properties[1].Text(), "a\nb");
  EXPECT_EQ(cards[2].properties[1].Text(), "a\\nb");
  EXPECT_EQ(cards[1].line, 5);
  for (const Card& card : cards) EXPECT_THAT(card.refusals, IsEmpty());
}

TEST(VCardReaderTest, ReadsAByteOrderMarkAndAnyCase) {
  const auto cards = Read(
      "\xEF\xBB\xBF"
      "begin:vcard\nversion:3.0\nfn:Milena\nend:vcard\n");
  ASSERT_THAT(cards, SizeIs(1));
  EXPECT_THAT(cards[0].refusals, IsEmpty());
}

TEST(VCardReaderTest, AFileWithoutACardIsRefusedWhole) {
  for (const char* file : {"", "\r\n\r\n", "FN:Milena\r\n", "hello"}) {
    const auto cards = ReadVCards(file, {});
    EXPECT_EQ(ReasonOf(cards.status()), Reason::ERROR_REASON_FILE_INVALID) << file;
    EXPECT_THAT(std::string(cards.status().message()), HasSubstr("content: "));
  }
  EXPECT_EQ(ErrorMetadataValue(ReadVCards("\r\nFN:Milena\r\n", {}).status(), "place"), "card 1, line 2");
}

TEST(VCardReaderTest, WhatStandsOutsideOfCardsCountsAsACard) {
  const auto cards = Read(absl::StrCat("hello\r\nFN:x\r\n", kGood, "END:VCARD\r\n", kGood));
  ASSERT_THAT(cards, SizeIs(4));
  EXPECT_THAT(RefusalOf(cards[0]), HasSubstr("1 BEGIN: stands outside of a card"));
  EXPECT_THAT(cards[1].refusals, IsEmpty());
  EXPECT_THAT(RefusalOf(cards[2]), HasSubstr("7 BEGIN: END:VCARD stands without"));
  EXPECT_THAT(cards[3].refusals, IsEmpty());
}

TEST(VCardReaderTest, ACardWithoutAnEndIsRefused) {
  const auto cards =
      Read(absl::StrCat("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\n", kGood, "BEGIN:VCARD\r\nVERSION:4.0\r\n"));
  ASSERT_THAT(cards, SizeIs(3));
  EXPECT_THAT(RefusalOf(cards[0]), HasSubstr("4 END: another card begins"));
  EXPECT_THAT(cards[1].refusals, IsEmpty());
  EXPECT_THAT(RefusalOf(cards[2]), HasSubstr("8 END: has no END:VCARD"));
}

TEST(VCardReaderTest, AnUnknownVersionOrNoneIsRefused) {
  const auto cards = Read(CardWith("FN:x\r\n", "5.0") + "BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n" + kGood);
  ASSERT_THAT(cards, SizeIs(3));
  EXPECT_THAT(RefusalOf(cards[0]), HasSubstr("2 VERSION: is not a version that can be read"));
  EXPECT_THAT(RefusalOf(cards[1]), HasSubstr("5 VERSION: has no VERSION"));
  EXPECT_THAT(cards[2].refusals, IsEmpty());
}

TEST(VCardReaderTest, WhatIsNotUtf8IsRefused) {
  const auto cards = Read(CardWith("FN:M\xFCller\r\n") + CardWith("FN;CHARSET=ISO-8859-1:M\xFCller\r\n", "2.1") +
                          CardWith("FN;CHARSET=X-KLINGON:x\r\n", "2.1") + CardWith("FN;X=\xFF:x\r\n") +
                          CardWith("NOTE;ENCODING=BASE64:!!\r\n", "2.1"));
  ASSERT_THAT(cards, SizeIs(5));
  EXPECT_THAT(RefusalOf(cards[0]), HasSubstr("3 FN: is not UTF-8"));
  EXPECT_EQ(cards[1].properties[1].Text(), "Müller");
  EXPECT_THAT(RefusalOf(cards[2]), HasSubstr("FN: is not in the CHARSET"));
  EXPECT_THAT(RefusalOf(cards[3]), HasSubstr("FN: has a parameter that is not UTF-8"));
  EXPECT_THAT(RefusalOf(cards[4]), HasSubstr("NOTE: is not the base64"));
}

TEST(VCardReaderTest, QuotedPrintableOf21IsRead) {
  const auto cards =
      Read(CardWith("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrg\r\n"
                    "NOTE;QUOTED-PRINTABLE:one=0D=0A=\r\ntwo\r\n",
                    "2.1"));
  ASSERT_THAT(cards, SizeIs(1));
  EXPECT_EQ(cards[0].properties[1].Component(0), "Müller");
  EXPECT_EQ(cards[0].properties[1].Component(1), "Jürg");
  EXPECT_EQ(cards[0].properties[2].Text(), "one\r\ntwo");
}

TEST(VCardReaderTest, ALineOfMoreThanAMebibyteIsRefused) {
  const std::string long_note = "NOTE:" + std::string(1024 * 1024, 'x') + "\r\n";
  const auto cards = Read(CardWith("FN:x\r\n" + long_note) + kGood);
  ASSERT_THAT(cards, SizeIs(2));
  EXPECT_THAT(RefusalOf(cards[0]), HasSubstr("4 NOTE: the line has more than 1048576 bytes"));
  EXPECT_THAT(cards[1].refusals, IsEmpty());
  const std::string just_fits = "NOTE:" + std::string(1024 * 1024 - 5, 'x') + "\r\n";
  EXPECT_THAT(Read(CardWith(just_fits))[0].refusals, IsEmpty());
}

TEST(VCardReaderTest, MoreThanTenThousandCardsAreRefusedWhole) {
  std::string file;
  for (int i = 0; i < 10'000; ++i) file += kGood;
  EXPECT_THAT(Read(file), SizeIs(10'000));
  const auto cards = ReadVCards(file + kGood, {});
  EXPECT_EQ(ReasonOf(cards.status()), Reason::ERROR_REASON_FILE_INVALID);
  EXPECT_EQ(ErrorMetadataValue(cards.status(), "place"), "line 40001");
  EXPECT_THAT(std::string(cards.status().message()), HasSubstr("at most 10000"));
}

TEST(VCardReaderTest, APictureOfMoreThanAMebibyteIsRefused) {
  const auto picture = [](std::size_t bytes) {
    std::string line = "PHOTO;ENCODING=b;TYPE=JPEG:";
    for (std::size_t i = 0; i < (bytes + 2) / 3; ++i) {
      line += "AAAA";
      if (i % 18 == 17) line += "\r\n ";
    }
    return line + "\r\n";
  };
  const auto cards =
      Read(CardWith("FN:x\r\n" + picture(1024 * 1024 + 3)) + CardWith("FN:x\r\n" + picture(1024 * 1024 - 1)) +
           CardWith("FN:x\r\nLOGO:data:image/png;base64," + std::string(1'500'000, 'A') + "\r\n"));
  ASSERT_THAT(cards, SizeIs(3));
  EXPECT_THAT(RefusalOf(cards[0]), HasSubstr("4 PHOTO: holds more than 1048576 bytes"));
  EXPECT_THAT(cards[1].refusals, IsEmpty());
  EXPECT_THAT(RefusalOf(cards[2]), HasSubstr("LOGO: holds more than"));
}

TEST(VCardReaderTest, CardsInCardsArePassedOverUpToADepth) {
  std::string nested = "FN:boss\r\n";
  for (int depth = 0; depth < 3; ++depth) nested = "AGENT:\r\n" + CardWith(nested, "2.1");
  const auto cards = Read(CardWith("FN:x\r\n" + nested + "NOTE:y\r\n", "2.1") +
                          CardWith("AGENT:\r\n" + CardWith(nested, "2.1"), "2.1"));
  ASSERT_THAT(cards, SizeIs(2));
  EXPECT_THAT(cards[0].refusals, IsEmpty());
  EXPECT_EQ(cards[0].properties.back().Text(), "y");
  EXPECT_THAT(RefusalOf(cards[1]), HasSubstr("AGENT: holds cards in cards, more than 3 deep"));
}

TEST(VCardReaderTest, CardsInATextAreCountedAsWell) {
  std::string agent = "AGENT:";
  for (int depth = 0; depth < 4; ++depth) agent += "BEGIN:VCARD\\nAGENT:";
  const auto cards = Read(CardWith(agent + "\r\n", "3.0"));
  EXPECT_THAT(RefusalOf(cards[0]), HasSubstr("AGENT: holds cards in cards"));
}

TEST(VCardReaderTest, ACardOfTooManyPropertiesIsRefusedAndNotKept) {
  ExchangeLimits limits;
  limits.properties = 5;
  const auto cards =
      Read(CardWith("A:1\r\nA:1\r\nA:1\r\nA:1\r\n") + CardWith("A:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\nA:1\r\n"), limits);
  ASSERT_THAT(cards, SizeIs(2));
  EXPECT_THAT(cards[0].refusals, IsEmpty());
  EXPECT_EQ(RefusalOf(cards[1]), "14 : the card has more than 5 properties (limits.exchange.properties)");
  std::string many;
  for (int i = 0; i < 300'000; ++i) many += "a.URL:x\r\nA\r\n";
  const auto large = Read(CardWith(many));
  ASSERT_THAT(large, SizeIs(1));
  EXPECT_LE(large[0].properties.size(), 1000U);
  EXPECT_LE(large[0].refusals.size(), 1000U);
}

TEST(VCardReaderTest, TooManyPropertiesInAllAreRefusedWhole) {
  ExchangeLimits limits;
  limits.values = 4;
  EXPECT_THAT(Read(kGood + kGood, limits), SizeIs(2));
  const auto cards = ReadVCards(kGood + kGood + kGood, limits);
  EXPECT_EQ(ReasonOf(cards.status()), Reason::ERROR_REASON_FILE_INVALID);
  EXPECT_EQ(ErrorMetadataValue(cards.status(), "place"), "line 10");
  EXPECT_THAT(std::string(cards.status().message()), HasSubstr("limits.exchange.values"));
}

TEST(VCardReaderTest, ALineThatIsNoneIsRefused) {
  const auto cards = Read(CardWith("FN:x\r\nhello\r\n") + CardWith("NOTE;X=\"open:x\r\n"));
  EXPECT_THAT(RefusalOf(cards[0]), HasSubstr("4 : is no line of a card"));
  EXPECT_THAT(RefusalOf(cards[1]), HasSubstr("8 : is no line of a card"));
}

}  // namespace
}  // namespace communique::contacts
