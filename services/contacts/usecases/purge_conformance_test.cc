// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/merge_contacts.h"
#include "services/contacts/usecases/purge.h"

// What is left of what was deleted, when its time has come: a name, and nothing about anybody.
namespace communique::contacts {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class PurgeTest : public testing::TestWithParam<const char*> {
 protected:
  PurgeTest() { store_.MakeNewsroom("relief"); }

  void Purge() {
    const absl::Status status = PurgeDeleted(store_.environment(), ContactsStore::Soon());
    EXPECT_TRUE(status.ok()) << status;
  }
  // All bytes that the store's tables hold of contacts, organizations and merges.
  std::string Stored() {
    std::string stored;
    const absl::Status status = store_.db().Read(ContactsStore::Soon(), [&](platform::Session& session) {
      for (const char* table : {"contacts", "organizations", "merges"}) {
        const auto rows = session.Query(absl::StrCat("SELECT payload FROM ", table, " ORDER BY uid"));
        if (!rows.ok()) return rows.status();
        for (const auto row : *rows) stored += row.Bytes(0);
      }
      for (const char* table : {"contact_keys", "contact_addresses", "contact_languages", "organization_keys",
                                "organization_mail_domains"}) {
        const auto rows = session.Query(absl::StrCat("SELECT value FROM ", table, " ORDER BY uid, value"));
        if (!rows.ok()) return rows.status();
        for (const auto row : *rows) stored += row.Text(0) + "\n";
      }
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << status;
    return stored;
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
};

TEST_P(PurgeTest, WhatIsDeletedGoesWhenItsTimeHasCome) {
  const absl::Duration kept = store_.environment().limits.kept_after_deletion;
  const v1::Contact made = driver_.Make("a", ContactDriver::FullPerson("Milena Quux"));
  driver_.Make("b", ContactDriver::Person("B"));
  const v1::Contact deleted = ContactDriver::Expect(driver_.Delete(made));
  store_.clock().Advance(kept - absl::Seconds(1));
  Purge();
  EXPECT_TRUE(driver_.Get(made.name()).ok());
  EXPECT_THAT(Stored(), HasSubstr("Quux"));

  store_.clock().Advance(absl::Seconds(1));
  Purge();
  EXPECT_TRUE(absl::IsNotFound(driver_.Get(made.name()).status()));
  EXPECT_TRUE(absl::IsNotFound(driver_.Undelete(deleted).status()));
  EXPECT_TRUE(absl::IsAlreadyExists(driver_.Create("a", ContactDriver::Person("A")).status())) << "ids are used once";
  EXPECT_THAT(Stored(), Not(HasSubstr("Quux")));
  EXPECT_THAT(Stored(), Not(HasSubstr("quux")));
  EXPECT_THAT(Stored(), Not(HasSubstr("milena")));
  EXPECT_TRUE(driver_.Get(ContactDriver::NameOf("b")).ok());
  v1::ListContactsRequest request;
  request.set_parent("newsrooms/relief");
  request.set_show_deleted(true);
  const auto list = ListContacts(store_.environment(), ContactsStore::Reader(), request);
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->contacts_size(), 1);
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED a", "CREATED b", "DELETED a", "PURGED a"));
  Purge();
  EXPECT_EQ(driver_.Feed().size(), 4U);
}

TEST_P(PurgeTest, WhatWentIntoAContactGoesWithIt) {
  const v1::Contact a = driver_.Make("a", ContactDriver::FullPerson("Milena Quux"));
  const v1::Contact b = driver_.Make("b", ContactDriver::Person("Milena Quux"));
  const v1::Contact c = driver_.Make("c", ContactDriver::Person("Mila Quux"));
  const auto merge = [&](const std::string& left, const std::string& source) {
    v1::MergeContactsRequest request;
    request.set_contact(left);
    request.set_etag(driver_.Whole(left).etag());
    auto& added = *request.add_sources();
    added.set_contact(source);
    added.set_etag(driver_.Whole(source).etag());
    const auto merged = MergeContacts(store_.environment(), ContactDriver::Editor(), request);
    EXPECT_TRUE(merged.ok()) << merged.status();
  };
  merge(b.name(), c.name());
  merge(a.name(), b.name());
  ASSERT_TRUE(driver_.Delete(driver_.Whole(a.name())).ok());
  EXPECT_THAT(Stored(), HasSubstr("Quux"));
  store_.clock().Advance(store_.environment().limits.kept_after_deletion);
  Purge();
  EXPECT_THAT(Stored(), Not(HasSubstr("Quux")));
  for (const v1::Contact& contact : {a, b, c}) EXPECT_TRUE(absl::IsNotFound(driver_.Get(contact.name()).status()));
  const auto feed = driver_.Feed();
  for (const char* told : {"PURGED a", "PURGED b", "PURGED c"}) EXPECT_THAT(feed, Contains(told));
}

TEST_P(PurgeTest, OrganizationsGoAsWell) {
  const auto organization = driver_.MakeOrganization("igh", "Hilfswerk");
  driver_.DeleteOrganization(organization);
  store_.clock().Advance(absl::Hours(24));
  Purge();
  EXPECT_THAT(Stored(), Not(HasSubstr("Hilfswerk")));
  EXPECT_THAT(driver_.Feed(), ElementsAre("PURGED igh"));
}

TEST_P(PurgeTest, ManyGoInPieces) {
  constexpr int kContacts = 130;
  for (int i = 0; i < kContacts; ++i) {
    ASSERT_TRUE(driver_.Delete(driver_.Make(absl::StrCat("c", i), ContactDriver::Person("X"))).ok());
  }
  store_.clock().Advance(store_.environment().limits.kept_after_deletion);
  const auto before = driver_.Feed().size();
  // Two replicas at once: nothing is told twice.
  const auto statuses =
      AtOnce(2, [&](std::size_t) { return PurgeDeleted(store_.environment(), ContactsStore::Soon()); });
  EXPECT_EQ(CountOk(statuses), 2) << statuses[0] << statuses[1];
  Purge();
  EXPECT_EQ(driver_.Feed().size(), before + kContacts);
}

INSTANTIATE_TEST_SUITE_P(Engines, PurgeTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
