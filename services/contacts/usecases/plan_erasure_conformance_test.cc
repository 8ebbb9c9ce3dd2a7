// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/contacts/testing/erasure_test.h"
#include "services/contacts/usecases/erase_contact.h"
#include "services/platform/errors/error.h"

// What may be asked of an erasure: its plan, who may ask, and what a repetition is told.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using PlanErasureTest = ErasureTest;

TEST_P(PlanErasureTest, ThePlanNamesEveryPlaceAndChangesNothing) {
  const v1::Contact milena = MilenaWithDesk();
  officer_.releases.AddLine(milena.name(), kRelease, "Milena Quux, milena@example.org");
  officer_.releases.AddText("newsrooms/relief/releases/r2", "content.body[0].quote.speaker", "Milena Quux");
  const std::string before = Stored();
  const v1::Erasure planned = officer_.Expect(officer_.Plan(milena));
  EXPECT_EQ(Stored(), before);
  EXPECT_THAT(planned.name(), IsEmpty()) << "there is no such erasure";
  EXPECT_EQ(planned.state(), v1::Erasure::STATE_UNSPECIFIED);
  EXPECT_THAT(planned.plan().digest(), SizeIs(64));
  EXPECT_EQ(planned.plan().places_left_out(), 0);
  EXPECT_EQ(planned.SerializeAsString().find("Quux"), std::string::npos) << "places, not what stands there";
  EXPECT_EQ(Actions(planned.plan()),
            "contacts newsrooms/relief/contacts/milena contact.name ACTION_KEPT\n"
            "contacts newsrooms/relief/contacts/milena contact.substitute ACTION_KEPT\n"
            "contacts newsrooms/relief/contacts/milena contact.person_names[0].display_name ACTION_ERASED\n"
            "contacts newsrooms/relief/contacts/milena contact.person_names[0].given_name ACTION_ERASED\n"
            "contacts newsrooms/relief/contacts/milena contact.person_names[0].phonetic ACTION_ERASED\n"
            "contacts newsrooms/relief/contacts/milena contact.emails[0].address ACTION_ERASED\n"
            "contacts newsrooms/relief/contacts/milena contact.emails[0].ascii_address ACTION_ERASED\n"
            "contacts newsrooms/relief/contacts/milena contact.phones[0].number ACTION_ERASED\n"
            "contacts newsrooms/relief/contacts/milena contact.phones[0].e164 ACTION_ERASED\n"
            "contacts newsrooms/relief/contacts/milena contact.source ACTION_ERASED\n"
            "contacts newsrooms/relief/contacts/milena contact.note ACTION_ERASED\n"
            "releases newsrooms/relief/releases/r1 content.contact_lines[0] ACTION_ERASED\n"
            "releases newsrooms/relief/releases/r2 content.body[0].quote.speaker ACTION_LEFT_TO_EDITOR\n");
  EXPECT_THAT(officer_.releases.erasures, IsEmpty());
}

// A person in two roles is two contacts, and the erasure of one is not that of the other.
TEST_P(PlanErasureTest, ThePlanNamesWhoMayBeTheSamePerson) {
  store_.MakeNewsroom("lake", "newsrooms/relief");
  const v1::Contact milena = Milena();
  v1::Contact role = ContactDriver::Person("M. Quux, for the union");
  role.add_emails()->set_address("Milena+union@example.org");
  const v1::Contact other = driver_.Make("other", role, "lake");
  v1::Contact colleague = ContactDriver::Person("Boris");
  colleague.add_phones()->set_number("+41 22 717 91 11");
  driver_.Make("colleague", colleague);
  const v1::ErasurePlan plan = officer_.Expect(officer_.Plan(milena)).plan();
  EXPECT_THAT(Actions(plan), HasSubstr(absl::StrCat("contacts ", other.name(), " contact ACTION_KEPT\n")));
  EXPECT_THAT(Actions(plan), testing::Not(HasSubstr("colleague")));
  auto request = ErasureDriver::Request(milena);
  request.set_plan(plan.digest());
  officer_.Expect(officer_.Send(request));
  EXPECT_EQ(driver_.Whole(other.name()).emails_size(), 1);
}

