// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/print_contacts.h"

// What is printed of stored contacts from now on. The rules by themselves are proven in the domain.
namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Printing = v1::ContactPrinting;

class PrintContactsTest : public testing::TestWithParam<const char*> {
 protected:
  PrintContactsTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
    store_.MakeNewsroom("other");
  }

  absl::StatusOr<v1::PrintContactsResponse> Send(const v1::PrintContactsRequest& request) {
    return PrintContacts(store_.environment(), ContactsStore::As("releases"), request);
  }
  static v1::PrintContactsRequest Request(const std::vector<std::string>& contacts) {
    v1::PrintContactsRequest request;
    request.set_newsroom("newsrooms/relief");
    request.set_locale("de");
    for (const std::string& contact : contacts) request.add_contacts()->set_contact(contact);
    return request;
  }
  google::protobuf::Timestamp InHours(int hours) {
    return platform::ToTimestamp(store_.clock().Now() + absl::Hours(hours));
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
};

TEST_P(PrintContactsTest, TellsWhoIsShownFromNowOn) {
  const v1::Contact desk = driver_.Make("desk", ContactDriver::Desk("Pressestelle"), "hq");
  v1::Contact person = ContactDriver::FullPerson("Milena Brkić");
  person.set_substitute(desk.name());
  *person.mutable_valid_until() = InHours(3);
  const v1::Contact milena = driver_.Make("milena", person);
  const auto response = Send(Request({milena.name(), desk.name()}));
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->printings_size(), 2);

  const auto& printing = response->printings(0);
  EXPECT_EQ(printing.contact(), milena.name());
  ASSERT_EQ(printing.periods_size(), 2);
  EXPECT_FALSE(printing.periods(0).has_start());
  EXPECT_EQ(printing.periods(0).printable().display_name(), "Milena Brkić");
  EXPECT_EQ(printing.periods(0).printable().stand_in(), desk.name());
  EXPECT_EQ(printing.periods(1).start().seconds(), InHours(3).seconds());
  EXPECT_EQ(printing.periods(1).printable().display_name(), "Pressestelle");
  EXPECT_EQ(printing.periods(1).printable().instead_of(), milena.name());
  EXPECT_TRUE(printing.periods(1).substitute());
  EXPECT_THAT(printing.depends_on(), ElementsAre(desk.name(), milena.name()));
  EXPECT_EQ(response->printings(1).periods_size(), 1);
}

TEST_P(PrintContactsTest, DependsOnTheOrganizationWhoseNameIsPrinted) {
  v1::Contact person = ContactDriver::Person("Milena Brkić");
  person.set_organization(driver_.MakeOrganization("igh", "Internationale Gesellschaft für Hilfe").name());
  const v1::Contact milena = driver_.Make("milena", person);
  const auto response = Send(Request({milena.name()}));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_THAT(response->printings(0).depends_on(), ElementsAre(milena.name(), person.organization()));
}

TEST_P(PrintContactsTest, NobodyIsNoError) {
  const v1::Contact gone =
      ContactDriver::Expect(driver_.Deactivate(driver_.Make("gone", ContactDriver::Person("Gone"))));
  const std::string other = driver_.Make("other", ContactDriver::Person("Other"), "other").name();
  const auto response = Send(Request({gone.name(), ContactDriver::NameOf("never"), other}));
  ASSERT_TRUE(response.ok()) << response.status();
  for (const auto& printing : response->printings()) {
    ASSERT_EQ(printing.periods_size(), 1);
    EXPECT_FALSE(printing.periods(0).has_printable());
    EXPECT_THAT(printing.periods(0).reason(), HasSubstr(printing.contact()));
    EXPECT_THAT(printing.depends_on(), ElementsAre(printing.contact()));
  }
}

TEST_P(PrintContactsTest, TellsHowPrintedValuesStandAlsoOfMergedContacts) {
  const v1::Contact kept = driver_.Make("kept", ContactDriver::FullPerson("Milena Brkić"));
  auto request = Request({kept.name()});
  for (const char* value : {"milena@example.org", "+41 22 717 91 11", "other@example.org"}) {
    request.mutable_contacts(0)->add_values(value);
  }
  auto response = Send(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_THAT(response->printings(0).standings(),
              ElementsAre(Printing::STANDING_PUBLIC, Printing::STANDING_WITHHELD, Printing::STANDING_UNKNOWN));
  request.mutable_contacts(0)->set_contact(ContactDriver::NameOf("never"));
  response = Send(request);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_THAT(response->printings(0).standings(),
              ElementsAre(Printing::STANDING_UNKNOWN, Printing::STANDING_UNKNOWN, Printing::STANDING_UNKNOWN));
}

TEST_P(PrintContactsTest, RefusesWhatIsWrongWithTheRequest) {
  auto request = Request({"nobody"});
  request.set_locale("not a tag");
  const auto wrong = Send(request).status();
  EXPECT_THAT(wrong.message(), HasSubstr("locale"));
  EXPECT_THAT(wrong.message(), HasSubstr("contacts[0].contact"));
  request = Request({});
  request.set_newsroom("newsrooms/nowhere");
  EXPECT_TRUE(absl::IsNotFound(Send(request).status()));
  EXPECT_THAT(Send(Request(std::vector<std::string>(201, ContactDriver::NameOf("a")))).status().message(),
              HasSubstr("200"));
  request = Request({ContactDriver::NameOf("a")});
  for (int i = 0; i < 51; ++i) request.mutable_contacts(0)->add_values("v");
  EXPECT_THAT(Send(request).status().message(), HasSubstr("contacts[0].values"));
}

INSTANTIATE_TEST_SUITE_P(Engines, PrintContactsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
