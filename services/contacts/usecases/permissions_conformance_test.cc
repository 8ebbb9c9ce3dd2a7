// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/testing/consent_driver.h"
#include "services/contacts/usecases/permissions.h"
#include "services/contacts/usecases/print_contacts.h"
#include "services/contacts/usecases/printable_contact.h"

// Who may be written to, and printed, at the moment. The rules by themselves are proven in the domain.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Record = v1::ProcessingRecord;

class PermissionsTest : public testing::TestWithParam<const char*> {
 protected:
  PermissionsTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
    store_.MakeNewsroom("other");
  }

  v1::Contact Milena(const std::string& id = "milena", const std::string& newsroom = "relief") {
    return driver_.Make(id, ContactDriver::FullPerson("Milena Brkić"), newsroom);
  }
  v1::MergeContactsResponse Merge(const v1::Contact& left, const v1::Contact& source) {
    v1::MergeContactsRequest request;
    request.set_contact(left.name());
    request.set_etag(left.etag());
    request.add_sources()->set_contact(source.name());
    request.mutable_sources(0)->set_etag(source.etag());
    auto merged = MergeContacts(store_.environment(), ContactDriver::Editor(), request);
    EXPECT_TRUE(merged.ok()) << merged.status();
    return merged.ok() ? merged->value.response : v1::MergeContactsResponse();
  }
  void Unmerge(const v1::MergeContactsResponse& merged) {
    v1::UnmergeContactsRequest request;
    request.set_name(merged.merge().name());
    request.set_etag(merged.contact().etag());
    const auto taken = UnmergeContacts(store_.environment(), ContactDriver::Editor(), request);
    EXPECT_TRUE(taken.ok()) << taken.status();
  }
  absl::StatusOr<v1::PrintableContact> Print(const std::string& contact) {
    v1::GetPrintableContactRequest request;
    request.set_newsroom("newsrooms/relief");
    request.set_contact(contact);
    request.set_locale("de");
    return GetPrintableContact(store_.environment(), ContactsStore::Reader(), request);
  }
  // An answer without the moment that it is true of.
  static std::string Untimed(absl::StatusOr<v1::Permission> permission) {
    EXPECT_TRUE(permission.ok()) << permission.status();
    if (!permission.ok()) return {};
    permission->clear_check_time();
    return permission->DebugString();
  }
  void Tick() { store_.clock().Advance(absl::Seconds(1)); }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  ConsentDriver consent_{store_};
};

TEST_P(PermissionsTest, IsTheTruthOfTheMoment) {
  const v1::Contact milena = Milena();
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("NO_BASIS"));
  const Record granted = consent_.Recorded(milena.name(), ConsentDriver::Granted());
  const auto permission = consent_.Check(milena.name());
  ASSERT_TRUE(permission.ok()) << permission.status();
  EXPECT_TRUE(permission->allowed());
  EXPECT_EQ(permission->processing_record(), granted.name());
  EXPECT_EQ(permission->basis(), v1::PROCESSING_BASIS_CONSENT);
  EXPECT_THAT(permission->addresses(), ElementsAre("milena@example.org"));
  EXPECT_FALSE(permission->has_valid_until());
  Tick();
  consent_.Recorded(milena.name(), ConsentDriver::Said(Record::EVENT_WITHDRAWN));
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("WITHDRAWN"));
  Tick();
  consent_.Recorded(milena.name(), ConsentDriver::Granted());
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("ALLOWED"));
  Tick();
  Record all = ConsentDriver::Said(Record::EVENT_OBJECTED);
  all.clear_purpose();
  consent_.Recorded(milena.name(), all);
  EXPECT_THAT(consent_.Answer(milena.name(), v1::PURPOSE_SURVEYS), ElementsAre("OBJECTED"));
}

TEST_P(PermissionsTest, EndsByItself) {
  const v1::Contact milena = Milena();
  Record declared = ConsentDriver::Declared();
  *declared.mutable_expire_time() = platform::ToTimestamp(store_.clock().Now() + absl::Hours(1));
  consent_.Recorded(milena.name(), declared);
  EXPECT_EQ(consent_.Check(milena.name())->valid_until().seconds(), declared.expire_time().seconds());
  store_.clock().Advance(absl::Hours(1));
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("EXPIRED"));
}

