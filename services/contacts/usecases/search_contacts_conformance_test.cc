// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "services/contacts/storage/processing_record_store.h"
#include "services/contacts/testing/consent_driver.h"
#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/merge_contacts.h"
#include "services/contacts/usecases/search_contacts.h"

// Who is found, by whom, and what is said of him.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SearchContactsTest : public testing::TestWithParam<const char*> {
 protected:
  SearchContactsTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
    store_.MakeNewsroom("other");
  }

  static v1::SearchContactsRequest Request(const std::string& query) {
    v1::SearchContactsRequest request;
    request.set_parent("newsrooms/relief");
    request.set_query(query);
    return request;
  }
  absl::StatusOr<v1::SearchContactsResponse> Send(const v1::SearchContactsRequest& request,
                                                  const Caller& caller = ContactsStore::Reader()) {
    return SearchContacts(store_.environment(), caller, request);
  }
  // "newsroom/id" of all that are found, page by page.
  std::vector<std::string> Found(v1::SearchContactsRequest request, const Caller& caller = ContactsStore::Reader()) {
    std::vector<std::string> found;
    do {
      const auto page = Send(request, caller);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      for (const auto& contact : page->contacts()) {
        const std::string& name = contact.name();
        const std::size_t newsroom = name.find('/') + 1;
        found.push_back(name.substr(newsroom, name.find('/', newsroom) - newsroom) + name.substr(name.rfind('/')));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return found;
  }
  std::vector<std::string> Found(const std::string& query, const Caller& caller = ContactsStore::Reader()) {
    return Found(Request(query), caller);
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  ConsentDriver consent_{store_};
};

TEST_P(SearchContactsTest, NamesAreFoundAcrossScriptsAndSpellings) {
  driver_.Make("a", ContactDriver::Person("Srđan Müller"));
  driver_.Make("b", ContactDriver::Person("Срђан Тошић"));
  driver_.Make("c", ContactDriver::Person("Srdjan Mueller"));
  driver_.Make("d", ContactDriver::Person("Milena Miller"));
  for (const char* query : {"Srđan", "Срђан", "srdjan", "SRDJ"}) {
    EXPECT_THAT(Found(query), ElementsAre("relief/a", "relief/b", "relief/c")) << query;
  }
  for (const char* query : {"Müller", "mueller", "srdjan mül", "MUELLER Срђан"}) {
    EXPECT_THAT(Found(query), ElementsAre("relief/a", "relief/c")) << query;
  }
  EXPECT_THAT(Found("mil mil"), ElementsAre("relief/d"));
  EXPECT_THAT(Found("lena"), IsEmpty()) << "not a beginning";
  EXPECT_THAT(Found("milena müller"), IsEmpty()) << "all words";
}

TEST_P(SearchContactsTest, RolesAndOrganizationsFindAsWell) {
  const auto organization = driver_.MakeOrganization("igh", "Internationale Gesellschaft für Hilfe", "CH", "hq");
  v1::Contact a = ContactDriver::Person("Milena Tošić");
  a.set_organization(organization.name());
  a.add_role_titles()->set_locale("de");
  a.mutable_role_titles(0)->set_text("Sprecherin");
  driver_.Make("a", a);
  driver_.Make("b", ContactDriver::Person("Milena Hilfe"));
  EXPECT_THAT(Found("sprecher"), ElementsAre("relief/a"));
  EXPECT_THAT(Found("hilfe"), ElementsAre("relief/a", "relief/b"));
  EXPECT_THAT(Found("milena gesellschaft"), ElementsAre("relief/a")) << "one word here, the other there";
  // A changed text is found by its new words only.
  const v1::Contact read = driver_.Whole(ContactDriver::NameOf("b"));
  ASSERT_TRUE(driver_.Update(read, ContactDriver::Person("Milena Anders"), {"person_names"}).ok());
  EXPECT_THAT(Found("hilfe"), ElementsAre("relief/a"));
  EXPECT_THAT(Found("anders"), ElementsAre("relief/b"));
}

TEST_P(SearchContactsTest, AddressesFindForThoseWhoMayReadThem) {
  driver_.Make("a", ContactDriver::FullPerson("Milena Tošić"));
  for (const char* query : {"milena@example.org", "Milena@EXAMPLE.org", "+41 22 717 91 11", "+41227179111"}) {
    EXPECT_THAT(Found(query, ContactsStore::As("editor")), ElementsAre("relief/a")) << query;
    EXPECT_THAT(Found(query), IsEmpty()) << query;
  }
  for (const char* part : {"milena@example", "@example.org", "+41 22 717", "example", "noon", "given", "phonetic"}) {
    EXPECT_THAT(Found(part, ContactsStore::As("editor")), IsEmpty()) << part;
  }
}

TEST_P(SearchContactsTest, OfNewsroomsAboveWhatIsPrintedIsFound) {
  v1::Contact full = ContactDriver::FullPerson("Milena Oben");
  full.add_languages("de");
  driver_.Make("z", full, "hq");
  v1::Contact internal = ContactDriver::Person("Milena Intern");
  internal.set_visibility(v1::VISIBILITY_MEDIA_ONLY);
  driver_.Make("i", internal, "hq");
  ASSERT_TRUE(driver_.Deactivate(driver_.Make("e", ContactDriver::Person("Milena Ende"), "hq")).ok());
  v1::Contact later = ContactDriver::Person("Milena Später");
  *later.mutable_valid_from() = platform::ToTimestamp(store_.clock().Now() + absl::Hours(1));
  driver_.Make("l", later, "hq");
  auto unconfirmed = ContactDriver::CreateRequest("u", ContactDriver::Person("Milena Neu"), "hq");
  unconfirmed.set_unconfirmed(true);
  ASSERT_TRUE(driver_.Send(unconfirmed).ok());
  driver_.Make("far", ContactDriver::Person("Milena Fern"), "other");
  driver_.Make("zz", internal);
  EXPECT_THAT(Found("milena"), ElementsAre("relief/zz", "hq/z")) << "its own first, whatever its visibility";
  store_.clock().Advance(absl::Hours(1));
  EXPECT_THAT(Found("milena"), ElementsAre("relief/zz", "hq/l", "hq/z"));
  // By words only, and personal fields are nobody's below, whatever he may read there.
  const Caller editor = ContactsStore::As("editor");
  EXPECT_THAT(Found("milena@example.org", editor), IsEmpty());
  auto request = Request("oben");
  request.mutable_read_mask()->add_paths("*");
  const auto page = Send(request, editor);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->contacts_size(), 1);
  const v1::Contact& found = page->contacts(0);
  EXPECT_EQ(found.person_names(0).display_name(), "Milena Oben");
  EXPECT_TRUE(found.person_names(0).given_name().empty());
  EXPECT_THAT(found.emails(), IsEmpty());
  EXPECT_THAT(found.phones(), IsEmpty());
  EXPECT_TRUE(found.note().empty());
  EXPECT_TRUE(found.source().empty());
  // In their own newsroom all of them are found.
  request = Request("milena");
  request.set_parent("newsrooms/hq");
  EXPECT_THAT(Found(request), ElementsAre("hq/e", "hq/i", "hq/l", "hq/u", "hq/z"));
}

TEST_P(SearchContactsTest, WhoRefusesToBePrintedIsFoundByTheOwnNewsroomAlone) {
  using Record = v1::ProcessingRecord;
  std::map<std::string, std::string> names;
  for (const char* id : {"a-asked", "b-objected", "c-withdrew", "d-ends", "e-other", "f-left"}) {
    names[id] = driver_.Make(id, ContactDriver::Person("Milena"), "hq").name();
  }
  driver_.Make("own", ContactDriver::Person("Milena"));
  const std::vector<std::string> all = {"relief/own", "hq/a-asked", "hq/b-objected", "hq/c-withdrew",
                                        "hq/d-ends",  "hq/e-other", "hq/f-left"};
  EXPECT_EQ(Found("milena"), all);
  consent_.Recorded(names["a-asked"], ConsentDriver::Granted(v1::PURPOSE_PRINTING));
  consent_.Recorded(names["b-objected"], ConsentDriver::ObjectedToAll());
  consent_.Recorded(names["c-withdrew"], ConsentDriver::Said(Record::EVENT_WITHDRAWN, v1::PURPOSE_PRINTING));
  consent_.Recorded(names["d-ends"], ConsentDriver::GrantedForAnHour(store_, v1::PURPOSE_PRINTING));
  consent_.Recorded(names["e-other"], ConsentDriver::Said(Record::EVENT_WITHDRAWN, v1::PURPOSE_NEWSLETTERS));
  // What somebody refused who is one with another now.
  const v1::Contact twin = driver_.Make("twin", ContactDriver::Person("Milena"), "hq");
  consent_.Recorded(twin.name(), ConsentDriver::Said(Record::EVENT_OBJECTED, v1::PURPOSE_PRINTING));
  v1::MergeContactsRequest merge;
  merge.set_contact(names["f-left"]);
  merge.set_etag(driver_.Whole(names["f-left"]).etag());
  merge.add_sources()->set_contact(twin.name());
  merge.mutable_sources(0)->set_etag(twin.etag());
  ASSERT_TRUE(MergeContacts(store_.environment(), ContactDriver::Editor(), merge).ok());
  consent_.Recorded(ContactDriver::NameOf("own"), ConsentDriver::ObjectedToAll());
  EXPECT_THAT(Found("milena"), ElementsAre("relief/own", "hq/a-asked", "hq/d-ends", "hq/e-other"));
  // Pages end where they would have ended: none is lost, and some are short.
  for (const int size : {1, 2, 3, 4, 5}) {
    auto request = Request("milena");
    request.set_page_size(size);
    EXPECT_THAT(Found(request), ElementsAre("relief/own", "hq/a-asked", "hq/d-ends", "hq/e-other")) << size;
  }
  auto short_page = Request("milena");
  short_page.set_page_size(4);
  EXPECT_EQ(Send(short_page)->contacts_size(), 2);
  store_.consent().double_opt_in = true;
  EXPECT_THAT(Found("milena"), ElementsAre("relief/own", "hq/e-other")) << "nobody has confirmed";
  store_.consent().double_opt_in = false;
  store_.clock().Advance(absl::Hours(1));
  EXPECT_THAT(Found("milena"), ElementsAre("relief/own", "hq/a-asked", "hq/e-other")) << "of the moment";
  consent_.Recorded(names["b-objected"], ConsentDriver::Granted(v1::PURPOSE_PRINTING));
  EXPECT_THAT(Found("milena"), ElementsAre("relief/own", "hq/a-asked", "hq/b-objected", "hq/e-other"));
  auto request = Request("milena");
  request.set_parent("newsrooms/hq");
  EXPECT_EQ(Found(request).size(), 6U) << "for those who keep them they stay";
}

// A later version may record for what this one does not know: a refusal of it may be one of being printed.
TEST_P(SearchContactsTest, WhoRefusesWhatThisVersionDoesNotKnowIsNotShownBelow) {
  const std::string name = driver_.Make("a", ContactDriver::Person("Milena"), "hq").name();
  EXPECT_THAT(Found("milena"), ElementsAre("hq/a"));
  v1::ProcessingRecord record = ConsentDriver::Said(v1::ProcessingRecord::EVENT_OBJECTED, static_cast<v1::Purpose>(77));
  record.set_name(name + "/processingRecords/r");
  *record.mutable_event_time() = platform::ToTimestamp(store_.clock().Now());
  ASSERT_TRUE(
      store_.db()
          .Write(
              ContactsStore::Soon(),
              [&](platform::Session& session) {
                return InsertProcessingRecord(session, "uid-of-hq", {"editor", "call", store_.clock().Now()}, record);
              })
          .ok());
  EXPECT_THAT(Found("milena"), IsEmpty());
}

TEST_P(SearchContactsTest, DeletedAndMergedOnesAreNotFound) {
  const v1::Contact a = driver_.Make("a", ContactDriver::Person("Milena A"));
  const v1::Contact b = driver_.Make("b", ContactDriver::Person("Milena B"));
  const v1::Contact c = driver_.Make("c", ContactDriver::Person("Milena C"));
  ASSERT_TRUE(driver_.Delete(c).ok());
  v1::MergeContactsRequest merge;
  merge.set_contact(a.name());
  merge.set_etag(a.etag());
  merge.add_sources()->set_contact(b.name());
  merge.mutable_sources(0)->set_etag(b.etag());
  ASSERT_TRUE(MergeContacts(store_.environment(), ContactDriver::Editor(), merge).ok());
  EXPECT_THAT(Found("milena"), ElementsAre("relief/a"));
  EXPECT_THAT(Found("milena b"), ElementsAre("relief/a")) << "by the name of the other one, too";
}

TEST_P(SearchContactsTest, PagesAreStableAcrossNewsrooms) {
  for (const char* id : {"b", "d", "f"}) driver_.Make(id, ContactDriver::Person("Milena"));
  for (const char* id : {"a", "c"}) driver_.Make(id, ContactDriver::Person("Milena"), "hq");
  for (const int size : {0, 1, 2, 3, 4, 5, 6}) {
    auto request = Request("milena");
    request.set_page_size(size);
    EXPECT_THAT(Found(request), ElementsAre("relief/b", "relief/d", "relief/f", "hq/a", "hq/c")) << size;
  }
  auto request = Request("milena");
  request.set_page_size(5);
  EXPECT_TRUE(Send(request)->next_page_token().empty()) << "there is nothing to come";
  // What comes and goes before a page does not move it.
  request.set_page_size(2);
  const auto first = Send(request);
  ASSERT_TRUE(first.ok()) << first.status();
  driver_.Make("bb", ContactDriver::Person("Milena"));
  ASSERT_TRUE(driver_.Delete(driver_.Whole(ContactDriver::NameOf("b"))).ok());
  request.set_page_token(first->next_page_token());
  EXPECT_THAT(Found(request), ElementsAre("relief/f", "hq/a", "hq/c"));

  for (const char* query : {"mile", "milena x"}) {
    auto other = Request(query);
    other.set_page_token(first->next_page_token());
    EXPECT_EQ(ReasonOf(Send(other).status()), Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH) << query;
  }
  request.set_parent("newsrooms/hq");
  EXPECT_EQ(ReasonOf(Send(request).status()), Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
}

TEST_P(SearchContactsTest, ASearchIsRefusedForWhatIsWrongWithIt) {
  for (const std::string& query : {std::string(), std::string("  "), std::string("!?"), std::string(201, 'x')}) {
    EXPECT_THAT(Send(Request(query)).status().message(), HasSubstr("query")) << query;
  }
  auto request = Request("x");
  request.set_page_size(-1);
  EXPECT_THAT(Send(request).status().message(), HasSubstr("page_size"));
  request = Request("x");
  request.mutable_read_mask()->add_paths("emails");
  EXPECT_EQ(Send(request).status().code(), absl::StatusCode::kPermissionDenied);
  request.mutable_read_mask()->set_paths(0, "nothing");
  EXPECT_THAT(Send(request).status().message(), HasSubstr("read_mask"));
  request = Request("x");
  request.set_parent("newsrooms/nowhere");
  EXPECT_TRUE(absl::IsNotFound(Send(request).status()));
  request.set_parent("relief");
  EXPECT_THAT(Send(request).status().message(), HasSubstr("parent"));
  // As many words as fit are looked for.
  std::string many;
  for (int i = 0; i < 100; ++i) many += "m ";
  EXPECT_TRUE(Send(Request(many)).ok());
}

TEST_P(SearchContactsTest, OrganizationsAreFoundByTheirNames) {
  driver_.MakeOrganization("a", "Internationale Gesellschaft für Hilfe");
  driver_.MakeOrganization("b", "Genfer Hilfswerk");
  driver_.MakeOrganization("c", "Hilfe Genf", "CH", "hq");
  const auto found = [&](const std::string& query, int page_size = 0) {
    v1::ListOrganizationsRequest request;
    request.set_parent("newsrooms/relief");
    request.set_query(query);
    request.set_page_size(page_size);
    request.set_include_ancestors(true);
    std::vector<std::string> ids;
    absl::Status status;
    do {
      status = store_.db().Read(ContactsStore::Soon(), [&](platform::Session& session) {
        const auto page = ListOrganizations(session, {"uid-of-relief", "uid-of-hq"}, request);
        if (!page.ok()) return page.status();
        for (const auto& organization : page->organizations()) {
          ids.push_back(organization.name().substr(organization.name().rfind('/') + 1));
        }
        request.set_page_token(page->next_page_token());
        return absl::OkStatus();
      });
    } while (status.ok() && !request.page_token().empty());
    return status.ok() ? ids : std::vector<std::string>{std::string(status.message())};
  };
  for (const int size : {0, 1}) EXPECT_THAT(found("hilf gen", size), testing::UnorderedElementsAre("b", "c")) << size;
  EXPECT_THAT(found("gesellschaft fuer"), ElementsAre("a"));
  EXPECT_THAT(found("nothing"), IsEmpty());
  EXPECT_EQ(found("").size(), 3U);
  EXPECT_THAT(found("!"), ElementsAre(HasSubstr("query")));
  EXPECT_THAT(found(std::string(201, 'x')), ElementsAre(HasSubstr("query")));
}

INSTANTIATE_TEST_SUITE_P(Engines, SearchContactsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
