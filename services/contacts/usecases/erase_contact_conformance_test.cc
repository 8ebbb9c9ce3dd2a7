// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/contacts/domain/erasure_plan.h"
#include "services/contacts/testing/erasure_test.h"
#include "services/contacts/usecases/erase_contact.h"
#include "services/contacts/usecases/group_members.h"
#include "services/contacts/usecases/groups.h"
#include "services/contacts/usecases/import_contacts.h"
#include "services/contacts/usecases/printable_contact.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/contacts/usecases/purge.h"
#include "services/contacts/usecases/search_contacts.h"
#include "services/contacts/usecases/suppressions.h"
#include "services/platform/errors/error.h"

// What this service does when somebody is erased. How the rest goes on: carry_on_erasure_conformance_test.cc.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

using EraseContactTest = ErasureTest;

TEST_P(EraseContactTest, NothingOfThePersonIsLeftInAnyTable) {
  const v1::Contact milena = MilenaWithDesk();
  EXPECT_THAT(Stored(), HasSubstr("Quux"));
  const v1::Erasure erasure = officer_.Expect(officer_.Erase(milena));
  EXPECT_EQ(erasure.state(), v1::Erasure::STATE_DONE);
  EXPECT_EQ(erasure.contact(), milena.name());
  EXPECT_EQ(erasure.reason(), v1::Erasure::REASON_REQUESTED);
  EXPECT_EQ(erasure.creator(), "officer");
  EXPECT_TRUE(erasure.has_done_time());
  ASSERT_EQ(erasure.receipts_size(), 2);
  EXPECT_EQ(erasure.receipts(0).service(), "contacts");
  EXPECT_GT(erasure.receipts(0).erased_count(), 5);
  EXPECT_EQ(erasure.receipts(0).resource_count(), 1);
  EXPECT_EQ(erasure.receipts(1).service(), "releases");
  for (const auto& receipt : erasure.receipts()) {
    EXPECT_TRUE(receipt.has_done_time());
    EXPECT_THAT(receipt.last_error(), IsEmpty());
  }

  const std::string stored = Stored();
  for (const char* value :
       {"Quux", "quux", "Milena", "milena@", "717 91", "71791", "phonetic", "Given", "noon", "directory"}) {
    EXPECT_THAT(stored, Not(HasSubstr(value)));
  }
  const v1::Contact left = ContactDriver::Expect(driver_.Get(milena.name(), {"*"}));
  EXPECT_EQ(left.state(), v1::Contact::STATE_ERASED);
  EXPECT_EQ(left.uid(), milena.uid());
  EXPECT_EQ(left.substitute(), milena.substitute());
  EXPECT_EQ(driver_.Feed().back(), "ERASED milena");
}

TEST_P(EraseContactTest, ItIsNotFoundAndNotListed) {
  const v1::Contact milena = Milena();
  officer_.Expect(officer_.Erase(milena));
  v1::ListContactsRequest list;
  list.set_parent("newsrooms/relief");
  list.set_show_deleted(true);
  const auto listed = ListContacts(store_.environment(), ContactDriver::Editor(), list);
  ASSERT_TRUE(listed.ok()) << listed.status();
  EXPECT_THAT(listed->contacts(), IsEmpty());
  for (const char* query : {"quux", "milena", "milena@example.org", "+41227179111"}) {
    v1::SearchContactsRequest search;
    search.set_parent("newsrooms/relief");
    search.set_query(query);
    const auto found = SearchContacts(store_.environment(), ContactDriver::Editor(), search);
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_THAT(found->contacts(), IsEmpty()) << query;
  }
}

