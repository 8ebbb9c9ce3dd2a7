// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/email_address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace communique::contacts {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string k64(64, 'a');
const std::string k63(63, 'b');

TEST(EmailAddressTest, KeepsWhatWasGivenAndWhatIsSentTo) {
  const auto email = ParseEmailAddress("Anna.Meier@IOM.Int");
  ASSERT_TRUE(email.ok());
  EXPECT_EQ(email->address, "Anna.Meier@IOM.Int");
  EXPECT_EQ(email->local_part, "Anna.Meier");
  EXPECT_EQ(email->domain_ascii, "iom.int");
  EXPECT_EQ(email->domain_unicode, "iom.int");
  EXPECT_EQ(email->ascii_address, "Anna.Meier@iom.int");
  EXPECT_FALSE(email->needs_smtputf8);
}

TEST(EmailAddressTest, TakesInternationalAddresses) {
  const auto german = ParseEmailAddress("presse@straße.de");
  EXPECT_EQ(german->ascii_address, "presse@xn--strae-oqa.de");
  EXPECT_EQ(german->domain_unicode, "straße.de");
  EXPECT_FALSE(german->needs_smtputf8);

  const auto decomposed = ParseEmailAddress("mu\u0308ller@example.org");
  EXPECT_EQ(decomposed->local_part, "mu\u0308ller");
  EXPECT_EQ(decomposed->ascii_address, "müller@example.org");
  EXPECT_TRUE(decomposed->needs_smtputf8);

  EXPECT_EQ(ParseEmailAddress("почта@письмо.рф")->ascii_address, "почта@xn--h1aigbl0e.xn--p1ai");
  EXPECT_TRUE(ParseEmailAddress("ジェーン・ドウ@例え.com").ok());
  EXPECT_TRUE(ParseEmailAddress("صحافة@مثال.إختبار").ok());
  EXPECT_TRUE(ParseEmailAddress("иван.press@example.org").ok());
}

TEST(EmailAddressTest, TakesWhatMailServersTake) {
  const std::string rows[] = {"test@iana.org", "test@nominet.org.uk", "test@about.museum", "a@iana.org", "test@e.com",
                              "test@iana.a", "test.test@iana.org", "!#$%&`*+/=?^`{|}~@iana.org", "123@iana.org",
                              "test@123.com", "o'neil@example.ie", k64 + "@iana.org", "test@" + k63 + ".com",
                              "test@mason-dixon.com", "test@c--n.com", "test@iana.co-uk", "xn--test@iana.org",
                              "first+tag@example.org", "+@example.org", "-@example.org",
                              // 254 octets
                              k64 + "@" + k63 + "." + k63 + "." + std::string(61, 'c')};
  for (const std::string& row : rows) {
    const auto email = ParseEmailAddress(row);
    ASSERT_TRUE(email.ok()) << row << ": " << email.problem().code;
    EXPECT_EQ(email->ascii_address, row);
  }
}

struct Refused {
  std::string address;
  const char* code;
  std::size_t position;
};

