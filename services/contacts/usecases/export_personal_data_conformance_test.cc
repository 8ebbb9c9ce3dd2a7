// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/contacts/storage/contact_store.h"
#include "services/contacts/testing/erasure_driver.h"
#include "services/contacts/testing/filled_message.h"
#include "services/contacts/usecases/export_personal_data.h"
#include "services/contacts/usecases/group_members.h"
#include "services/contacts/usecases/groups.h"
#include "services/contacts/usecases/import_contacts.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/contacts/usecases/suppressions.h"
#include "services/platform/errors/error.h"

// That a person gets everything, and nobody else anything.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ExportPersonalDataTest : public testing::TestWithParam<const char*> {
 protected:
  ExportPersonalDataTest() { store_.MakeNewsroom("relief"); }

  static v1::ExportPersonalDataRequest Request(const std::string& contact) {
    v1::ExportPersonalDataRequest request;
    request.set_contact(contact);
    request.set_identity_verified(true);
    return request;
  }
  absl::StatusOr<v1::ExportPersonalDataResponse> Send(const v1::ExportPersonalDataRequest& request) {
    return ExportPersonalData(officer_.environment, ErasureDriver::Officer(), request);
  }
  // All pages; how many there were.
  std::vector<v1::PersonalRecord> All(const std::string& contact, int page_size, int* pages = nullptr) {
    auto request = Request(contact);
    request.set_page_size(page_size);
    std::vector<v1::PersonalRecord> records;
    for (int page = 1; page < 100; ++page) {
      const auto response = Send(request);
      EXPECT_TRUE(response.ok()) << response.status();
      if (!response.ok()) break;
      EXPECT_LE(response->records_size(), page_size);
      records.insert(records.end(), response->records().begin(), response->records().end());
      if (pages != nullptr) *pages = page;
      if (response->next_page_token().empty()) {
        EXPECT_THAT(response->services(), ElementsAre("contacts", "releases"));
        break;
      }
      request.set_page_token(response->next_page_token());
    }
    return records;
  }
  static std::vector<std::string> Kinds(const std::vector<v1::PersonalRecord>& records) {
    std::vector<std::string> kinds;
    for (const auto& record : records) kinds.push_back(absl::StrCat(record.service(), " ", record.kind()));
    return kinds;
  }
  static std::string Text(const std::vector<v1::PersonalRecord>& records) {
    std::string text;
    for (const auto& record : records) absl::StrAppend(&text, record.json(), "\n");
    return text;
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  ErasureDriver officer_{store_};
};

TEST_P(ExportPersonalDataTest, GivesWhatEveryServiceHolds) {
  const v1::Contact milena = driver_.Make("milena", ContactDriver::FullPerson("Milena Quux"));
  officer_.releases.AddLine(milena.name(), "newsrooms/relief/releases/r1", "Milena Quux, +41 22 717 91 11");
  officer_.releases.AddText("newsrooms/relief/releases/r2", "content.lead", "as Milena Quux said");
  officer_.releases.AddText("newsrooms/relief/releases/r3", "content.lead", "nobody");
  int pages = 0;
  const auto records = All(milena.name(), 100, &pages);
  EXPECT_THAT(Kinds(records),
              ElementsAre("contacts contact", "releases content.contact_lines[0]", "releases content.lead"));
  EXPECT_EQ(records[0].resource(), milena.name());
  for (const char* value : {"Milena Quux", "milena@example.org", "+41 22 717 91 11", "+41227179111", "before noon",
                            "own staff directory", "phonetic"}) {
    EXPECT_THAT(records[0].json(), HasSubstr(value));
  }
  EXPECT_THAT(records[2].json(), HasSubstr("as Milena Quux said"));
  EXPECT_EQ(records[2].resource(), "newsrooms/relief/releases/r2");
  EXPECT_EQ(pages, 3) << "one of this service, one for each of the fake's";
  EXPECT_EQ(Text(All(milena.name(), 1)), Text(records)) << "page by page it is the same";
}

// Whatever is stored is handed out, whoever adds a field.
TEST_P(ExportPersonalDataTest, NoFieldIsForgotten) {
  const v1::Contact made = driver_.Make("milena", ContactDriver::Person("Milena Quux"));
  MessageFiller filler;
  storage::ContactRecord record;
  filler.Fill(record);
  v1::Contact& contact = *record.mutable_contact();
  contact.set_name(made.name());
  contact.set_uid(made.uid());
  contact.set_etag(made.etag());
  contact.set_kind(v1::Contact::KIND_PERSON);
  contact.set_state(v1::Contact::STATE_ACTIVE);
  for (auto* time : {contact.mutable_valid_from(), contact.mutable_valid_until(), contact.mutable_delete_time(),
                     contact.mutable_purge_time()}) {
    time->set_nanos(0);
  }
  const absl::Status stored = store_.db().Write(ContactsStore::Soon(), [&](platform::Session& session) {
    return UpdateContact(session, "uid-of-relief", {"test", "", store_.clock().Now()}, record);
  });
  ASSERT_TRUE(stored.ok()) << stored;
  const std::string text = Text(All(made.name(), 100));
  for (const std::string& value : filler.personal) {
    if (!value.starts_with("personal-")) continue;
    EXPECT_THAT(text, HasSubstr(value));
  }
  EXPECT_THAT(text, HasSubstr("state_before_deletion"));
}

