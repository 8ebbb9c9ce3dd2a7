// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <future>

#include "google/rpc/error_details.pb.h"
#include "services/contacts/testing/consent_driver.h"
#include "services/contacts/usecases/import_contacts.h"
#include "services/contacts/usecases/merge_contacts.h"
#include "services/contacts/usecases/purge.h"
#include "services/contacts/usecases/suppressions.h"

// Whom not to write to: recognised by nothing but a keyed hash, and not stored again when erased.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class SuppressionsTest : public testing::TestWithParam<const char*> {
 protected:
  SuppressionsTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
    store_.MakeNewsroom("lake", "newsrooms/hq");
  }

  // The fields that a refusal names.
  static std::vector<std::string> Refused(const absl::Status& status) {
    EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_SUPPRESSED) << status;
    std::vector<std::string> fields;
    const google::rpc::Status wire = platform::ToRpcStatus(status, "test", "call");
    for (const auto& detail : wire.details()) {
      google::rpc::PreconditionFailure failure;
      if (!detail.UnpackTo(&failure)) continue;
      for (const auto& violation : failure.violations()) fields.push_back(violation.subject());
    }
    return fields;
  }
  // Everything that the table holds, as text.
  std::string Stored() {
    std::string stored;
    const absl::Status status = store_.db().Read(ContactsStore::Soon(), [&](platform::Session& session) {
      const auto rows =
          session.Query("SELECT name, address_mac, key_id, actor, payload FROM suppressions ORDER BY uid");
      if (!rows.ok()) return rows.status();
      for (const auto row : *rows) {
        absl::StrAppend(&stored, row.Text(0), row.Text(1), row.Text(2), row.Text(3), row.Bytes(4), "\n");
      }
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return stored;
  }
  std::vector<std::string> Listed(bool show_lifted, const std::string& filter = "") {
    v1::ListSuppressionsRequest request;
    request.set_parent("newsrooms/relief");
    request.set_show_lifted(show_lifted);
    request.set_filter(filter);
    const auto list = ListSuppressions(store_.environment(), ContactsStore::Officer(), request);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<std::string> names;
    if (!list.ok()) return names;
    for (const auto& suppression : list->suppressions()) names.push_back(suppression.name());
    return names;
  }
  absl::StatusOr<v1::SuppressContactResponse> SuppressAll(
      const std::string& contact, const std::function<void(v1::SuppressContactRequest&)>& change = [](auto&) {}) {
    v1::SuppressContactRequest request;
    request.set_contact(contact);
    request.set_reason(v1::Suppression::REASON_OBJECTED);
    change(request);
    auto written = SuppressContact(store_.environment(), ContactDriver::Editor(), request);
    if (!written.ok()) return written.status();
    return std::move(written->value);
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  ConsentDriver consent_{store_};
};

TEST_P(SuppressionsTest, IsRecognisedAndNotKnown) {
  const v1::Suppression made = consent_.Suppress("Anna.Quux@Example.org", v1::Suppression::REASON_COMPLAINT);
  EXPECT_TRUE(made.name().starts_with("newsrooms/relief/suppressions/"));
  EXPECT_EQ(made.channel(), v1::CHANNEL_EMAIL);
  EXPECT_EQ(made.reason(), v1::Suppression::REASON_COMPLAINT);
  EXPECT_EQ(made.creator(), "officer");
  EXPECT_EQ(made.key_id(), store_.environment().suppression_keys.Ids().front());
  EXPECT_THAT(Stored(), SizeIs(testing::Gt(64U)));
  EXPECT_THAT(Stored(), Not(HasSubstr("uux")));
  EXPECT_THAT(consent_.WhySuppressed("anna.quux+tag@example.ORG"), ElementsAre("COMPLAINT"));
  EXPECT_THAT(consent_.WhySuppressed("anna@example.org"), IsEmpty());
  EXPECT_THAT(consent_.WhySuppressed("anna.quux@example.org", "hq"), IsEmpty());
  const std::string id = made.name().substr(made.name().rfind('/') + 1);
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED " + id));
}

TEST_P(SuppressionsTest, HoldsInTheNewsroomsBelow) {
  consent_.Suppress("anna@example.org", v1::Suppression::REASON_MANUAL, "hq");
  EXPECT_THAT(consent_.WhySuppressed("anna@example.org"), ElementsAre("MANUAL"));
  EXPECT_THAT(consent_.WhySuppressed("anna@example.org", "lake"), ElementsAre("MANUAL"));
  consent_.Suppress("boris@example.org", v1::Suppression::REASON_MANUAL, "relief");
  EXPECT_THAT(consent_.WhySuppressed("boris@example.org", "lake"), IsEmpty());
}

TEST_P(SuppressionsTest, TheSameAgainChangesNothing) {
  const auto first = consent_.Suppress("anna@example.org");
  store_.clock().Advance(absl::Hours(1));
  EXPECT_EQ(consent_.Suppress("ANNA@example.org").name(), first.name());
  EXPECT_NE(consent_.Suppress("anna@example.org", v1::Suppression::REASON_BOUNCED_HARD).name(), first.name());
  EXPECT_THAT(consent_.WhySuppressed("anna@example.org"), ElementsAre("UNSUBSCRIBED", "BOUNCED_HARD"));
}

TEST_P(SuppressionsTest, ManyAtOnceMakeOne) {
  const auto statuses = AtOnce(8, [&](std::size_t) {
    return consent_.Send(ConsentDriver::SuppressionRequest("anna@example.org", v1::Suppression::REASON_BOUNCED_HARD))
        .status();
  });
  EXPECT_EQ(CountOk(statuses), 8);
  EXPECT_THAT(Listed(false), SizeIs(1));
}

TEST_P(SuppressionsTest, WhoAndWhenIsForThoseWhoMayLift) {
  consent_.Suppress("anna@example.org");
  const auto told =
      consent_.Send(ConsentDriver::SuppressionRequest("anna@example.org", v1::Suppression::REASON_UNSUBSCRIBED),
                    ContactDriver::Editor());
  ASSERT_TRUE(told.ok()) << told.status();
  EXPECT_TRUE(told->creator().empty());
  EXPECT_FALSE(told->has_create_time());
}

TEST_P(SuppressionsTest, RefusesWhatIsWrongByName) {
  auto request = ConsentDriver::SuppressionRequest("anna@", v1::Suppression::REASON_ERASED);
  const absl::Status status = consent_.Send(request).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr("address.email: "));
  EXPECT_THAT(std::string(status.message()), HasSubstr("suppression.reason: must not be ERASED"));
  request = ConsentDriver::SuppressionRequest("anna@example.org", v1::Suppression::REASON_MANUAL, "nowhere");
  EXPECT_EQ(consent_.Send(request).status().code(), absl::StatusCode::kNotFound);
  request.mutable_suppression()->clear_reason();
  EXPECT_THAT(std::string(consent_.Send(request).status().message()), HasSubstr("suppression.reason: must be"));
  EXPECT_EQ(consent_.Lift("newsrooms/relief/suppressions/none").status().code(), absl::StatusCode::kNotFound);
}

TEST_P(SuppressionsTest, ARepetitionAnswersTheSameAndATrialNothing) {
  auto request = ConsentDriver::SuppressionRequest("anna@example.org", v1::Suppression::REASON_MANUAL);
  request.set_validate_only(true);
  ASSERT_TRUE(consent_.Send(request).ok());
  EXPECT_THAT(Listed(true), IsEmpty());
  request.set_validate_only(false);
  request.set_request_id("5f0c3f0e-7a53-4f5e-9f39-8f7b9d4a1c11");
  const auto first = consent_.Send(request);
  const auto second = consent_.Send(request);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->name(), second->name());
}

