// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// From a press text to a draft in the store, with the bundled sample.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "services/releases/testing/release_driver.h"
#include "services/releases/usecases/import_release.h"
#include "services/releases/usecases/sections.h"

namespace communique::releases {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;

constexpr char kRequestId[] = "3f0e7c52-6d0b-4a39-9b1c-0d6a4b8e1f27";

std::string Sample() {
  std::stringstream text;
  text << std::ifstream("tools/sample/press-release.de.txt").rdbuf();
  return text.str();
}

template <typename Findings>
std::vector<std::string> Rules(const Findings& findings) {
  std::vector<std::string> rules;
  for (const v1::Finding& finding : findings) rules.push_back(finding.rule());
  return rules;
}

// "30:1 contact-domain-mismatch".
template <typename Findings>
std::vector<std::string> PlacedRules(const Findings& findings) {
  std::vector<std::string> rules;
  for (const v1::Finding& finding : findings) {
    rules.push_back(std::to_string(finding.line()) + ":" + std::to_string(finding.column()) + " " + finding.rule());
  }
  return rules;
}

class ImportReleaseTest : public testing::TestWithParam<const char*> {
 protected:
  ImportReleaseTest() {
    store_.MakeNewsroom("igh");
    request_.set_parent("newsrooms/igh");
    request_.set_text(Sample());
    request_.set_language("de");
  }

  absl::StatusOr<v1::ImportReleaseResponse> Import() {
    const Caller caller = ReleasesStore::As("author");
    const auto read = ReadImportFile(store_.environment(), caller, request_);
    if (!read.ok()) return read.status();
    auto stored = StoreImport(store_.environment(), caller, request_, *read);
    if (!stored.ok()) return stored.status();
    return std::move(stored->value);
  }
  absl::StatusOr<v1::Release> Get(const std::string& name) {
    v1::GetReleaseRequest request;
    request.set_name(name);
    return GetRelease(store_.environment(), ReleasesStore::As("author"), request);
  }
  std::string Render(const std::string& name) {
    v1::RenderReleaseRequest request;
    request.set_name(name);
    request.set_format(v1::RENDER_FORMAT_PLAIN_TEXT);
    const auto rendering = RenderRelease(store_.environment(), ReleasesStore::As("author"), request);
    EXPECT_TRUE(rendering.ok()) << rendering.status();
    return rendering.ok() ? rendering->text() : "";
  }
  int Releases() {
    v1::ListReleasesRequest request;
    request.set_parent("newsrooms/igh");
    return ListReleases(store_.environment(), ReleasesStore::As("author"), request)->releases_size();
  }
  int Sections() {
    v1::ListSectionsRequest request;
    request.set_parent("newsrooms/igh");
    return ListSections(store_.environment(), ReleasesStore::As("author"), request)->sections_size();
  }

  ReleasesStore store_{GetParam()};
  v1::ImportReleaseRequest request_;
};

TEST_P(ImportReleaseTest, TheReportAndTheStoredReleaseAreTheFileAgain) {
  const auto imported = Import();
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_EQ(imported->release().state(), v1::Release::STATE_DRAFT);
  const std::string rendered = Render(imported->release().name());
  std::string again;
  for (const v1::Fragment& fragment : imported->report().fragments()) {
    again += fragment.role() == v1::Fragment::ROLE_RELEASE ? rendered : fragment.text();
  }
  EXPECT_EQ(again, Sample());
}

TEST_P(ImportReleaseTest, ReportsWhatTheImporterAndTheLinterFoundInTheOrderOfTheFile) {
  const auto imported = Import();
  ASSERT_TRUE(imported.ok()) << imported.status();
  // The page above the text; a date without its year; "heute"; a quotation closed by ” instead of “; photos "online
  // verfügbar" without an address; the second body in the contacts, and its mailbox in the domain of a ministry.
  EXPECT_THAT(PlacedRules(imported->report().findings()),
              ElementsAre("1:1 navigation-set-apart", "17:22 dateline-year-missing", "18:55 relative-date",
                          "20:371 quote-marks-mismatched", "23:50 missing-link-target", "30:1 second-organization",
                          "30:1 contact-domain-mismatch"));
  const auto& findings = imported->report().findings();
  EXPECT_TRUE(std::is_sorted(findings.begin(), findings.end(), [](const v1::Finding& left, const v1::Finding& right) {
    return std::pair(left.line(), left.column()) < std::pair(right.line(), right.column());
  }));
  // Reading the release gives the linter's, with places in its own text.
  const auto read = Get(imported->release().name());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(Rules(read->findings()), IsSupersetOf({"quote-marks-mismatched", "relative-date"}));
  for (const v1::Finding& finding : read->findings()) EXPECT_EQ(finding.source(), v1::Finding::SOURCE_LINT);
}

TEST_P(ImportReleaseTest, ADryRunGivesTheReportAndMakesNothing) {
  request_.set_validate_only(true);
  request_.set_with_sections(true);
  const auto imported = Import();
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_FALSE(imported->report().fragments().empty());
  EXPECT_EQ(imported->release().name(), "");
  EXPECT_EQ(Releases(), 0);
  EXPECT_EQ(Sections(), 0);
}

TEST_P(ImportReleaseTest, MakesTheProposedSectionsOnce) {
  request_.set_with_sections(true);
  const auto imported = Import();
  ASSERT_TRUE(imported.ok()) << imported.status();
  EXPECT_EQ(imported->sections_size(), imported->report().proposed_sections_size());
  EXPECT_THAT(imported->sections(), Contains("newsrooms/igh/sections/ueber-uns"));
  EXPECT_EQ(Sections(), imported->sections_size());
  const auto again = Import();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->sections_size(), 0);
  EXPECT_EQ(Sections(), imported->sections_size());
  EXPECT_EQ(Releases(), 2);
}

TEST_P(ImportReleaseTest, TheSameRequestIdImportsOnce) {
  request_.set_request_id(kRequestId);
  const auto first = Import();
  const auto second = Import();
  ASSERT_TRUE(first.ok() && second.ok()) << first.status() << second.status();
  EXPECT_EQ(first->release().name(), second->release().name());
  EXPECT_EQ(Releases(), 1);
}

TEST_P(ImportReleaseTest, ARefusedFileLeavesNothing) {
  request_.set_with_sections(true);
  request_.set_text("Titel\n\xff\n");
  EXPECT_TRUE(absl::IsInvalidArgument(Import().status()));
  request_.set_text(Sample());
  request_.set_language("xx-not-a-tag-");
  EXPECT_TRUE(absl::IsInvalidArgument(Import().status()));
  request_.set_language("fr");  // not one of the newsroom's
  EXPECT_TRUE(absl::IsInvalidArgument(Import().status()));
  EXPECT_EQ(Releases(), 0);
  EXPECT_EQ(Sections(), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, ImportReleaseTest, testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer),
                         [](const auto& engine) { return std::string(engine.param); });

}  // namespace
}  // namespace communique::releases
