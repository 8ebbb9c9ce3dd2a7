// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/read_contacts.h"
#include "services/platform/changes/feed_token.h"

// What is read of contacts, and by whom.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ReadContactsTest : public testing::TestWithParam<const char*> {
 protected:
  ReadContactsTest() {
    store_.MakeNewsroom("relief");
    store_.MakeNewsroom("other");
  }

  // The ids on all pages of a list.
  std::vector<std::string> Ids(v1::ListContactsRequest request, const Caller& caller = ContactsStore::Reader()) {
    request.set_parent("newsrooms/relief");
    std::vector<std::string> ids;
    do {
      const auto page = ListContacts(store_.environment(), caller, request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      for (const auto& contact : page->contacts()) ids.push_back(contact.name().substr(contact.name().rfind('/') + 1));
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return ids;
  }
  static v1::ListContactsRequest Filtered(const std::string& filter) {
    v1::ListContactsRequest request;
    request.set_filter(filter);
    return request;
  }
  static v1::ListContactsRequest Ordered(const std::string& order_by) {
    v1::ListContactsRequest request;
    request.set_order_by(order_by);
    return request;
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
};

TEST_P(ReadContactsTest, WhatIsPersonalNeedsAMaskAndAPermission) {
  const std::string name = driver_.Make("a", ContactDriver::FullPerson("Milena Tošić")).name();
  const v1::Contact plain = ContactDriver::Expect(driver_.GetAs(ContactsStore::Reader(), name));
  EXPECT_EQ(plain.person_names(0).display_name(), "Milena Tošić");
  EXPECT_THAT(plain.emails(), IsEmpty());
  EXPECT_FALSE(plain.etag().empty());

  const v1::Contact narrow = ContactDriver::Expect(driver_.GetAs(ContactsStore::Reader(), name, {"name", "state"}));
  EXPECT_EQ(narrow.state(), v1::Contact::STATE_ACTIVE);
  EXPECT_THAT(narrow.person_names(), IsEmpty());

  for (const char* personal : {"emails", "phones", "note", "person_names.given_name", "person_names"}) {
    const auto status = driver_.GetAs(ContactsStore::Reader(), name, {"name", personal}).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kPermissionDenied) << personal;
    EXPECT_EQ(platform::ErrorMetadataValue(status, "permission"), "READ_PERSONAL");
    EXPECT_EQ(platform::ErrorMetadataValue(status, "newsroom"), "relief");
    EXPECT_EQ(platform::ErrorMetadataValue(status, "field"), personal);
    EXPECT_THAT(status.message(), HasSubstr(personal));
  }
  EXPECT_EQ(driver_.GetAs(ContactsStore::Reader(), name, {"*"}).status().code(), absl::StatusCode::kPermissionDenied);
  const v1::Contact asked = ContactDriver::Expect(driver_.Get(name, {"emails", "note"}));
  EXPECT_EQ(asked.emails(0).address(), "milena@example.org");
  EXPECT_FALSE(asked.note().empty());
  EXPECT_THAT(asked.phones(), IsEmpty());
  EXPECT_THAT(driver_.Get(name, {"mails"}).status().message(), HasSubstr("read_mask"));
}

TEST_P(ReadContactsTest, AbsenceIsToldAlike) {
  EXPECT_TRUE(absl::IsNotFound(driver_.Get(ContactDriver::NameOf("nobody")).status()));
  EXPECT_TRUE(absl::IsNotFound(driver_.Get(ContactDriver::NameOf("nobody", "nowhere")).status()));
  EXPECT_THAT(driver_.Get("nobody").status().message(), HasSubstr("newsrooms/{newsroom}/contacts/{contact}"));
  // No permission, no word about what exists.
  EXPECT_EQ(driver_.GetAs(ContactsStore::Reader(), ContactDriver::NameOf("nobody"), {"emails"}).status().code(),
            absl::StatusCode::kPermissionDenied);
}

TEST_P(ReadContactsTest, DeletedOnesAreReadUntilTheyArePurged) {
  const v1::Contact made = driver_.Make("a", ContactDriver::Person("A"));
  driver_.Make("b", ContactDriver::Person("B"));
  ASSERT_TRUE(driver_.Delete(made).ok());
  const v1::Contact deleted = ContactDriver::Expect(driver_.Get(made.name()));
  EXPECT_EQ(deleted.state(), v1::Contact::STATE_DELETED);
  EXPECT_TRUE(deleted.has_delete_time());
  EXPECT_TRUE(deleted.has_purge_time());
  EXPECT_THAT(Ids({}), ElementsAre("b"));
  v1::ListContactsRequest request;
  request.set_show_deleted(true);
  EXPECT_THAT(Ids(request), ElementsAre("a", "b"));
}

TEST_P(ReadContactsTest, ABatchIsAllOrNothingAndInOrder) {
  for (const char* id : {"a", "b", "c"}) driver_.Make(id, ContactDriver::FullPerson(id));
  v1::BatchGetContactsRequest request;
  request.set_parent("newsrooms/relief");
  for (const char* id : {"c", "a", "c"}) request.add_names(ContactDriver::NameOf(id));
  const auto batch = [&](const Caller& caller) { return BatchGetContacts(store_.environment(), caller, request); };
  auto response = batch(ContactsStore::Reader());
  ASSERT_TRUE(response.ok()) << response.status();
  ASSERT_EQ(response->contacts_size(), 3);
  EXPECT_EQ(response->contacts(0).name(), ContactDriver::NameOf("c"));
  EXPECT_EQ(response->contacts(1).name(), ContactDriver::NameOf("a"));
  EXPECT_THAT(response->contacts(1).emails(), IsEmpty());
  request.mutable_read_mask()->add_paths("emails");
  EXPECT_EQ(batch(ContactsStore::Reader()).status().code(), absl::StatusCode::kPermissionDenied);
  response = batch(ContactsStore::As("editor"));
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_EQ(response->contacts(2).emails_size(), 1);

  request.clear_read_mask();
  request.set_names(1, ContactDriver::NameOf("nobody"));
  EXPECT_TRUE(absl::IsNotFound(batch(ContactsStore::Reader()).status()));
  EXPECT_THAT(batch(ContactsStore::Reader()).status().message(), HasSubstr("contacts/nobody"));
  request.set_names(1, ContactDriver::NameOf("a", "other"));
  EXPECT_THAT(batch(ContactsStore::Reader()).status().message(), HasSubstr("names[1]"));
  request.clear_parent();
  EXPECT_THAT(batch(ContactsStore::Reader()).status().message(), HasSubstr("names[1]"));
  request.set_names(1, "a");
  EXPECT_THAT(batch(ContactsStore::Reader()).status().message(), HasSubstr("names[1]"));
  request.set_parent("relief");
  EXPECT_THAT(batch(ContactsStore::Reader()).status().message(), HasSubstr("parent"));
  request.set_parent("newsrooms/relief");
  request.clear_names();
  EXPECT_THAT(batch(ContactsStore::Reader()).status().message(), HasSubstr("names"));
  for (int i = 0; i < 200; ++i) request.add_names(ContactDriver::NameOf("a"));
  EXPECT_TRUE(batch(ContactsStore::Reader()).ok());
  request.add_names(ContactDriver::NameOf("a"));
  EXPECT_THAT(batch(ContactsStore::Reader()).status().message(), HasSubstr("at most 200"));
}

TEST_P(ReadContactsTest, ListsWhatIsAskedFor) {
  const auto organization = driver_.MakeOrganization("igh", "Hilfe");
  v1::Contact a = ContactDriver::Person("A");
  a.add_languages("de");
  a.add_languages("fr");
  a.set_organization(organization.name());
  driver_.Make("a", a);
  store_.clock().Advance(absl::Seconds(1));
  v1::Contact b = ContactDriver::Desk("B");
  b.set_visibility(v1::VISIBILITY_INTERNAL);
  b.add_languages("fr");
  driver_.Make("b", b);
  store_.clock().Advance(absl::Seconds(1));
  v1::Contact c = ContactDriver::Person("C");
  c.set_relation(v1::Contact::RELATION_JOURNALIST);
  c.set_source("Accreditation 2026");
  c.set_substitute(ContactDriver::NameOf("b"));
  auto journalist = ContactDriver::CreateRequest("c", c);
  journalist.set_basis(v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
  ASSERT_TRUE(driver_.Deactivate(ContactDriver::Expect(driver_.Send(journalist))).ok());
  driver_.Make("d", ContactDriver::Person("D"), "other");

  EXPECT_THAT(Ids({}), ElementsAre("a", "b", "c"));
  EXPECT_THAT(Ids(Filtered("kind = DESK")), ElementsAre("b"));
  EXPECT_THAT(Ids(Filtered("relation = JOURNALIST")), ElementsAre("c"));
  EXPECT_THAT(Ids(Filtered("relation = OWN_STAFF")), ElementsAre("a", "b")) << "said or not";
  EXPECT_THAT(Ids(Filtered("state != ACTIVE")), ElementsAre("c"));
  EXPECT_THAT(Ids(Filtered("visibility = PUBLIC AND state = ACTIVE")), ElementsAre("a"));
  EXPECT_THAT(Ids(Filtered("languages:fr")), ElementsAre("a", "b"));
  EXPECT_THAT(Ids(Filtered("organization = \"newsrooms/relief/organizations/igh\"")), ElementsAre("a"));
  EXPECT_THAT(Ids(Filtered("substitute = \"newsrooms/relief/contacts/b\"")), ElementsAre("c"));
  EXPECT_THAT(Ids(Ordered("create_time desc")), ElementsAre("c", "b", "a"));
  EXPECT_THAT(Ids(Ordered("name desc")), ElementsAre("c", "b", "a"));
  EXPECT_THAT(Ids(Ordered("update_time")), ElementsAre("a", "b", "c"));
  v1::ListContactsRequest paged = Ordered("name");
  paged.set_page_size(1);
  EXPECT_THAT(Ids(paged), ElementsAre("a", "b", "c"));
}

TEST_P(ReadContactsTest, AListIsRefusedForWhatIsWrongWithIt) {
  driver_.Make("a", ContactDriver::FullPerson("A"));
  const auto list = [&](v1::ListContactsRequest request, const Caller& caller = ContactsStore::Reader()) {
    if (request.parent().empty()) request.set_parent("newsrooms/relief");
    return ListContacts(store_.environment(), caller, request).status();
  };
  // What is personal is nothing to filter or order by.
  for (const char* bad : {"note = x", "emails = \"a@example.org\"", "person_names = A", "kind = ", "("}) {
    EXPECT_EQ(ReasonOf(list(Filtered(bad))), Reason::ERROR_REASON_FILTER_INVALID) << bad;
  }
  EXPECT_THAT(list(Ordered("note")).message(), HasSubstr("order_by"));
  v1::ListContactsRequest request;
  request.set_page_token("nonsense");
  EXPECT_EQ(ReasonOf(list(request)), Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
  request.clear_page_token();
  request.set_page_size(-1);
  EXPECT_THAT(list(request).message(), HasSubstr("page_size"));
  request.clear_page_size();
  request.mutable_read_mask()->add_paths("emails");
  EXPECT_EQ(list(request).code(), absl::StatusCode::kPermissionDenied);
  EXPECT_TRUE(list(request, ContactsStore::As("editor")).ok());
  request.mutable_read_mask()->add_paths("nothing");
  EXPECT_THAT(list(request, ContactsStore::As("editor")).message(), HasSubstr("read_mask"));
  request.clear_read_mask();
  request.set_parent("newsrooms/nowhere");
  EXPECT_TRUE(absl::IsNotFound(list(request)));
  request.set_parent("relief");
  EXPECT_THAT(list(request).message(), HasSubstr("parent"));
}

TEST_P(ReadContactsTest, AListMayBeOfAllNewsrooms) {
  driver_.Make("a", ContactDriver::Person("A"));
  driver_.Make("b", ContactDriver::Person("B"), "other");
  v1::ListContactsRequest request;
  request.set_parent("newsrooms/-");
  const auto all = ListContacts(store_.environment(), ContactsStore::Reader(), request);
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_EQ(all->contacts_size(), 2);
  EXPECT_FALSE(all->watch_token().empty());
}

TEST_P(ReadContactsTest, AListSaysWhereToWatchFrom) {
  driver_.Make("a", ContactDriver::Person("A"));
  driver_.Make("b", ContactDriver::Person("B"));
  v1::ListContactsRequest request;
  request.set_parent("newsrooms/relief");
  const auto page = ListContacts(store_.environment(), ContactsStore::Reader(), request);
  ASSERT_TRUE(page.ok()) << page.status();
  const auto token = platform::DecodeFeedToken(page->watch_token());
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(token->position, 2);
}

INSTANTIATE_TEST_SUITE_P(Engines, ReadContactsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
