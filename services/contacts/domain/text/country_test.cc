// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/country.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace communique::contacts {
namespace {

using testing::HasSubstr;

TEST(CountryTest, KnowsIsoAndKosovo) {
  for (const char* code : {"CH", "DE", "CW", "EH", "PS", "SS", "TW", "VA", "XK"}) EXPECT_TRUE(IsCountry(code)) << code;
}

TEST(CountryTest, RefusesWhatIsNoCountry) {
  for (const char* code :
       {"", "D", "de", "DEU", "UK", "YU", "AN", "EU", "UN", "DG", "EA", "IC", "ZZ", "XX", "001", "C\0H", "Schweiz"}) {
    const auto problem = CheckCountry(code);
    ASSERT_TRUE(problem.has_value()) << code;
    EXPECT_EQ(problem->code, "COUNTRY_UNKNOWN");
  }
}

TEST(CountryTest, SaysWhatWouldBeRight) {
  EXPECT_EQ(CheckCountry("UK")->sentence, "\"UK\" is not a country; write \"GB\"");
  EXPECT_EQ(CheckCountry("de")->sentence, "\"de\" is not a country; write \"DE\"");
  EXPECT_EQ(CheckCountry("BU")->sentence, "\"BU\" is not a country; write \"MM\"");
  EXPECT_THAT(CheckCountry("Schweiz")->sentence, HasSubstr("ISO 3166-1, such as \"CH\""));
  EXPECT_THAT(CheckCountry("YU")->sentence, HasSubstr("such as"));
}

}  // namespace
}  // namespace communique::contacts