TEST_P(EraseContactTest, TheSubstituteIsPrintedInstead) {
  const v1::Contact milena = MilenaWithDesk();
  officer_.Expect(officer_.Erase(milena));
  v1::GetPrintableContactRequest print;
  print.set_newsroom("newsrooms/relief");
  print.set_contact(milena.name());
  print.set_locale("de");
  const auto printed = GetPrintableContact(store_.environment(), ContactsStore::Reader(), print);
  ASSERT_TRUE(printed.ok()) << printed.status();
  EXPECT_EQ(printed->contact(), milena.substitute());
  EXPECT_EQ(printed->display_name(), "Pressestelle");
  // It is nobody's stand-in by itself any more, so it may go.
  EXPECT_TRUE(driver_.Delete(driver_.Whole(milena.substitute())).ok());
}

TEST_P(EraseContactTest, NobodyGetsTheNameAgainAndNoVerbIsAllowed) {
  const v1::Contact milena = Milena();
  const v1::Contact other = driver_.Make("other", ContactDriver::Person("Other"));
  officer_.Expect(officer_.Erase(milena));
  EXPECT_TRUE(absl::IsAlreadyExists(driver_.Create("milena", ContactDriver::Person("X")).status()));
  const v1::Contact left = driver_.Whole(milena.name());
  // With the etag that it has, and with one that it had.
  for (const v1::Contact& read : {left, milena}) {
    EXPECT_EQ(ReasonOf(driver_.Update(read, ContactDriver::Person("X"), {"person_names"}).status()),
              Reason::ERROR_REASON_ERASED);
    EXPECT_EQ(ReasonOf(driver_.Delete(read).status()), Reason::ERROR_REASON_ERASED);
    EXPECT_EQ(ReasonOf(driver_.Undelete(read).status()), Reason::ERROR_REASON_ERASED);
    EXPECT_EQ(ReasonOf(driver_.Deactivate(read).status()), Reason::ERROR_REASON_ERASED);
    EXPECT_EQ(ReasonOf(driver_.Reactivate(read).status()), Reason::ERROR_REASON_ERASED);
    EXPECT_EQ(ReasonOf(officer_.Merge(other, read).status()), Reason::ERROR_REASON_ERASED);
    EXPECT_EQ(ReasonOf(officer_.Merge(read, other).status()), Reason::ERROR_REASON_ERASED);
    EXPECT_EQ(ReasonOf(officer_.Erase(read).status()), Reason::ERROR_REASON_ERASED);
  }
  EXPECT_EQ(ReasonOf(driver_.SetSubstitute(other, milena.name()).status()), Reason::ERROR_REASON_ERASED);
}

TEST_P(EraseContactTest, WhoeverItStoodInForKeepsTheReference) {
  const v1::Contact milena = MilenaWithDesk();
  const v1::Contact boris = ContactDriver::Expect(
      driver_.SetSubstitute(driver_.Make("boris", ContactDriver::Person("Boris")), milena.name()));
  const v1::Contact deleted = ContactDriver::Expect(driver_.Delete(boris));
  officer_.Expect(officer_.Erase(milena));
  const v1::Contact back = ContactDriver::Expect(driver_.Undelete(deleted));
  EXPECT_EQ(back.substitute(), milena.name());
  EXPECT_TRUE(driver_.Deactivate(back).ok());
  v1::GetPrintableContactRequest print;
  print.set_newsroom("newsrooms/relief");
  print.set_contact(boris.name());
  print.set_locale("de");
  const auto printed = GetPrintableContact(store_.environment(), ContactsStore::Reader(), print);
  ASSERT_TRUE(printed.ok()) << printed.status();
  EXPECT_EQ(printed->contact(), milena.substitute()) << "over the one that was erased";
}