TEST(EmailAddressTest, RefusesWhatIsNoAddress) {
  const Refused rows[] = {
      {"", "EMAIL_EMPTY", 0},
      {"test", "EMAIL_NO_AT", 0},
      {"test_exa-mple.com", "EMAIL_NO_AT", 0},
      {"test＠iana.org", "EMAIL_NO_AT", 5},
      {"a(at)iom.int", "EMAIL_NO_AT", 0},
      {"a@", "EMAIL_NO_DOMAIN", 2},
      {"@", "EMAIL_NO_LOCAL_PART", 1},
      {"@b", "EMAIL_NO_LOCAL_PART", 1},
      {"@iana.org", "EMAIL_NO_LOCAL_PART", 1},
      {"a@b", "EMAIL_DOMAIN_NO_DOT", 3},
      {".a@b.c", "EMAIL_DOT", 1},
      {"a.@b.c", "EMAIL_DOT", 2},
      {"a..b@c.d", "EMAIL_DOT", 3},
      {"a@.org", "EMAIL_DOT", 3},
      {"a@b..c", "EMAIL_DOT", 5},
      {"a@b.c.", "EMAIL_DOT", 6},
      {"a@b@c.d", "EMAIL_TWO_AT", 2},
      {"a@@c.d", "EMAIL_TWO_AT", 2},
      {"test\\@test@iana.org", "EMAIL_CHARACTER", 5},
      {" test@iana.org", "EMAIL_SPACE", 1},
      {"test@iana.org ", "EMAIL_SPACE", 14},
      {"te st@iana.org", "EMAIL_SPACE", 3},
      {"test@ iana .com", "EMAIL_SPACE", 6},
      {"test\u00A0@iana.org", "EMAIL_SPACE", 5},
      {"test\u3000@iana.org", "EMAIL_SPACE", 5},
      {"test@iana.org\n", "EMAIL_CONTROL", 14},
      {"test@iana.org\r\nBcc: x@iana.org", "EMAIL_CONTROL", 14},
      {"\r\n test@iana.org", "EMAIL_CONTROL", 1},
      {"te\tst@iana.org", "EMAIL_CONTROL", 3},
      {"test\a@iana.org", "EMAIL_CONTROL", 5},
      {std::string("te\0st@iana.org", 14), "EMAIL_CONTROL", 3},
      {"test\u0085@iana.org", "EMAIL_CONTROL", 5},
      {"test\u2028@iana.org", "EMAIL_SPACE", 5},
      {"test\u200B@iana.org", "EMAIL_INVISIBLE", 5},
      {"test\u202Egro.anai@iana.org", "EMAIL_INVISIBLE", 5},
      {"\uFEFFtest@iana.org", "EMAIL_INVISIBLE", 1},
      {"te\u00ADst@iana.org", "EMAIL_INVISIBLE", 3},
      {"test@ia\u00ADna.org", "EMAIL_INVISIBLE", 8},
      {"test@iana\u200E.org", "EMAIL_INVISIBLE", 10},
      {"te\xffst@iana.org", "EMAIL_CHARACTER", 3},
      {"te\uFFFDst@iana.org", "EMAIL_CHARACTER", 3},
      {"Anna Meier <a@iom.int>", "EMAIL_DISPLAY_NAME", 12},
      {"<a@iom.int>", "EMAIL_DISPLAY_NAME", 1},
      {"mailto:a@iom.int", "EMAIL_CHARACTER", 1},
      {"a@iom.int, b@iom.int", "EMAIL_SEVERAL", 10},
      {"a@iom.int;b@iom.int", "EMAIL_SEVERAL", 10},
      {"a@iom.int / b@iom.int", "EMAIL_SEVERAL", 10},
      {"a@iom.int,", "EMAIL_CHARACTER", 10},
      {"\"test\"@iana.org", "EMAIL_QUOTED", 1},
      {"\"te@st\"@iana.org", "EMAIL_QUOTED", 1},
      {"\"test test\"@iana.org", "EMAIL_QUOTED", 1},
      {"test\"x\"@iana.org", "EMAIL_CHARACTER", 5},
      {"(comment)test@iana.org", "EMAIL_CHARACTER", 1},
      {"test@(comment)iana.org", "EMAIL_CHARACTER", 6},
      {"test@iana.org(comment)", "EMAIL_CHARACTER", 14},
      {"a:b@iana.org", "EMAIL_CHARACTER", 2},
      {"ｔest@iana.org", "EMAIL_CHARACTER", 1},
      {"te．st@iana.org", "EMAIL_CHARACTER", 3},
      {"te\uE000st@iana.org", "EMAIL_CHARACTER", 3},
      {"test@[192.0.2.1]", "EMAIL_DOMAIN_LITERAL", 6},
      {"test@192.0.2.1", "EMAIL_DOMAIN_NUMERIC", 14},
      {"test@xn--a.de", "EMAIL_DOMAIN_A_LABEL", 6},
      {"test@-a.de", "EMAIL_DOMAIN_HYPHEN", 6},
      {"test@a_b.de", "EMAIL_DOMAIN_UNDERSCORE", 7},
      {"test@paypаl.com", "EMAIL_MIXED_SCRIPTS", 6},
      {"müller@paypаl.com", "EMAIL_MIXED_SCRIPTS", 8},
      {"news.paypаl@iana.org", "EMAIL_MIXED_SCRIPTS", 6},
      {k64 + "a@iana.org", "EMAIL_LOCAL_TOO_LONG", 1},
      {"ü" + std::string(63, 'a') + "@iana.org", "EMAIL_LOCAL_TOO_LONG", 1},
      {k64 + "@" + k63 + "." + k63 + "." + std::string(62, 'c'), "EMAIL_TOO_LONG", 0},
      {std::string(100000, 'a') + "@iana.org", "EMAIL_TOO_LONG", 0},
  };
  for (const Refused& row : rows) {
    const auto email = ParseEmailAddress(row.address);
    ASSERT_FALSE(email.ok()) << row.address;
    EXPECT_EQ(email.problem().code, row.code) << row.address;
    EXPECT_EQ(email.problem().position, row.position) << row.address;
  }
}

