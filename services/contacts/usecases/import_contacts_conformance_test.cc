// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/import_contacts.h"
#include "services/contacts/usecases/purge.h"
#include "services/platform/errors/error.h"

// Files of contacts, imported: what becomes of each card, and that nothing is half-done unnoticed.
namespace communique::contacts {
namespace {

using platform::ErrorMetadataValue;
using platform::Reason;
using platform::ReasonOf;
using testing::AnyOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kUuid[] = "5f0c3f0e-7a53-4f5e-9f39-8f7b9d4a1c11";

class ImportContactsTest : public testing::TestWithParam<const char*> {
 protected:
  ImportContactsTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
  }

  static std::string Card(const std::string& name, const std::string& lines = "") {
    return absl::StrCat("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:", name, "\r\n", lines, "END:VCARD\r\n");
  }
  static v1::ImportContactsRequest Request(const std::string& content,
                                           v1::ExchangeFormat format = v1::EXCHANGE_FORMAT_VCARD_4) {
    v1::ImportContactsRequest request;
    request.set_parent("newsrooms/relief");
    request.set_format(format);
    request.set_content(content);
    request.set_source("Accreditation 2026");
    request.set_basis(v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
    return request;
  }
  absl::StatusOr<v1::ImportContactsResponse> Send(const v1::ImportContactsRequest& request) {
    auto written = ImportContacts(environment_, caller_, request);
    if (!written.ok()) return written.status();
    return std::move(written->value);
  }
  v1::ImportContactsResponse Imported(const v1::ImportContactsRequest& request) {
    auto response = Send(request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *std::move(response) : v1::ImportContactsResponse();
  }
  // "1 CREATED", "2 DUPLICATE of 1".
  static std::vector<std::string> Outcomes(const v1::ImportContactsResponse& response) {
    constexpr std::size_t kPrefix = sizeof("OUTCOME_") - 1;
    std::vector<std::string> outcomes;
    for (const auto& card : response.cards()) {
      outcomes.push_back(
          absl::StrCat(card.index(), " ", v1::ImportedCard::Outcome_Name(card.outcome()).substr(kPrefix)));
      if (card.duplicate_of() > 0) absl::StrAppend(&outcomes.back(), " of ", card.duplicate_of());
    }
    return outcomes;
  }
  std::vector<std::string> Stored() {
    v1::ListContactsRequest request;
    request.set_parent("newsrooms/relief");
    request.set_page_size(1000);
    const auto list = ListContacts(store_.environment(), caller_, request);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<std::string> names;
    if (!list.ok()) return names;
    for (const auto& contact : list->contacts()) {
      names.push_back(contact.kind() == v1::Contact::KIND_DESK ? contact.desk_names(0).text()
                                                               : contact.person_names(0).display_name());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  Environment environment_ = store_.environment();
  const Caller caller_ = ContactsStore::As("editor");
};

TEST_P(ImportContactsTest, MakesUnconfirmedContactsForTheHouse) {
  driver_.MakeOrganization("igh", "Internationale Gesellschaft für Hilfe");
  auto request = Request(Card("Milena Brkić",
                              "ORG:INTERNATIONALE GESELLSCHAFT FUR HILFE\r\nTITLE:Sprecherin\r\n"
                              "EMAIL:mbrkic@example.org\r\nTEL:022 717 91 11\r\n"));
  request.set_relation(v1::Contact::RELATION_JOURNALIST);
  const auto response = Imported(request);
  ASSERT_THAT(Outcomes(response), ElementsAre("1 CREATED"));
  EXPECT_EQ(response.created_count(), 1);
  EXPECT_EQ(response.cards(0).line(), 1);
  EXPECT_EQ(response.cards(0).display_name(), "Milena Brkić");
  EXPECT_THAT(response.cards(0).findings(), IsEmpty());
  const v1::Contact made = driver_.Whole(response.cards(0).contact());
  EXPECT_EQ(made.state(), v1::Contact::STATE_UNCONFIRMED);
  EXPECT_EQ(made.visibility(), v1::VISIBILITY_INTERNAL);
  EXPECT_EQ(made.emails(0).visibility(), v1::VISIBILITY_INTERNAL);
  EXPECT_EQ(made.relation(), v1::Contact::RELATION_JOURNALIST);
  EXPECT_EQ(made.source(), "Accreditation 2026");
  EXPECT_EQ(made.organization(), "newsrooms/relief/organizations/igh");
  EXPECT_EQ(made.phones(0).e164(), "+41227179111") << "of the organization's country";
  EXPECT_EQ(made.role_titles(0).locale(), "de") << "the newsroom's source language";
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED " + made.name().substr(made.name().rfind('/') + 1)));
}

TEST_P(ImportContactsTest, KeepsTheDeclaredBasisWithTheContact) {
  const std::string name = Imported(Request(Card("Milena Brkić"))).cards(0).contact();
  const auto basis = [&] {
    absl::StatusOr<storage::ContactRecord> record;
    const absl::Status status = store_.db().Read(ContactsStore::Soon(), [&](platform::Session& session) {
      record = FindContact(session, "uid-of-relief", name);
      return record.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return record.ok() ? record->declared_basis() : v1::PROCESSING_BASIS_UNSPECIFIED;
  };
  EXPECT_EQ(basis(), v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
  v1::Contact change;
  change.set_note("confirmed");
  ContactDriver::Expect(driver_.Send(ContactDriver::UpdateRequest(driver_.Whole(name), change, {"note"})));
  EXPECT_EQ(basis(), v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
}

TEST_P(ImportContactsTest, ADryRunGivesTheSameReportAndChangesNothing) {
  const std::string file = Card("Milena", "EMAIL:milena@example.org\r\n") + Card("M.", "EMAIL:Milena@example.org\r\n") +
                           Card("Bad", "EMAIL:no address\r\n") + Card("Boris", "BDAY:1980\r\n");
  auto request = Request(file);
  environment_.exchange_limits.cards_at_once = 1;
  request.set_validate_only(true);
  const auto dry = Imported(request);
  EXPECT_THAT(Outcomes(dry), ElementsAre("1 WOULD_CREATE", "2 DUPLICATE of 1", "3 REFUSED", "4 WOULD_CREATE"));
  EXPECT_EQ(dry.would_create_count(), 2);
  EXPECT_EQ(dry.duplicate_count(), 1);
  EXPECT_EQ(dry.refused_count(), 1);
  EXPECT_THAT(Stored(), IsEmpty());
  EXPECT_THAT(driver_.Feed(), IsEmpty());
  request.set_validate_only(false);
  request.set_request_id(kUuid);
  const auto real = Imported(request);
  EXPECT_THAT(Outcomes(real), ElementsAre("1 CREATED", "2 DUPLICATE of 1", "3 REFUSED", "4 CREATED"));
  EXPECT_EQ(real.cards(1).contact(), real.cards(0).contact());
  ASSERT_EQ(real.cards_size(), dry.cards_size());
  for (int i = 0; i < real.cards_size(); ++i) {
    ASSERT_EQ(real.cards(i).findings_size(), dry.cards(i).findings_size());
    for (int j = 0; j < real.cards(i).findings_size(); ++j) {
      EXPECT_EQ(real.cards(i).findings(j).SerializeAsString(), dry.cards(i).findings(j).SerializeAsString());
    }
  }
  EXPECT_THAT(Stored(), ElementsAre("Boris", "Milena"));
}

TEST_P(ImportContactsTest, ABadCardSaysWhereAndRefusesOnlyItself) {
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

TEST_P(ImportContactsTest, ACellSaysRowAndColumn) {
  const auto response = Imported(Request("display_name,email\r\nMilena,a@\r\nBoris\r\n", v1::EXCHANGE_FORMAT_CSV));
  ASSERT_THAT(Outcomes(response), ElementsAre("1 REFUSED", "2 REFUSED"));
  EXPECT_EQ(response.cards(0).findings(0).line(), 2);
  EXPECT_EQ(response.cards(0).findings(0).column(), 2);
  EXPECT_EQ(response.cards(1).findings(0).line(), 3);
  EXPECT_EQ(response.cards(1).findings(0).column(), 2);
}

TEST_P(ImportContactsTest, ACardOfNobodyIsRefused) {
  const auto response = Imported(Request("BEGIN:VCARD\nVERSION:4.0\nNOTE:x\nEND:VCARD\n"));
  ASSERT_THAT(Outcomes(response), ElementsAre("1 REFUSED"));
  EXPECT_EQ(response.cards(0).findings(0).field(), "contact.person_names");
}

TEST_P(ImportContactsTest, WhoIsThereAlreadyIsNamed) {
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

TEST_P(ImportContactsTest, ColleaguesBehindOneNumberAndDeskAreKnownAgain) {
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

TEST_P(ImportContactsTest, DuplicatesAreMadeWhenAskedForAndSayOfWhom) {
  const auto milena = driver_.Make("milena", ContactDriver::FullPerson("Milena Brkić"));
  auto request = Request(Card("Namesake", "EMAIL:milena@example.org\r\n"));
  request.set_allow_duplicates(true);
  const auto response = Imported(request);
  ASSERT_THAT(Outcomes(response), ElementsAre("1 CREATED"));
  EXPECT_NE(response.cards(0).contact(), milena.name());
  EXPECT_THAT(response.cards(0).findings(0).message(), HasSubstr(milena.name()));
}

TEST_P(ImportContactsTest, AnOrganizationThatIsNotThereOrNotTheOnlyOneIsAFinding) {
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

TEST_P(ImportContactsTest, NumbersAreOfTheCountryThatIsSaid) {
  auto request = Request(Card("a", "TEL:022 717 91 11\r\n") + Card("b", "TEL:+49 30 204550\r\n"));
  EXPECT_THAT(Outcomes(Imported(request)), ElementsAre("1 REFUSED", "2 CREATED"));
  request.set_region("CH");
  const auto response = Imported(request);
  ASSERT_THAT(Outcomes(response), ElementsAre("1 CREATED", "2 DUPLICATE"));
  EXPECT_EQ(driver_.Whole(response.cards(0).contact()).phones(0).region(), "CH");
}

TEST_P(ImportContactsTest, WhatACardSaysTwiceIsTakenOnce) {
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

TEST_P(ImportContactsTest, AllOrNothingMakesNothingWhenOneIsRefused) {
  auto request = Request(Card("Milena") + Card("Bad", "EMAIL:a@\r\n"));
  request.set_all_or_nothing(true);
  request.set_request_id(kUuid);
  EXPECT_THAT(Outcomes(Imported(request)), ElementsAre("1 WOULD_CREATE", "2 REFUSED"));
  EXPECT_THAT(Stored(), IsEmpty());
  request.set_content(Card("Milena") + Card("Boris"));
  EXPECT_THAT(Outcomes(Imported(request)), ElementsAre("1 CREATED", "2 CREATED")) << "nothing was recorded before";
  environment_.exchange_limits.cards_at_once = 1;
  EXPECT_THAT(std::string(Send(request).status().message()), HasSubstr("all_or_nothing"));
}

TEST_P(ImportContactsTest, TheSameCallAgainChangesNothingAndReportsTheSame) {
  auto request = Request(Card("Milena", "EMAIL:milena@example.org\r\nBDAY:1980\r\n") +
                         Card("M.", "EMAIL:milena@example.org\r\n") + Card("Bad", "EMAIL:a@\r\n"));
  request.set_request_id(kUuid);
  const auto first = Imported(request);
  const auto again = Imported(request);
  EXPECT_EQ(again.DebugString(), first.DebugString());
  EXPECT_THAT(Stored(), ElementsAre("Milena"));
  request.set_source("Another one");
  EXPECT_EQ(ReasonOf(Send(request).status()), Reason::ERROR_REASON_REQUEST_ID_REUSED);
}

TEST_P(ImportContactsTest, TheSameCallIsKnownForADayHoweverSoonTheDeletedGo) {
  environment_.limits.kept_after_deletion = absl::Hours(1);
  auto request = Request(Card("Milena"));
  request.set_request_id(kUuid);
  const auto first = Imported(request);
  store_.clock().Advance(absl::Hours(23));
  ASSERT_TRUE(PurgeDeleted(environment_, ContactsStore::Soon()).ok());
  EXPECT_EQ(Imported(request).DebugString(), first.DebugString());
}

TEST_P(ImportContactsTest, ALargeFileIsStoredInParts) {
  environment_.exchange_limits.cards_at_once = 2;
  std::string file;
  for (int i = 0; i < 5; ++i)
    file += Card(absl::StrCat("Person ", i), absl::StrCat("EMAIL:p", i % 4, "@example.org\r\n"));
  auto request = Request(file);
  EXPECT_THAT(std::string(Send(request).status().message()), HasSubstr("request_id"));
  request.set_request_id(kUuid);
  EXPECT_THAT(Outcomes(Imported(request)),
              ElementsAre("1 CREATED", "2 CREATED", "3 CREATED", "4 CREATED", "5 DUPLICATE of 1"));
}

TEST_P(ImportContactsTest, AnImportThatIsBrokenOffSaysSoAndGoesOn) {
  environment_.exchange_limits.cards_at_once = 2;
  std::string file;
  for (int i = 0; i < 5; ++i) file += Card(absl::StrCat("Person ", i));
  auto request = Request(file);
  request.set_request_id(kUuid);
  ContactImport import(environment_, caller_, request);
  ASSERT_TRUE(import.Read().ok());
  const absl::Status busy = platform::Unavailable(Reason::ERROR_REASON_PEER_UNAVAILABLE, "busy", absl::Seconds(2));
  EXPECT_EQ(import.Interrupted(busy), busy) << "nothing is stored yet";
  ASSERT_TRUE(import.StoreSome().ok());
  EXPECT_FALSE(import.done());
  const absl::Status status = import.Interrupted(busy);
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_IMPORT_INTERRUPTED);
  EXPECT_EQ(ErrorMetadataValue(status, "done"), "2");
  EXPECT_EQ(ErrorMetadataValue(status, "cards"), "5");
  EXPECT_EQ(platform::RetryAfterOf(status), absl::Seconds(2));
  EXPECT_EQ(ReasonOf(import.Interrupted(absl::DeadlineExceededError("late"))), Reason::ERROR_REASON_IMPORT_INTERRUPTED);
  EXPECT_EQ(Stored().size(), 2U);
  const auto whole = Imported(request);
  EXPECT_EQ(whole.created_count(), 5);
  EXPECT_THAT(Stored(), ElementsAre("Person 0", "Person 1", "Person 2", "Person 3", "Person 4"));
}

TEST_P(ImportContactsTest, WhatIsWrongWithTheRequestIsNamedAtOnce) {
  v1::ImportContactsRequest request = Request("x");
  request.clear_format();
  request.clear_source();
  request.clear_basis();
  request.set_language("deutsch!");
  request.set_region("Schweiz");
  request.set_request_id("1");
  const std::string message(Send(request).status().message());
  for (const char* field : {"format", "source", "basis", "language", "region", "request_id"}) {
    EXPECT_THAT(message, HasSubstr(field));
  }
  environment_.exchange_limits.file_bytes = 10;
  EXPECT_THAT(std::string(Send(Request("12345678901")).status().message()), HasSubstr("limits.exchange.file_bytes"));
  environment_.exchange_limits.file_bytes = 1000;
  EXPECT_EQ(ReasonOf(Send(Request("hello")).status()), Reason::ERROR_REASON_FILE_INVALID);
  auto elsewhere = Request(Card("Milena"));
  elsewhere.set_parent("newsrooms/desert");
  EXPECT_EQ(ReasonOf(Send(elsewhere).status()), Reason::ERROR_REASON_NOT_FOUND);
}

TEST_P(ImportContactsTest, WhoMayNotReadAddressesDoesNotLearnWhoseTheyAre) {
  Caller caller = caller_;
  caller.permissions = {common::v1::PERMISSION_READ, common::v1::PERMISSION_EDIT_CONTACTS};
  const auto refused = ImportContacts(environment_, caller, Request(Card("Milena")));
  EXPECT_EQ(ReasonOf(refused.status()), Reason::ERROR_REASON_PERMISSION_DENIED);
}

TEST_P(ImportContactsTest, AReportHasItsLimit) {
  environment_.exchange_limits.report_bytes = 300;
  std::string lines;
  for (int i = 0; i < 30; ++i) absl::StrAppend(&lines, "X-A", i, ":x\r\n");
  const auto response = Imported(Request(Card("a", lines) + Card("b", lines) + Card("c", lines + "EMAIL:a@\r\n")));
  EXPECT_GT(response.cards(0).findings_size(), 0);
  EXPECT_LE(response.cards(0).findings_size(), 20);
  EXPECT_EQ(response.cards(0).findings_size() + response.cards(0).more_findings(), 30);
  EXPECT_EQ(response.cards(1).more_findings(), 30);
  ASSERT_EQ(response.cards(2).findings_size(), 1) << "why it is refused";
  EXPECT_TRUE(response.cards(2).findings(0).refused());
  EXPECT_EQ(response.cards(2).more_findings(), 30);
}

TEST_P(ImportContactsTest, BeyondItsLimitAReportSaysLittleOfACard) {
  environment_.exchange_limits.report_bytes = 1024;
  // Names as long as reports have them, in letters of three bytes; refused for a property as long as its name may be.
  std::string name;
  for (int i = 0; i < 90; ++i) name += "語";
  std::string file;
  for (int i = 0; i < 40; ++i) {
    file += Card(name, i % 8 == 0 ? "" : absl::StrCat(std::string(100, 'X'), ".", std::string(100, 'Y'), ":\xFF\r\n"));
  }
  const auto response = Imported(Request(file));
  EXPECT_EQ(response.created_count(), 5);
  EXPECT_EQ(response.refused_count(), 35);
  EXPECT_FALSE(response.cards(0).display_name().empty());
  // By then the names alone are longer than the limit.
  for (int i = 5; i < response.cards_size(); ++i) {
    const auto& card = response.cards(i);
    EXPECT_EQ(card.display_name(), "");
    EXPECT_LE(card.ByteSizeLong(), ExchangeLimits::kCardBytes);
    if (card.outcome() != v1::ImportedCard::OUTCOME_REFUSED) continue;
    ASSERT_EQ(card.findings_size(), 1);
    EXPECT_FALSE(card.findings(0).message().empty());
  }
  EXPECT_LE(response.ByteSizeLong(), 1024 + 40 * ExchangeLimits::kCardBytes);
}

TEST_P(ImportContactsTest, RecordsOfImportsAreKeptAsLongAsWhatIsDeletedAndHoldNoNames) {
  // Values that slipped into another column or property are no names to us. The last letter of the domain is Cyrillic.
  const std::string shifted = "Milena,milena@example.org,+41 22 717 91 11";
  const std::vector<v1::ImportContactsResponse> reports = {
      Imported(Request(
          Card("Milena Brkić",
               "EMAIL:milena@example.org\r\nLANG:Milena\r\nTITLE;LANGUAGE=Milena:x\r\nTZ:Milena\r\nURL:Milena\r\n"))),
      Imported(Request("languages,time_zone,organization\r\n" + shifted + "\r\n", v1::EXCHANGE_FORMAT_CSV)),
      Imported(Request("time_zone,kind,languages\r\n" + shifted + "\r\n", v1::EXCHANGE_FORMAT_CSV)),
      Imported(Request("phone_kind,email,kind\r\nMilena,x@milenа.org,Milena\r\n", v1::EXCHANGE_FORMAT_CSV)),
      Imported(Request("display_name,email\r\nx,x@milenа.org\r\n", v1::EXCHANGE_FORMAT_CSV)),
      Imported(Request(R"(["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "x"],
                       ["Milena Brkić", {}, "text", "x"], ["tel", {"group": "Milena Brkić"}, "text", "x"]]])",
                       v1::EXCHANGE_FORMAT_JCARD))};
  for (const auto& report : reports) {
    for (const auto& card : report.cards()) {
      EXPECT_GT(card.findings_size(), 0);
      for (const auto& finding : card.findings()) {
        EXPECT_THAT(finding.DebugString(), Not(AnyOf(HasSubstr("ilen"), HasSubstr("ILEN"), HasSubstr("717 91"))));
      }
    }
  }
  const auto records = [&] {
    std::vector<std::string> payloads;
    const absl::Status status = store_.db().Read(ContactsStore::Soon(), [&](platform::Session& session) {
      const auto rows = session.Query("SELECT payload FROM imports");
      if (!rows.ok()) return rows.status();
      payloads.clear();
      for (const auto row : *rows) payloads.push_back(row.Bytes(0));
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return payloads;
  };
  EXPECT_THAT(records(), Each(Not(AnyOf(HasSubstr("ilen"), HasSubstr("ILEN"), HasSubstr("717 91")))));
  ASSERT_TRUE(PurgeDeleted(store_.environment(), ContactsStore::Soon()).ok());
  EXPECT_EQ(records().size(), reports.size());
  store_.clock().Advance(absl::Hours(31 * 24));
  ASSERT_TRUE(PurgeDeleted(store_.environment(), ContactsStore::Soon()).ok());
  EXPECT_THAT(records(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, ImportContactsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
