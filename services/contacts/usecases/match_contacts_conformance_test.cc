// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "services/contacts/testing/consent_driver.h"
#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/match_contacts.h"
#include "services/contacts/usecases/merge_contacts.h"

// Who is found for somebody that a text shows, and of which newsrooms.
namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class MatchContactsTest : public testing::TestWithParam<const char*> {
 protected:
  MatchContactsTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
    store_.MakeNewsroom("other");
    store_.MakeNewsroom("below", "newsrooms/relief");
  }

  static v1::MatchContactsRequest Request(const v1::ContactCandidate& candidate) {
    v1::MatchContactsRequest request;
    request.set_newsroom("newsrooms/relief");
    *request.add_candidates() = candidate;
    return request;
  }
  static v1::ContactCandidate Person(const std::string& name, const std::string& email = "",
                                     const std::string& organization = "") {
    v1::ContactCandidate candidate;
    candidate.set_kind(v1::Contact::KIND_PERSON);
    candidate.add_names(name);
    if (!email.empty()) candidate.add_emails(email);
    candidate.set_organization_name(organization);
    return candidate;
  }
  absl::StatusOr<v1::MatchContactsResponse> Send(const v1::MatchContactsRequest& request) {
    return MatchContacts(store_.environment(), ContactsStore::As("editor"), request);
  }
  v1::CandidateMatches Matches(const v1::MatchContactsRequest& request) {
    const auto response = Send(request);
    EXPECT_TRUE(response.ok()) << response.status();
    EXPECT_TRUE(!response.ok() || response->results_size() == request.candidates_size());
    return response.ok() && response->results_size() > 0 ? response->results(0) : v1::CandidateMatches();
  }
  // "newsroom/id", with "!" for the certain one.
  std::vector<std::string> Found(const v1::MatchContactsRequest& request) {
    std::vector<std::string> found;
    const v1::CandidateMatches matches = Matches(request);
    for (const auto& match : matches.matches()) {
      const std::string& name = match.contact();
      const std::size_t newsroom = name.find('/') + 1;
      found.push_back(name.substr(newsroom, name.find('/', newsroom) - newsroom) + name.substr(name.rfind('/')) +
                      (match.certain() ? "!" : ""));
    }
    return found;
  }
  std::vector<std::string> Found(const v1::ContactCandidate& candidate) { return Found(Request(candidate)); }

  // A person with a mailbox, PUBLIC as a whole unless said otherwise.
  v1::Contact MakePerson(const std::string& id, const std::string& name, const std::string& email,
                         const std::string& newsroom = "relief", v1::Visibility visibility = v1::VISIBILITY_PUBLIC) {
    v1::Contact contact = ContactDriver::Person(name);
    contact.add_emails()->set_address(email);
    contact.mutable_emails(0)->set_visibility(visibility);
    return driver_.Make(id, contact, newsroom);
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  ConsentDriver consent_{store_};
};

TEST_P(MatchContactsTest, FindsByMailboxNumberAndNameInAnySpelling) {
  const auto organization = driver_.MakeOrganization("igh", "Internationale Gesellschaft für Hilfe", "CH", "hq");
  v1::Contact contact = ContactDriver::FullPerson("Srđan Tošić");
  contact.set_organization(organization.name());
  driver_.Make("a", contact);
  MakePerson("b", "Milena Anders", "anders@example.org");
  EXPECT_THAT(Found(Person("Срђан Тошић", "Milena@EXAMPLE.org")), ElementsAre("relief/a!"));
  EXPECT_THAT(Found(Person("Srdjan Tosic", "", "Internationale Gesellschaft fuer Hilfe")), ElementsAre("relief/a!"));
  EXPECT_THAT(Found(Person("Srdjan Tosic")), ElementsAre("relief/a"));
  v1::ContactCandidate by_phone = Person("Srdjan Tosic", "", "Internationale Gesellschaft für Hilfe");
  by_phone.add_phones("022 717 91 11");
  const auto matches = Matches(Request(by_phone));
  ASSERT_EQ(matches.matches_size(), 1);
  EXPECT_THAT(matches.matches(0).reasons(), ElementsAre(v1::ContactMatch::REASON_PHONE, v1::ContactMatch::REASON_NAME,
                                                        v1::ContactMatch::REASON_ORGANIZATION));
  EXPECT_THAT(matches.matches(0).phones(), ElementsAre(v1::ContactMatch::STANDING_NOT_PUBLIC));
  EXPECT_EQ(matches.organization(), organization.name());
  EXPECT_TRUE(matches.phones(0).usable());
  EXPECT_EQ(matches.matches(0).etag(), driver_.Whole(ContactDriver::NameOf("a")).etag());
  EXPECT_EQ(matches.matches(0).state(), v1::Contact::STATE_ACTIVE);
  EXPECT_THAT(Found(Person("Nobody Known", "nobody@example.org")), IsEmpty());
}

