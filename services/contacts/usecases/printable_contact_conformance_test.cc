// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/printable_contact.h"

// What is printed of stored contacts. The rules by themselves are proven in the domain.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class PrintableContactTest : public testing::TestWithParam<const char*> {
 protected:
  PrintableContactTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
    store_.MakeNewsroom("village", "newsrooms/relief");
    store_.MakeNewsroom("other");
  }

  static v1::GetPrintableContactRequest Request(const std::string& contact, const std::string& newsroom = "relief",
                                                const std::string& locale = "de") {
    v1::GetPrintableContactRequest request;
    request.set_newsroom("newsrooms/" + newsroom);
    request.set_contact(contact);
    request.set_locale(locale);
    return request;
  }
  absl::StatusOr<v1::PrintableContact> Send(const v1::GetPrintableContactRequest& request) {
    return GetPrintableContact(store_.environment(), ContactsStore::Reader(), request);
  }
  v1::PrintableContact Printed(const v1::GetPrintableContactRequest& request) {
    const auto printed = Send(request);
    EXPECT_TRUE(printed.ok()) << printed.status();
    return printed.ok() ? *printed : v1::PrintableContact();
  }
  google::protobuf::Timestamp InHours(int hours) {
    return platform::ToTimestamp(store_.clock().Now() + absl::Hours(hours));
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
};

TEST_P(PrintableContactTest, IsWhatIsPublicOfAContactAndItsOrganization) {
  v1::Contact contact = ContactDriver::FullPerson("Milena Tošić");
  contact.set_organization(driver_.MakeOrganization("igh", "Internationale Gesellschaft für Hilfe", "CH", "hq").name());
  contact.add_role_titles()->set_locale("de");
  contact.mutable_role_titles(0)->set_text("Sprecherin");
  const v1::Contact made = driver_.Make("speaker", contact);
  const v1::PrintableContact printed = Printed(Request(made.name(), "relief", "DE-de"));
  EXPECT_EQ(printed.contact(), made.name());
  EXPECT_EQ(printed.etag(), made.etag());
  EXPECT_TRUE(printed.instead_of().empty());
  EXPECT_EQ(printed.locale(), "de-DE");
  EXPECT_EQ(printed.display_name(), "Milena Tošić");
  EXPECT_EQ(printed.role_title(), "Sprecherin");
  EXPECT_EQ(printed.organization_name(), "Internationale Gesellschaft für Hilfe");
  EXPECT_THAT(printed.emails(), ElementsAre("milena@example.org"));
  EXPECT_THAT(printed.phones(), IsEmpty()) << "INTERNAL";
}

TEST_P(PrintableContactTest, IsOfTheNewsroomOrOneAbove) {
  const v1::Contact above = driver_.Make("above", ContactDriver::Person("Above"), "hq");
  const v1::Contact here = driver_.Make("here", ContactDriver::Person("Here"));
  for (const char* newsroom : {"hq", "relief", "village"}) EXPECT_TRUE(Send(Request(above.name(), newsroom)).ok());
  EXPECT_TRUE(Send(Request(here.name(), "village")).ok());
  EXPECT_TRUE(absl::IsNotFound(Send(Request(here.name(), "hq")).status()));
  EXPECT_TRUE(absl::IsNotFound(Send(Request(above.name(), "other")).status()));
  EXPECT_TRUE(absl::IsNotFound(Send(Request(ContactDriver::NameOf("nobody"))).status()));
  EXPECT_TRUE(absl::IsNotFound(Send(Request(here.name(), "nowhere")).status()));
}

TEST_P(PrintableContactTest, IsRefusedForWhatIsWrongWithTheRequest) {
  const v1::Contact here = driver_.Make("here", ContactDriver::Person("Here"));
  EXPECT_THAT(Send(Request(here.name(), "relief", "not a tag")).status().message(), HasSubstr("locale"));
  EXPECT_THAT(Send(Request(here.name(), "relief", "")).status().message(), HasSubstr("locale"));
  EXPECT_THAT(Send(Request("here")).status().message(), HasSubstr("contact"));
  auto request = Request(here.name());
  request.set_newsroom("relief");
  EXPECT_THAT(Send(request).status().message(), HasSubstr("newsroom"));
  request = Request(here.name());
  request.mutable_at_time()->set_nanos(-1);
  EXPECT_THAT(Send(request).status().message(), HasSubstr("at_time"));
}

TEST_P(PrintableContactTest, IsWhoStandsInForWhoIsNot) {
  const v1::Contact desk = driver_.Make("desk", ContactDriver::Desk("Pressestelle"), "hq");
  v1::Contact person = ContactDriver::Person("A");
  person.set_substitute(desk.name());
  *person.mutable_valid_from() = InHours(1);
  *person.mutable_valid_until() = InHours(3);
  const v1::Contact a = driver_.Make("a", person);
  auto request = Request(a.name());
  EXPECT_EQ(Printed(request).contact(), desk.name());
  EXPECT_EQ(Printed(request).instead_of(), a.name());
  *request.mutable_at_time() = InHours(1);
  EXPECT_EQ(Printed(request).contact(), a.name());
  EXPECT_EQ(Printed(request).show_until().seconds(), InHours(3).seconds());
  EXPECT_EQ(Printed(request).stand_in(), desk.name());
  *request.mutable_at_time() = InHours(3);
  EXPECT_EQ(Printed(request).contact(), desk.name());
  EXPECT_FALSE(Printed(request).has_show_until());

  *request.mutable_at_time() = InHours(1);
  const v1::Contact ended = ContactDriver::Expect(driver_.Deactivate(a));
  EXPECT_EQ(Printed(request).contact(), desk.name());
  const v1::Contact alone = ContactDriver::Expect(driver_.SetSubstitute(ended, ""));
  const auto status = Send(request).status();
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_NOT_PRINTABLE) << status;
  ASSERT_TRUE(driver_.Reactivate(alone).ok());
  EXPECT_EQ(Printed(request).contact(), a.name());
}

TEST_P(PrintableContactTest, WhoIsNotInUseOrNotPublicIsNotPrinted) {
  auto unconfirmed = ContactDriver::CreateRequest("u", ContactDriver::Person("U"));
  unconfirmed.set_unconfirmed(true);
  v1::Contact internal = ContactDriver::Person("I");
  internal.set_visibility(v1::VISIBILITY_MEDIA_ONLY);
  for (const v1::Contact& contact :
       {ContactDriver::Expect(driver_.Send(unconfirmed)), driver_.Make("i", internal),
        ContactDriver::Expect(driver_.Delete(driver_.Make("d", ContactDriver::Person("D"))))}) {
    EXPECT_EQ(ReasonOf(Send(Request(contact.name())).status()), Reason::ERROR_REASON_NOT_PRINTABLE) << contact.name();
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, PrintableContactTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
