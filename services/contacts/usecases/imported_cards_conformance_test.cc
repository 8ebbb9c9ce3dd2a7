// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/testing/import_test.h"

// What becomes of a card that is imported: by what it says, and by whom there is already.
namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ImportedCardsTest : public ImportTest {};

// A port of this machine that knows whether anybody has come.
class Doorbell {
 public:
  Doorbell() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    name_.sin_family = AF_INET;
    name_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof name_;
    EXPECT_EQ(bind(listener_, reinterpret_cast<const sockaddr*>(&name_), size), 0);
    EXPECT_EQ(listen(listener_, 16), 0);
    EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&name_), &size), 0);
  }
  ~Doorbell() { close(listener_); }
  Doorbell(const Doorbell&) = delete;
  Doorbell& operator=(const Doorbell&) = delete;

  std::string Uri(const std::string& path) const {
    return absl::StrCat("http://127.0.0.1:", ntohs(name_.sin_port), "/", path);
  }
  // Whether somebody waits to be let in: a connection is made before it is accepted.
  bool HasRung() const {
    pollfd wait = {listener_, POLLIN, 0};
    return poll(&wait, 1, 0) > 0;
  }
  void Ring() const {
    const int caller = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(connect(caller, reinterpret_cast<const sockaddr*>(&name_), sizeof name_), 0);
    close(caller);
  }

 private:
  const int listener_;
  sockaddr_in name_ = {};
};

TEST_P(ImportedCardsTest, ABadCardSaysWhereAndRefusesOnlyItself) {
  const auto response = Imported(
      Request(Card("Milena", "NICKNAME:Mila\r\nEMAIL:a@\r\nTEL:+41 22 717 91 11\r\nTEL:12\r\n") + Card("Boris")));
  ASSERT_THAT(Outcomes(response), ElementsAre("1 REFUSED", "2 CREATED"));
  const auto& card = response.cards(0);
  ASSERT_EQ(card.findings_size(), 3);
  EXPECT_EQ(card.findings(0).field(), "contact.emails[0].address");
  EXPECT_EQ(card.findings(0).line(), 5);
  EXPECT_TRUE(card.findings(0).refused());
  EXPECT_THAT(card.findings(0).message(), HasSubstr("EMAIL_NO_DOMAIN"));
  EXPECT_EQ(card.findings(1).field(), "contact.phones[1].number");
  EXPECT_EQ(card.findings(1).line(), 7);
  EXPECT_EQ(card.findings(2).field(), "NICKNAME");
  EXPECT_FALSE(card.findings(2).refused());
}

TEST_P(ImportedCardsTest, ACellSaysRowAndColumn) {
  const auto response = Imported(Request("display_name,email\r\nMilena,a@\r\nBoris\r\n", v1::EXCHANGE_FORMAT_CSV));
  ASSERT_THAT(Outcomes(response), ElementsAre("1 REFUSED", "2 REFUSED"));
  EXPECT_EQ(response.cards(0).findings(0).line(), 2);
  EXPECT_EQ(response.cards(0).findings(0).column(), 2);
  EXPECT_EQ(response.cards(1).findings(0).line(), 3);
  EXPECT_EQ(response.cards(1).findings(0).column(), 2);
}

TEST_P(ImportedCardsTest, ACardOfNobodyIsRefused) {
  const auto response = Imported(Request("BEGIN:VCARD\nVERSION:4.0\nNOTE:x\nEND:VCARD\n"));
  ASSERT_THAT(Outcomes(response), ElementsAre("1 REFUSED"));
  EXPECT_EQ(response.cards(0).findings(0).field(), "contact.person_names");
}

TEST_P(ImportedCardsTest, WhoIsThereAlreadyIsNamed) {
  auto there = ContactDriver::FullPerson("Milena Brkić");
  there.mutable_phones(0)->set_number("+41 22 717 91 11 ext. 5");
  const auto milena = driver_.Make("milena", there);
  const std::string file =
      Card("By mail", "EMAIL:MILENA@example.org\r\n") + Card("By number", "TEL:+41227179111 ext. 5\r\n") +
      Card("Colleague", "TEL:+41227179111 ext. 6\r\n") + Card("By fax", "TEL;TYPE=fax:+41227179111 ext. 5\r\n") +
      Card("Desk", "KIND:org\r\nTEL:+41227179111 ext. 5\r\n");
  const auto response = Imported(Request(file));
  EXPECT_THAT(Outcomes(response), ElementsAre("1 DUPLICATE", "2 DUPLICATE", "3 CREATED", "4 CREATED", "5 CREATED"));
  EXPECT_EQ(response.cards(0).contact(), milena.name());
  EXPECT_EQ(response.cards(1).contact(), milena.name());
}