TEST_P(SuppressionsTest, IsLiftedOnceAndSaysBy) {
  const auto made = consent_.Suppress("anna@example.org");
  store_.clock().Advance(absl::Hours(1));
  const auto lifted = consent_.Lift(made.name());
  ASSERT_TRUE(lifted.ok()) << lifted.status();
  EXPECT_EQ(lifted->lifter(), "officer");
  EXPECT_EQ(platform::FromTimestamp(lifted->lift_time()), store_.clock().Now());
  EXPECT_THAT(consent_.WhySuppressed("anna@example.org"), IsEmpty());
  EXPECT_EQ(ReasonOf(consent_.Lift(made.name()).status()), Reason::ERROR_REASON_STATE_CONFLICT);
  v1::GetSuppressionRequest get;
  get.set_name(made.name());
  EXPECT_EQ(GetSuppression(store_.environment(), ContactsStore::Officer(), get)->DebugString(), lifted->DebugString());
  // Again is another one.
  const auto again = consent_.Suppress("anna@example.org");
  EXPECT_NE(again.name(), made.name());
  EXPECT_THAT(Listed(false), ElementsAre(again.name()));
  EXPECT_THAT(Listed(true), SizeIs(2));
  EXPECT_THAT(Listed(true, "reason = MANUAL"), IsEmpty());
  EXPECT_THAT(Listed(true, "channel = EMAIL AND reason = UNSUBSCRIBED"), SizeIs(2));
  store_.clock().Advance(store_.environment().limits.kept_after_deletion + absl::Seconds(1));
  ASSERT_TRUE(PurgeDeleted(store_.environment(), ContactsStore::Soon()).ok());
  EXPECT_THAT(Listed(true), ElementsAre(again.name()));
}