TEST_P(PlanErasureTest, AnotherPlanThanTheOneThatWasSeenIsRefused) {
  const v1::Contact milena = Milena();
  officer_.releases.AddLine(milena.name(), kRelease, "Milena Quux");
  auto request = ErasureDriver::Request(milena);
  request.set_plan(officer_.Expect(officer_.Plan(milena)).plan().digest());
  officer_.releases.AddLine(milena.name(), "newsrooms/relief/releases/r2", "Milena Quux");
  const auto refused = officer_.Send(request);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ReasonOf(refused.status()), Reason::ERROR_REASON_PLAN_CHANGED);
  EXPECT_EQ(driver_.Whole(milena.name()).state(), v1::Contact::STATE_ACTIVE);

  request.set_plan(officer_.Expect(officer_.Plan(milena)).plan().digest());
  EXPECT_EQ(officer_.Expect(officer_.Send(request)).state(), v1::Erasure::STATE_DONE);
}

TEST_P(PlanErasureTest, APlanNeedsTheReleasesService) {
  const v1::Contact milena = Milena();
  auto request = ErasureDriver::Request(milena);
  request.set_plan(officer_.Expect(officer_.Plan(milena)).plan().digest());
  officer_.releases.before = FakePersonalData::Away;
  EXPECT_EQ(ReasonOf(officer_.Plan(milena).status()), Reason::ERROR_REASON_PEER_UNAVAILABLE);
  EXPECT_EQ(ReasonOf(officer_.Send(request).status()), Reason::ERROR_REASON_PEER_UNAVAILABLE);
  EXPECT_EQ(driver_.Whole(milena.name()).state(), v1::Contact::STATE_ACTIVE);
}

TEST_P(PlanErasureTest, SomebodyMustHaveSaidWhoAsks) {
  const v1::Contact milena = Milena();
  auto request = ErasureDriver::Request(milena);
  request.set_identity_verified(false);
  const auto refused = officer_.Send(request);
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(refused.status()), Reason::ERROR_REASON_IDENTITY_NOT_VERIFIED);
  request.set_validate_only(true);
  EXPECT_EQ(ReasonOf(officer_.Send(request).status()), Reason::ERROR_REASON_IDENTITY_NOT_VERIFIED);
  request.set_validate_only(false);
  request.set_reason(v1::Erasure::REASON_RETENTION);
  EXPECT_TRUE(officer_.Send(request).ok()) << "nobody has asked";
}

TEST_P(PlanErasureTest, WrongRequestsAreRefused) {
  const v1::Contact milena = Milena();
  EXPECT_EQ(ReasonOf(officer_.Send(ErasureDriver::Request("contacts/milena", "x")).status()),
            Reason::ERROR_REASON_FIELD_INVALID);
  EXPECT_TRUE(absl::IsNotFound(officer_.Send(ErasureDriver::Request("newsrooms/relief/contacts/x", "x")).status()));
  EXPECT_TRUE(absl::IsNotFound(officer_.Send(ErasureDriver::Request("newsrooms/x/contacts/x", "x")).status()));
  EXPECT_EQ(ReasonOf(officer_.Send(ErasureDriver::Request(milena.name(), "")).status()),
            Reason::ERROR_REASON_ETAG_REQUIRED);
  EXPECT_EQ(ReasonOf(officer_.Send(ErasureDriver::Request(milena.name(), "\"9\"")).status()),
            Reason::ERROR_REASON_ETAG_MISMATCH);
  auto request = ErasureDriver::Request(milena);
  request.clear_reason();
  EXPECT_THAT(officer_.Send(request).status().message(), HasSubstr("reason"));
  EXPECT_EQ(driver_.Whole(milena.name()).etag(), milena.etag());
}

TEST_P(PlanErasureTest, ARepetitionErasesNothingTwice) {
  const v1::Contact milena = Milena();
  auto request = ErasureDriver::Request(milena);
  request.set_request_id(kUuid);
  const v1::Erasure first = officer_.Expect(officer_.Send(request));
  const auto told = driver_.Feed();
  const v1::Erasure again = officer_.Expect(officer_.Send(request));
  EXPECT_EQ(again.name(), first.name());
  EXPECT_EQ(driver_.Feed(), told);
  request.set_reason(v1::Erasure::REASON_OBJECTED);
  EXPECT_EQ(ReasonOf(officer_.Send(request).status()), Reason::ERROR_REASON_REQUEST_ID_REUSED);
}

TEST_P(PlanErasureTest, ARepetitionWithItsPlanIsToldTheSame) {
  const v1::Contact milena = Milena();
  auto request = ErasureDriver::Request(milena);
  request.set_plan(officer_.Expect(officer_.Plan(milena)).plan().digest());
  request.set_request_id(kUuid);
  const v1::Erasure first = officer_.Expect(officer_.Send(request));
  EXPECT_EQ(officer_.Expect(officer_.Send(request)).name(), first.name());
}

INSTANTIATE_TEST_SUITE_P(Engines, PlanErasureTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