TEST_P(PermissionsTest, DoubleOptInIsTheInstallationsChoice) {
  const v1::Contact milena = Milena();
  consent_.Recorded(milena.name(), ConsentDriver::Granted());
  store_.consent().double_opt_in = true;
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("NOT_CONFIRMED"));
  Tick();
  consent_.Recorded(milena.name(), ConsentDriver::Said(Record::EVENT_CONFIRMED));
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("ALLOWED"));
}

TEST_P(PermissionsTest, TheStateOfTheContactCounts) {
  const v1::Contact milena = Milena();
  consent_.Recorded(milena.name(), ConsentDriver::Granted());
  const v1::Contact off = ContactDriver::Expect(driver_.Deactivate(milena));
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("DEACTIVATED"));
  ContactDriver::Expect(driver_.Delete(off));
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("DELETED"));
  auto request = ContactDriver::CreateRequest("draft", ContactDriver::FullPerson("Boris"));
  request.set_unconfirmed(true);
  *request.add_processing_records() = ConsentDriver::Granted();
  EXPECT_THAT(consent_.Answer(ContactDriver::Expect(driver_.Send(request)).name()), ElementsAre("UNCONFIRMED"));
}

TEST_P(PermissionsTest, SuppressedAddressesAreLeftOut) {
  v1::Contact person = ContactDriver::FullPerson("Milena");
  person.add_emails()->set_address("second@example.org");
  const v1::Contact milena = driver_.Make("milena", person);
  consent_.Recorded(milena.name(), ConsentDriver::Granted());
  const v1::Suppression bounced = consent_.Suppress("MILENA+x@example.org", v1::Suppression::REASON_BOUNCED_HARD);
  const auto permission = consent_.Check(milena.name());
  EXPECT_THAT(permission->addresses(), ElementsAre("second@example.org"));
  EXPECT_THAT(permission->suppressed_fields(), ElementsAre("emails[0].address"));
  consent_.Suppress("second@example.org", v1::Suppression::REASON_COMPLAINT, "hq");
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("SUPPRESSED")) << "by the newsroom above as well";
  EXPECT_THAT(consent_.Answer(milena.name(), v1::PURPOSE_PRESS_RELEASES, v1::CHANNEL_PHONE), ElementsAre("ALLOWED"));
  ASSERT_TRUE(consent_.Lift(bounced.name()).ok());
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("ALLOWED"));
}

TEST_P(PermissionsTest, ANewsroomBelowUsesWhatIsPublic) {
  const v1::Contact milena = Milena("milena", "hq");
  consent_.Recorded(milena.name(), ConsentDriver::Granted());
  EXPECT_THAT(consent_.Check(milena.name())->addresses(), ElementsAre("milena@example.org"));
  EXPECT_THAT(consent_.Answer(milena.name(), v1::PURPOSE_PRESS_RELEASES, v1::CHANNEL_PHONE), ElementsAre("NO_ADDRESS"))
      << "her number is for her own house";
  EXPECT_THAT(consent_.Answer(milena.name(), v1::PURPOSE_PRESS_RELEASES, v1::CHANNEL_PHONE, "hq"),
              ElementsAre("ALLOWED"));
  // What a country suppresses does not bind the headquarters.
  consent_.Suppress("milena@example.org");
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("SUPPRESSED"));
  EXPECT_THAT(consent_.Answer(milena.name(), v1::PURPOSE_PRESS_RELEASES, v1::CHANNEL_EMAIL, "hq"),
              ElementsAre("ALLOWED"));
  EXPECT_EQ(consent_.Check(milena.name(), v1::PURPOSE_SURVEYS, v1::CHANNEL_EMAIL, "other").status().code(),
            absl::StatusCode::kNotFound);
}

