// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// A press text is imported beside the contacts service, with the real command and a real grpcurl: who is known is
// referred to, who is not is proposed, and made only when somebody says so; without the contacts service, texts are
// imported all the same.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "services/platform/testing/temporary_folder.h"
#include "tests/testing/run_program.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

using ::testing::HasSubstr;
using Json = nlohmann::json;
using Words = std::vector<std::string>;

constexpr char kBundled[] = "tools/sample/press-release.de.txt";

class ImportContactsTest : public ::testing::Test {
 protected:
  ImportContactsTest() {
    MustSay(releases_.internal(), "communique.releases.v1.NewsroomService/CreateNewsroom",
            R"({"newsroom_id": "igh", "newsroom": {"display_name": "Beispielhilfe", "source_language": "de",
                "time_zone": "Europe/Berlin"}})");
    // Until the contacts service has heard of the newsroom.
    const absl::Time end = absl::Now() + absl::Seconds(30);
    while (!Contacts("ListContacts", R"({"parent": "newsrooms/igh"})").ok() && absl::Now() < end) {
      std::this_thread::yield();
    }
    // It was looked for before it was there: the next look comes within two seconds.
    while (releases_.Metric(R"(communique_follower_state{feed="contacts",peer="contacts",state="following"})") != 1) {
      std::this_thread::yield();
    }
  }

  static Outcome Say(const std::string& target, const std::string& method, const std::string& request) {
    Words command = {".tools/bin/grpcurl", "-plaintext", "-max-time", "20", "-d", request};
    const bool socket = target.starts_with("unix:");
    if (socket) command.insert(command.end(), {"-unix", "-authority", "localhost"});
    command.insert(command.end(), {socket ? target.substr(5) : target, method});
    return RunProgram(std::move(command));
  }
  static Json MustSay(const std::string& target, const std::string& method, const std::string& request) {
    const Outcome outcome = Say(target, method, request);
    EXPECT_TRUE(outcome.ok()) << method << ": " << outcome;
    return outcome.ok() ? outcome.Json() : Json::object();
  }
  Outcome Contacts(const std::string& method, const std::string& request) {
    return Say(contacts_address_, "communique.contacts.v1.ContactService/" + method, request);
  }
  // A person for everybody, with one mailbox.
  void MakePerson(const std::string& id, const std::string& name, const std::string& email) {
    const Json contact = {{"kind", "KIND_PERSON"},
                          {"visibility", "VISIBILITY_PUBLIC"},
                          {"person_names", {{{"display_name", name}}}},
                          {"emails", {{{"address", email}, {"visibility", "VISIBILITY_PUBLIC"}}}}};
    const Json request = {{"parent", "newsrooms/igh"}, {"contact_id", id}, {"contact", contact}};
    EXPECT_TRUE(Contacts("CreateContact", request.dump()).ok());
  }
  Outcome Import(const Words& more, const std::string& output = "json", const std::string& file = kBundled) {
    Words command = {COMMUNIQUE_PROGRAM,   "import",   file,   "--newsroom", "igh", "--server",
                     releases_.internal(), "--output", output, "--retries",  "0"};
    command.insert(command.end(), more.begin(), more.end());
    return RunProgram(std::move(command));
  }
  static Json MustImport(const Outcome& outcome) {
    EXPECT_TRUE(outcome.ok()) << outcome;
    return outcome.ok() ? outcome.Json() : Json::object();
  }
  static Words Outcomes(const Json& imported) {
    Words outcomes;
    for (const Json& contact : imported["report"]["contacts"]) outcomes.push_back(contact.value("outcome", ""));
    return outcomes;
  }
  static bool HasFinding(const Json& imported, const std::string& rule) {
    for (const Json& finding : imported["report"]["findings"]) {
      if (finding.value("rule", "") == rule) return true;
    }
    return false;
  }
  Json Stored(const std::string& release) {
    return MustSay(releases_.internal(), "communique.releases.v1.ReleaseService/GetRelease",
                   R"({"name": "newsrooms/igh/releases/)" + release + "\"}");
  }
  std::size_t CountContacts() {
    const Json listed = Contacts("ListContacts", R"({"parent": "newsrooms/igh"})").Json();
    return listed.contains("contacts") ? listed["contacts"].size() : 0;
  }

  platform::TemporaryFolder folder_;
  const std::string contacts_address_ = "unix:" + folder_.File("contacts.sock");
  ReleasesData releases_data_{"sqlite"};
  ContactsData contacts_data_{"sqlite"};
  ReleasesProcess releases_{
      releases_data_.FlagsAnd({"--server.reflection=true", "--peers.contacts.address=" + contacts_address_})};
  ContactsProcess contacts_{
      contacts_data_.FlagsAnd({"--server.reflection=true", "--listen.internal=" + contacts_address_,
                               "--peers.releases.address=" + releases_.internal()})};
};

