// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/printed_values.h"

#include <gtest/gtest.h>

#include <string>

namespace communique::contacts {
namespace {

using Printing = v1::ContactPrinting;

class PrintedValuesTest : public testing::Test {
 protected:
  PrintedValuesTest() {
    contact_.set_visibility(v1::VISIBILITY_PUBLIC);
    AddEmail("press@example.org", v1::VISIBILITY_PUBLIC);
    AddEmail("milena@example.org", v1::VISIBILITY_INTERNAL);
    AddPhone("022 717 91 11", "CH", "+41227179111", v1::VISIBILITY_PUBLIC);
    AddPhone("+41 79 555 01 00", "", "+41795550100", v1::VISIBILITY_MEDIA_ONLY);
  }
  void AddEmail(const std::string& address, v1::Visibility visibility) {
    auto& email = *contact_.add_emails();
    email.set_address(address);
    email.set_visibility(visibility);
  }
  void AddPhone(const std::string& number, const std::string& region, const std::string& e164,
                v1::Visibility visibility, const std::string& extension = "") {
    auto& phone = *contact_.add_phones();
    phone.set_number(number);
    phone.set_region(region);
    phone.set_e164(e164);
    phone.set_extension(extension);
    phone.set_visibility(visibility);
  }
  Printing::Standing Of(const std::string& value) const { return StandingOf(value, contact_, {}); }

  v1::Contact contact_;
};

TEST_F(PrintedValuesTest, WhatIsPublicMayBePrintedHoweverItIsWritten) {
  for (const char* value : {"press@example.org", "Press@Example.org", "press@EXAMPLE.ORG", "+41 22 717 91 11",
                            "+41 (0)22 717 91 11", "022/717 91 11"}) {
    EXPECT_EQ(Of(value), Printing::STANDING_PUBLIC) << value;
  }
}

TEST_F(PrintedValuesTest, WhatIsForFewerIsWithheld) {
  for (const char* value : {"milena@example.org", "Milena@example.org", "+41795550100", "079 555 01 00"}) {
    EXPECT_EQ(Of(value), Printing::STANDING_WITHHELD) << value;
  }
  contact_.set_visibility(v1::VISIBILITY_MEDIA_ONLY);
  EXPECT_EQ(Of("press@example.org"), Printing::STANDING_WITHHELD) << "never more widely than the contact";
}

TEST_F(PrintedValuesTest, WebAddressesAreTheSameHoweverTheyBegin) {
  auto& site = *contact_.add_web_addresses();
  site.set_uri("https://www.example.org/press/");
  site.set_visibility(v1::VISIBILITY_PUBLIC);
  auto& handle = *contact_.add_web_addresses();
  handle.set_uri("https://social.example.org/@milena");
  handle.set_label("@milena");
  handle.set_visibility(v1::VISIBILITY_INTERNAL);
  EXPECT_EQ(Of("https://www.example.org/press/"), Printing::STANDING_PUBLIC);
  EXPECT_EQ(Of("www.example.org/press"), Printing::STANDING_PUBLIC);
  EXPECT_EQ(Of("@milena"), Printing::STANDING_WITHHELD);
  EXPECT_EQ(Of("https://social.example.org/@milena"), Printing::STANDING_WITHHELD);
  EXPECT_EQ(Of("https://example.com"), Printing::STANDING_UNKNOWN);
}

TEST_F(PrintedValuesTest, NobodyVouchesForTheRest) {
  for (const char* value : {"press@example.com", "other@example.org", "+41 22 717 91 12", "", "no address"}) {
    EXPECT_EQ(Of(value), Printing::STANDING_UNKNOWN) << value;
  }
}

TEST_F(PrintedValuesTest, ExactlyTheSameGoesBeforeAlike) {
  AddEmail("milena+press@example.org", v1::VISIBILITY_PUBLIC);
  EXPECT_EQ(Of("milena+press@example.org"), Printing::STANDING_PUBLIC);
  EXPECT_EQ(Of("milena@example.org"), Printing::STANDING_WITHHELD);
  EXPECT_EQ(Of("milena+else@example.org"), Printing::STANDING_WITHHELD) << "alike to both: the more careful";
  AddPhone("+41 22 717 91 11 ext. 12", "", "+41227179111", v1::VISIBILITY_INTERNAL, "12");
  EXPECT_EQ(Of("+41 22 717 91 11"), Printing::STANDING_PUBLIC);
  EXPECT_EQ(Of("+41 22 717 91 11 ext. 12"), Printing::STANDING_WITHHELD);
}

}  // namespace
}  // namespace communique::contacts