TEST_P(EraseContactTest, ThoseMergedIntoItGoWithIt) {
  const v1::Contact milena = MilenaWithDesk();
  v1::Contact twin = ContactDriver::Person("Милена Квукс");
  twin.add_emails()->set_address("second@example.org");
  const v1::Contact merged_away = driver_.Make("twin", twin);
  const auto merge = officer_.Merge(milena, merged_away);
  ASSERT_TRUE(merge.ok()) << merge.status();
  const v1::Contact left = driver_.Whole(milena.name());

  EXPECT_EQ(ReasonOf(officer_.Erase(driver_.Whole(merged_away.name())).status()), Reason::ERROR_REASON_STATE_CONFLICT)
      << "the person is erased by the contact that is left";
  const v1::Erasure erasure = officer_.Expect(officer_.Erase(left));
  EXPECT_THAT(erasure.merged_contacts(), ElementsAre(merged_away.name()));
  EXPECT_EQ(erasure.receipts(0).resource_count(), 3) << "two contacts and a merge";
  const std::string stored = Stored();
  for (const char* value : {"Quux", "quux", "Квукс", "квукс", "second@", "kvuks"}) {
    EXPECT_THAT(stored, Not(HasSubstr(value)));
  }
  for (const std::string& name : {milena.name(), merged_away.name()}) {
    const v1::Contact erased = ContactDriver::Expect(driver_.Get(name));
    EXPECT_EQ(erased.state(), v1::Contact::STATE_ERASED);
    EXPECT_EQ(erased.substitute(), milena.substitute()) << "whoever printed it goes on with who stands in";
  }
  EXPECT_THAT(driver_.Feed(), Contains("ERASED milena"));
  EXPECT_THAT(driver_.Feed(), Contains("ERASED twin"));

  v1::UnmergeContactsRequest unmerge;
  unmerge.set_name(merge->name());
  unmerge.set_etag(left.etag());
  EXPECT_EQ(ReasonOf(UnmergeContacts(store_.environment(), ContactDriver::Editor(), unmerge).status()),
            Reason::ERROR_REASON_ERASED);
}

TEST_P(EraseContactTest, GroupsForgetIt) {
  const v1::Contact milena = Milena();
  const v1::Contact boris = driver_.Make("boris", ContactDriver::Person("Boris"));
  v1::CreateGroupRequest create;
  create.set_parent("newsrooms/relief");
  create.set_group_id("g");
  create.mutable_group()->set_display_name("On duty");
  auto group = CreateGroup(store_.environment(), ContactDriver::Editor(), create);
  ASSERT_TRUE(group.ok()) << group.status();
  v1::ModifyGroupMembersRequest modify;
  modify.set_name(group->value.name());
  modify.set_etag(group->value.etag());
  modify.add_add(milena.name());
  modify.add_add(boris.name());
  group = ModifyGroupMembers(store_.environment(), ContactDriver::Editor(), modify);
  ASSERT_TRUE(group.ok()) << group.status();
  EXPECT_THAT(Actions(officer_.Expect(officer_.Plan(milena)).plan()),
              HasSubstr(absl::StrCat("contacts ", group->value.name(), " members[", milena.name(), "] ACTION_ERASED")));

  officer_.Expect(officer_.Erase(milena));
  v1::ListGroupMembersRequest list;
  list.set_parent(group->value.name());
  const auto members = ListGroupMembers(store_.environment(), ContactDriver::Editor(), list);
  ASSERT_TRUE(members.ok()) << members.status();
  ASSERT_THAT(members->contacts(), SizeIs(1));
  const absl::Status counted = store_.db().Read(ContactsStore::Soon(), [&](platform::Session& session) {
    const auto rows = session.Query("SELECT count(*) FROM group_members");
    if (!rows.ok()) return rows.status();
    EXPECT_EQ((*rows)[0].Int(0), 1) << "not only left out of the list";
    return absl::OkStatus();
  });
  EXPECT_TRUE(counted.ok()) << counted;
  modify.set_etag(group->value.etag());
  modify.clear_add();
  modify.add_add(milena.name());
  EXPECT_EQ(ReasonOf(ModifyGroupMembers(store_.environment(), ContactDriver::Editor(), modify).status()),
            Reason::ERROR_REASON_ERASED);
}

