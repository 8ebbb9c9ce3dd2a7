// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "services/releases/testing/fake_contacts.h"
#include "services/releases/testing/releases_store.h"
#include "services/releases/usecases/import_contacts.h"
#include "services/releases/usecases/read_releases.h"

// The bundled sample's contact lines, with a contacts service that knows them, does not, or is away.
namespace communique::releases {
namespace {

using contacts::v1::CandidateMatches;
using contacts::v1::ContactCandidate;
using contacts::v1::ContactMatch;
using platform::Reason;
using platform::ReasonOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kRequestId[] = "3f0e7c52-6d0b-4a39-9b1c-0d6a4b8e1f27";
constexpr char kMusic[] = "newsrooms/igh/contacts/music";

std::string Sample() {
  std::stringstream text;
  text << std::ifstream("tools/sample/press-release.de.txt").rdbuf();
  return text.str();
}

class ImportContactsTest : public testing::TestWithParam<const char*> {
 protected:
  ImportContactsTest() {
    store_.MakeNewsroom("igh");
    request_.set_parent("newsrooms/igh");
    request_.set_text(Sample());
    request_.set_language("de");
    contacts_.on_match = Nobody;
  }

  // What the contacts service says of somebody it does not know.
  static CandidateMatches Nobody(const ContactCandidate& candidate) {
    CandidateMatches matches;
    for (const std::string& email : candidate.emails()) {
      auto& known = *matches.add_emails();
      known.set_usable(true);
      known.set_role_mailbox(email.starts_with("medien@") || email.starts_with("pr-"));
    }
    for (int i = 0; i < candidate.phones_size(); ++i) matches.add_phones()->set_usable(true);
    return matches;
  }
  // Of the sample's first contact, whom it knows.
  static CandidateMatches Music(const ContactCandidate& candidate) {
    CandidateMatches matches = Nobody(candidate);
    if (candidate.names().empty() || candidate.names(0) != "Srđan Mušić") return matches;
    auto& match = *matches.add_matches();
    match.set_contact(kMusic);
    match.set_display_name("Srđan Mušić");
    match.set_state(contacts::v1::Contact::STATE_ACTIVE);
    match.set_score(13);
    match.add_reasons(ContactMatch::REASON_EMAIL);
    match.add_reasons(ContactMatch::REASON_NAME);
    match.set_certain(true);
    match.add_emails(ContactMatch::STANDING_PUBLIC);
    match.add_emails(ContactMatch::STANDING_NOT_PUBLIC);
    return matches;
  }

  static Caller Author() { return ReleasesStore::As("author"); }
  static Caller ContactEditor() {
    Caller caller = ReleasesStore::As("editor");
    caller.permissions = {common::v1::PERMISSION_READ_PERSONAL, common::v1::PERMISSION_EDIT_CONTACTS};
    return caller;
  }
  absl::StatusOr<v1::ImportReleaseResponse> ImportIn(const ReleasesStore& store, const Caller& caller) {
    auto read = ReadImportFile(store.environment(), caller, request_);
    if (!read.ok()) return read.status();
    auto stored = StoreImportWithContacts(store.environment(), caller, request_, *std::move(read));
    if (!stored.ok()) return stored.status();
    return std::move(stored->value);
  }
  absl::StatusOr<v1::ImportReleaseResponse> Import(const Caller& caller = ContactEditor()) {
    return ImportIn(store_, caller);
  }
  int Releases() {
    v1::ListReleasesRequest request;
    request.set_parent("newsrooms/igh");
    return ListReleases(store_.environment(), Author(), request)->releases_size();
  }
  static std::vector<std::string> Outcomes(const v1::ImportReport& report) {
    std::vector<std::string> outcomes;
    for (const auto& contact : report.contacts()) {
      outcomes.push_back(v1::ImportedContact::Outcome_Name(contact.outcome()).substr(8));
    }
    return outcomes;
  }
  static std::vector<std::string> Rules(const v1::ImportReport& report) {
    std::vector<std::string> rules;
    for (const auto& finding : report.findings()) rules.push_back(finding.rule());
    return rules;
  }

