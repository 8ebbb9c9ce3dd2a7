// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/contact_outcomes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "services/releases/domain/text/plain_text.h"

namespace communique::releases {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kFile[] =
    "Beispielhilfe hilft\n"
    "Musterstadt, 16. Oktober 2026 - Die Beispielhilfe hat gestern in Musterstadt ein Haus eröffnet.\n"
    "\n"
    "Für Medienanfragen wenden Sie sich bitte an:\n"
    "Beispielhilfe: Anna Meier, anna@example.org, presse@example.org, 030 1234567\n"
    "Pressestelle, presse@example.org\n"
    "Berta Beck / Carla Lang, medien@example.org\n";

class ContactOutcomesTest : public testing::Test {
 protected:
  ContactOutcomesTest() {
    auto read = ImportText(kFile, "de", {});
    EXPECT_TRUE(read.ok()) << read.status();
    result_ = *std::move(read);
    result_.report.clear_findings();
    asked_ = LinesToAsk(result_.content);
    for (const AskedLine& line : asked_) {
      ContactAnswer answer;
      answer.emails.resize(static_cast<std::size_t>(line.description.emails_size()), {.usable = true});
      answer.phones.resize(static_cast<std::size_t>(line.description.phones_size()), {.usable = true});
      answers_.push_back(answer);
    }
  }

  static v1::ContactGuess Guess(const std::string& contact, bool certain) {
    v1::ContactGuess guess;
    guess.set_contact(contact);
    guess.set_state(v1::ContactGuess::STATE_ACTIVE);
    guess.set_certain(certain);
    return guess;
  }
  // The first line means this contact for certain, which has all that is printed.
  void Match(const std::string& contact) {
    answers_[0].guesses = {Guess(contact, true)};
    for (KnownAddress& address : answers_[0].emails) address.standing = AddressStanding::kPublic;
    for (KnownAddress& address : answers_[0].phones) address.standing = AddressStanding::kPublic;
  }
  // "rule line:column excerpt".
  std::vector<std::string> Findings() {
    std::vector<std::string> findings;
    for (const auto& finding : result_.report.findings()) {
      EXPECT_EQ(finding.source(), v1::Finding::SOURCE_IMPORT);
      EXPECT_FALSE(finding.part_id().empty());
      findings.push_back(finding.rule() + " " + std::to_string(finding.line()) + ":" +
                         std::to_string(finding.column()) + " " + finding.excerpt());
    }
    return findings;
  }
  std::vector<std::string> Outcomes() {
    std::vector<std::string> outcomes;
    for (const auto& contact : result_.report.contacts()) {
      outcomes.push_back(std::to_string(contact.line()) + " " +
                         v1::ImportedContact::Outcome_Name(contact.outcome()).substr(8));
    }
    return outcomes;
  }