TEST_P(MatchContactsTest, ADesksMailboxFindsTheDeskAndNoPerson) {
  v1::Contact desk = ContactDriver::Desk("Pressestelle");
  desk.add_emails()->set_address("media-de@example.org");
  desk.mutable_emails(0)->set_visibility(v1::VISIBILITY_PUBLIC);
  driver_.Make("desk", desk, "hq");
  MakePerson("reader", "Anna Meier", "media-de@example.org");
  v1::ContactCandidate line;
  line.add_emails("media-de@example.org");
  EXPECT_THAT(Found(line), ElementsAre("hq/desk!"));
  const auto matches = Matches(Request(Person("Petra Beck", "media-de@example.org")));
  EXPECT_THAT(matches.matches(), IsEmpty());
  EXPECT_TRUE(matches.emails(0).role_mailbox());
  EXPECT_EQ(matches.emails(0).desk(), "newsrooms/hq/contacts/desk");
}

TEST_P(MatchContactsTest, OfNewsroomsAboveWhatIsPrintedCounts) {
  MakePerson("public", "Anna Oben", "anna@example.org", "hq");
  MakePerson("hidden", "Berta Oben", "berta@example.org", "hq", v1::VISIBILITY_MEDIA_ONLY);
  MakePerson("below", "Dora Unten", "dora@example.org", "below");
  MakePerson("far", "Emma Fern", "emma@example.org", "other");
  v1::Contact internal = ContactDriver::Person("Carla Oben");
  internal.set_visibility(v1::VISIBILITY_INTERNAL);
  internal.add_emails()->set_address("carla@example.org");
  driver_.Make("internal", internal, "hq");
  EXPECT_THAT(Found(Person("Anna Oben", "anna@example.org")), ElementsAre("hq/public!"));
  EXPECT_THAT(Found(Person("Berta Oben", "berta@example.org")), ElementsAre("hq/hidden")) << "by the name";
  EXPECT_THAT(Found(Person("", "berta@example.org")), IsEmpty());
  EXPECT_THAT(Found(Person("Carla Oben", "carla@example.org")), IsEmpty());
  EXPECT_THAT(Found(Person("Dora Unten", "dora@example.org")), IsEmpty());
  EXPECT_THAT(Found(Person("Emma Fern", "emma@example.org")), IsEmpty());
  // In their own newsroom they are.
  auto request = Request(Person("Carla Oben", "carla@example.org"));
  request.set_newsroom("newsrooms/hq");
  EXPECT_THAT(Found(request), ElementsAre("hq/internal!"));
  // For somebody who may not read what is personal, what is not printed counts nowhere.
  request.set_printed_only(true);
  EXPECT_THAT(Found(request), ElementsAre("hq/internal"));
  *request.mutable_candidates(0) = Person("", "carla@example.org");
  EXPECT_THAT(Found(request), IsEmpty());
}

TEST_P(MatchContactsTest, WhoRefusesToBePrintedIsFoundForTheOwnNewsroomAlone) {
  const v1::Contact above = MakePerson("above", "Anna Oben", "anna@example.org", "hq");
  const v1::Contact ends = MakePerson("ends", "Berta Oben", "berta@example.org", "hq");
  const v1::Contact own = MakePerson("own", "Carla Hier", "carla@example.org");
  consent_.Recorded(above.name(), ConsentDriver::ObjectedToAll());
  consent_.Recorded(ends.name(), ConsentDriver::GrantedForAnHour(store_, v1::PURPOSE_PRINTING));
  consent_.Recorded(own.name(), ConsentDriver::ObjectedToAll());
  const v1::ContactCandidate anna = Person("Anna Oben", "anna@example.org");
  const v1::ContactCandidate berta = Person("Berta Oben", "berta@example.org");
  EXPECT_THAT(Found(anna), IsEmpty());
  EXPECT_THAT(Found(berta), ElementsAre("hq/ends!"));
  // Publishing says then that she is not printed.
  EXPECT_THAT(Found(Person("Carla Hier", "carla@example.org")), ElementsAre("relief/own!"));
  auto request = Request(anna);
  request.set_newsroom("newsrooms/hq");
  EXPECT_THAT(Found(request), ElementsAre("hq/above!"));
  store_.clock().Advance(absl::Hours(1));
  EXPECT_THAT(Found(berta), IsEmpty());
  consent_.Recorded(above.name(), ConsentDriver::Granted(v1::PURPOSE_PRINTING));
  EXPECT_THAT(Found(anna), ElementsAre("hq/above!"));
}