  FakeContacts contacts_;
  ReleasesStore store_{GetParam(), &contacts_};
  v1::ImportReleaseRequest request_;
};

TEST_P(ImportContactsTest, AKnownContactIsReferredToInWhatIsStored) {
  contacts_.on_match = Music;
  const auto imported = Import();
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_THAT(Outcomes(imported->report()), ElementsAre("MATCHED", "PROPOSED"));
  EXPECT_EQ(imported->report().contacts(0).contact(), kMusic);
  EXPECT_THAT(imported->report().contacts(0).guesses(0).reasons(),
              ElementsAre(v1::ContactGuess::REASON_EMAIL, v1::ContactGuess::REASON_NAME));
  EXPECT_EQ(imported->report().contacts(0).guesses(0).state(), v1::ContactGuess::STATE_ACTIVE);
  EXPECT_EQ(imported->report().contacts(1).proposed().name(), "Franziska Muster");
  EXPECT_THAT(imported->report().contacts(1).proposed().emails(), ElementsAre("pr-1@seeburg.ministerium.example.com"));
  EXPECT_THAT(Rules(imported->report()), Contains("contact-address-not-public"));
  EXPECT_THAT(Rules(imported->report()), Contains("contact-proposed"));
  v1::GetReleaseRequest get;
  get.set_name(imported->release().name());
  const auto stored = GetRelease(store_.environment(), Author(), get);
  ASSERT_TRUE(stored.ok()) << stored.status();
  EXPECT_EQ(stored->content().contact_lines(0).contact(), kMusic);
  EXPECT_EQ(stored->content().contact_lines(1).contact(), "");
  EXPECT_THAT(contacts_.created, IsEmpty());
  // The text is the file's, byte for byte.
  v1::RenderReleaseRequest render;
  render.set_name(imported->release().name());
  render.set_format(v1::RENDER_FORMAT_PLAIN_TEXT);
  std::string again;
  for (const v1::Fragment& fragment : imported->report().fragments()) {
    again += fragment.role() == v1::Fragment::ROLE_RELEASE
                 ? RenderRelease(store_.environment(), Author(), render)->text()
                 : fragment.text();
  }
  EXPECT_EQ(again, Sample());
}

TEST_P(ImportContactsTest, AsksAsWhoeverImportsMayRead) {
  ASSERT_TRUE(Import(Author()).ok());
  EXPECT_TRUE(contacts_.matched.printed_only());
  EXPECT_EQ(contacts_.matched.newsroom(), "newsrooms/igh");
  ASSERT_EQ(contacts_.matched.candidates_size(), 2);
  EXPECT_THAT(contacts_.matched.candidates(0).names(), ElementsAre("Srđan Mušić"));
  EXPECT_EQ(contacts_.matched.candidates(0).organization_name(), "IGH");
  EXPECT_EQ(contacts_.matched.candidates(0).kind(), contacts::v1::Contact::KIND_PERSON);
  EXPECT_THAT(contacts_.matched.candidates(0).emails(), ElementsAre("music@igh.example.org", "medien@igh.example.org"));
  ASSERT_TRUE(Import(ContactEditor()).ok());
  EXPECT_FALSE(contacts_.matched.printed_only());
}

TEST_P(ImportContactsTest, MakesWhatIsProposedWhenAskedTo) {
  contacts_.on_match = Music;
  request_.set_create_contacts(true);
  request_.set_request_id(kRequestId);
  request_.set_release_id("jubilee");
  const auto imported = Import();
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_THAT(Outcomes(imported->report()), ElementsAre("MATCHED", "CREATED"));
  EXPECT_EQ(imported->release().content().contact_lines(1).contact(), "newsrooms/igh/contacts/made-1");
  EXPECT_EQ(imported->report().contacts(1).contact(), "newsrooms/igh/contacts/made-1");
  EXPECT_THAT(Rules(imported->report()), Contains("contact-created"));
  EXPECT_THAT(Rules(imported->report()), Not(Contains("contact-proposed")));
  ASSERT_EQ(contacts_.created.size(), 1U);
  const auto& create = contacts_.created[0];
  EXPECT_TRUE(create.unconfirmed());
  EXPECT_EQ(create.request_id(), kRequestId);
  EXPECT_EQ(contacts_.steps[0], "create-contact:" + imported->report().contacts(1).part_id());
  EXPECT_EQ(create.parent(), "newsrooms/igh");
  EXPECT_EQ(create.contact().kind(), contacts::v1::Contact::KIND_PERSON);
  EXPECT_EQ(create.contact().person_names(0).display_name(), "Franziska Muster");
  EXPECT_EQ(create.contact().source(), "import of newsrooms/igh/releases/jubilee");
  EXPECT_EQ(create.contact().visibility(), contacts::v1::VISIBILITY_INTERNAL);
  EXPECT_EQ(create.contact().emails(0).visibility(), contacts::v1::VISIBILITY_INTERNAL);
  // A repetition makes nothing twice.
  const auto again = Import();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->release().name(), imported->release().name());
  EXPECT_EQ(contacts_.created.size(), 1U);
  EXPECT_EQ(Releases(), 1);
}

TEST_P(ImportContactsTest, ADryRunMakesNobody) {
  request_.set_create_contacts(true);
  request_.set_validate_only(true);
  const auto imported = Import();
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_THAT(Outcomes(imported->report()), ElementsAre("PROPOSED", "PROPOSED"));
  EXPECT_THAT(contacts_.created, IsEmpty());
  EXPECT_EQ(Releases(), 0);
}

TEST_P(ImportContactsTest, AReleaseThatCannotBeStoredMakesNobody) {
  request_.set_release_id("jubilee");
  ASSERT_TRUE(Import().ok());
  request_.set_create_contacts(true);
  EXPECT_TRUE(absl::IsAlreadyExists(Import().status()));
  EXPECT_THAT(contacts_.created, IsEmpty());
}

TEST_P(ImportContactsTest, ALineThatIsNoContactIsSaidAndTheRestIsStored) {
  request_.set_create_contacts(true);
  contacts_.refusal = platform::InvalidField("contact.person_names[0].display_name", "has markup");
  const auto imported = Import();
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_THAT(Outcomes(imported->report()), ElementsAre("PROPOSED", "PROPOSED"));
  EXPECT_THAT(Rules(imported->report()), Contains("contact-not-created"));
  EXPECT_EQ(Releases(), 1);
  // That nobody answers is another thing.
  contacts_.refusal = absl::UnavailableError("gone in between");
  EXPECT_TRUE(absl::IsUnavailable(Import().status()));
  EXPECT_EQ(Releases(), 1);
}

TEST_P(ImportContactsTest, ImportsWithoutTheContactsService) {
  contacts_.GoAway();
  const auto imported = Import();
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_THAT(Outcomes(imported->report()), ElementsAre("NOT_ASKED", "NOT_ASKED"));
  EXPECT_THAT(Rules(imported->report()), Contains("contacts-not-matched"));
  EXPECT_EQ(imported->release().content().contact_lines(0).contact(), "");
  EXPECT_EQ(Releases(), 1);
  // But makes no contacts without it, and then no release.
  request_.set_create_contacts(true);
  EXPECT_EQ(ReasonOf(Import().status()), Reason::ERROR_REASON_PEER_UNAVAILABLE);
  EXPECT_EQ(Releases(), 1);
}

TEST_P(ImportContactsTest, ImportsWhereThereIsNoContactsService) {
  ReleasesStore alone(GetParam());
  alone.MakeNewsroom("igh");
  const auto imported = ImportIn(alone, ContactEditor());
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_THAT(Outcomes(imported->report()), ElementsAre("NOT_ASKED", "NOT_ASKED"));
  EXPECT_THAT(Rules(imported->report()), Contains("contacts-not-matched"));
  request_.set_create_contacts(true);
  const auto refused = ImportIn(alone, ContactEditor());
  EXPECT_EQ(ReasonOf(refused.status()), Reason::ERROR_REASON_CONTACTS_NOT_CONFIGURED);
  EXPECT_THAT(refused.status().message(), HasSubstr("peers.contacts.address"));
}

TEST_P(ImportContactsTest, ATextWithoutContactLinesAsksNobody) {
  request_.set_text("Titel\nMusterstadt, 16. Oktober 2026 - Die Hilfe ist in Musterstadt angekommen.\n");
  contacts_.GoAway();
  const auto imported = Import();
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_EQ(contacts_.calls(), 0);
  EXPECT_THAT(imported->report().contacts(), IsEmpty());
  EXPECT_THAT(Rules(imported->report()), Not(Contains("contacts-not-matched")));
}

TEST_P(ImportContactsTest, AnswersToOtherQuestionsAreNone) {
  contacts_.on_match = [](const auto&) { return CandidateMatches(); };  // nothing of the mailboxes
  const auto imported = Import();
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_THAT(Rules(imported->report()), Contains("contacts-not-matched"));
}

INSTANTIATE_TEST_SUITE_P(Engines, ImportContactsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases
