// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/releases/domain/linting/testing/lint_content.h"

namespace communique::releases {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

void AddContact(const std::string& organization, const std::string& text, const std::string& email,
                v1::ReleaseContent& content) {
  v1::ContactLine& line = *content.add_contact_lines();
  if (!organization.empty()) {
    v1::ContactSegment& segment = *line.add_segments();
    segment.set_kind(v1::ContactSegment::KIND_ORGANIZATION);
    segment.set_value(organization);
  }
  line.add_segments()->set_value(text);
  v1::ContactSegment& segment = *line.add_segments();
  segment.set_kind(v1::ContactSegment::KIND_EMAIL);
  segment.set_value(email);
  FillPartIds(content, 100);
}

std::vector<std::string> FoundInContact(const std::string& language, const std::string& organization,
                                        const std::string& email) {
  v1::ReleaseContent content = CleanContent(language, "Text.");
  AddContact(organization, ": Eva Muster, ", email, content);
  return Found(content);
}

TEST(LintContactsTest, FindsMailThatCannotBeTheOrganisations) {
  EXPECT_THAT(FoundInContact("de", "Büro der UN in Seedorf", "pr-1@seedorf.hafenamt.example.org"),
              ElementsAre("contact-domain-mismatch: Büro der UN in Seedorf: Eva Muster, "
                          "pr-1@seedorf.hafenamt.example.org"));
  EXPECT_THAT(FoundInContact("en", "Permanent Mission of the United Nations", "pr@foreign-office.example.org"),
              ElementsAre(HasSubstr("contact-domain-mismatch")));
  EXPECT_THAT(FoundInContact("en", "WHO", "eva@relief.example.org"), ElementsAre(HasSubstr("contact-domain-mismatch")));
  EXPECT_THAT(FoundInContact("fr", "Nations Unies", "eva@secours.example.org"),
              ElementsAre(HasSubstr("contact-domain-mismatch")));
}

TEST(LintContactsTest, KnowsWhoseMailItIs) {
  EXPECT_THAT(FoundInContact("de", "IOM", "press@iom.int"), IsEmpty());
  EXPECT_THAT(FoundInContact("de", "UN", "press@un.org"), IsEmpty());
  EXPECT_THAT(FoundInContact("de", "UN", "press@genf.unhcr.org"), IsEmpty());
  EXPECT_THAT(FoundInContact("en", "UNICEF", "press@unicef.example.org"), IsEmpty());
  EXPECT_THAT(FoundInContact("en", "Example Relief", "press@anything.example.org"), IsEmpty());
}

TEST(LintContactsTest, TellsTheSenderFromTheHost) {
  EXPECT_THAT(FoundInContact("de", "Ständige Vertretung Deutschlands bei der UN", "pr-1@seedorf.hafenamt.example.org"),
              IsEmpty());
  EXPECT_THAT(FoundInContact("en", "Permanent Mission of Examplia to the United Nations", "pr@ministry.example.org"),
              IsEmpty());
  EXPECT_THAT(FoundInContact("en", "UN Youth Association", "press@young.example.org"), IsEmpty());
  EXPECT_THAT(FoundInContact("de", "Gesellschaft für die Vereinten Nationen", "presse@gfvn.example.org"), IsEmpty());
  EXPECT_THAT(FoundInContact("es", "UN TECHO", "prensa@casa.example.org"), IsEmpty());
}

TEST(LintContactsTest, FindsExchangedAddresses) {
  v1::ReleaseContent content = CleanContent("en", "Text.");
  AddContact("Lakes Fund", ": ", "press@relief.example.org", content);
  AddContact("Relief Society", ": ", "press@lakesfund.example.org", content);
  EXPECT_THAT(Found(content), ElementsAre("contact-domain-mismatch: Lakes Fund: press@relief.example.org",
                                          "contact-domain-mismatch: Relief Society: press@lakesfund.example.org"));
  // One office for both.
  content.mutable_contact_lines(2)->mutable_segments(2)->set_value("press@relief.example.org");
  EXPECT_THAT(Found(content), IsEmpty());
}

TEST(LintContactsTest, FindsMailAddressesThatCannotBe) {
  EXPECT_THAT(FoundIn("en", "Write to press@@example.org."), ElementsAre("email-malformed: press@@example.org"));
  EXPECT_THAT(FoundIn("en", "Write to press@example,org"), ElementsAre("email-malformed: press@example,org"));
  EXPECT_THAT(FoundIn("en", "Write to press@example..org"), ElementsAre("email-malformed: press@example..org"));
  EXPECT_THAT(FoundIn("en", "Write to press.@example.org"), ElementsAre("email-malformed: press.@example.org"));
  EXPECT_THAT(FoundIn("en", "Write to press@example.o"), ElementsAre("email-malformed: press@example.o"));
  EXPECT_THAT(FoundInContact("en", "Example", "press@example"), ElementsAre("email-malformed: press@example"));
  EXPECT_THAT(FoundInContact("en", "Example", "press.example.org"), ElementsAre("email-malformed: press.example.org"));
}

TEST(LintContactsTest, KnowsWhatIsNoMailAddress) {
  for (const char* text :
       {"Write to <press@example.org>.", "Follow @example on @press@social.example.org.", "Tod@s y niñ@s.",
        "E-mail:press@example.org,desk@example.org", "At 3@5 each.", "See https://maps.example.org/@46.2,6.1.",
        "josé@example.org", "name(at)example.org", "o'neil+press@sub.example.org;"}) {
    EXPECT_THAT(FoundIn("en", text), IsEmpty()) << text;
  }
}

TEST(LintContactsTest, FindsWebAddressesThatCannotBe) {
  EXPECT_THAT(FoundIn("en", "See http:/example.org now."), ElementsAre("url-malformed: http:/example.org"));
  EXPECT_THAT(FoundIn("en", "See https//example.org."), ElementsAre("url-malformed: https//example.org"));
  EXPECT_THAT(FoundIn("en", "See http://https://example.org."),
              ElementsAre("url-malformed: http://https://example.org"));
  EXPECT_THAT(FoundIn("en", "See www,example.org."), ElementsAre("url-malformed: www,example.org"));
  EXPECT_THAT(FoundIn("en", "See www.example"), ElementsAre("url-malformed: www.example"));
  EXPECT_THAT(FoundIn("en", "HTTPS and www: see https://example.org/?u=http://a.example and (www.example.org)."),
              IsEmpty());
}

TEST(LintContactsTest, AsksForSomebodyToAsk) {
  v1::ReleaseContent content = CleanContent("en", "Text.");
  content.clear_contact_lines();
  EXPECT_THAT(Found(content), ElementsAre("contacts-missing"));
  content.set_kind(v1::RELEASE_KIND_STATEMENT);
  EXPECT_THAT(Found(content), IsEmpty());
  content.set_kind(v1::RELEASE_KIND_PRESS_RELEASE);
  AddParagraph("Questions to press@example.org.", content);
  EXPECT_THAT(Found(content), IsEmpty());
}

}  // namespace
}  // namespace communique::releases