TEST_P(EraseContactTest, DeletedAndPurgedOnesAreErasedAsWell) {
  const v1::Contact milena = MilenaWithDesk();
  const v1::Contact deleted = ContactDriver::Expect(driver_.Delete(milena));
  EXPECT_EQ(officer_.Expect(officer_.Erase(deleted)).state(), v1::Erasure::STATE_DONE);
  EXPECT_EQ(ReasonOf(driver_.Undelete(deleted).status()), Reason::ERROR_REASON_ERASED);

  const v1::Contact boris = driver_.Make("boris", ContactDriver::Person("Boris Quux"));
  officer_.releases.AddLine(boris.name(), kRelease, "Boris Quux, +41 22 717 91 12");
  ASSERT_TRUE(driver_.Delete(boris).ok());
  store_.clock().Advance(store_.environment().limits.kept_after_deletion);
  ASSERT_TRUE(PurgeDeleted(store_.environment(), ContactsStore::Soon()).ok());
  ASSERT_TRUE(absl::IsNotFound(driver_.Get(boris.name()).status()));
  const v1::Erasure erasure = officer_.Expect(officer_.Send(ErasureDriver::Request(boris.name(), "")));
  EXPECT_EQ(erasure.receipts(1).erased_count(), 1);
  EXPECT_THAT(officer_.releases.lines[0].place.text(), IsEmpty());
  EXPECT_EQ(ContactDriver::Expect(driver_.Get(boris.name())).state(), v1::Contact::STATE_ERASED);
}

TEST_P(EraseContactTest, EarlierCallsAreKnownByNoHashAnyMore) {
  auto create = ContactDriver::CreateRequest("milena", ContactDriver::FullPerson("Milena Quux"));
  create.set_request_id(kUuid);
  const v1::Contact milena = ContactDriver::Expect(driver_.Send(create));
  const std::string fingerprint = platform::FingerprintOf(create);
  EXPECT_THAT(Stored(), HasSubstr(fingerprint));
  officer_.Expect(officer_.Erase(milena));
  EXPECT_THAT(Stored(), Not(HasSubstr(fingerprint)));
  EXPECT_EQ(ReasonOf(driver_.Send(create).status()), Reason::ERROR_REASON_REQUEST_ID_REUSED)
      << "and it does not bring the person back";
}

TEST_P(EraseContactTest, SuppressionsOfTheirAddressesAboveAndBelowAreKnownByNoHashEither) {
  store_.MakeNewsroom("lake", "newsrooms/relief");
  const v1::Contact milena = Milena();
  v1::CreateSuppressionRequest suppress;
  suppress.set_parent("newsrooms/lake");
  suppress.mutable_address()->set_email("milena@example.org");
  suppress.mutable_suppression()->set_reason(v1::Suppression::REASON_COMPLAINT);
  suppress.set_request_id(kUuid);
  ASSERT_TRUE(CreateSuppression(store_.environment(), ContactDriver::Editor(), suppress).ok());
  const std::string fingerprint = platform::FingerprintOf(suppress);
  EXPECT_THAT(Stored(), HasSubstr(fingerprint));
  officer_.Expect(officer_.Erase(milena));
  EXPECT_THAT(Stored(), Not(HasSubstr(fingerprint)));
}

