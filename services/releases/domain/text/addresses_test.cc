// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/addresses.h"

#include <gtest/gtest.h>

#include <string>

namespace communique::releases {
namespace {

std::string Find(const std::string& text) {
  std::string result;
  for (const Address& address : FindAddresses(text)) {
    if (!result.empty()) result += ";";
    result += address.kind == Address::Kind::kEmail ? "E=" : address.kind == Address::Kind::kUrl ? "U=" : "P=";
    result += text.substr(address.begin, address.end - address.begin);
  }
  return result;
}

TEST(AddressesTest, FindsMail) {
  EXPECT_EQ(Find("IGH: A B, a.b@example.org, press-1@geneva.example.org."),
            "E=a.b@example.org;E=press-1@geneva.example.org");
  EXPECT_EQ(Find("<jane@example.org>; presse(at)beispiel.example.org"),
            "E=jane@example.org;E=presse(at)beispiel.example.org");
  EXPECT_EQ(Find("info@bücher.example"), "E=info@bücher.example");
  EXPECT_EQ(Find("@handle, a@b, @, x@"), "");
}

TEST(AddressesTest, FindsWebAddresses) {
  EXPECT_EQ(Find("See https://example.org/a_(b)?c=d,e. Or (www.example.org)."),
            "U=https://example.org/a_(b)?c=d,e;U=www.example.org");
  EXPECT_EQ(Find("„https://example.org/x“, http://, www."), "U=https://example.org/x");
}

TEST(AddressesTest, FindsTelephoneNumbers) {
  EXPECT_EQ(Find("Tel.: +41 (0)22 555 01 99, Fax 030/1234-567"), "P=+41 (0)22 555 01 99;P=030/1234-567");
  EXPECT_EQ(Find("(020) 7946 0018 or 022\u00A0555\u202F01\u202F99"),
            "P=(020) 7946 0018;P=022\u00A0555\u202F01\u202F99");
  EXPECT_EQ(Find("2019 to 2024, 1 250 000 people, 01.02.2024, 12345 Berlin, (2019), 007"), "");
}

TEST(AddressesTest, TellsTargetAndDomain) {
  EXPECT_EQ(LinkTarget("www.example.org"), "https://www.example.org");
  EXPECT_EQ(LinkTarget("http://example.org"), "http://example.org");
  EXPECT_EQ(MailDomain("A@Press.Example.ORG"), "press.example.org");
  EXPECT_EQ(MailDomain("a(at)example.org"), "example.org");
  EXPECT_EQ(MailDomain("example.org"), "");
}

}  // namespace
}  // namespace communique::releases
