// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/testing/table_dump.h"
#include "services/releases/domain/digest.h"
#include "services/releases/storage/newsroom_store.h"
#include "services/releases/storage/personal_data_store.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/testing/contact_lines.h"
#include "services/releases/usecases/erase_personal_data.h"
#include "services/releases/usecases/list_personal_data.h"
#include "services/releases/usecases/refresh_contact_lines.h"

namespace communique::releases {

// What the tests of erasing share: Milena Brkić, who is to be erased, in texts of all kinds.
class PersonalDataStore : public ContactLinesStore {
 protected:
  using Segment = v1::ContactSegment;
  using Pieces = std::vector<std::pair<Segment::Kind, std::string>>;

  explicit PersonalDataStore(std::string_view engine) : ContactLinesStore(engine) {
    contacts_.Set("stefan", {.display_name = "Stefan Wolf", .email = "stefan@example.org", .substitute = "milena"});
  }

  // How she stands in texts.
  static const std::vector<std::string>& Values() {
    static const auto* const kValues =
        new std::vector<std::string>{"Milena Brkić", "milena@example.org", "+49 30 1234567", "030/123 45 67"};
    return *kValues;
  }

  static v1::ContactLine LineOf(const std::string& contact, const Pieces& pieces) {
    v1::ContactLine line;
    line.set_contact(contact.empty() ? "" : FakeContacts::NameOf(contact));
    for (const auto& [kind, value] : pieces) {
      auto& segment = *line.add_segments();
      segment.set_kind(kind);
      segment.set_value(value);
    }
    return line;
  }
  // Her line in an author's words, and one of the same words that refers to nobody.
  static v1::ContactLine HerLine(const std::string& contact = "milena") {
    return LineOf(contact, {{Segment::KIND_TEXT, "Presse: "},
                            {Segment::KIND_PERSON, "Milena Brkić"},
                            {Segment::KIND_TEXT, ", "},
                            {Segment::KIND_PHONE, "030/123 45 67"},
                            {Segment::KIND_TEXT, ", "},
                            {Segment::KIND_EMAIL, "milena@example.org"}});
  }
  static v1::ContactLine JonasLine() {
    return LineOf("", {{Segment::KIND_PERSON, "Jonas Weber"},
                       {Segment::KIND_TEXT, ", "},
                       {Segment::KIND_EMAIL, "jonas@example.org"}});
  }

  // The contacts service has begun to erase her: she is not printed any more.
  void StopPrinting() {
    contacts_.Set("milena", {.display_name = "", .email = "", .active = false, .substitute = "desk"});
  }

  static v1::ErasePersonalDataRequest Request(const std::vector<std::string>& values = Values()) {
    v1::ErasePersonalDataRequest request;
    request.set_contact(FakeContacts::NameOf("milena"));
    for (const auto& value : values) request.add_values(value);
    request.set_erasure("newsrooms/relief/erasures/0193f2a1-7c1e-7d2a-8a57-2f1f6a4d5b11");
    return request;
  }
  // All calls of an erasure; their sums.
  absl::StatusOr<v1::ErasePersonalDataResponse> Erase(const Environment& environment,
                                                      v1::ErasePersonalDataRequest request = Request()) {
    v1::ErasePersonalDataResponse sum;
    do {
      const auto response = ErasePersonalData(environment, ReleasesStore::As("services/contacts"), request);
      if (!response.ok()) return response.status();
      sum.set_contact_lines(sum.contact_lines() + response->contact_lines());
      sum.set_edition_lines(sum.edition_lines() + response->edition_lines());
      sum.set_releases(sum.releases() + response->releases());
      sum.set_texts_left(sum.texts_left() + response->texts_left());
      request.set_page_token(response->next_page_token());
    } while (!request.page_token().empty());
    return sum;
  }
  absl::StatusOr<v1::ErasePersonalDataResponse> Erase() { return Erase(store_.environment()); }

  // All pages of places; `page_size` 0 takes the default.
  std::vector<v1::PersonalDataPlace> Places(const Environment& environment, int page_size = 0,
                                            const std::vector<std::string>& values = Values()) {
    v1::ListPersonalDataRequest request;
    request.set_contact(FakeContacts::NameOf("milena"));
    for (const auto& value : values) request.add_values(value);
    request.set_page_size(page_size);
    request.set_include_text(true);
    std::vector<v1::PersonalDataPlace> places;
    do {
      const auto response = ListPersonalData(environment, ReleasesStore::As("services/contacts"), request);
      EXPECT_TRUE(response.ok()) << response.status();
      if (!response.ok()) break;
      if (page_size > 0) {
        EXPECT_LE(response->places_size(), page_size);
      }
      places.insert(places.end(), response->places().begin(), response->places().end());
      request.set_page_token(response->next_page_token());
    } while (!request.page_token().empty());
    return places;
  }
  std::vector<v1::PersonalDataPlace> Places() { return Places(store_.environment()); }

  // Where in the database any of the values stands, as "table.column".
  std::set<std::string> Found(const std::vector<std::string>& values = Values()) {
    std::set<std::string> found;
    for (const auto& cell : platform::DumpTables(store_.db())) {
      for (const std::string& value : values) {
        if (cell.value.find(value) != std::string::npos) found.insert(absl::StrCat(cell.table, ".", cell.column));
      }
    }
    return found;
  }