TEST_P(EraseContactTest, WhatTheyAgreedToGoesAndTheirAddressesDoNotComeBack) {
  const v1::Contact milena = Milena();
  v1::CreateProcessingRecordRequest record;
  record.set_parent(milena.name());
  record.mutable_processing_record()->set_event(v1::ProcessingRecord::EVENT_WITHDRAWN);
  record.mutable_processing_record()->set_method("by Quuxline");
  record.mutable_processing_record()->mutable_evidence()->set_ip_address("203.0.113.77");
  record.set_request_id(kUuid);
  const auto recorded = CreateProcessingRecord(store_.environment(), ContactDriver::Editor(), record);
  ASSERT_TRUE(recorded.ok()) << recorded.status();
  EXPECT_THAT(Actions(officer_.Expect(officer_.Plan(milena)).plan()),
              HasSubstr(absl::StrCat(recorded->value.name(), " processing_record ACTION_ERASED")));
  officer_.Expect(officer_.Erase(milena));
  const std::string stored = Stored();
  for (const std::string& value :
       {std::string("Quuxline"), std::string("203.0.113.77"), platform::FingerprintOf(record)}) {
    EXPECT_THAT(stored, Not(HasSubstr(value)));
  }
  EXPECT_TRUE(absl::IsNotFound(GetProcessingRecord(store_.environment(), ContactDriver::Editor(),
                                                   [&] {
                                                     v1::GetProcessingRecordRequest get;
                                                     get.set_name(recorded->value.name());
                                                     return get;
                                                   }())
                                   .status()));
  EXPECT_EQ(ReasonOf(CreateProcessingRecord(store_.environment(), ContactDriver::Editor(),
                                            [&] {
                                              v1::CreateProcessingRecordRequest again = record;
                                              again.clear_request_id();
                                              return again;
                                            }())
                         .status()),
            Reason::ERROR_REASON_ERASED);
  EXPECT_EQ(ReasonOf(driver_.Create("again", ContactDriver::FullPerson("Somebody")).status()),
            Reason::ERROR_REASON_SUPPRESSED);
}

TEST_P(EraseContactTest, ImportsNameTheContactAndNothingOfIt) {
  v1::ImportContactsRequest import;
  import.set_parent("newsrooms/relief");
  import.set_format(v1::EXCHANGE_FORMAT_VCARD_4);
  import.set_content(
      "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Milena Quux\r\nEMAIL:milena@example.org\r\nBDAY:19770707\r\nEND:VCARD\r\n");
  import.set_source("Press fair");
  import.set_basis(v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
  import.set_request_id(kUuid);
  const auto imported = ImportContacts(store_.environment(), ContactDriver::Editor(), import);
  ASSERT_TRUE(imported.ok()) << imported.status();
  const std::string name = imported->value.cards(0).contact();
  ASSERT_THAT(name, Not(IsEmpty()));
  const v1::Contact milena = driver_.Whole(name);
  const std::string plan = Actions(officer_.Expect(officer_.Plan(milena)).plan());
  EXPECT_THAT(plan,
              testing::ContainsRegex("contacts newsrooms/relief/imports/[a-z0-9]+ cards\\[1\\].contact ACTION_KEPT"));
  const std::string fingerprint = platform::FingerprintOf(import);
  EXPECT_THAT(Stored(), HasSubstr(fingerprint));
  officer_.Expect(officer_.Erase(milena));
  const std::string stored = Stored();
  EXPECT_THAT(stored, Not(HasSubstr(fingerprint))) << "a file of one card could be tried out";
  for (const char* value : {"Quux", "quux", "milena@", "Press fair", "1977"}) {
    EXPECT_THAT(stored, Not(HasSubstr(value)));
  }
}

TEST_P(EraseContactTest, OthersAreLeftAsTheyAre) {
  const v1::Contact milena = Milena();
  v1::Contact boris = ContactDriver::FullPerson("Boris Quux");
  boris.mutable_emails(0)->set_address("boris@example.org");
  const v1::Contact made = driver_.Make("boris", boris);
  // Of the same switchboard.
  officer_.releases.AddLine("", kRelease, "Desk, +41 22 717 91 11");
  officer_.releases.AddLine("", kRelease, "Desk, milena@example.org");
  const std::string before = driver_.Whole(made.name()).SerializeAsString();
  officer_.Expect(officer_.Erase(milena));
  EXPECT_EQ(driver_.Whole(made.name()).SerializeAsString(), before);
  EXPECT_THAT(officer_.releases.lines[0].place.text(), Not(IsEmpty())) << "a number that others have as well";
  EXPECT_THAT(officer_.releases.lines[1].place.text(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, EraseContactTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