TEST_P(ExportPersonalDataTest, WithWhatWentIntoIt) {
  const v1::Contact milena = driver_.Make("milena", ContactDriver::FullPerson("Milena Quux"));
  v1::Contact other = ContactDriver::Person("Milena Quux-Brown");
  other.add_emails()->set_address("second@example.org");
  const v1::Contact twin = driver_.Make("twin", other);
  ASSERT_TRUE(officer_.Merge(milena, twin).ok());
  officer_.releases.AddLine(twin.name(), "newsrooms/relief/releases/r1", "printed as twin");
  const auto records = All(milena.name(), 100);
  EXPECT_THAT(Kinds(records), ElementsAre("contacts contact", "contacts contact", "contacts merge",
                                          "releases content.contact_lines[0]"));
  EXPECT_THAT(records[1].json(), HasSubstr("second@example.org"));
  EXPECT_THAT(records[3].json(), HasSubstr("printed as twin"));
  const std::string paged = Text(All(milena.name(), 1));
  EXPECT_EQ(paged, Text(records));
}

TEST_P(ExportPersonalDataTest, WithGroundsGroupsImportsAndSuppressions) {
  v1::ImportContactsRequest import;
  import.set_parent("newsrooms/relief");
  import.set_format(v1::EXCHANGE_FORMAT_VCARD_4);
  import.set_content("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Milena Quux\r\nEMAIL:milena@example.org\r\nEND:VCARD\r\n");
  import.set_source("Press fair");
  import.set_basis(v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
  const auto imported = ImportContacts(store_.environment(), ContactDriver::Editor(), import);
  ASSERT_TRUE(imported.ok()) << imported.status();
  const std::string milena = imported->value.cards(0).contact();
  v1::CreateProcessingRecordRequest record;
  record.set_parent(milena);
  record.mutable_processing_record()->set_event(v1::ProcessingRecord::EVENT_OBJECTED);
  record.mutable_processing_record()->mutable_evidence()->set_text("her letter of May");
  const auto recorded = CreateProcessingRecord(store_.environment(), ContactDriver::Editor(), record);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  v1::SuppressContactRequest suppress;
  suppress.set_contact(milena);
  suppress.set_reason(v1::Suppression::REASON_OBJECTED);
  const auto suppressed = SuppressContact(store_.environment(), ContactDriver::Editor(), suppress);
  ASSERT_TRUE(suppressed.ok()) << suppressed.status();
  v1::CreateGroupRequest create;
  create.set_parent("newsrooms/relief");
  create.mutable_group()->set_display_name("Sceptics");
  const auto group = CreateGroup(store_.environment(), ContactDriver::Editor(), create);
  ASSERT_TRUE(group.ok()) << group.status();
  v1::ModifyGroupMembersRequest modify;
  modify.set_name(group->value.name());
  modify.set_etag(group->value.etag());
  modify.add_add(milena);
  ASSERT_TRUE(ModifyGroupMembers(store_.environment(), ContactDriver::Editor(), modify).ok());

  const auto records = All(milena, 100);
  const std::vector<std::string> kinds = Kinds(records);
  for (const char* kind : {"processing_record", "suppression", "group_member", "import"}) {
    EXPECT_THAT(kinds, Contains(absl::StrCat("contacts ", kind)));
  }
  const std::string text = Text(records);
  for (const char* value : {"her letter of May", "REASON_OBJECTED", "Sceptics", "OUTCOME_CREATED",
                            "PROCESSING_BASIS_LEGITIMATE_INTEREST"}) {
    EXPECT_THAT(text, HasSubstr(value));
  }
}

TEST_P(ExportPersonalDataTest, SaysNotWhoSuppressedAnAddressAbove) {
  store_.MakeNewsroom("lake", "newsrooms/relief");
  const v1::Contact milena = driver_.Make("milena", ContactDriver::FullPerson("Milena Quux"), "lake");
  v1::CreateSuppressionRequest request;
  request.set_parent("newsrooms/relief");
  request.mutable_address()->set_email("milena@example.org");
  request.mutable_suppression()->set_reason(v1::Suppression::REASON_COMPLAINT);
  ASSERT_TRUE(CreateSuppression(store_.environment(), ContactDriver::Editor(), request).ok());
  const auto records = All(milena.name(), 100);
  EXPECT_THAT(Kinds(records), Contains("contacts suppression"));
  EXPECT_THAT(Text(records), Not(HasSubstr("REASON_COMPLAINT")));
}

TEST_P(ExportPersonalDataTest, NamesWhoMayBeThePersonInAnotherRole) {
  const v1::Contact milena = driver_.Make("milena", ContactDriver::FullPerson("Milena Quux"));
  v1::Contact role = ContactDriver::Person("M. Quux, for the union");
  role.add_emails()->set_address("milena@example.org");
  const v1::Contact other = driver_.Make("other", role);
  const auto records = All(milena.name(), 100);
  EXPECT_THAT(Kinds(records), ElementsAre("contacts contact", "contacts same_mailbox"));
  EXPECT_EQ(records[1].resource(), other.name());
  EXPECT_THAT(records[1].json(), Not(HasSubstr("union"))) << "whose that is, is not known yet";
}

// What went into another contact is a part of that one, and half of a person is not everything.
TEST_P(ExportPersonalDataTest, OfAMergedContactItSaysWhatToExport) {
  const v1::Contact milena = driver_.Make("milena", ContactDriver::FullPerson("Milena Quux"));
  const v1::Contact twin = driver_.Make("twin", ContactDriver::Person("Milena Brown"));
  ASSERT_TRUE(officer_.Merge(milena, twin).ok());
  const absl::Status status = Send(Request(twin.name())).status();
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_STATE_CONFLICT);
  EXPECT_THAT(std::string(status.message()), HasSubstr("export " + milena.name()));
}