// GetPrintableContact and the lists of groups tell newsrooms below that there is such a contact, and no more.
TEST_P(PermissionsTest, OfWhoIsNotPublicANewsroomBelowLearnsNothing) {
  v1::Contact person = ContactDriver::FullPerson("Milena Brkić");
  person.set_visibility(v1::VISIBILITY_MEDIA_ONLY);
  const v1::Contact milena = driver_.Make("milena", person, "hq");
  consent_.Suppress("milena@example.org", v1::Suppression::REASON_BOUNCED_HARD, "hq");
  const auto all = [&] {
    std::string answers;
    for (const auto purpose : {v1::PURPOSE_PRESS_RELEASES, v1::PURPOSE_SURVEYS}) {
      for (const auto channel : {v1::CHANNEL_EMAIL, v1::CHANNEL_PHONE, v1::CHANNEL_POST}) {
        EXPECT_THAT(consent_.Answer(milena.name(), purpose, channel), ElementsAre("NO_ADDRESS"));
        absl::StrAppend(&answers, Untimed(consent_.Check(milena.name(), purpose, channel)));
      }
    }
    EXPECT_THAT(consent_.Answer(milena.name(), v1::PURPOSE_PRINTING, v1::CHANNEL_UNSPECIFIED),
                ElementsAre("NOT_PUBLIC"));
    return absl::StrCat(answers, Untimed(consent_.Check(milena.name(), v1::PURPOSE_PRINTING, v1::CHANNEL_UNSPECIFIED)));
  };
  // Whatever is recorded and whatever becomes of her: always the same.
  const std::string unasked = all();
  EXPECT_THAT(unasked, testing::Not(HasSubstr("emails["))) << "no suppressed field";
  consent_.Recorded(milena.name(), ConsentDriver::Granted());
  EXPECT_EQ(all(), unasked);
  Tick();
  consent_.Recorded(milena.name(), ConsentDriver::GrantedForAnHour(store_, v1::PURPOSE_SURVEYS));
  EXPECT_EQ(all(), unasked);
  store_.clock().Advance(absl::Hours(1));
  EXPECT_EQ(all(), unasked);
  consent_.Recorded(milena.name(), ConsentDriver::Said(Record::EVENT_WITHDRAWN));
  EXPECT_EQ(all(), unasked);
  consent_.Recorded(milena.name(), ConsentDriver::ObjectedToAll());
  EXPECT_EQ(all(), unasked);
  EXPECT_THAT(consent_.Answer(milena.name(), v1::PURPOSE_SURVEYS, v1::CHANNEL_POST, "hq"), ElementsAre("OBJECTED"));
  v1::Contact off = ContactDriver::Expect(driver_.Deactivate(milena));
  EXPECT_EQ(all(), unasked);
  off = ContactDriver::Expect(driver_.Delete(off));
  EXPECT_EQ(all(), unasked);
  EXPECT_THAT(consent_.Answer(milena.name(), v1::PURPOSE_SURVEYS, v1::CHANNEL_POST, "hq"),
              ElementsAre("DELETED", "OBJECTED"));
}

TEST_P(PermissionsTest, OfWhoIsPublicANewsroomBelowLearnsWhyNotAndNoRecord) {
  const v1::Contact milena = Milena("milena", "hq");
  const Record granted = consent_.Recorded(milena.name(), ConsentDriver::Granted());
  const auto allowed = consent_.Check(milena.name());
  EXPECT_TRUE(allowed->allowed());
  EXPECT_EQ(allowed->basis(), v1::PROCESSING_BASIS_CONSENT);
  EXPECT_EQ(allowed->processing_record(), "") << "which it could not read";
  const auto hq = consent_.Check(milena.name(), v1::PURPOSE_PRESS_RELEASES, v1::CHANNEL_EMAIL, "hq");
  EXPECT_EQ(hq->processing_record(), granted.name());
  Tick();
  consent_.Recorded(milena.name(), ConsentDriver::Said(Record::EVENT_WITHDRAWN));
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("WITHDRAWN"));
  EXPECT_EQ(consent_.Check(milena.name())->processing_record(), "");
}

TEST_P(PermissionsTest, WhoRefusesToBePrintedGivesNewsroomsBelowNoAddress) {
  const v1::Contact milena = Milena("milena", "hq");
  consent_.Recorded(milena.name(), ConsentDriver::Granted());
  consent_.Recorded(milena.name(), ConsentDriver::Said(Record::EVENT_OBJECTED, v1::PURPOSE_PRINTING));
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("NO_ADDRESS"));
  EXPECT_THAT(consent_.Answer(milena.name(), v1::PURPOSE_PRINTING, v1::CHANNEL_UNSPECIFIED), ElementsAre("OBJECTED"));
  EXPECT_THAT(consent_.Check(milena.name(), v1::PURPOSE_PRESS_RELEASES, v1::CHANNEL_EMAIL, "hq")->addresses(),
              ElementsAre("milena@example.org"));
  Tick();
  consent_.Recorded(milena.name(), ConsentDriver::Granted(v1::PURPOSE_PRINTING));
  EXPECT_THAT(consent_.Answer(milena.name()), ElementsAre("ALLOWED"));
}

