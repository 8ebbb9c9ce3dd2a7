// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// A spokesperson leaves three hundred published releases. One call deactivates the contact; from then on readers of
// every one of them are shown who stands in, without a correction notice, and the revisions keep what was printed.

#include <gtest/gtest.h>

#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/testing/test_database.h"
#include "tests/testing/suite.h"

namespace communique::testing {
namespace {

constexpr int kReleases = 300;
// "Within seconds": two or three are usual, and ten times that is too long on any machine.
constexpr absl::Duration kPromised = absl::Seconds(30);
constexpr char kPeerCalls[] =
    R"(communique_peer_calls_total{code="OK",peer="contacts",request="PrintContactsRequest"})";

class DepartingSpokespersonTest : public ::testing::TestWithParam<const char*> {
 protected:
  static std::string Id(int number) { return absl::StrCat("release-", number); }
  static std::string Milliseconds(absl::Duration duration) {
    return absl::FormatDuration(absl::Trunc(duration, absl::Milliseconds(1)));
  }

  // How many editions have come to show `lines`, each looked at in turn, until one has not in the promised time.
  struct Shown {
    int editions = 0;
    absl::Duration first;
    absl::Duration all;
  };
  Shown WaitForAll(const std::string& lines, absl::Time since) {
    Shown shown;
    for (int i = 0; i < kReleases; ++i) {
      const absl::Duration left = since + kPromised - absl::Now();
      if (suite_.WaitForLines(EditionName(Id(i)), lines, left) == absl::InfiniteDuration()) break;
      shown.editions = i + 1;
      shown.all = absl::Now() - since;
      if (i == 0) shown.first = shown.all;
    }
    return shown;
  }

  Suite suite_{GetParam()};
};

TEST_P(DepartingSpokespersonTest, ThreeHundredReleasesShowWhoStandsIn) {
  const auto desk = suite_.MakeContact("desk", "Media desk", "media@example.org");
  ASSERT_TRUE(desk.ok()) << desk.status();
  const auto milena = suite_.MakeContact("milena", "Milena Brkić", "milena@example.org", desk->name());
  ASSERT_TRUE(milena.ok()) << milena.status();
  for (int i = 0; i < kReleases; ++i) {
    const auto published = suite_.PublishReferring(Id(i), milena->name(), "Ask Milena Brkić: ", "milena@example.org");
    ASSERT_TRUE(published.ok()) << published.status();
  }
  const std::string before = "Ask Milena Brkić: milena@example.org\n";
  const std::string after = "Media desk, media@example.org\n";
  for (int i = 0; i < kReleases; ++i) {
    const auto answer = suite_.client().Read(EditionName(Id(i)));
    ASSERT_TRUE(answer.edition.ok()) << answer.edition.status();
    ASSERT_EQ(Suite::LinesOf(*answer.edition), before);
  }

  const double asked_before = suite_.releases().Metric(kPeerCalls);
  const absl::Time begin = absl::Now();
  const auto gone = suite_.Deactivate(*milena);
  ASSERT_TRUE(gone.ok()) << gone.status();
  const Shown shown = WaitForAll(after, begin);
  const double asked = suite_.releases().Metric(kPeerCalls) - asked_before;
  std::printf("%s: 1 call; the first of %d releases after %s, all after %s; %g questions to contacts\n", GetParam(),
              shown.editions, Milliseconds(shown.first).c_str(), Milliseconds(shown.all).c_str(), asked);
  ASSERT_EQ(shown.editions, kReleases) << "show the stand-in after " << kPromised;
  // Of a hundred releases at a time, and once more when it is heard on whom else the answer depends.
  EXPECT_LE(asked, 10);

  for (int i = 0; i < kReleases; ++i) {
    SCOPED_TRACE(Id(i));
    const auto answer = suite_.client().Read(EditionName(Id(i)));
    ASSERT_TRUE(answer.edition.ok()) << answer.edition.status();
    EXPECT_TRUE(answer.edition->notices().empty()) << "nothing was wrong";
    v1::GetReleaseRevisionRequest get;
    get.set_name(absl::StrCat(ReleaseName(Id(i)), "/revisions/live"));
    const auto revision = suite_.client().Call(&v1::ReleaseService::Stub::GetReleaseRevision, get);
    ASSERT_TRUE(revision.ok()) << revision.status();
    EXPECT_EQ(revision->content().contact_lines(0).segments(1).value(), "milena@example.org");
    EXPECT_EQ(revision->digest(), answer.edition->digest());
  }

  contacts::v1::ListUsagesRequest list;
  list.set_name(desk->name());
  list.set_page_size(1000);
  const auto usages = suite_.contacts_client().Call(&Suite::ContactStub::ListUsages, list);
  ASSERT_TRUE(usages.ok()) << usages.status();
  ASSERT_EQ(usages->usages_size(), kReleases);
  for (const auto& usage : usages->usages()) EXPECT_TRUE(usage.substitute()) << usage.edition();

  const absl::Time return_time = absl::Now();
  ASSERT_TRUE(suite_.Reactivate(*gone).ok());
  const Shown again = WaitForAll(before, return_time);
  std::printf("%s: back in %d after %s\n", GetParam(), again.editions, Milliseconds(again.all).c_str());
  EXPECT_EQ(again.editions, kReleases) << "show her again after " << kPromised;
}

INSTANTIATE_TEST_SUITE_P(Engines, DepartingSpokespersonTest, ::testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::testing