TEST_P(ImportedCardsTest, ColleaguesBehindOneNumberAndDeskAreKnownAgain) {
  // More than a page that is read at once, and several transactions.
  constexpr int kExtensions = 205;
  environment_.exchange_limits.cards_at_once = 100;
  std::string file;
  for (int i = 0; i < kExtensions; ++i) {
    file += Card(absl::StrCat("Extension ", i), absl::StrCat("TEL:+41 22 717 91 11 ext. ", 1000 + i, "\r\n"));
  }
  for (int i = 0; i < 30; ++i) {
    file += Card(absl::StrCat("Mailbox ", i), absl::StrCat("EMAIL:press@example.org\r\nEMAIL:p", i,
                                                           "@example.org\r\nTEL;TYPE=fax:+41 22 717 91 11\r\n"));
  }
  auto request = Request(file);
  request.set_request_id(kUuid);
  const auto first = Imported(request);
  EXPECT_EQ(first.created_count(), kExtensions + 30);
  request.set_request_id("5f0c3f0e-7a53-4f5e-9f39-8f7b9d4a1c12");
  const auto again = Imported(request);
  EXPECT_EQ(again.duplicate_count(), kExtensions + 30);
  ASSERT_EQ(again.cards_size(), first.cards_size());
  for (int i = 0; i < again.cards_size(); ++i) EXPECT_EQ(again.cards(i).contact(), first.cards(i).contact());
}

TEST_P(ImportedCardsTest, DuplicatesAreMadeWhenAskedForAndSayOfWhom) {
  const auto milena = driver_.Make("milena", ContactDriver::FullPerson("Milena Brkić"));
  auto request = Request(Card("Namesake", "EMAIL:milena@example.org\r\n"));
  request.set_allow_duplicates(true);
  const auto response = Imported(request);
  ASSERT_THAT(Outcomes(response), ElementsAre("1 CREATED"));
  EXPECT_NE(response.cards(0).contact(), milena.name());
  EXPECT_THAT(response.cards(0).findings(0).message(), HasSubstr(milena.name()));
}

TEST_P(ImportedCardsTest, AnOrganizationThatIsNotThereOrNotTheOnlyOneIsAFinding) {
  driver_.MakeOrganization("one", "Twins");
  driver_.MakeOrganization("two", "TWINS");
  driver_.MakeOrganization("above", "Above", "CH", "hq");
  const auto response =
      Imported(Request(Card("a", "ORG:Nobody\r\n") + Card("b", "ORG:Twins\r\n") + Card("c", "ORG:Above\r\n") +
                       Card("d", "ORG:Nobody\r\n") + Card("e", "ORG:Twins\r\n")));
  ASSERT_THAT(Outcomes(response), ElementsAre("1 CREATED", "2 CREATED", "3 CREATED", "4 CREATED", "5 CREATED"));
  EXPECT_EQ(response.cards(0).findings(0).field(), "contact.organization");
  EXPECT_EQ(response.cards(0).findings(0).line(), 4);
  EXPECT_THAT(response.cards(0).findings(0).message(), HasSubstr("no organization"));
  EXPECT_THAT(response.cards(1).findings(0).message(), HasSubstr("2 organizations"));
  EXPECT_EQ(response.cards(3).findings(0).message(), response.cards(0).findings(0).message());
  EXPECT_EQ(response.cards(4).findings(0).message(), response.cards(1).findings(0).message());
  EXPECT_EQ(driver_.Whole(response.cards(2).contact()).organization(), "newsrooms/hq/organizations/above");
}

TEST_P(ImportedCardsTest, NumbersAreOfTheCountryThatIsSaid) {
  auto request = Request(Card("a", "TEL:022 717 91 11\r\n") + Card("b", "TEL:+49 30 204550\r\n"));
  EXPECT_THAT(Outcomes(Imported(request)), ElementsAre("1 REFUSED", "2 CREATED"));
  request.set_region("CH");
  const auto response = Imported(request);
  ASSERT_THAT(Outcomes(response), ElementsAre("1 CREATED", "2 DUPLICATE"));
  EXPECT_EQ(driver_.Whole(response.cards(0).contact()).phones(0).region(), "CH");
}

