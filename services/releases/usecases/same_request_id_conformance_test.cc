// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// One request, sent by an impatient client several times at once, all with the same request_id: it is done once, and
// everybody is told the same.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <latch>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/releases/testing/public_reader.h"
#include "services/releases/testing/release_driver.h"
#include "services/releases/usecases/import_release.h"
#include "services/releases/usecases/sections.h"

namespace communique::releases {
namespace {

using platform::Reason;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t kTimes = 8;
// The first round opens connections, one after the other.
constexpr int kRounds = 3;

class SameRequestIdTest : public testing::TestWithParam<const char*> {
 protected:
  SameRequestIdTest() { store_.MakeNewsroom("relief"); }

  // What all of them are told, who are at least one: `call` is the same for everyone, and begins at the same time. Who
  // is refused is told to try again, and is then told the same.
  template <typename Value, typename UseCase>
  Value AllAtOnce(UseCase call) {
    std::vector<std::optional<absl::StatusOr<Written<Value>>>> answers(kTimes);
    std::latch start(kTimes);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kTimes; ++i) {
      threads.emplace_back([&, i] {
        start.arrive_and_wait();
        answers[i] = call();
      });
    }
    for (auto& thread : threads) thread.join();
    answers.emplace_back(call());
    EXPECT_TRUE(answers.back()->ok()) << answers.back()->status();
    if (!answers.back()->ok()) return {};

    const Value& value = answers.back()->value().value;
    int did_it = 0;
    for (const auto& answer : answers) {
      if (!answer->ok()) {
        EXPECT_EQ(platform::ReasonOf(answer->status()), Reason::ERROR_REASON_CONTENTION) << answer->status();
        EXPECT_TRUE(absl::IsAborted(answer->status()) || absl::IsUnavailable(answer->status())) << answer->status();
        continue;
      }
      EXPECT_EQ((*answer)->value.DebugString(), value.DebugString());
      did_it += (*answer)->position > 0 ? 1 : 0;
    }
    EXPECT_EQ(did_it, 1) << "only who did it has something new to wait for";
    return value;
  }

  std::string NewRequestId() { return platform::MakeUuidV7(store_.clock().Now()); }
  std::vector<std::string> Releases() {
    v1::ListReleasesRequest request;
    request.set_parent("newsrooms/relief");
    const auto list = ListReleases(store_.environment(), ReleasesStore::As("reader"), request);
    EXPECT_TRUE(list.ok()) << list.status();
    std::vector<std::string> names;
    if (list.ok()) {
      for (const auto& release : list->releases()) names.push_back(release.name());
    }
    return names;
  }
  // What the internal feed has been told behind its first `before` entries.
  std::vector<std::string> ToldSince(std::size_t before) {
    const auto entries = reader_.Feed(platform::Feed::kInternal);
    std::vector<std::string> told;
    for (std::size_t i = before; i < entries.size(); ++i) {
      told.push_back(absl::StrCat(entries[i]->change.verb, " ", entries[i]->change.name));
    }
    return told;
  }
  std::size_t Told() { return reader_.Feed(platform::Feed::kInternal).size(); }

