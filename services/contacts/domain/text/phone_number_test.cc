// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/phone_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Written {
  const char* raw;
  const char* region;
  const char* e164;
  const char* extension;
  const char* country;
};

TEST(PhoneNumberTest, ReadsWhatPeopleWrite) {
  constexpr Written kRows[] = {
      {"+41 22 717 91 11", "", "+41227179111", "", "CH"},
      {"+41 (0)22 717 91 11", "", "+41227179111", "", "CH"},
      {"+41 (0) 22 717-91-11", "", "+41227179111", "", "CH"},
      {"022 717 91 11", "CH", "+41227179111", "", "CH"},
      {"0041 22 717 91 11", "CH", "+41227179111", "", "CH"},
      {"tel:+41-22-717-91-11", "", "+41227179111", "", "CH"},
      {"+41.22.717.91.11", "", "+41227179111", "", "CH"},
      {"+41\u00A022\u202F717 91 11", "", "+41227179111", "", "CH"},
      {"+41 22 717\u201191\u201311", "", "+41227179111", "", "CH"},
      {"+٤١ ٢٢ ٧١٧ ٩١ ١١", "", "+41227179111", "", "CH"},
      {"＋４１ ２２ ７１７ ９１ １１", "", "+41227179111", "", "CH"},
      {"(030) 204550", "DE", "+4930204550", "", "DE"},
      {"030/204550", "DE", "+4930204550", "", "DE"},
      {"030 / 20 45 50", "DE", "+4930204550", "", "DE"},
      {"+49 30 20455-0", "", "+4930204550", "", "DE"},
      {"03－1234－5678", "JP", "+81312345678", "", "JP"},
      {"06 1234567", "IT", "+39061234567", "", "IT"},  // the zero stays
      {"(202) 555-0143", "US", "+12025550143", "", "US"},
      {"+383 38 249 040", "", "+38338249040", "", "XK"},
      {"+800 1234 5678", "", "+80012345678", "", "001"},
      {"+870 773 111 632", "", "+870773111632", "", "001"},
      {"+41 22 717 91 11 ext. 12", "", "+41227179111", "12", "CH"},
      {"+41 22 717 91 11 x12", "", "+41227179111", "12", "CH"},
      {"+41 22 717 91 11;ext=12", "", "+41227179111", "12", "CH"},
      {"+41 22 717 91 11 #12", "", "+41227179111", "12", "CH"},
      {"+41227179111,12", "", "+41227179111", "12", "CH"},
      {"+41 22 717 91 11 Durchwahl 12", "", "+41227179111", "12", "CH"},
      {"+41 22 717 91 11 (poste 12)", "", "+41227179111", "12", "CH"},
      {"+41 22 717 91 11 доб. 12", "", "+41227179111", "12", "CH"},
  };
  for (const Written& row : kRows) {
    const auto number = ParsePhoneNumber(row.raw, row.region);
    ASSERT_TRUE(number.ok()) << row.raw << " " << number.problem().code;
    EXPECT_EQ(number->raw, row.raw);
    EXPECT_EQ(number->e164, row.e164) << row.raw;
    EXPECT_EQ(number->extension, row.extension) << row.raw;
    EXPECT_EQ(number->region, row.country) << row.raw;
    EXPECT_THAT(number->warnings, IsEmpty()) << row.raw << " " << number->warnings.front().code;
  }
}

struct Refused {
  std::string raw;
  const char* region;
  const char* code;
  std::size_t position;
};