TEST_P(SuppressionsTest, AContactIsSuppressedAddressByAddress) {
  v1::Contact person = ContactDriver::FullPerson("Milena");
  person.add_phones()->set_number("+41 22 717 91 12 ext. 7");
  const v1::Contact milena = driver_.Make("milena", person);
  const auto mail = SuppressAll(milena.name(), [](auto& request) { request.set_channel(v1::CHANNEL_EMAIL); });
  ASSERT_TRUE(mail.ok()) << mail.status();
  EXPECT_THAT(mail->suppressions(), SizeIs(1));
  const auto all = SuppressAll(milena.name());
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_THAT(all->suppressions(), SizeIs(3));
  EXPECT_EQ(all->suppressions(0).name(), mail->suppressions(0).name());
  EXPECT_THAT(consent_.WhyNotCalled("+41 22 717 91 12 ext. 7"), ElementsAre("OBJECTED"));
  EXPECT_THAT(consent_.WhyNotCalled("+41 22 717 91 12"), IsEmpty());
  EXPECT_THAT(consent_.WhyNotCalled("+41 22 717 91 11 ext. 3"), ElementsAre("OBJECTED")) << "behind the whole number";
  const auto letters = SuppressAll(milena.name(), [](auto& request) { request.set_channel(v1::CHANNEL_POST); });
  EXPECT_THAT(std::string(letters.status().message()), HasSubstr("channel: "));
  const v1::Contact nowhere = driver_.Make("n", ContactDriver::Person("N"));
  EXPECT_EQ(ReasonOf(SuppressAll(nowhere.name()).status()), Reason::ERROR_REASON_STATE_CONFLICT);
}

TEST_P(SuppressionsTest, KeysMayChange) {
  consent_.Suppress("anna@example.org");
  const std::string one(64, '1');
  const std::string two(64, '2');
  const SuppressionKeys before = store_.suppression_keys();
  store_.suppression_keys() = *SuppressionKeys::Parse(one);
  EXPECT_THAT(consent_.WhySuppressed("anna@example.org"), IsEmpty()) << "under a key that is not known";
  consent_.Suppress("boris@example.org");
  store_.suppression_keys() = *SuppressionKeys::Parse(two + "\n" + one);
  EXPECT_THAT(consent_.WhySuppressed("boris@example.org"), ElementsAre("UNSUBSCRIBED"));
  EXPECT_EQ(consent_.Suppress("boris@example.org").key_id(), SuppressionKeys::Parse(one)->Ids().front());
  EXPECT_EQ(consent_.Suppress("clara@example.org").key_id(), SuppressionKeys::Parse(two)->Ids().front());
  store_.suppression_keys() = before;
  EXPECT_THAT(consent_.WhySuppressed("anna@example.org"), ElementsAre("UNSUBSCRIBED"));
}

TEST_P(SuppressionsTest, OtherReasonsKeepNobodyFromStoring) {
  consent_.Suppress("milena@example.org", v1::Suppression::REASON_OBJECTED);
  EXPECT_TRUE(driver_.Create("milena", ContactDriver::FullPerson("Milena")).ok());
}