TEST_P(MatchContactsTest, TheDeletedAreNotFoundAndTheMergedInTheOneThatIsLeft) {
  const v1::Contact a = MakePerson("a", "Milena A", "a@example.org");
  const v1::Contact b = MakePerson("b", "Milena B", "b@example.org");
  ASSERT_TRUE(driver_.Delete(MakePerson("c", "Milena C", "c@example.org")).ok());
  ASSERT_TRUE(driver_.Deactivate(MakePerson("d", "Milena D", "d@example.org")).ok());
  auto unconfirmed = ContactDriver::CreateRequest("e", ContactDriver::Person("Milena Neu"));
  unconfirmed.mutable_contact()->add_emails()->set_address("e@example.org");
  unconfirmed.set_unconfirmed(true);
  ASSERT_TRUE(driver_.Send(unconfirmed).ok());
  v1::MergeContactsRequest merge;
  merge.set_contact(a.name());
  merge.set_etag(a.etag());
  merge.add_sources()->set_contact(b.name());
  merge.mutable_sources(0)->set_etag(b.etag());
  ASSERT_TRUE(MergeContacts(store_.environment(), ContactDriver::Editor(), merge).ok());
  EXPECT_THAT(Found(Person("Milena B", "b@example.org")), ElementsAre("relief/a!"));
  EXPECT_THAT(Found(Person("Milena C", "c@example.org")), IsEmpty());
  EXPECT_THAT(Found(Person("Milena D", "d@example.org")), ElementsAre("relief/d!"));
  auto matches = Matches(Request(Person("Milena D", "d@example.org")));
  EXPECT_EQ(matches.matches(0).state(), v1::Contact::STATE_DEACTIVATED);
  matches = Matches(Request(Person("Milena Neu", "e@example.org")));
  ASSERT_EQ(matches.matches_size(), 1);
  EXPECT_EQ(matches.matches(0).state(), v1::Contact::STATE_UNCONFIRMED);
  EXPECT_TRUE(matches.matches(0).certain());
}

TEST_P(MatchContactsTest, PartsOfAnOrganizationAreTheOrganization) {
  const auto body = driver_.MakeOrganization("igh", "Internationale Gesellschaft für Hilfe", "CH", "hq");
  v1::Organization office;
  office.set_name("newsrooms/relief/organizations/office");
  office.set_parent_organization(body.name());
  office.add_names()->set_locale("de");
  office.mutable_names(0)->set_display_name("Büro Genf");
  ASSERT_TRUE(
      store_.db()
          .Write(
              ContactsStore::Soon(),
              [&](platform::Session& session) {
                return InsertOrganization(session, "uid-of-relief", {"editor", "call", store_.clock().Now()}, office);
              })
          .ok());
  v1::Contact contact = ContactDriver::Person("Anna Meier");
  contact.set_organization(office.name());
  driver_.Make("a", contact);
  EXPECT_THAT(Found(Person("Anna Meier", "", "Internationale Gesellschaft für Hilfe")), ElementsAre("relief/a!"));
  // A deleted one is not named by anybody.
  driver_.DeleteOrganization(body, "hq");
  EXPECT_EQ(Matches(Request(Person("Anna Meier", "", "Internationale Gesellschaft für Hilfe"))).organization(), "");
}

TEST_P(MatchContactsTest, TheBestAreFoundAmongMany) {
  for (int i = 0; i < 120; ++i) {
    driver_.Make(absl::StrCat("anna-", i), ContactDriver::Person(absl::StrCat("Anna Beck", i)));
  }
  MakePerson("meier", "Anna Meier", "anna@example.org");
  EXPECT_THAT(Found(Person("Anna Meier")), ElementsAre("relief/meier")) << "two words in common";
  EXPECT_THAT(Found(Person("Anna Meier", "anna@example.org")), ElementsAre("relief/meier!"));
}

