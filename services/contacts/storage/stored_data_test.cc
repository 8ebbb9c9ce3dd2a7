// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/stored_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "absl/time/clock.h"
#include "google/protobuf/message.h"
#include "services/contacts/domain/personal_data.h"
#include "services/contacts/storage/erasure_store.h"
#include "services/contacts/storage/tables.h"
#include "services/contacts/testing/filled_message.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/following/followed_feed.h"
#include "services/platform/storage/idempotency.h"
#include "services/platform/testing/test_database.h"

// That an erasure thinks of every table, and of every field of what is stored in one.
namespace communique::contacts {
namespace {

using google::protobuf::Message;

TEST(StoredDataTest, EveryTableIsListed) {
  platform::TestDatabase empty("sqlite");
  const absl::Time now = absl::Now();
  const absl::Status migrated =
      platform::Migrate(empty.db(),
                        {&ContactsMigrations(), &platform::FollowedFeedMigrations(), &platform::ChangeFeedMigrations(),
                         &platform::IdempotencyMigrations()},
                        now, now + absl::Seconds(60));
  ASSERT_TRUE(migrated.ok()) << migrated;
  std::set<std::string> there;
  const absl::Status read = empty.db().Read(now + absl::Seconds(60), [&](platform::Session& session) {
    const auto rows = session.Query("SELECT name FROM sqlite_master WHERE type = 'table'");
    if (rows.ok()) {
      for (const auto row : *rows) there.insert(row.Text(0));
    }
    return rows.status();
  });
  ASSERT_TRUE(read.ok()) << read;
  std::set<std::string> listed;
  for (const StoredTable& table : StoredTables()) {
    EXPECT_TRUE(listed.insert(std::string(table.name)).second) << table.name;
    EXPECT_FALSE(table.how.empty()) << table.name;
  }
  EXPECT_EQ(listed, there) << "say in stored_data.cc what an erasure does to the table, and do it";
}

std::unique_ptr<Message> New(const google::protobuf::Descriptor& type) {
  return std::unique_ptr<Message>(google::protobuf::MessageFactory::generated_factory()->GetPrototype(&type)->New());
}

// What an erasure makes of the stored messages that are about the person.
std::unique_ptr<Message> Erased(const Message& message) {
  std::unique_ptr<Message> erased(message.New());
  if (message.GetDescriptor() == storage::ContactRecord::descriptor()) {
    erased->CopyFrom(ErasedContact(dynamic_cast<const storage::ContactRecord&>(message), "newsrooms/n/contacts/desk"));
  } else if (message.GetDescriptor() == storage::MergeRecord::descriptor()) {
    erased->CopyFrom(ErasedMerge(dynamic_cast<const storage::MergeRecord&>(message)));
  } else {
    ADD_FAILURE() << message.GetTypeName() << " is stored: say here how it is erased";
  }
  return erased;
}

// Those that hold something personal, and why nothing of the person that is erased is in it afterwards.
const std::map<std::string, std::string>& ErasedElsewhere() {
  static const auto* const kElsewhere = new std::map<std::string, std::string>{
      {"imports", "cards are stored without display_name: import_contacts_conformance_test"},
      {"erasures", "steps go when they are done, and creator is who ordered it: erase_contact_conformance_test"},
      {"processing_records", "rows are deleted: erase_contact_conformance_test"},
      {"suppressions", "nothing but keyed hashes: suppressions_conformance_test"}};
  return *kElsewhere;
}

TEST(StoredDataTest, NothingPersonalIsLeftOfAnyField) {
  for (const StoredTable& table : StoredTables()) {
    if (table.payload == nullptr) continue;
    const auto message = New(*table.payload);
    MessageFiller filler;
    filler.Fill(*message);
    const std::string name(table.name);
    if (filler.personal_fields == 0 || ErasedElsewhere().contains(name)) continue;
    ASSERT_TRUE(table.erased) << name << " holds something personal";
    const auto erased = Erased(*message);
    EXPECT_TRUE(PersonalPaths(*erased).empty()) << name;
    const std::string bytes = erased->SerializeAsString();
    for (const std::string& value : filler.personal) {
      EXPECT_EQ(bytes.find(value), std::string::npos) << name << ": " << value;
    }
  }
}

TEST(StoredDataTest, NothingOfAContactIsLeftButItsNameAndSubstitute) {
  storage::ContactRecord record;
  MessageFiller().Fill(record);
  const storage::ContactRecord erased = ErasedContact(record, "newsrooms/n/contacts/desk");
  storage::ContactRecord expected;
  expected.mutable_contact()->set_name(record.contact().name());
  expected.mutable_contact()->set_uid(record.contact().uid());
  expected.mutable_contact()->set_etag(record.contact().etag());
  expected.mutable_contact()->set_state(v1::Contact::STATE_ERASED);
  expected.mutable_contact()->set_substitute("newsrooms/n/contacts/desk");
  EXPECT_EQ(erased.SerializeAsString(), expected.SerializeAsString());
}

}  // namespace
}  // namespace communique::contacts