  ReleaseDriver& Driver(const std::string& id) {
    auto& driver = drivers_[id];
    if (driver == nullptr) driver = std::make_unique<ReleaseDriver>(store_, newsroom_, id);
    return *driver;
  }
  void Refresh() {
    const auto looked_at = RefreshContactLines(store_.environment(), ReleasesStore::Soon());
    EXPECT_TRUE(looked_at.ok()) << looked_at.status();
  }
  bool Correct(ReleaseDriver& driver, const std::string& headline) {
    return driver.SetHeadline(headline).ok() && driver.SubmitAndApprove().ok() && driver.Correct().ok();
  }

  // She stands in releases of all states, in words of authors', in words written for her, as somebody's stand-in, and
  // in lines that refer to nobody.
  void MakeReleases() {
    ASSERT_TRUE(CreateWith({HerLine(), JonasLine(), Referring("desk")}, Driver("draft")).ok());
    ASSERT_TRUE(CreateWith({Referring("milena"), HerLine("")}, Driver("review")).ok());
    ASSERT_TRUE(Driver("review").Submit().ok());
    ASSERT_TRUE(CreateWith({HerLine("")}, Driver("approved")).ok());
    ASSERT_TRUE(Driver("approved").SubmitAndApprove().ok());
    ASSERT_TRUE(CreateWith({Referring("milena"), JonasLine()}, Driver("scheduled")).ok());
    ASSERT_TRUE(Driver("scheduled").SubmitAndApprove().ok());
    ASSERT_TRUE(Driver("scheduled").Publish("2099-01-01T00:00:00").ok());
    ASSERT_TRUE(PublishedWith({HerLine(), HerLine(""), JonasLine()}, Driver("history")).ok());
    ASSERT_TRUE(Correct(Driver("history"), "Berichtigt"));
    ASSERT_TRUE(Correct(Driver("history"), "Noch einmal"));
    ASSERT_TRUE(PublishedWith({HerLine()}, Driver("withdrawn")).ok());
    ASSERT_TRUE(Driver("withdrawn").Withdraw(v1::Withdrawal::KIND_GONE).ok());
    ASSERT_TRUE(PublishedWith({Referring("stefan")}, Driver("stand-in")).ok());
    contacts_.Set("stefan", {.display_name = "Stefan Wolf", .email = "", .active = false, .substitute = "milena"});
    ASSERT_TRUE(Hear({"stefan"}).ok());
    Refresh();
    ASSERT_THAT(Lines(Edition(Driver("stand-in")).content()), testing::ElementsAre("Milena Brkić, milena@example.org"));
    contacts_.Set("ute", {.display_name = "Ute Lenz", .email = "", .active = false, .substitute = "milena"});
    ASSERT_TRUE(CreateWith({Referring("ute")}, Driver("written-for-her")).ok());
    ASSERT_TRUE(Driver("written-for-her").SubmitAndApprove().ok());
    ASSERT_THAT(Lines(Driver("written-for-her").release().content()),
                testing::ElementsAre("Milena Brkić, milena@example.org"));
    ASSERT_TRUE(CreateWith({HerLine()}, Driver("deleted")).ok());
    ASSERT_TRUE(Driver("deleted").Submit().ok());
    ASSERT_TRUE(Driver("deleted").Delete().ok());
    ASSERT_TRUE(PublishedWith({Referring("desk"), JonasLine()}, Driver("others")).ok());
  }

  // What is stored of a release's revisions, and whether their digests verify.
  struct Stored {
    storage::ReleaseRecord record;
    Revisions revisions;
    KeptByRevision kept;

    const internal::KeptCommitments* KeptOf(std::int64_t number) const {
      const auto found = kept.find(number);
      return found == kept.end() ? nullptr : &found->second;
    }
    void ExpectAllVerify() const {
      for (const auto& [number, revision] : revisions) {
        EXPECT_TRUE(Verifies(revision, record.digest_key(), KeptOf(number))) << revision.name();
      }
    }
  };
  Stored Load(const std::string& id) {
    Stored stored;
    const absl::Status status = store_.db().Read(ReleasesStore::Soon(), [&](platform::Session& session) {
      const auto newsroom = FindNewsroom(session, newsroom_);
      if (!newsroom.ok()) return newsroom.status();
      auto record = FindRelease(session, newsroom->uid(), Driver(id).name());
      if (!record.ok()) return record.status();
      auto revisions = FindRevisions(session, newsroom->uid(), record->release());
      if (!revisions.ok()) return revisions.status();
      auto kept = FindKeptCommitments(session, newsroom->uid(), record->release().uid());
      if (!kept.ok()) return kept.status();
      stored = {*std::move(record), *std::move(revisions), *std::move(kept)};
      return absl::OkStatus();
    });
    EXPECT_TRUE(status.ok()) << id << ": " << status;
    return stored;
  }
  std::vector<std::string> EditionLinesOf(const std::string& id) { return Lines(Edition(Driver(id)).content()); }

  std::map<std::string, std::unique_ptr<ReleaseDriver>> drivers_;
};

}  // namespace communique::releases