  ImportResult result_;
  std::vector<AskedLine> asked_;
  std::vector<ContactAnswer> answers_;
};

TEST_F(ContactOutcomesTest, EveryLineIsAskedThatPrintsSomebody) {
  ASSERT_EQ(result_.content.contact_lines_size(), 3);
  ASSERT_EQ(asked_.size(), 2U);
  EXPECT_EQ(asked_[0].description.name(), "Anna Meier");
  EXPECT_EQ(asked_[1].description.kind(), v1::ContactDescription::KIND_DESK);
  EXPECT_EQ(LinesToAsk(result_.content, 1).size(), 1U);
}

TEST_F(ContactOutcomesTest, AKnownContactIsReferredToAndTheTextStays) {
  const std::string before = RenderPlainText(result_.content);
  Match("newsrooms/n/contacts/anna");
  answers_[1].guesses = {Guess("newsrooms/n/contacts/a", false), Guess("newsrooms/n/contacts/b", false)};
  ReportContacts(asked_, answers_, result_);
  EXPECT_EQ(RenderPlainText(result_.content), before);
  EXPECT_EQ(result_.content.contact_lines(0).contact(), "newsrooms/n/contacts/anna");
  EXPECT_EQ(result_.content.contact_lines(1).contact(), "");
  EXPECT_THAT(Outcomes(), ElementsAre("5 MATCHED", "6 AMBIGUOUS", "7 NOT_ASKED"));
  EXPECT_EQ(result_.report.contacts(0).contact(), "newsrooms/n/contacts/anna");
  EXPECT_EQ(result_.report.contacts(1).guesses_size(), 2);
  EXPECT_FALSE(result_.report.contacts(1).has_proposed());
  EXPECT_THAT(Findings(), ElementsAre("contact-ambiguous 6:1 Pressestelle, presse@example.org",
                                      "several-contacts-in-line 7:1 Berta Beck / Carla Lang, medien@example.org"));
}

TEST_F(ContactOutcomesTest, WarnsOfAddressesThatTheContactDoesNotShow) {
  Match("newsrooms/n/contacts/anna");
  answers_[0].emails[0].standing = AddressStanding::kNotPublic;
  answers_[0].phones[0].standing = AddressStanding::kMissing;
  answers_[0].emails[1] = {.usable = true, .role_mailbox = true, .desk = "newsrooms/n/contacts/desk"};
  answers_[1].guesses = {Guess("newsrooms/n/contacts/desk", true)};
  answers_[1].emails[0].standing = AddressStanding::kPublic;
  ReportContacts(asked_, answers_, result_);
  EXPECT_THAT(Findings(), ElementsAre("contact-address-not-public 5:28 anna@example.org",
                                      "contact-address-not-public 5:66 030 1234567", testing::_));
  EXPECT_THAT(result_.report.findings(0).message(), HasSubstr("keeps from the public"));
  EXPECT_THAT(result_.report.findings(1).message(), HasSubstr("number that newsrooms/n/contacts/anna does not have"));
  EXPECT_EQ(result_.report.findings(0).severity(), v1::Finding::SEVERITY_WARNING);
}

TEST_F(ContactOutcomesTest, ADesksMailboxThatNoDeskHasIsMissing) {
  Match("newsrooms/n/contacts/anna");
  answers_[0].emails[1] = {.usable = true, .role_mailbox = true};
  ReportContacts(asked_, answers_, result_);
  EXPECT_THAT(Findings(), testing::Contains("contact-address-not-public 5:46 presse@example.org"));
}

TEST_F(ContactOutcomesTest, SaysWhenAContactIsNotPrinted) {
  Match("newsrooms/n/contacts/anna");
  answers_[0].guesses[0].set_state(v1::ContactGuess::STATE_DEACTIVATED);
  answers_[1].guesses = {Guess("newsrooms/n/contacts/desk", true)};
  answers_[1].guesses[0].set_state(v1::ContactGuess::STATE_UNCONFIRMED);
  answers_[1].emails[0].standing = AddressStanding::kPublic;
  ReportContacts(asked_, answers_, result_);
  EXPECT_THAT(Findings(), ElementsAre(testing::StartsWith("contact-deactivated 5:1"),
                                      testing::StartsWith("contact-unconfirmed 6:1"), testing::_));
}

TEST_F(ContactOutcomesTest, ProposesWhatNobodyIs) {
  answers_[0].organization = "newsrooms/n/organizations/o";
  answers_[0].emails[1].role_mailbox = true;
  answers_[0].phones[0].usable = false;
  answers_[1].emails[0].role_mailbox = true;
  ReportContacts(asked_, answers_, result_);
  EXPECT_THAT(Outcomes(), ElementsAre("5 PROPOSED", "6 PROPOSED", "7 NOT_ASKED"));
  const v1::ContactDescription& person = result_.report.contacts(0).proposed();
  EXPECT_EQ(person.name(), "Anna Meier");
  EXPECT_EQ(person.organization(), "newsrooms/n/organizations/o");
  EXPECT_EQ(person.organization_name(), "Beispielhilfe");
  EXPECT_THAT(person.emails(), ElementsAre("anna@example.org")) << "the other one is a desk's";
  EXPECT_THAT(person.phones(), IsEmpty()) << "of no known country";
  EXPECT_THAT(result_.report.contacts(1).proposed().emails(), ElementsAre("presse@example.org"));
  EXPECT_THAT(result_.report.findings(0).message(), HasSubstr("The desk's mailbox"));
  EXPECT_THAT(result_.report.findings(0).message(), HasSubstr("is left out"));
  EXPECT_THAT(Findings(), ElementsAre(testing::StartsWith("contact-proposed 5:1"),
                                      testing::StartsWith("contact-proposed 6:1"), testing::_));
}

TEST_F(ContactOutcomesTest, APersonWithADesksMailboxAloneIsReachedThere) {
  answers_[0].emails[0].usable = false;
  answers_[0].emails[1].role_mailbox = true;
  ReportContacts(asked_, answers_, result_);
  EXPECT_THAT(result_.report.contacts(0).proposed().emails(), ElementsAre("presse@example.org"));
  answers_[0].emails[1].desk = "newsrooms/n/contacts/desk";
  result_.report.clear_findings();
  ReportContacts(asked_, answers_, result_);
  EXPECT_THAT(result_.report.contacts(0).proposed().emails(), IsEmpty()) << "a known desk's stays that desk's";
}

TEST_F(ContactOutcomesTest, WhoWasMadeIsReferredTo) {
  const std::string before = RenderPlainText(result_.content);
  ReportContacts(asked_, answers_, result_);
  ReportCreated(0, "newsrooms/n/contacts/new", result_);
  ReportNotCreated(1, "contact.desk_names[0].text has no letters", result_);
  EXPECT_EQ(RenderPlainText(result_.content), before);
  EXPECT_THAT(Outcomes(), ElementsAre("5 CREATED", "6 PROPOSED", "7 NOT_ASKED"));
  EXPECT_EQ(result_.content.contact_lines(0).contact(), "newsrooms/n/contacts/new");
  EXPECT_EQ(result_.content.contact_lines(1).contact(), "");
  EXPECT_THAT(Findings(), ElementsAre(testing::StartsWith("contact-created 5:1"),
                                      testing::StartsWith("contact-not-created 6:1"), testing::_));
}

TEST_F(ContactOutcomesTest, WithoutTheServiceEveryLineStandsAlone) {
  ReportNotAsked("nobody answers", result_);
  EXPECT_THAT(Outcomes(), ElementsAre("5 NOT_ASKED", "6 NOT_ASKED", "7 NOT_ASKED"));
  EXPECT_THAT(Findings(), ElementsAre(testing::StartsWith("contacts-not-matched 5:1")));
  EXPECT_THAT(result_.report.findings(0).message(), HasSubstr("known: nobody answers."));
  ImportResult without;
  ReportNotAsked("nobody answers", without);
  EXPECT_THAT(without.report.findings(), IsEmpty());
}

}  // namespace
}  // namespace communique::releases