TEST(EmailAddressTest, SaysWhatWouldBeRightAndKeepsTheMailboxToItself) {
  EXPECT_EQ(ParseEmailAddress("anna").problem().sentence, "has no \"@\"; write it as \"name@example.org\"");
  EXPECT_EQ(ParseEmailAddress("an\u200Bna@iom.int").problem().sentence, "holds U+200B, which nobody sees; take it out");
  EXPECT_THAT(ParseEmailAddress("an(na@iom.int").problem().sentence, HasSubstr("\"(\""));
  for (const char* address : {"annameier@b", "annameier..x@iom.int", "annameier @iom.int", "annameier@paypаl.com"}) {
    EXPECT_THAT(ParseEmailAddress(address).problem().sentence, Not(HasSubstr("annameier"))) << address;
  }
}

TEST(EmailAddressTest, TakesSingleLabelsWhereTheyAreAllowed) {
  EXPECT_TRUE(ParseEmailAddress("a@mailhost", {.allow_single_label_domain = true}).ok());
}

TEST(EmailAddressTest, WarnsOfForeignLettersThatReadAsLatin) {
  EXPECT_TRUE(ParseEmailAddress("news@аррӏе.com")->domain_looks_latin);
  EXPECT_FALSE(ParseEmailAddress("news@apple.com")->domain_looks_latin);
}

std::string Key(const char* address) { return MailboxKey(*ParseEmailAddress(address)); }
std::string Hint(const char* address) { return MailboxHint(*ParseEmailAddress(address)); }

TEST(EmailAddressTest, ComparesMailboxes) {
  EXPECT_EQ(Key("presse@straße.de"), Key("presse@XN--STRAE-OQA.de"));
  EXPECT_NE(Key("presse@straße.de"), Key("presse@strasse.de"));
  EXPECT_EQ(Key("mu\u0308ller@example.org"), Key("müller@EXAMPLE.org"));
  EXPECT_NE(Key("Anna@iom.int"), Key("anna@iom.int"));
}

TEST(EmailAddressTest, HintsAtTheSameMailbox) {
  EXPECT_EQ(Hint("Anna@iom.int"), Hint("anna+press@IOM.int"));
  EXPECT_EQ(Hint("MÜLLER@iom.int"), Hint("müller@iom.int"));
  EXPECT_NE(Hint("+anna@iom.int"), Hint("+berta@iom.int"));
  EXPECT_NE(Hint("anna@iom.int"), Hint("anna@iom.de"));
}

}  // namespace
}  // namespace communique::contacts