TEST_F(ImportContactsTest, KnownContactsAreReferredTo) {
  MakePerson("music", "Срђан Мушић", "music@igh.example.org");
  const Json imported = MustImport(Import({"--release-id", "jubilee"}));
  EXPECT_EQ(Outcomes(imported), (Words{"OUTCOME_MATCHED", "OUTCOME_PROPOSED"}));
  const Json& first = imported["report"]["contacts"][0];
  EXPECT_EQ(first.value("contact", ""), "newsrooms/igh/contacts/music");
  EXPECT_EQ(first["guesses"][0]["reasons"], (Json{"REASON_EMAIL", "REASON_NAME"}));
  EXPECT_EQ(Stored("jubilee")["content"]["contact_lines"][0].value("contact", ""), "newsrooms/igh/contacts/music");
  EXPECT_EQ(CountContacts(), 1U) << "proposing makes nobody";
  EXPECT_THAT(Import({"--validate-only"}, "text").out, HasSubstr("refers to  newsrooms/igh/contacts/music"));
  EXPECT_THAT(Import({"--validate-only"}, "text").out, HasSubstr("proposes   person Franziska Muster"));
}

TEST_F(ImportContactsTest, ProposedContactsAreMadeUnconfirmedAndThenFound) {
  Json imported = MustImport(Import({"--create-contacts", "--validate-only"}));
  EXPECT_EQ(Outcomes(imported), (Words{"OUTCOME_PROPOSED", "OUTCOME_PROPOSED"}));
  EXPECT_EQ(CountContacts(), 0U);
  imported = MustImport(Import({"--create-contacts", "--release-id", "jubilee"}));
  EXPECT_EQ(Outcomes(imported), (Words{"OUTCOME_CREATED", "OUTCOME_CREATED"}));
  EXPECT_EQ(CountContacts(), 2U);
  const std::string made = imported["report"]["contacts"][0].value("contact", "");
  const Json contact = Contacts("GetContact", R"({"name": ")" + made + R"(", "read_mask": {"paths": ["*"]}})").Json();
  EXPECT_EQ(contact.value("state", ""), "STATE_UNCONFIRMED");
  EXPECT_EQ(contact.value("visibility", ""), "VISIBILITY_INTERNAL");
  EXPECT_EQ(contact["person_names"][0].value("display_name", ""), "Srđan Mušić");
  EXPECT_EQ(contact["emails"].size(), 1U) << "the desk's mailbox is not the person's";
  EXPECT_EQ(contact.value("source", ""), "import of newsrooms/igh/releases/jubilee");
  EXPECT_EQ(Stored("jubilee")["content"]["contact_lines"][0].value("contact", ""), made);
  // The next text of the kind finds them.
  imported = MustImport(Import({"--create-contacts"}));
  EXPECT_EQ(Outcomes(imported), (Words{"OUTCOME_MATCHED", "OUTCOME_MATCHED"}));
  EXPECT_EQ(imported["report"]["contacts"][0].value("contact", ""), made);
  EXPECT_TRUE(HasFinding(imported, "contact-unconfirmed"));
  EXPECT_EQ(CountContacts(), 2U);
}

TEST_F(ImportContactsTest, TextsAreImportedWithoutTheContactsService) {
  contacts_.Kill();
  const Json imported = MustImport(Import({"--release-id", "jubilee"}));
  EXPECT_EQ(Outcomes(imported), (Words{"OUTCOME_NOT_ASKED", "OUTCOME_NOT_ASKED"}));
  EXPECT_TRUE(HasFinding(imported, "contacts-not-matched"));
  EXPECT_FALSE(Stored("jubilee").empty());
  // Whoever wants contacts made is told, and nothing is stored.
  const Outcome refused = Import({"--create-contacts", "--release-id", "second"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("PEER_UNAVAILABLE"));
  EXPECT_FALSE(Say(releases_.internal(), "communique.releases.v1.ReleaseService/GetRelease",
                   R"({"name": "newsrooms/igh/releases/second"})")
                   .ok());
}

// The real page, where it is at hand.
TEST_F(ImportContactsTest, ARealPagesContactsAreFound) {
  const std::string page = "../shared/data/iom-70-jahre.de.txt";
  if (!std::ifstream(page).good()) GTEST_SKIP() << "the page is not here";
  Json imported = MustImport(Import({"--create-contacts"}, "json", page));
  EXPECT_EQ(Outcomes(imported), (Words{"OUTCOME_CREATED", "OUTCOME_CREATED"}));
  imported = MustImport(Import({}, "json", page));
  EXPECT_EQ(Outcomes(imported), (Words{"OUTCOME_MATCHED", "OUTCOME_MATCHED"}));
  EXPECT_EQ(CountContacts(), 2U);
}

}  // namespace
}  // namespace communique::testing