TEST_P(PermissionsTest, ManyQuestionsHaveTheSameAnswers) {
  const v1::Contact milena = Milena();
  consent_.Recorded(milena.name(), ConsentDriver::Granted());
  v1::BatchCheckPermissionsRequest request;
  request.set_newsroom("newsrooms/relief");
  const auto ask = [&](const std::string& contact, v1::Purpose purpose) {
    auto& check = *request.add_checks();
    check.set_contact(contact);
    check.set_purpose(purpose);
    check.set_channel(v1::CHANNEL_EMAIL);
  };
  const auto send = [&] { return BatchCheckPermissions(store_.environment(), ContactDriver::Editor(), request); };
  EXPECT_THAT(std::string(send().status().message()), HasSubstr("checks: must not be empty"));
  ask(ContactDriver::NameOf("nobody"), v1::PURPOSE_PRESS_RELEASES);
  ask(milena.name(), v1::PURPOSE_PRESS_RELEASES);
  ask(milena.name(), v1::PURPOSE_SURVEYS);
  const auto response = send();
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->permissions_size(), 3);
  EXPECT_THAT(ConsentDriver::ReasonsOf(response->permissions(0)), ElementsAre("NOT_FOUND"));
  EXPECT_EQ(response->permissions(1).DebugString(), consent_.Check(milena.name())->DebugString());
  EXPECT_THAT(ConsentDriver::ReasonsOf(response->permissions(2)), ElementsAre("NO_BASIS"));
  ask("milena", v1::PURPOSE_UNSPECIFIED);
  EXPECT_THAT(std::string(send().status().message()),
              testing::AllOf(HasSubstr("checks[3].contact: "), HasSubstr("checks[3].purpose: ")));
  request.mutable_checks()->RemoveLast();
  store_.consent().checks = 3;
  EXPECT_TRUE(send().ok());
  store_.consent().checks = 2;
  EXPECT_THAT(std::string(send().status().message()), HasSubstr("checks: "));
}

TEST_P(PermissionsTest, OfMergedContactsTheMostRestrictiveWordCounts) {
  const v1::Contact left = Milena();
  const v1::Contact gone = driver_.Make("m2", ContactDriver::Person("Milena Brkic"));
  consent_.Recorded(gone.name(), ConsentDriver::Said(Record::EVENT_OBJECTED));
  Tick();
  consent_.Recorded(left.name(), ConsentDriver::Granted());
  EXPECT_THAT(consent_.Answer(left.name()), ElementsAre("ALLOWED"));
  Tick();
  Merge(left, gone);
  EXPECT_THAT(consent_.Answer(left.name()), ElementsAre("OBJECTED"));
  const auto permission = consent_.Check(gone.name());
  EXPECT_EQ(permission->contact(), gone.name());
  EXPECT_EQ(permission->merged_into(), left.name());
  EXPECT_FALSE(permission->allowed());
  Tick();
  consent_.Recorded(left.name(), ConsentDriver::Granted());
  EXPECT_THAT(consent_.Answer(gone.name()), ElementsAre("ALLOWED"));
}

TEST_P(PermissionsTest, ARefusalOutlivesTheMerge) {
  const v1::Contact left = Milena();
  const v1::Contact gone = driver_.Make("m2", ContactDriver::FullPerson("Milena Brkic"));
  consent_.Recorded(left.name(), ConsentDriver::Said(Record::EVENT_WITHDRAWN, v1::PURPOSE_SURVEYS));
  consent_.Recorded(gone.name(), ConsentDriver::Granted());
  consent_.Recorded(gone.name(), ConsentDriver::Granted(v1::PURPOSE_SURVEYS));
  Tick();
  const auto merged = Merge(left, gone);
  EXPECT_THAT(consent_.Answer(left.name()), ElementsAre("ALLOWED"));
  Tick();
  consent_.Recorded(left.name(), ConsentDriver::Said(Record::EVENT_WITHDRAWN));
  Tick();
  Unmerge(merged);
  EXPECT_THAT(consent_.Answer(gone.name()), ElementsAre("WITHDRAWN")) << "it was the person who said so";
  EXPECT_THAT(consent_.Answer(gone.name(), v1::PURPOSE_SURVEYS), ElementsAre("ALLOWED"))
      << "what was said of the other one before is the other one's";
  EXPECT_THAT(consent_.Answer(left.name()), ElementsAre("WITHDRAWN"));
}

