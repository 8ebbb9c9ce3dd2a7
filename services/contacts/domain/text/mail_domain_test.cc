// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/mail_domain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace communique::contacts {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Forms {
  const char* given;
  const char* ascii;
  const char* unicode;
};

TEST(MailDomainTest, KeepsBothForms) {
  constexpr Forms kDomains[] = {
      {"iom.int", "iom.int", "iom.int"},
      {"IOM.Int", "iom.int", "iom.int"},
      {"c--n.com", "c--n.com", "c--n.com"},
      {"ab--cd.de", "ab--cd.de", "ab--cd.de"},  // libidn2 refuses it
      {"ab--cd.münchen.de", "ab--cd.xn--mnchen-3ya.de", "ab--cd.münchen.de"},
      {"123.com", "123.com", "123.com"},
      {"MÜNCHEN.de", "xn--mnchen-3ya.de", "münchen.de"},
      {"XN--MNCHEN-3YA.DE", "xn--mnchen-3ya.de", "münchen.de"},
      {"straße.de", "xn--strae-oqa.de", "straße.de"},  // not strasse.de
      {"письмо.рф", "xn--h1aigbl0e.xn--p1ai", "письмо.рф"},
      {"例え.com", "xn--r8jz45g.com", "例え.com"},
      {"例え。ｃｏｍ", "xn--r8jz45g.com", "例え.com"},
      {"xn--hxajbheg2az3al.xn--jxalpdlp", "xn--hxajbheg2az3al.xn--jxalpdlp", "παράδειγμα.δοκιμή"},
      {"صحافة.مصر", "xn--mgbek5a3d.xn--wgbh1c", "صحافة.مصر"},
      {"חדשות.co.il", "xn--7dbee7eg.co.il", "חדשות.co.il"},
  };
  for (const Forms& forms : kDomains) {
    const auto domain = ParseMailDomain(forms.given);
    ASSERT_TRUE(domain.ok()) << forms.given << " " << domain.problem().sentence;
    EXPECT_EQ(domain->ascii, forms.ascii) << forms.given;
    EXPECT_EQ(domain->unicode, forms.unicode) << forms.given;
  }
}

struct Refused {
  std::string domain;
  const char* code;
  std::size_t position;
};

TEST(MailDomainTest, RefusesWhatIsNoDomain) {
  const std::string label(63, 'a');
  const Refused rows[] = {
      {"", "EMAIL_NO_DOMAIN", 0},
      {"b", "EMAIL_DOMAIN_NO_DOT", 1},
      {".iana.org", "EMAIL_DOT", 1},
      {"iana..org", "EMAIL_DOT", 6},
      {"iana.org.", "EMAIL_DOT", 9},
      {"-a.de", "EMAIL_DOMAIN_HYPHEN", 1},
      {"a-.de", "EMAIL_DOMAIN_HYPHEN", 2},
      {"iana.org-", "EMAIL_DOMAIN_HYPHEN", 9},
      {"-ü.de", "EMAIL_DOMAIN_HYPHEN", 1},
      {"a_b.de", "EMAIL_DOMAIN_UNDERSCORE", 2},
      {"a.ü_b.de", "EMAIL_DOMAIN_UNDERSCORE", 4},
      {"a＿b.de", "EMAIL_DOMAIN_IDNA", 1},  // becomes "_"
      {"a℀b.de", "EMAIL_DOMAIN_IDNA", 1},   // becomes "a/c"
      {"x.xn--a.de", "EMAIL_DOMAIN_A_LABEL", 3},
      {"xn--.de", "EMAIL_DOMAIN_HYPHEN", 4},
      {"xn--abc-.de", "EMAIL_DOMAIN_HYPHEN", 8},
      {"xn--a.de", "EMAIL_DOMAIN_A_LABEL", 1},
      {"xn--i-7iq.ws", "EMAIL_DOMAIN_A_LABEL", 1},
      {"😀.com", "EMAIL_DOMAIN_IDNA", 1},
      {"a.אb.com", "EMAIL_DOMAIN_IDNA", 3},
      {"paypаl.com", "EMAIL_MIXED_SCRIPTS", 1},
      {"www.xn--pypal-4ve.com", "EMAIL_MIXED_SCRIPTS", 5},
      {"[192.0.2.1]", "EMAIL_DOMAIN_LITERAL", 1},
      {"[IPv6:::1]", "EMAIL_DOMAIN_LITERAL", 1},
      {"192.0.2.1", "EMAIL_DOMAIN_NUMERIC", 9},
      {"iana.123", "EMAIL_DOMAIN_NUMERIC", 6},
      {"iana/icann.org", "EMAIL_CHARACTER", 5},
      {"iana.org)", "EMAIL_CHARACTER", 9},
      {"ia na.org", "EMAIL_CHARACTER", 3},
      {std::string("iana\0.org", 9), "EMAIL_CHARACTER", 5},
      {"ia\xffna.org", "EMAIL_CHARACTER", 3},
      {label + "a.com", "EMAIL_DOMAIN_LABEL_TOO_LONG", 1},
      {"x." + label + "ü.com", "EMAIL_DOMAIN_LABEL_TOO_LONG", 3},
      {label + "." + label + "." + label + "." + std::string(62, 'a'), "EMAIL_DOMAIN_TOO_LONG", 1},
      {std::string(5000, 'a'), "EMAIL_DOMAIN_TOO_LONG", 1},
  };
  for (const Refused& row : rows) {
    const auto domain = ParseMailDomain(row.domain);
    ASSERT_FALSE(domain.ok()) << row.domain;
    EXPECT_EQ(domain.problem().code, row.code) << row.domain;
    EXPECT_EQ(domain.problem().position, row.position) << row.domain;
    EXPECT_FALSE(domain.problem().sentence.empty());
  }
}

TEST(MailDomainTest, TakesTheLongestOnes) {
  const std::string label(63, 'a');
  EXPECT_TRUE(ParseMailDomain(label + ".com").ok());
  EXPECT_TRUE(ParseMailDomain(label + "." + label + "." + label + "." + std::string(61, 'a')).ok());
}

TEST(MailDomainTest, TakesSingleLabelsWhereTheyAreAllowed) {
  EXPECT_EQ(ParseMailDomain("mailhost", true)->ascii, "mailhost");
  EXPECT_EQ(ParseMailDomain("-mailhost", true).problem().code, "EMAIL_DOMAIN_HYPHEN");
}

TEST(MailDomainTest, SeesForeignLettersThatReadAsLatin) {
  EXPECT_TRUE(ParseMailDomain("аррӏе.com")->looks_latin);
  EXPECT_TRUE(ParseMailDomain("xn--80ak6aa92e.com")->looks_latin);
  EXPECT_FALSE(ParseMailDomain("apple.com")->looks_latin);
  EXPECT_FALSE(ParseMailDomain("новости.рф")->looks_latin);
  EXPECT_FALSE(ParseMailDomain("münchen.de")->looks_latin);
}

TEST(MailDomainTest, SaysWhatWouldBeRight) {
  EXPECT_THAT(ParseMailDomain("a_b.de").problem().sentence, HasSubstr("letters, digits and hyphens alone"));
  EXPECT_THAT(ParseMailDomain("b").problem().sentence, HasSubstr("example.org"));
  EXPECT_THAT(ParseMailDomain("xn--a.de").problem().sentence, HasSubstr("encodes no name"));
  EXPECT_THAT(ParseMailDomain("xn--a.de").problem().sentence, Not(HasSubstr("xn--a"))) << "findings quote nobody";
}

}  // namespace
}  // namespace communique::contacts
