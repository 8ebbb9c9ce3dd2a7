// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/releases/storage/contact_line_store.h"
#include "services/releases/testing/fake_contacts.h"
#include "services/releases/testing/release_driver.h"
#include "services/releases/usecases/contact_usages.h"
#include "services/releases/usecases/read_editions.h"

namespace communique::releases {

// A store beside a contacts service that knows Milena Brkić and the desk that stands in for her, and a release.
class ContactLinesStore {
 protected:
  explicit ContactLinesStore(std::string_view engine) : store_(engine, &contacts_) {
    contacts_.Set("milena", {.display_name = "Milena Brkić", .email = "milena@example.org", .substitute = "desk"});
    contacts_.Set("desk", {.display_name = "Pressestelle", .email = "press@example.org"});
    store_.MakeNewsroom("relief");
  }

  // A line for a contact: with these words, or to be written.
  static v1::ContactLine Referring(const std::string& id, const std::string& text = "", const std::string& email = "") {
    v1::ContactLine line;
    line.set_contact(FakeContacts::NameOf(id));
    if (text.empty()) return line;
    line.add_segments()->set_value(text);
    auto& mail = *line.add_segments();
    mail.set_kind(v1::ContactSegment::KIND_EMAIL);
    mail.set_value(email);
    return line;
  }
  absl::Status CreateWith(const std::vector<v1::ContactLine>& lines) { return CreateWith(lines, driver_); }
  static absl::Status CreateWith(const std::vector<v1::ContactLine>& lines, ReleaseDriver& driver) {
    if (auto status = driver.Create("Zelte für Familien"); !status.ok()) return status;
    v1::Release change;
    for (const auto& line : lines) *change.mutable_content()->add_contact_lines() = line;
    return driver.Update(change, {"content.contact_lines"});
  }
  absl::Status PublishedWith(const std::vector<v1::ContactLine>& lines) { return PublishedWith(lines, driver_); }
  static absl::Status PublishedWith(const std::vector<v1::ContactLine>& lines, ReleaseDriver& driver) {
    if (auto status = CreateWith(lines, driver); !status.ok()) return status;
    if (auto status = driver.SubmitAndApprove(); !status.ok()) return status;
    return driver.Publish();
  }

  // The words of the contact lines.
  static std::vector<std::string> Lines(const v1::ReleaseContent& content) {
    std::vector<std::string> lines;
    for (const auto& line : content.contact_lines()) {
      std::string text;
      for (const auto& segment : line.segments()) text += segment.value();
      lines.push_back(std::move(text));
    }
    return lines;
  }
  v1::Edition Edition() { return Edition(driver_); }
  v1::Edition Edition(const ReleaseDriver& driver) {
    v1::Edition edition;
    const auto reply =
        ReadEdition(store_.environment(), ReleasesStore::Soon(), *EditionName::Parse(driver.EditionOf("de")));
    EXPECT_TRUE(reply.ok()) << reply.status();
    if (reply.ok()) edition.ParseFromString(reply->bytes);
    return edition;
  }
  std::vector<std::string> EditionLines() { return Lines(Edition().content()); }

  v1::ListContactUsagesResponse Usages(const std::string& id) {
    v1::ListContactUsagesRequest request;
    request.set_parent("newsrooms/relief");
    request.set_contact(FakeContacts::NameOf(id));
    const auto response = ListContactUsages(store_.environment(), ReleasesStore::As("reader"), request);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *response : v1::ListContactUsagesResponse();
  }
  // News of contacts, as the follower of their feed tells it.
  absl::Status Hear(const std::set<std::string>& ids) {
    std::set<std::string> names;
    for (const std::string& id : ids) names.insert(FakeContacts::NameOf(id));
    return store_.db().Write(ReleasesStore::Soon(),
                             [&](platform::Session& session) { return MarkNews(session, names); });
  }

  const std::string newsroom_ = "newsrooms/relief";
  FakeContacts contacts_;
  ReleasesStore store_;
  ReleaseDriver driver_{store_, newsroom_};
};

}  // namespace communique::releases
