// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/erasure_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Place = v1::ErasurePlace;

v1::Contact Milena() {
  v1::Contact contact;
  contact.set_kind(v1::Contact::KIND_PERSON);
  auto& name = *contact.add_person_names();
  name.set_display_name("Milena Quux");
  name.set_given_name("Milena Ana");
  name.set_family_name("Quux");
  auto& email = *contact.add_emails();
  email.set_address("milena@bücher.example");
  email.set_ascii_address("milena@xn--bcher-kva.example");
  auto& phone = *contact.add_phones();
  phone.set_number("022 717 91 11");
  phone.set_e164("+41227179111");
  auto& web = *contact.add_web_addresses();
  web.set_uri("https://example.org/milena");
  web.set_label("@milena");
  return contact;
}

TEST(ValuesToEraseTest, AreHowAPersonStandsInTexts) {
  EXPECT_THAT(ValuesToErase({Milena(), Milena()}, {}),
              ElementsAre("Milena Quux", "Milena Ana Quux", "milena@bücher.example", "milena@xn--bcher-kva.example",
                          "022 717 91 11", "+41227179111", "https://example.org/milena", "@milena"));
}

TEST(ValuesToEraseTest, LeaveOutWhatOthersHaveAsWell) {
  v1::Contact contact = Milena();
  contact.mutable_emails(0)->set_role_mailbox(true);
  auto& fax = *contact.add_phones();
  fax.set_number("+41 22 717 91 99");
  fax.set_e164("+41227179199");
  fax.set_kind(v1::PhoneNumber::KIND_FAX);
  contact.clear_web_addresses();
  v1::Contact colleague;
  colleague.set_kind(v1::Contact::KIND_PERSON);
  *colleague.add_phones() = contact.phones(0);
  EXPECT_THAT(ValuesToErase({contact}, {colleague}), ElementsAre("Milena Quux", "Milena Ana Quux"));
  // A number is also that of those behind it.
  colleague.mutable_phones(0)->set_extension("12");
  EXPECT_THAT(ValuesToErase({contact}, {colleague}), ElementsAre("Milena Quux", "Milena Ana Quux"));
}

TEST(ValuesToEraseTest, OfANumberWithExtensionTheHouseKeepsItsOwn) {
  v1::Contact contact = Milena();
  contact.clear_person_names();
  contact.clear_emails();
  contact.clear_web_addresses();
  contact.mutable_phones(0)->set_number("022 717 91 11 ext. 1");
  contact.mutable_phones(0)->set_extension("1");
  EXPECT_THAT(ValuesToErase({contact}, {}), ElementsAre("+41227179111;ext=1"));
  v1::Contact colleague = contact;
  colleague.mutable_phones(0)->set_extension("2");
  EXPECT_THAT(ValuesToErase({contact}, {colleague}), SizeIs(1));
  colleague.mutable_phones(0)->clear_extension();
  EXPECT_THAT(ValuesToErase({contact}, {colleague}), IsEmpty());
}

TEST(ValuesToEraseTest, LeaveOutSitesAndTheWordsOfLinks) {
  v1::Contact contact;
  contact.add_web_addresses()->set_uri("https://www.example.org/");
  contact.add_web_addresses()->set_uri("https://example.org");
  contact.mutable_web_addresses(0)->set_label("Website");
  EXPECT_THAT(ValuesToErase({contact}, {}), IsEmpty());
}

TEST(ValuesToEraseTest, LeaveOutWhatIsTooShortOrLong) {
  v1::Contact contact;
  contact.add_person_names()->set_display_name("Ng");
  contact.add_person_names()->set_display_name("Ngo");
  contact.add_web_addresses()->set_uri(absl::StrCat("https://", std::string(2000, 'x')));
  EXPECT_THAT(ValuesToErase({contact}, {}), ElementsAre("Ngo"));
}