TEST_P(PermissionsTest, WhoRefusesToBePrintedIsNot) {
  const v1::Contact desk = driver_.Make("desk", ContactDriver::Desk("Pressestelle"), "hq");
  v1::Contact person = ContactDriver::FullPerson("Milena Brkić");
  person.set_substitute(desk.name());
  const v1::Contact milena = driver_.Make("milena", person);
  EXPECT_EQ(Print(milena.name())->contact(), milena.name()) << "without a record, visibility says it";
  EXPECT_THAT(consent_.Answer(milena.name(), v1::PURPOSE_PRINTING, v1::CHANNEL_UNSPECIFIED), ElementsAre("ALLOWED"));
  consent_.Recorded(milena.name(), ConsentDriver::Said(Record::EVENT_WITHDRAWN, v1::PURPOSE_PRINTING));
  EXPECT_EQ(Print(milena.name())->contact(), desk.name());
  EXPECT_THAT(consent_.Answer(milena.name(), v1::PURPOSE_PRINTING, v1::CHANNEL_UNSPECIFIED), ElementsAre("WITHDRAWN"));
  consent_.Recorded(desk.name(), ConsentDriver::Said(Record::EVENT_OBJECTED, v1::PURPOSE_PRINTING));
  const auto nobody = Print(milena.name());
  EXPECT_EQ(ReasonOf(nobody.status()), Reason::ERROR_REASON_NOT_PRINTABLE);
  EXPECT_THAT(std::string(nobody.status().message()), testing::Not(HasSubstr("object"))) << "not everybody's business";
  Tick();
  consent_.Recorded(milena.name(), ConsentDriver::Granted(v1::PURPOSE_PRINTING));
  EXPECT_EQ(Print(milena.name())->contact(), milena.name());
}

TEST_P(PermissionsTest, AConsentToBePrintedEnds) {
  const v1::Contact desk = driver_.Make("desk", ContactDriver::Desk("Pressestelle"));
  v1::Contact person = ContactDriver::FullPerson("Milena Brkić");
  person.set_substitute(desk.name());
  const v1::Contact milena = driver_.Make("milena", person);
  Record granted = ConsentDriver::Granted(v1::PURPOSE_PRINTING);
  *granted.mutable_expire_time() = platform::ToTimestamp(store_.clock().Now() + absl::Hours(2));
  consent_.Recorded(milena.name(), granted);
  const auto printed = Print(milena.name());
  ASSERT_TRUE(printed.ok()) << printed.status();
  EXPECT_EQ(printed->show_until().seconds(), granted.expire_time().seconds());
  EXPECT_EQ(printed->stand_in(), desk.name());

  v1::PrintContactsRequest request;
  request.set_newsroom("newsrooms/relief");
  request.set_locale("de");
  request.add_contacts()->set_contact(milena.name());
  request.mutable_contacts(0)->add_values("milena@example.org");
  const auto print = [&] {
    const auto response = PrintContacts(store_.environment(), ContactsStore::As("releases"), request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? response->printings(0) : v1::ContactPrinting();
  };
  ASSERT_EQ(print().periods_size(), 2);
  EXPECT_EQ(print().periods(1).start().seconds(), granted.expire_time().seconds());
  EXPECT_EQ(print().periods(1).printable().contact(), desk.name());
  EXPECT_EQ(print().standings(0), v1::ContactPrinting::STANDING_PUBLIC);
  consent_.Recorded(milena.name(), ConsentDriver::Said(Record::EVENT_OBJECTED, v1::PURPOSE_PRINTING));
  ASSERT_EQ(print().periods_size(), 1);
  EXPECT_EQ(print().periods(0).printable().contact(), desk.name());
  EXPECT_NE(print().standings(0), v1::ContactPrinting::STANDING_PUBLIC);
}

INSTANTIATE_TEST_SUITE_P(Engines, PermissionsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
