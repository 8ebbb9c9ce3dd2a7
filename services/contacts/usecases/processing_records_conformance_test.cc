// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/testing/consent_driver.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/contacts/usecases/purge.h"

// On what ground people's data is used: recorded, kept, and gone with its contact.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Record = v1::ProcessingRecord;

class ProcessingRecordsTest : public testing::TestWithParam<const char*> {
 protected:
  ProcessingRecordsTest() {
    store_.MakeNewsroom("relief");
    store_.MakeNewsroom("other");
  }

  v1::Contact Milena() { return driver_.Make("milena", ContactDriver::FullPerson("Milena Brkić")); }
  static v1::Contact Journalist() {
    v1::Contact contact = ContactDriver::FullPerson("Jo Urnalist");
    contact.set_relation(v1::Contact::RELATION_JOURNALIST);
    return contact;
  }
  // The rows there are, of whomever.
  std::int64_t Rows() {
    std::int64_t rows = -1;
    const absl::Status status = store_.db().Read(ContactsStore::Soon(), [&](platform::Session& session) {
      const auto counted = session.Query("SELECT count(*) FROM processing_records");
      if (counted.ok()) rows = (*counted)[0].Int(0);
      return counted.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return rows;
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  ConsentDriver consent_{store_};
};

TEST_P(ProcessingRecordsTest, KeepsWhatHappenedAndWhatShowsIt) {
  const v1::Contact milena = Milena();
  Record record = ConsentDriver::Granted();
  record.add_channels(v1::CHANNEL_EMAIL);
  record.set_method("accreditation form");
  record.mutable_evidence()->set_ip_address("192.0.2.7");
  record.mutable_evidence()->set_text("ticked the box");
  const Record made = consent_.Recorded(milena.name(), record);
  EXPECT_TRUE(made.name().starts_with(milena.name() + "/processingRecords/"));
  EXPECT_EQ(made.recorder(), "editor");
  EXPECT_EQ(made.etag(), "\"1\"");
  EXPECT_EQ(platform::FromTimestamp(made.create_time()), store_.clock().Now());
  EXPECT_EQ(platform::FromTimestamp(made.event_time()), store_.clock().Now());
  EXPECT_EQ(made.basis(), v1::PROCESSING_BASIS_CONSENT);
  v1::GetProcessingRecordRequest request;
  request.set_name(made.name());
  const auto read = GetProcessingRecord(store_.environment(), ContactDriver::Editor(), request);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->DebugString(), made.DebugString());
  EXPECT_EQ(read->evidence().text(), "ticked the box");
}

TEST_P(ProcessingRecordsTest, TellsThoseWhoFollowTheContact) {
  const v1::Contact milena = Milena();
  consent_.Recorded(milena.name(), ConsentDriver::Granted());
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED milena", "UPDATED milena"));
  EXPECT_EQ(driver_.Whole(milena.name()).etag(), milena.etag()) << "the contact itself is what it was";
}

TEST_P(ProcessingRecordsTest, AreListedByTheTimeOfWhatHappened) {
  const v1::Contact milena = Milena();
  store_.clock().Advance(absl::Hours(10));
  Record late = ConsentDriver::Granted();
  Record early = ConsentDriver::Said(Record::EVENT_OBJECTED, v1::PURPOSE_SURVEYS);
  *early.mutable_event_time() = platform::ToTimestamp(store_.clock().Now() - absl::Hours(5));
  consent_.Recorded(milena.name(), late);
  consent_.Recorded(milena.name(), early);
  const auto events = [&](const std::string& filter, const std::string& order_by) {
    v1::ListProcessingRecordsRequest request;
    request.set_parent(milena.name());
    request.set_filter(filter);
    request.set_order_by(order_by);
    const auto list = ListProcessingRecords(store_.environment(), ContactDriver::Editor(), request);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<int> found;
    if (!list.ok()) return found;
    for (const Record& record : list->processing_records()) found.push_back(record.event());
    return found;
  };
  EXPECT_THAT(events("", ""), ElementsAre(Record::EVENT_GRANTED, Record::EVENT_OBJECTED));
  EXPECT_THAT(events("", "event_time"), ElementsAre(Record::EVENT_OBJECTED, Record::EVENT_GRANTED));
  EXPECT_THAT(events("purpose = SURVEYS", ""), ElementsAre(Record::EVENT_OBJECTED));
  EXPECT_THAT(events("event = GRANTED AND basis = CONSENT", ""), ElementsAre(Record::EVENT_GRANTED));
  EXPECT_THAT(events("purpose = NEWSLETTERS", ""), IsEmpty());
}

TEST_P(ProcessingRecordsTest, PagesGoThroughAll) {
  const v1::Contact milena = Milena();
  const v1::Contact other = driver_.Make("o", ContactDriver::Person("O"));
  for (int i = 0; i < 5; ++i) consent_.Recorded(milena.name(), ConsentDriver::Granted());
  consent_.Recorded(other.name(), ConsentDriver::Granted());
  v1::ListProcessingRecordsRequest request;
  request.set_parent(milena.name());
  request.set_page_size(2);
  std::set<std::string> seen;
  int pages = 0;
  do {
    const auto list = ListProcessingRecords(store_.environment(), ContactDriver::Editor(), request);
    ASSERT_TRUE(list.ok()) << list.status();
    for (const Record& record : list->processing_records()) seen.insert(record.name());
    request.set_page_token(list->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(pages, 3);
  EXPECT_THAT(seen, SizeIs(5));
}

TEST_P(ProcessingRecordsTest, RefusesWhatIsWrongByName) {
  const v1::Contact milena = Milena();
  Record record = ConsentDriver::Granted();
  record.clear_notice_version();
  *record.mutable_event_time() = platform::ToTimestamp(store_.clock().Now() + absl::Seconds(1));
  const absl::Status status = consent_.Add(milena.name(), record).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("processing_record.notice_version: "));
  EXPECT_THAT(std::string(status.message()), HasSubstr("processing_record.event_time: must not be in the future"));
  EXPECT_EQ(Rows(), 0);
  EXPECT_EQ(consent_.Add(ContactDriver::NameOf("nobody"), ConsentDriver::Granted()).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(consent_.Add("newsrooms/nowhere/contacts/a", ConsentDriver::Granted()).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(consent_.Add("newsrooms/relief", ConsentDriver::Granted()).status().code(),
            absl::StatusCode::kInvalidArgument);
}

TEST_P(ProcessingRecordsTest, ARepetitionRecordsOnceAndATrialNothing) {
  const v1::Contact milena = Milena();
  v1::CreateProcessingRecordRequest request;
  request.set_parent(milena.name());
  *request.mutable_processing_record() = ConsentDriver::Granted();
  request.set_validate_only(true);
  ASSERT_TRUE(consent_.Send(request).ok());
  EXPECT_EQ(Rows(), 0);
  request.set_validate_only(false);
  request.set_request_id("5f0c3f0e-7a53-4f5e-9f39-8f7b9d4a1c11");
  const auto first = consent_.Send(request);
  const auto second = consent_.Send(request);
  ASSERT_TRUE(first.ok() && second.ok()) << first.status() << second.status();
  EXPECT_EQ(first->name(), second->name());
  EXPECT_EQ(Rows(), 1);
}

TEST_P(ProcessingRecordsTest, AMergedContactTakesNone) {
  const v1::Contact left = Milena();
  const v1::Contact gone = driver_.Make("m2", ContactDriver::Person("Milena Brkic"));
  v1::MergeContactsRequest request;
  request.set_contact(left.name());
  request.set_etag(left.etag());
  request.add_sources()->set_contact(gone.name());
  request.mutable_sources(0)->set_etag(gone.etag());
  ASSERT_TRUE(MergeContacts(store_.environment(), ContactDriver::Editor(), request).ok());
  const absl::Status status = consent_.Add(gone.name(), ConsentDriver::Granted()).status();
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_STATE_CONFLICT);
  EXPECT_THAT(std::string(status.message()), HasSubstr("record it for " + left.name()));
}

TEST_P(ProcessingRecordsTest, AContactBeginsWithTheBasisThatIsDeclared) {
  auto request = ContactDriver::CreateRequest("jo", Journalist());
  request.set_basis(v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
  *request.add_processing_records() = ConsentDriver::Granted();
  const std::string name = ContactDriver::Expect(driver_.Send(request)).name();
  const auto records = consent_.RecordsOf(name);
  ASSERT_THAT(records, SizeIs(2));
  for (const Record& record : records) {
    EXPECT_EQ(record.recorder(), "editor");
    if (record.event() == Record::EVENT_GRANTED) continue;
    EXPECT_EQ(record.event(), Record::EVENT_DECLARED);
    EXPECT_EQ(record.purpose(), v1::PURPOSE_MEDIA_RELATIONS);
    EXPECT_EQ(record.basis(), v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
  }
  EXPECT_THAT(consent_.Answer(name), ElementsAre("ALLOWED"));
  EXPECT_THAT(consent_.Answer(name, v1::PURPOSE_MEDIA_RELATIONS, v1::CHANNEL_PHONE), ElementsAre("ALLOWED"));
  EXPECT_THAT(consent_.Answer(name, v1::PURPOSE_NEWSLETTERS), ElementsAre("NO_BASIS"));
}

TEST_P(ProcessingRecordsTest, AJournalistIsKeptOnAGroundOnly) {
  auto request = ContactDriver::CreateRequest("jo", Journalist());
  absl::Status status = driver_.Send(request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_BASIS_REQUIRED);
  request.mutable_contact()->clear_source();
  EXPECT_EQ(ReasonOf(driver_.Send(request).status()), Reason::ERROR_REASON_BASIS_REQUIRED);
  request.set_basis(v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
  status = driver_.Send(request).status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("contact.source: "));
  *request.mutable_contact() = Journalist();
  request.clear_basis();
  // A refusal is no ground.
  *request.add_processing_records() = ConsentDriver::Said(Record::EVENT_OBJECTED);
  EXPECT_EQ(ReasonOf(driver_.Send(request).status()), Reason::ERROR_REASON_BASIS_REQUIRED);
  EXPECT_EQ(Rows(), 0);
  *request.mutable_processing_records(0) = ConsentDriver::Granted();
  EXPECT_TRUE(driver_.Send(request).ok()) << driver_.Send(request).status();
}

TEST_P(ProcessingRecordsTest, ConsentIsNotDeclared) {
  auto request = ContactDriver::CreateRequest("jo", Journalist());
  request.set_basis(v1::PROCESSING_BASIS_CONSENT);
  const absl::Status status = driver_.Send(request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("basis: CONSENT is for people to give"));
  *request.add_processing_records() = ConsentDriver::Granted();
  request.mutable_processing_records(0)->clear_notice_version();
  EXPECT_THAT(std::string(driver_.Send(request).status().message()),
              HasSubstr("processing_records[0].notice_version: "));
  request.mutable_processing_records(0)->set_notice_version("3");
  EXPECT_TRUE(driver_.Send(request).ok());
  EXPECT_EQ(Rows(), 1) << "nothing beside the consent itself";
}

TEST_P(ProcessingRecordsTest, WhoMayNotRecordMakesNoRecords) {
  auto request = ContactDriver::CreateRequest("jo", Journalist());
  *request.add_processing_records() = ConsentDriver::Granted();
  Caller caller = ContactDriver::Editor();
  caller.permissions = {common::v1::PERMISSION_READ, common::v1::PERMISSION_EDIT_CONTACTS};
  EXPECT_EQ(CreateContact(store_.environment(), caller, request).status().code(), absl::StatusCode::kPermissionDenied);
  request.clear_processing_records();
  request.set_basis(v1::PROCESSING_BASIS_PUBLIC_TASK);
  EXPECT_TRUE(CreateContact(store_.environment(), caller, request).ok());
}

TEST_P(ProcessingRecordsTest, WhoBecomesAJournalistNeedsAGround) {
  const v1::Contact milena = Milena();
  v1::Contact change;
  change.set_relation(v1::Contact::RELATION_JOURNALIST);
  EXPECT_EQ(ReasonOf(driver_.Update(milena, change, {"relation"}).status()), Reason::ERROR_REASON_BASIS_REQUIRED);
  consent_.Recorded(milena.name(), ConsentDriver::Declared(v1::PURPOSE_MEDIA_RELATIONS));
  const v1::Contact journalist = ContactDriver::Expect(driver_.Update(milena, change, {"relation"}));
  v1::Contact note;
  note.set_note("called");
  EXPECT_TRUE(driver_.Update(journalist, note, {"note"}).ok());
}

TEST_P(ProcessingRecordsTest, GoWithTheirContact) {
  const v1::Contact milena = Milena();
  const v1::Contact other = driver_.Make("o", ContactDriver::Person("O"));
  consent_.Recorded(milena.name(), ConsentDriver::Granted());
  consent_.Recorded(other.name(), ConsentDriver::Granted());
  ContactDriver::Expect(driver_.Delete(milena));
  consent_.Recorded(milena.name(), ConsentDriver::Said(Record::EVENT_WITHDRAWN));
  EXPECT_EQ(Rows(), 3) << "deleted contacts take records";
  store_.clock().Advance(store_.environment().limits.kept_after_deletion);
  ASSERT_TRUE(PurgeDeleted(store_.environment(), ContactsStore::Soon()).ok());
  EXPECT_EQ(Rows(), 1);
  EXPECT_THAT(consent_.RecordsOf(other.name()), SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(Engines, ProcessingRecordsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