TEST(InRequestsTest, GivesAsManyAsOneRequestTakes) {
  EXPECT_THAT(InRequests({}), IsEmpty());
  EXPECT_THAT(InRequests(std::vector<std::string>(100, "x")), ElementsAre(SizeIs(100)));
  EXPECT_THAT(InRequests(std::vector<std::string>(201, "x")), ElementsAre(SizeIs(100), SizeIs(100), SizeIs(1)));
}

TEST(PlaceOfTest, TextsAreLeftToAnEditor) {
  using Found = releases::v1::PersonalDataPlace;
  Found place;
  place.set_resource("newsrooms/relief/releases/r");
  place.set_path("content.lead");
  place.set_text("Milena Quux said");
  const auto action = [&](Found::Kind kind) {
    place.set_kind(kind);
    const Place planned = PlaceOf(place);
    EXPECT_EQ(planned.service(), "releases");
    EXPECT_EQ(planned.resource(), place.resource());
    EXPECT_EQ(planned.path(), place.path());
    EXPECT_EQ(planned.SerializeAsString().find("Milena"), std::string::npos);
    return planned.action();
  };
  EXPECT_EQ(action(Found::KIND_CONTACT_LINE), Place::ACTION_ERASED);
  EXPECT_EQ(action(Found::KIND_EDITION_LINE), Place::ACTION_ERASED);
  EXPECT_EQ(action(Found::KIND_TEXT), Place::ACTION_LEFT_TO_EDITOR);
  EXPECT_EQ(action(static_cast<Found::Kind>(99)), Place::ACTION_LEFT_TO_EDITOR);
}

std::vector<Place> SomePlaces(int count) {
  std::vector<Place> places(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    places[static_cast<std::size_t>(i)].set_resource("newsrooms/relief/contacts/a");
    places[static_cast<std::size_t>(i)].set_path(absl::StrCat("emails[", i, "]"));
    places[static_cast<std::size_t>(i)].set_action(Place::ACTION_ERASED);
  }
  return places;
}

TEST(MakePlanTest, TheDigestIsOfWhatIsDoneWhere) {
  auto places = SomePlaces(3);
  const std::string digest = MakePlan(places, {}).digest();
  EXPECT_THAT(digest, SizeIs(64));
  std::swap(places[0], places[2]);
  places[1].set_why("in other words");
  places.push_back(places[0]);
  EXPECT_EQ(MakePlan(places, {}).digest(), digest) << "order, words and repetitions do not count";
  places[1].set_action(Place::ACTION_LEFT_TO_EDITOR);
  EXPECT_NE(MakePlan(places, {}).digest(), digest);
  EXPECT_NE(MakePlan(SomePlaces(2), {}).digest(), digest);
  EXPECT_NE(MakePlan(SomePlaces(4), {}).digest(), digest);
}

TEST(MakePlanTest, ALongOneIsCutAndSaysSo) {
  const auto plan = MakePlan(SomePlaces(12), {.plan_places = 10});
  EXPECT_EQ(plan.places_size(), 10);
  EXPECT_EQ(plan.places_left_out(), 2);
  EXPECT_EQ(plan.digest(), MakePlan(SomePlaces(12), {}).digest());
  EXPECT_NE(plan.digest(), MakePlan(SomePlaces(11), {.plan_places = 10}).digest());
}

TEST(NeedsIdentityTest, WhenSomebodyHasAsked) {
  EXPECT_TRUE(NeedsIdentity(v1::Erasure::REASON_REQUESTED));
  EXPECT_TRUE(NeedsIdentity(v1::Erasure::REASON_CONSENT_WITHDRAWN));
  EXPECT_TRUE(NeedsIdentity(v1::Erasure::REASON_OBJECTED));
  EXPECT_TRUE(NeedsIdentity(v1::Erasure::REASON_UNSPECIFIED));
  EXPECT_FALSE(NeedsIdentity(v1::Erasure::REASON_RETENTION));
  EXPECT_FALSE(NeedsIdentity(v1::Erasure::REASON_UNLAWFUL));
}

}  // namespace
}  // namespace communique::contacts