TEST_P(SuppressionsTest, WhoWasErasedIsNotStoredAgain) {
  const v1::Contact erased = driver_.Make("milena", ContactDriver::FullPerson("Milena"));
  consent_.SuppressAsErased({driver_.Whole(erased.name())});
  consent_.SuppressAsErased({driver_.Whole(erased.name())});
  EXPECT_THAT(Listed(false), SizeIs(2)) << "each address once";
  v1::Contact copy = ContactDriver::Person("M. B.");
  copy.add_emails()->set_address("other@example.org");
  copy.add_emails()->set_address("Milena+news@example.org");
  copy.add_phones()->set_number("+41 (0)22 717 91 11");
  const absl::Status status = driver_.Create("copy", copy).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Refused(status), ElementsAre("contact.emails[1].address", "contact.phones[0].number"));
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("rased"))) << "why is not everybody's business";
  // The country's erasure binds the country and not the headquarters.
  EXPECT_TRUE(driver_.Create("copy", copy, "hq").ok());
  EXPECT_TRUE(driver_.Create("copy", copy, "lake").ok());

  copy.clear_phones();
  copy.mutable_emails()->RemoveLast();
  const v1::Contact made = driver_.Make("copy", copy);
  v1::Contact change;
  change.add_emails()->set_address("MILENA@example.org");
  EXPECT_THAT(Refused(driver_.Update(made, change, {"emails"}).status()), ElementsAre("contact.emails[0].address"));
}

TEST_P(SuppressionsTest, WhatIsStoredAlreadyMayBeChanged) {
  const v1::Contact one = driver_.Make("one", ContactDriver::FullPerson("Milena"));
  const v1::Contact other = driver_.Make("other", ContactDriver::FullPerson("Milena, in another role"));
  consent_.SuppressAsErased({driver_.Whole(one.name())});
  v1::Contact change;
  change.set_note("called");
  EXPECT_TRUE(driver_.Update(other, change, {"note"}).ok());
  // But nobody else gets it: by a merge, or out of the bin.
  const v1::Contact left = driver_.Make("left", ContactDriver::Person("Milena"));
  const v1::Contact source = driver_.Whole(other.name());
  v1::MergeContactsRequest request;
  request.set_contact(left.name());
  request.set_etag(left.etag());
  request.add_sources()->set_contact(source.name());
  request.mutable_sources(0)->set_etag(source.etag());
  EXPECT_THAT(Refused(MergeContacts(store_.environment(), ContactDriver::Editor(), request).status()),
              ElementsAre("contact.emails[0].address"))
      << "the number is shared, so it is nobody's own";
  const v1::Contact deleted = ContactDriver::Expect(driver_.Delete(source));
  EXPECT_THAT(Refused(driver_.Undelete(deleted).status()), ElementsAre("contact.emails[0].address"));
}

// A merge keeps what its contacts were, with addresses that have left them since.
TEST_P(SuppressionsTest, WhoWasErasedDoesNotComeBackByUndoingAMerge) {
  const v1::Contact erased = driver_.Make("erased", ContactDriver::FullPerson("Milena"));
  v1::Contact copy = ContactDriver::Person("M. B.");
  copy.add_emails()->set_address("milena@example.org");
  copy.add_emails()->set_address("other@example.org");
  const v1::Contact left = driver_.Make("left", copy);
  const v1::Contact source = driver_.Make("source", ContactDriver::Person("M. Brkić"));
  v1::MergeContactsRequest request;
  request.set_contact(left.name());
  request.set_etag(left.etag());
  request.add_sources()->set_contact(source.name());
  request.mutable_sources(0)->set_etag(source.etag());
  const auto merged = MergeContacts(store_.environment(), ContactDriver::Editor(), request);
  ASSERT_TRUE(merged.ok()) << merged.status();
  v1::Contact change;
  change.add_emails()->set_address("other@example.org");
  const v1::Contact changed =
      ContactDriver::Expect(driver_.Update(merged->value.response.contact(), change, {"emails"}));
  consent_.SuppressAsErased({driver_.Whole(erased.name())});

  v1::UnmergeContactsRequest undo;
  undo.set_name(merged->value.response.merge().name());
  undo.set_etag(changed.etag());
  EXPECT_THAT(Refused(UnmergeContacts(store_.environment(), ContactDriver::Editor(), undo).status()),
              ElementsAre(left.name() + ".emails[0].address"));
  EXPECT_THAT(driver_.Whole(left.name()).emails(), SizeIs(1)) << "nothing was changed";
  for (const std::string& name : Listed(false)) ASSERT_TRUE(consent_.Lift(name).ok());
  ASSERT_TRUE(UnmergeContacts(store_.environment(), ContactDriver::Editor(), undo).ok());
  EXPECT_THAT(driver_.Whole(left.name()).emails(), SizeIs(2));
}

