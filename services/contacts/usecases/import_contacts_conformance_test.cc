// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/testing/import_test.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/contacts/usecases/purge.h"
#include "services/platform/errors/error.h"

// Files of contacts, imported: what callers get, and that nothing is half-done unnoticed.
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

class ImportContactsTest : public ImportTest {};

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
  v1::ListProcessingRecordsRequest request;
  request.set_parent(name);
  const auto list = ListProcessingRecords(store_.environment(), caller_, request);
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->processing_records_size(), 1);
  const auto& record = list->processing_records(0);
  EXPECT_EQ(record.event(), v1::ProcessingRecord::EVENT_DECLARED);
  EXPECT_EQ(record.purpose(), v1::PURPOSE_MEDIA_RELATIONS);
  EXPECT_EQ(record.basis(), v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
  EXPECT_EQ(record.recorder(), "editor");
}

TEST_P(ImportContactsTest, ConsentIsNotDeclaredButGiven) {
  auto request = Request(Card("Milena Brkić"));
  request.set_basis(v1::PROCESSING_BASIS_CONSENT);
  EXPECT_THAT(std::string(Send(request).status().message()), HasSubstr("basis: CONSENT is for people to give"));
  auto& granted = *request.add_processing_records();
  granted.set_event(v1::ProcessingRecord::EVENT_GRANTED);
  granted.set_purpose(v1::PURPOSE_PRESS_RELEASES);
  granted.set_notice_locale("de");
  EXPECT_THAT(std::string(Send(request).status().message()), HasSubstr("processing_records[0].notice_version: "));
  granted.set_notice_version("3");
  EXPECT_TRUE(Send(request).ok());
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
