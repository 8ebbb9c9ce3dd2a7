// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/idempotency.h"
#include "services/platform/testing/fake_clock.h"
#include "services/platform/testing/test_database.h"
#include "services/releases/storage/tables.h"
#include "services/releases/usecases/environment.h"
#include "services/releases/usecases/newsrooms.h"

// What the tests of the use cases share: a store with this service's tables on one of the engines, a clock that stands
// still, and short ways to say what a caller says.
namespace communique::releases {

class ReleasesStore {
 public:
  // `contacts` must outlive it; null: there is no contacts service.
  explicit ReleasesStore(std::string_view engine, ContactDirectory* contacts = nullptr)
      : database_(engine), environment_{{database_.db(), clock_}, {}, contacts} {
    const absl::Status migrated = platform::Migrate(
        database_.db(), {&ReleasesMigrations(), &platform::ChangeFeedMigrations(), &platform::IdempotencyMigrations()},
        clock_.Now(), Soon());
    EXPECT_TRUE(migrated.ok()) << migrated;
    const absl::Status prepared = platform::PrepareStore(database_.db(), Soon());
    EXPECT_TRUE(prepared.ok()) << prepared;
  }

  static absl::Time Soon() { return absl::Now() + absl::Seconds(60); }

  platform::FakeClock& clock() { return clock_; }
  platform::Database& db() { return database_.db(); }
  const Environment& environment() const { return environment_; }
  // Where the file is, on SQLite.
  const std::string& sqlite_path() const { return database_.options().sqlite_path; }

  // A caller who may decide about publication.
  static Caller As(std::string principal) {
    return {.principal = std::move(principal),
            .request_id = "call",
            .method = "test",
            .deadline = Soon(),
            .permissions = {common::v1::PERMISSION_PUBLISH}};
  }

  // newsrooms/{id} in German, with English beside it.
  v1::Newsroom MakeNewsroom(const std::string& id, const v1::NewsroomPolicy& policy = {}) {
    v1::CreateNewsroomRequest request;
    request.set_newsroom_id(id);
    auto& newsroom = *request.mutable_newsroom();
    newsroom.set_display_name("Example Relief");
    newsroom.set_source_language("de");
    newsroom.add_languages("de");
    newsroom.add_languages("en");
    newsroom.set_time_zone("Europe/Berlin");
    newsroom.set_web_address_template("https://press.example.org/{locale}/{release}/{slug}");
    *newsroom.mutable_policy() = policy;
    auto created = CreateNewsroom(environment_, As("admin"), request);
    EXPECT_TRUE(created.ok()) << created.status();
    return created.ok() ? created->value : v1::Newsroom();
  }

 private:
  platform::TestDatabase database_;
  platform::FakeClock clock_;
  Environment environment_;
};

// The fields that an error is about, in its order.
inline std::vector<std::string> ViolatedFields(const absl::Status& status) {
  const google::rpc::Status wire = platform::ToRpcStatus(status, "", "");
  std::vector<std::string> fields;
  for (const auto& detail : wire.details()) {
    google::rpc::BadRequest bad;
    if (!detail.UnpackTo(&bad)) continue;
    for (const auto& violation : bad.field_violations()) fields.push_back(violation.field());
  }
  return fields;
}

// A short German text.
inline v1::ReleaseContent ShortContent(const std::string& headline) {
  v1::ReleaseContent content;
  content.set_headline(headline);
  auto& place = *content.mutable_dateline()->add_places();
  place.set_label("Genf");
  place.set_joint(", ");
  content.mutable_dateline()->set_date_text("16. Oktober 2026");
  content.mutable_dateline()->set_separator(" - ");
  content.mutable_lead()->mutable_paragraph()->set_text("Die Hilfe ist angekommen.");
  content.add_body()->mutable_paragraph()->set_text("Mehr als 300 Familien haben Zelte erhalten.");
  auto& line = *content.add_contact_lines();
  auto& office = *line.add_segments();
  office.set_kind(v1::ContactSegment::KIND_ORGANIZATION);
  office.set_value("Example Relief");
  line.add_segments()->set_value(": ");
  auto& mail = *line.add_segments();
  mail.set_kind(v1::ContactSegment::KIND_EMAIL);
  mail.set_value("press@example.org");
  return content;
}

}  // namespace communique::releases