TEST_P(ImportedCardsTest, WhatACardSaysTwiceIsTakenOnce) {
  driver_.MakeOrganization("igh", "Hilfe");
  const std::string lines =
      "EMAIL:m@example.org\r\nEMAIL;TYPE=home:m@Example.ORG\r\nEMAIL:n@example.org\r\n"
      "TEL;TYPE=work:+41 22 717 91 11\r\nTEL;TYPE=cell:022 717 91 11\r\nTEL;TYPE=fax:+41227179111\r\n"
      "URL:https://example.org/m\r\nX-SOCIALPROFILE:https://example.org/m\r\nLANG:de\r\nLANG:DE\r\nLANG:fr\r\n";
  auto request = Request(Card("a", "ORG:Hilfe\r\n" + lines) + Card("b", lines + "EMAIL:a@\r\n"));
  request.set_region("CH");
  request.set_allow_duplicates(true);
  const auto response = Imported(request);
  ASSERT_THAT(Outcomes(response), ElementsAre("1 CREATED", "2 REFUSED"));
  std::vector<std::string> told;
  for (const auto& finding : response.cards(0).findings()) {
    told.push_back(absl::StrCat(finding.line(), " ", finding.field()));
    EXPECT_EQ(finding.message(), "is there twice; it was taken over once");
  }
  EXPECT_THAT(told,
              ElementsAre("6 contact.emails", "9 contact.phones", "12 contact.web_addresses", "14 contact.languages"));
  const v1::Contact made = driver_.Whole(response.cards(0).contact());
  EXPECT_EQ(made.emails_size(), 2);
  EXPECT_EQ(made.emails(1).address(), "n@example.org");
  EXPECT_EQ(made.phones_size(), 2);
  EXPECT_EQ(made.web_addresses_size(), 1);
  EXPECT_THAT(made.languages(), ElementsAre("de", "fr"));
  // Behind what was left out, fields still know their line.
  EXPECT_EQ(response.cards(1).findings(0).field(), "contact.emails[2].address");
  EXPECT_EQ(response.cards(1).findings(0).line(), 31);
}

TEST_P(ImportedCardsTest, NothingIsFetched) {
  const Doorbell door;
  const auto v3 = [&](const char* name) {
    return absl::StrCat(name, ";VALUE=uri:", door.Uri(absl::StrCat(name, "-of-3")), "\r\n");
  };
  const auto v4 = [&](const char* name) {
    return absl::StrCat(name, ":", door.Uri(absl::StrCat(name, "-of-4")), "\r\n");
  };
  const auto json = [&](const char* name) {
    return absl::StrCat(R"(,[")", name, R"(",{},"uri",")", door.Uri(absl::StrCat(name, "-of-json")), R"("])");
  };
  const std::pair<v1::ExchangeFormat, std::string> kFiles[] = {
      {v1::EXCHANGE_FORMAT_VCARD_3,
       absl::StrCat("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nN:Anna;;;;\r\n", v3("PHOTO"), v3("LOGO"), v3("SOUND"),
                    v3("KEY"), "URL:", door.Uri("of-3"), "\r\nEND:VCARD\r\n")},
      {v1::EXCHANGE_FORMAT_VCARD_4,
       Card("Berta", absl::StrCat(v4("PHOTO"), v4("LOGO"), v4("SOUND"), v4("KEY"), "URL:", door.Uri("of-4"), "\r\n"))},
      {v1::EXCHANGE_FORMAT_JCARD,
       absl::StrCat(R"(["vcard",[["version",{},"text","4.0"],["fn",{},"text","Carla"])", json("photo"), json("logo"),
                    json("sound"), json("key"), json("url"), "]]")}};
  for (const auto& [format, content] : kFiles) {
    for (const bool validate_only : {true, false}) {
      auto request = Request(content, format);
      request.set_validate_only(validate_only);
      const auto response = Imported(request);
      ASSERT_THAT(Outcomes(response), ElementsAre(validate_only ? "1 WOULD_CREATE" : "1 CREATED"));
      std::vector<std::string> told;
      for (const auto& finding : response.cards(0).findings()) told.push_back(finding.field());
      EXPECT_THAT(told, testing::UnorderedElementsAre("PHOTO", "LOGO", "SOUND", "KEY"));
      if (validate_only) continue;
      const v1::Contact made = driver_.Whole(response.cards(0).contact());
      EXPECT_EQ(made.web_addresses_size(), 1);
      EXPECT_EQ(made.web_addresses(0).uri().find(door.Uri("")), 0U) << "kept, as it was written";
    }
  }
  EXPECT_FALSE(door.HasRung());
  door.Ring();
  EXPECT_TRUE(door.HasRung()) << "it would have been heard";
}

INSTANTIATE_TEST_SUITE_P(Engines, ImportedCardsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