  ReleasesStore store_{GetParam()};
  PublicReader reader_{store_.environment()};
};

INSTANTIATE_TEST_SUITE_P(Engines, SameRequestIdTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

TEST_P(SameRequestIdTest, AReleaseIsCreatedOnce) {
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<std::string> before = Releases();
    const std::size_t told = Told();
    v1::CreateReleaseRequest request;
    request.set_parent("newsrooms/relief");
    request.set_request_id(NewRequestId());
    *request.mutable_release()->mutable_content() = ShortContent("Einmal");
    const auto release = AllAtOnce<v1::Release>(
        [&] { return CreateRelease(store_.environment(), ReleasesStore::As("author"), request); });
    // Its id is made up anew by each call.
    EXPECT_EQ(Releases().size(), before.size() + 1);
    EXPECT_THAT(ToldSince(told), ElementsAre("CREATED " + release.name()));
  }
}

TEST_P(SameRequestIdTest, AReleaseIsPublishedOnce) {
  for (int round = 0; round < kRounds; ++round) {
    ReleaseDriver driver(store_, "newsrooms/relief", absl::StrCat("r", round));
    ASSERT_TRUE(driver.CreateApproved("Einmal").ok());
    const std::size_t told = Told();
    const std::size_t told_public = reader_.Verbs().size();
    v1::PublishReleaseRequest request;
    request.set_name(driver.name());
    request.set_etag(driver.release().etag());
    request.set_request_id(NewRequestId());
    request.add_languages("de");
    const auto release = AllAtOnce<v1::Release>(
        [&] { return PublishRelease(store_.environment(), ReleasesStore::As("publisher"), request); });
    EXPECT_EQ(release.state(), v1::Release::STATE_PUBLISHED);
    EXPECT_EQ(release.live_revision(), driver.name() + "/revisions/1");
    EXPECT_EQ(reader_.Read(driver.EditionOf("de")).content().headline(), "Einmal");
    EXPECT_EQ(reader_.Verbs().size(), told_public + 1);
    EXPECT_EQ(reader_.Verbs().back(), "PUBLISHED");
    const auto internal = ToldSince(told);
    EXPECT_EQ(std::count(internal.begin(), internal.end(), "PUBLISHED " + driver.name()), 1);
    v1::ListReleaseRevisionsRequest revisions;
    revisions.set_parent(driver.name());
    const auto list = ListReleaseRevisions(store_.environment(), ReleasesStore::As("reader"), revisions);
    ASSERT_TRUE(list.ok()) << list.status();
    EXPECT_EQ(list->revisions_size(), 1);
  }
}

TEST_P(SameRequestIdTest, ASubmissionMakesOneRevision) {
  ReleaseDriver driver(store_, "newsrooms/relief", "r");
  ASSERT_TRUE(driver.Create("Einmal").ok());
  v1::SubmitReleaseRequest request;
  request.set_name(driver.name());
  request.set_etag(driver.release().etag());
  request.set_request_id(NewRequestId());
  const auto release =
      AllAtOnce<v1::Release>([&] { return SubmitRelease(store_.environment(), ReleasesStore::As("author"), request); });
  EXPECT_EQ(release.latest_revision(), driver.name() + "/revisions/1");
  EXPECT_EQ(release.state(), v1::Release::STATE_IN_REVIEW);
}

TEST_P(SameRequestIdTest, AFileIsImportedOnceWithItsSections) {
  std::ifstream sample("tools/sample/press-release.de.txt", std::ios::binary);
  v1::ImportReleaseRequest request;
  request.set_parent("newsrooms/relief");
  request.set_language("de");
  request.set_text(std::string(std::istreambuf_iterator<char>(sample), {}));
  request.set_with_sections(true);
  request.set_request_id(NewRequestId());
  const std::size_t told = Told();
  const auto read = ReadImportFile(store_.environment(), ReleasesStore::As("author"), request);
  ASSERT_TRUE(read.ok()) << read.status();
  const auto imported = AllAtOnce<v1::ImportReleaseResponse>(
      [&] { return StoreImport(store_.environment(), ReleasesStore::As("author"), request, *read); });
  EXPECT_THAT(Releases(), ElementsAre(imported.release().name()));
  EXPECT_EQ(imported.sections_size(), imported.report().proposed_sections_size());
  EXPECT_GT(imported.sections_size(), 3);
  std::vector<std::string> made;
  for (const std::string& section : imported.sections()) made.push_back("CREATED " + section);
  made.push_back("CREATED " + imported.release().name());
  EXPECT_EQ(ToldSince(told), made);
  v1::ListSectionsRequest sections;
  sections.set_parent("newsrooms/relief");
  const auto list = ListSections(store_.environment(), ReleasesStore::As("reader"), sections);
  ASSERT_TRUE(list.ok()) << list.status();
  EXPECT_EQ(list->sections_size(), imported.sections_size());
}

// The id is of one request: who uses it for another is told, whoever came first.
TEST_P(SameRequestIdTest, OfDifferentRequestsOneIsDone) {
  for (int round = 0; round < kRounds; ++round) {
    const std::size_t before = Releases().size();
    const std::string request_id = NewRequestId();
    std::vector<absl::Status> statuses(kTimes);
    std::latch start(kTimes);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < kTimes; ++i) {
      threads.emplace_back([&, i] {
        v1::CreateReleaseRequest request;
        request.set_parent("newsrooms/relief");
        request.set_request_id(request_id);
        *request.mutable_release()->mutable_content() = ShortContent(absl::StrCat("Nummer ", i));
        start.arrive_and_wait();
        statuses[i] = CreateRelease(store_.environment(), ReleasesStore::As("author"), request).status();
      });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::count_if(statuses.begin(), statuses.end(), [](const auto& status) { return status.ok(); }), 1);
    for (const absl::Status& status : statuses) {
      if (status.ok()) continue;
      EXPECT_EQ(platform::ReasonOf(status), Reason::ERROR_REASON_REQUEST_ID_REUSED) << status;
      EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
    }
    EXPECT_EQ(Releases().size(), before + 1);
  }
}

// Who comes after one that failed does it: a failure is nothing that was done.
TEST_P(SameRequestIdTest, WhatFailedIsNotRemembered) {
  ReleaseDriver driver(store_, "newsrooms/relief", "r");
  ASSERT_TRUE(driver.Create("Einmal").ok());
  const std::size_t told = Told();
  v1::PublishReleaseRequest request;
  request.set_name(driver.name());
  request.set_etag(driver.release().etag());
  request.set_request_id(NewRequestId());
  request.add_languages("de");
  const auto publish = [&] {
    return PublishRelease(store_.environment(), ReleasesStore::As("publisher"), request).status();
  };
  EXPECT_EQ(platform::ReasonOf(publish()), Reason::ERROR_REASON_INVALID_TRANSITION);
  EXPECT_THAT(ToldSince(told), IsEmpty());
  ASSERT_TRUE(driver.SubmitAndApprove().ok());
  // The same id, of a request with the etag of now.
  request.set_etag(driver.release().etag());
  EXPECT_TRUE(publish().ok());
  EXPECT_EQ(reader_.Verbs(), std::vector<std::string>{"PUBLISHED"});
}

}  // namespace
}  // namespace communique::releases