// Whoever stores an address waits for the erasure of it that is under way.
TEST_P(SuppressionsTest, NobodySlipsInBesideAnErasure) {
  const v1::Contact erased = driver_.Whole(driver_.Make("milena", ContactDriver::FullPerson("Milena")).name());
  std::future<absl::Status> storing;
  const absl::Status status = store_.db().Write(ContactsStore::Soon(), [&](platform::Session& session) {
    const absl::Status done = SuppressErased(store_.environment(), session, "uid-of-relief",
                                             {"officer", "call", store_.clock().Now()}, {erased}, {});
    storing = std::async(std::launch::async,
                         [&] { return driver_.Create("copy", ContactDriver::FullPerson("Milena")).status(); });
    // It cannot come to an end before this has; without the lock it is done in a fraction of that.
    EXPECT_EQ(storing.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
    return done;
  });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_THAT(Refused(storing.get()), SizeIs(2));
}

TEST_P(SuppressionsTest, ErasureLeavesDesksAndSharedNumbersAlone) {
  v1::Contact person = ContactDriver::FullPerson("Milena");
  person.add_emails()->set_address("presse@example.org");
  person.add_phones()->set_number("+41 22 717 91 20 ext. 1");
  person.add_phones()->set_number("+41 22 717 91 20 ext. 2");
  person.add_phones()->set_number("+41 22 717 91 30");
  person.mutable_phones(3)->set_kind(v1::PhoneNumber::KIND_FAX);
  const v1::Contact milena = driver_.Make("milena", person);
  v1::Contact colleague = ContactDriver::Person("Boris");
  colleague.add_phones()->set_number("+41 22 717 91 11");
  colleague.add_phones()->set_number("+41 22 717 91 20 ext. 2");
  driver_.Make("boris", colleague);
  v1::Contact desk = ContactDriver::Desk("Pressestelle");
  desk.add_emails()->set_address("anna@example.org");
  const v1::Contact office = driver_.Make("desk", desk);
  consent_.SuppressAsErased({driver_.Whole(milena.name()), driver_.Whole(office.name())});
  EXPECT_THAT(consent_.WhySuppressed("milena@example.org"), ElementsAre("ERASED"));
  EXPECT_THAT(consent_.WhySuppressed("presse@example.org"), IsEmpty());
  EXPECT_THAT(consent_.WhySuppressed("anna@example.org"), IsEmpty()) << "nothing of a desk";
  EXPECT_THAT(consent_.WhyNotCalled("+41 22 717 91 11"), IsEmpty()) << "shared";
  EXPECT_THAT(consent_.WhyNotCalled("+41 22 717 91 20 ext. 1"), ElementsAre("ERASED")) << "the extension is hers";
  EXPECT_THAT(consent_.WhyNotCalled("+41 22 717 91 20 ext. 2"), IsEmpty());
  EXPECT_THAT(consent_.WhyNotCalled("+41 22 717 91 30"), IsEmpty()) << "a telefax";
  // By hand everything can be.
  EXPECT_THAT(SuppressAll(office.name())->suppressions(), SizeIs(1));
  EXPECT_THAT(consent_.WhySuppressed("anna@example.org"), ElementsAre("OBJECTED"));
}

TEST_P(SuppressionsTest, ErasureLeavesAHousesNumberToThoseBehindItAndToNewsroomsAboveAndBelow) {
  v1::Contact person = ContactDriver::Person("Milena");
  person.add_phones()->set_number("+41 22 717 91 50");
  person.add_phones()->set_number("+41 22 717 91 51");
  person.add_phones()->set_number("+41 22 717 91 52");
  person.add_emails()->set_address("anna@example.org");
  const v1::Contact milena = driver_.Make("milena", person, "hq");
  v1::Contact colleague = ContactDriver::Person("Boris");
  colleague.add_phones()->set_number("+41 22 717 91 50 ext. 2");
  driver_.Make("boris", colleague, "hq");
  v1::Contact desk = ContactDriver::Desk("Pressestelle");
  desk.add_phones()->set_number("+41 22 717 91 51");
  desk.add_emails()->set_address("anna@example.org");
  driver_.Make("desk", desk);
  consent_.SuppressAsErased({driver_.Whole(milena.name())}, "hq");
  EXPECT_THAT(consent_.WhyNotCalled("+41 22 717 91 50 ext. 2"), IsEmpty());
  EXPECT_THAT(consent_.WhyNotCalled("+41 22 717 91 51"), IsEmpty()) << "a country's desk has it";
  EXPECT_THAT(consent_.WhyNotCalled("+41 22 717 91 52"), ElementsAre("ERASED"));
  EXPECT_THAT(consent_.WhySuppressed("anna@example.org"), IsEmpty()) << "a country's desk has it";
}

TEST_P(SuppressionsTest, ErasureLeavesTheNumberOfADeletedColleagueWhoCanComeBack) {
  v1::Contact colleague = ContactDriver::Person("Boris");
  colleague.add_phones()->set_number("+41 22 717 91 11");
  const v1::Contact deleted = ContactDriver::Expect(driver_.Delete(driver_.Make("boris", colleague)));
  const v1::Contact milena = driver_.Make("milena", ContactDriver::FullPerson("Milena"));
  consent_.SuppressAsErased({driver_.Whole(milena.name())});
  EXPECT_THAT(consent_.WhySuppressed("milena@example.org"), ElementsAre("ERASED"));
  EXPECT_THAT(consent_.WhyNotCalled("+41 22 717 91 11"), IsEmpty());
  EXPECT_TRUE(driver_.Undelete(deleted).ok());
}

TEST_P(SuppressionsTest, AnImportRefusesTheErasedCardByCard) {
  const v1::Contact erased = driver_.Make("milena", ContactDriver::FullPerson("Milena"));
  consent_.SuppressAsErased({driver_.Whole(erased.name())});
  ContactDriver::Expect(driver_.Delete(erased));
  consent_.Suppress("boris@example.org", v1::Suppression::REASON_UNSUBSCRIBED);
  v1::ImportContactsRequest request;
  request.set_parent("newsrooms/relief");
  request.set_format(v1::EXCHANGE_FORMAT_CSV);
  request.set_content(
      "display_name,email\r\nMilena,milena@example.org\r\nBoris,boris@example.org\r\nClara,clara@example.org\r\n");
  request.set_source("Press fair");
  request.set_basis(v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
  request.set_relation(v1::Contact::RELATION_JOURNALIST);
  *request.add_processing_records() = ConsentDriver::Declared();
  const auto response = ImportContacts(store_.environment(), ContactDriver::Editor(), request);
  ASSERT_TRUE(response.ok()) << response.status();
  const auto& cards = response->value.cards();
  ASSERT_THAT(cards, SizeIs(3));
  EXPECT_EQ(cards[0].outcome(), v1::ImportedCard::OUTCOME_REFUSED);
  ASSERT_THAT(cards[0].findings(), SizeIs(1));
  EXPECT_EQ(cards[0].findings(0).field(), "contact.emails[0].address");
  EXPECT_EQ(cards[0].findings(0).line(), 2);
  EXPECT_TRUE(cards[0].findings(0).refused());
  EXPECT_EQ(cards[1].outcome(), v1::ImportedCard::OUTCOME_CREATED) << "kept, and not used";
  ASSERT_THAT(cards[1].findings(), SizeIs(1));
  EXPECT_THAT(cards[1].findings(0).message(), HasSubstr("suppressed"));
  EXPECT_EQ(cards[2].outcome(), v1::ImportedCard::OUTCOME_CREATED);
  EXPECT_THAT(cards[2].findings(), IsEmpty());
  EXPECT_THAT(consent_.RecordsOf(cards[2].contact()), SizeIs(2));
  EXPECT_THAT(consent_.Answer(cards[1].contact()), ElementsAre("UNCONFIRMED", "SUPPRESSED"));
  EXPECT_THAT(consent_.Answer(cards[2].contact()), ElementsAre("UNCONFIRMED"));
}

INSTANTIATE_TEST_SUITE_P(Engines, SuppressionsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