// Whatever the newsroom, the candidates and their order: everybody who is told of belongs to the newsroom or one above,
// and each candidate is told the same wherever it stands.
TEST_P(MatchContactsTest, NobodyOfAnotherNewsroomAppearsInAnyOrder) {
  std::mt19937 random(7);
  const std::vector<std::string> newsrooms = {"hq", "relief", "other", "below"};
  const std::vector<std::string> names = {"Anna Meier", "Anna Beck", "Анна Мейер", "Hanna Meier"};
  for (int i = 0; i < 40; ++i) {
    const auto any = [&](const auto& all) { return all[random() % all.size()]; };
    v1::Contact contact = ContactDriver::Person(any(names));
    if (random() % 3 == 0) contact.set_visibility(v1::VISIBILITY_INTERNAL);
    contact.add_emails()->set_address(absl::StrCat("m", random() % 6, "@example.org"));
    contact.mutable_emails(0)->set_visibility(random() % 2 == 0 ? v1::VISIBILITY_PUBLIC : v1::VISIBILITY_INTERNAL);
    driver_.Make(absl::StrCat("c", i), contact, any(newsrooms));
  }
  const std::map<std::string, std::vector<std::string>> lines = {
      {"hq", {"hq"}}, {"relief", {"relief", "hq"}}, {"other", {"other"}}, {"below", {"below", "relief", "hq"}}};
  for (const auto& [newsroom, line] : lines) {
    v1::MatchContactsRequest request;
    request.set_newsroom("newsrooms/" + newsroom);
    for (int i = 0; i < 12; ++i) {
      *request.add_candidates() = Person(names[random() % names.size()], absl::StrCat("m", i % 6, "@example.org"));
    }
    const auto response = Send(request);
    ASSERT_TRUE(response.ok()) << response.status();
    int found = 0;
    for (const auto& result : response->results()) {
      for (const auto& match : result.matches()) {
        ++found;
        EXPECT_TRUE(
            std::any_of(line.begin(), line.end(),
                        [&](const std::string& own) { return match.contact().starts_with("newsrooms/" + own + "/"); }))
            << match.contact() << " is not of " << newsroom;
      }
    }
    EXPECT_GT(found, 0);
    auto turned = request;
    std::reverse(turned.mutable_candidates()->begin(), turned.mutable_candidates()->end());
    auto again = Send(turned);
    ASSERT_TRUE(again.ok()) << again.status();
    std::reverse(again->mutable_results()->begin(), again->mutable_results()->end());
    EXPECT_EQ(again->SerializeAsString(), response->SerializeAsString());
  }
}

TEST_P(MatchContactsTest, ARequestIsRefusedForWhatIsWrongWithIt) {
  auto request = Request(Person("Anna Meier"));
  request.set_newsroom("newsrooms/nowhere");
  EXPECT_TRUE(absl::IsNotFound(Send(request).status()));
  request.set_newsroom("relief");
  EXPECT_THAT(Send(request).status().message(), HasSubstr("newsroom"));
  request = Request(Person("Anna Meier"));
  request.clear_candidates();
  EXPECT_THAT(Send(request).status().message(), HasSubstr("candidates"));
  for (int i = 0; i < 50; ++i) *request.add_candidates() = Person("Anna Meier");
  EXPECT_TRUE(Send(request).ok());
  *request.add_candidates() = Person("Anna Meier");
  EXPECT_THAT(Send(request).status().message(), HasSubstr("at most 50"));
  const auto refused = [&](auto change) {
    request = Request(Person("Anna Meier"));
    change(*request.mutable_candidates(0));
    return std::string(Send(request).status().message());
  };
  const std::string full(500, 'x');
  const std::string over(501, 'x');
  EXPECT_EQ(refused([&](auto& candidate) {
              for (int i = 0; i < 9; ++i) candidate.add_names(full);
              for (int i = 0; i < 50; ++i) candidate.add_emails(full);
              for (int i = 0; i < 50; ++i) candidate.add_phones(full);
              candidate.set_role(full);
              candidate.set_organization_name(full);
            }),
            "");
  EXPECT_THAT(refused([&](auto& candidate) { candidate.add_names(over); }), HasSubstr("candidates[0].names[1]"));
  EXPECT_THAT(refused([&](auto& candidate) { candidate.add_emails(over); }), HasSubstr("candidates[0].emails[0]"));
  EXPECT_THAT(refused([&](auto& candidate) { candidate.add_phones(over); }), HasSubstr("candidates[0].phones[0]"));
  EXPECT_THAT(refused([&](auto& candidate) { candidate.set_role(over); }), HasSubstr("candidates[0].role"));
  EXPECT_THAT(refused([&](auto& candidate) { candidate.set_organization_name(over); }),
              HasSubstr("candidates[0].organization_name"));
  EXPECT_THAT(refused([&](auto& candidate) {
                for (int i = 0; i < 10; ++i) candidate.add_names("x");
              }),
              HasSubstr("candidates[0].names"));
  EXPECT_THAT(refused([&](auto& candidate) {
                for (int i = 0; i < 51; ++i) candidate.add_emails("x");
              }),
              HasSubstr("candidates[0].emails"));
  EXPECT_THAT(refused([](auto& candidate) { candidate.set_kind(static_cast<v1::Contact::Kind>(9)); }),
              HasSubstr("candidates[0].kind"));
}

INSTANTIATE_TEST_SUITE_P(Engines, MatchContactsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