TEST(PhoneNumberTest, RefusesWhatIsNoNumber) {
  const Refused rows[] = {
      {"", "CH", "PHONE_EMPTY", 0},
      {"   ", "CH", "PHONE_NO_DIGITS", 0},
      {"CALL ME", "US", "PHONE_NO_DIGITS", 0},
      {"+", "CH", "PHONE_NO_DIGITS", 0},
      {"022 717 91 11", "", "PHONE_NO_REGION", 0},
      {"022 717 91 11", "XX", "PHONE_NO_REGION", 0},
      {"0041 22 717 91 11", "", "PHONE_NO_REGION", 1},
      {"+999 123456", "", "PHONE_COUNTRY_CODE", 1},
      {"+0 123 456", "", "PHONE_COUNTRY_CODE", 1},
      {"+41 22 717 91 11 / 12", "", "PHONE_SEVERAL", 18},
      {"+41 22 717 91 11/12", "", "PHONE_SEVERAL", 17},
      {"+41 22 717 91 11 / +41 22 717 91 12", "", "PHONE_SEVERAL", 20},
      {"+41 22 717 91 11, 022 717 91 12", "", "PHONE_SEVERAL", 17},
      {"+41 22 717 91 11, 12", "", "PHONE_SEVERAL", 17},
      {"+41 22 717 91 11 or 12", "", "PHONE_SEVERAL", 18},
      {"022 717 91 11 oder 079 123 45 67", "CH", "PHONE_SEVERAL", 15},
      {"+49 30 204550 / 204551", "", "PHONE_SEVERAL", 15},  // 14 digits in all, which would be possible
      {"+41 22 717 91 11 ext. 12 / +41 22 717 91 12", "", "PHONE_EXTENSION", 18},
      {"00+41 22", "", "PHONE_CHARACTER", 3},
      {"+41 22 717 91 11 ext. Anna 1", "", "PHONE_EXTENSION", 18},
      {"+41 22 717 91 11 ext. 12345678901", "", "PHONE_EXTENSION", 18},
      {"+41 22 717 91 11 (Büro)", "", "PHONE_LETTERS", 19},
      {"+49 30 204550 Buero", "", "PHONE_LETTERS", 15},  // would be read as 28376 and be possible
      {"+41 22 717 91 11 <b>", "", "PHONE_CHARACTER", 18},
      {"*31#0227179111", "CH", "PHONE_CHARACTER", 1},
      {"+41 22 717 91 11\n", "", "PHONE_CONTROL", 17},
      {"+41\t22 717 91 11", "", "PHONE_CONTROL", 4},
      {"\u202A+41 22 717 91 11\u202C", "", "PHONE_INVISIBLE", 1},  // as some address books export
      {"+41 22\xff 717 91 11", "", "PHONE_CHARACTER", 7},
      {"112", "DE", "PHONE_EMERGENCY", 0},
      {"+49 112", "", "PHONE_EMERGENCY", 0},
      {"117", "CH", "PHONE_EMERGENCY", 0},
      {"911", "US", "PHONE_EMERGENCY", 0},
      {"+1 911", "", "PHONE_EMERGENCY", 0},
      {"115", "DE", "PHONE_SHORT_CODE", 0},
      {"116117", "DE", "PHONE_SHORT_CODE", 0},
      {"00041 22 71", "DE", "PHONE_PREFIX", 1},
      {"+41 1", "", "PHONE_TOO_SHORT", 0},
      {"+41 22 717 91", "", "PHONE_TOO_SHORT", 0},
      {"+41", "", "PHONE_TOO_SHORT", 0},
      {"0", "DE", "PHONE_TOO_SHORT", 0},
      {"555-0143", "US", "PHONE_NO_AREA_CODE", 0},
      {"+41 22 717 91 11 22 22", "", "PHONE_TOO_LONG", 0},
      {"+1234567890123456789", "", "PHONE_TOO_LONG", 0},
      {"+49 30 1234 5678 9012 345", "", "PHONE_TOO_LONG", 0},
      {"0041 22 717 91 11", "US", "PHONE_TOO_LONG", 0},
      {std::string(101, '1'), "", "PHONE_TOO_LONG", 101},
      {std::string(100000, '1'), "", "PHONE_TOO_LONG", 101},
  };
  for (const Refused& row : rows) {
    const auto number = ParsePhoneNumber(row.raw, row.region);
    ASSERT_FALSE(number.ok()) << row.raw << " " << number->e164;
    EXPECT_EQ(number.problem().code, row.code) << row.raw;
    EXPECT_EQ(number.problem().position, row.position) << row.raw;
    EXPECT_FALSE(number.problem().sentence.empty());
  }
}

std::vector<std::string> Warnings(const char* raw, const char* region) {
  std::vector<std::string> codes;
  const auto number = ParsePhoneNumber(raw, region);
  if (!number.ok()) return {"refused", std::string(number.problem().code)};
  for (const Problem& warning : number->warnings) codes.emplace_back(warning.code);
  return codes;
}

TEST(PhoneNumberTest, WarnsOfWhatMayBeRight) {
  EXPECT_THAT(Warnings("+49 12345", ""), ElementsAre("PHONE_UNKNOWN_BLOCK"));
  EXPECT_THAT(Warnings("+49 911 123456789012", ""), ElementsAre("PHONE_LONG"));
  EXPECT_THAT(Warnings("Tel. +41 22 717 91 11", ""), ElementsAre("PHONE_WORDS"));
  EXPECT_THAT(Warnings("Büro: 022 717 91 11", "CH"), ElementsAre("PHONE_WORDS"));
  EXPECT_THAT(Warnings("1-800-FLOWERS", "US"), ElementsAre("PHONE_VANITY"));
  EXPECT_EQ(ParsePhoneNumber("Tel. +41 22 717 91 11", "")->e164, "+41227179111");
  EXPECT_EQ(ParsePhoneNumber("1-800-FLOWERS", "US")->e164, "+18003569377");
}

TEST(PhoneNumberTest, SaysWhatWouldBeRight) {
  EXPECT_THAT(ParsePhoneNumber("022 717 91 11", "").problem().sentence, HasSubstr("+41 22 717 91 11"));
  EXPECT_THAT(ParsePhoneNumber("0041 22 717 91 11", "").problem().sentence, HasSubstr("\"+\" instead"));
  EXPECT_THAT(ParsePhoneNumber("022 717 91 11", "AQ").problem().sentence, HasSubstr("\"AQ\""));
  EXPECT_THAT(ParsePhoneNumber("116117", "DE").problem().sentence, HasSubstr("callers in DE"));
}

}  // namespace
}  // namespace communique::contacts