TEST_P(ExportPersonalDataTest, BeginsAgainWhenSomethingHasChangedBetweenPages) {
  const v1::Contact milena = driver_.Make("milena", ContactDriver::FullPerson("Milena Quux"));
  const v1::Contact twin = driver_.Make("twin", ContactDriver::Person("Milena Brown"));
  auto request = Request(milena.name());
  request.set_page_size(1);
  const auto first = Send(request);
  ASSERT_TRUE(first.ok()) << first.status();
  request.set_page_token(first->next_page_token());
  ASSERT_TRUE(Send(request).ok());
  ASSERT_TRUE(officer_.Merge(milena, twin).ok());
  const absl::Status status = Send(request).status();
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
  EXPECT_THAT(std::string(status.message()), HasSubstr("has changed since the first page"));
}

TEST_P(ExportPersonalDataTest, FailsWhenAServiceDoesNotAnswer) {
  const v1::Contact milena = driver_.Make("milena", ContactDriver::FullPerson("Milena Quux"));
  officer_.releases.before = FakePersonalData::Away;
  auto request = Request(milena.name());
  const auto first = Send(request);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_THAT(first->services(), ElementsAre("contacts"));
  ASSERT_THAT(first->next_page_token(), Not(IsEmpty())) << "and so it is not complete";
  request.set_page_token(first->next_page_token());
  EXPECT_EQ(ReasonOf(Send(request).status()), Reason::ERROR_REASON_PEER_UNAVAILABLE);
}

TEST_P(ExportPersonalDataTest, IsRefused) {
  const v1::Contact milena = driver_.Make("milena", ContactDriver::FullPerson("Milena Quux"));
  auto request = Request(milena.name());
  request.set_identity_verified(false);
  EXPECT_EQ(ReasonOf(Send(request).status()), Reason::ERROR_REASON_IDENTITY_NOT_VERIFIED);
  EXPECT_EQ(ReasonOf(Send(Request("contacts/milena")).status()), Reason::ERROR_REASON_FIELD_INVALID);
  EXPECT_TRUE(absl::IsNotFound(Send(Request("newsrooms/relief/contacts/x")).status()));
  request = Request(milena.name());
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOf(Send(request).status()), Reason::ERROR_REASON_FIELD_INVALID);
  const v1::Contact other = driver_.Make("other", ContactDriver::Person("Other"));
  request = Request(milena.name());
  const auto first = Send(request);
  ASSERT_TRUE(first.ok()) << first.status();
  request = Request(other.name());
  request.set_page_token(first->next_page_token());
  EXPECT_EQ(ReasonOf(Send(request).status()), Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
  officer_.Expect(officer_.Erase(milena));
  EXPECT_EQ(ReasonOf(Send(Request(milena.name())).status()), Reason::ERROR_REASON_ERASED);
}

INSTANTIATE_TEST_SUITE_P(Engines, ExportPersonalDataTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
