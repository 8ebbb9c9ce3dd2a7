// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/storage/tables.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/following/followed_feed.h"
#include "services/platform/storage/idempotency.h"
#include "services/platform/testing/fake_clock.h"
#include "services/platform/testing/test_database.h"

// What the tests of the use cases share: a store with this service's tables on one of the engines, a clock that stands
// still, newsrooms, and short ways to say what a caller says.
namespace communique::contacts {

class ContactsStore {
 public:
  explicit ContactsStore(std::string_view engine, platform::DatabaseOptions options = {})
      : database_(engine, std::move(options)), environment_{{database_.db(), clock_}, {}} {
    const absl::Status migrated =
        platform::Migrate(database_.db(),
                          {&ContactsMigrations(), &platform::FollowedFeedMigrations(),
                           &platform::ChangeFeedMigrations(), &platform::IdempotencyMigrations()},
                          clock_.Now(), Soon());
    EXPECT_TRUE(migrated.ok()) << migrated;
    const absl::Status prepared = platform::PrepareStore(database_.db(), Soon());
    EXPECT_TRUE(prepared.ok()) << prepared;
    environment_.suppression_keys = *SuppressionKeys::Parse(SuppressionKeys::NewFile());
  }

  static absl::Time Soon() { return absl::Now() + absl::Seconds(60); }

  platform::FakeClock& clock() { return clock_; }
  platform::Database& db() { return database_.db(); }
  const Environment& environment() const { return environment_; }
  // What the configuration would say.
  ConsentRules& consent() { return environment_.consent; }
  SuppressionKeys& suppression_keys() { return environment_.suppression_keys; }

  // A caller who may read and change everything of a contact.
  static Caller As(std::string principal) {
    return {.principal = std::move(principal),
            .request_id = "call",
            .method = "test",
            .deadline = Soon(),
            .permissions = {common::v1::PERMISSION_READ, common::v1::PERMISSION_READ_PERSONAL,
                            common::v1::PERMISSION_EDIT_CONTACTS, common::v1::PERMISSION_RECORD_CONSENT}};
  }
  // One who may lift suppressions.
  static Caller Officer() {
    Caller caller = As("officer");
    caller.permissions = {common::v1::PERMISSION_READ, common::v1::PERMISSION_READ_PERSONAL,
                          common::v1::PERMISSION_RECORD_CONSENT, common::v1::PERMISSION_LIFT_SUPPRESSIONS};
    return caller;
  }
  // One who works with texts.
  static Caller Reader() {
    Caller caller = As("reader");
    caller.permissions = {common::v1::PERMISSION_READ};
    return caller;
  }

  // newsrooms/{id}, as the follower of the releases service would keep it.
  Newsroom MakeNewsroom(const std::string& id, const std::string& parent = "") {
    const Newsroom newsroom{absl::StrCat("newsrooms/", id), absl::StrCat("uid-of-", id), parent, "de", "Europe/Berlin"};
    const absl::Status saved =
        db().Write(Soon(), [&](platform::Session& session) { return SaveNewsroom(session, newsroom, 0); });
    EXPECT_TRUE(saved.ok()) << saved;
    return newsroom;
  }

 private:
  platform::TestDatabase database_;
  platform::FakeClock clock_;
  Environment environment_;
};

}  // namespace communique::contacts
