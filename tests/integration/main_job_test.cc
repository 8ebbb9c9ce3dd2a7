// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The path of a release, from a text as a web page gives it to a tombstone: walked by several people at a shell, with
// the built command and the built service, on both engines.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"
#include "services/platform/testing/test_database.h"
#include "tests/testing/people.h"
#include "tests/testing/run_program.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAre;

constexpr char kSample[] = "tools/sample/press-release.de.txt";
constexpr char kWrong[] = "Ständige Vertretung der UN bei der UN";
constexpr char kRight[] = "Ständige Vertretung Musterlands bei den UN";
constexpr char kNotice[] = "In der letzten Kontaktzeile war die Vertretung falsch bezeichnet.";

using Words = std::vector<std::string>;

class MainJobTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(As("admin", {"newsroom", "create", "igh", "--display-name", "Internationale Gewässerhilfe",
                             "--language", "de", "--time-zone", "Europe/Berlin"})
                    .ok());
  }

  void TearDown() override {
    EXPECT_EQ(process_.Terminate(), 0);
    if (HasFailure()) std::fputs(process_.log().Text().c_str(), stderr);
  }

  static Words Command(const std::string& server, const Words& words) {
    Words command = {COMMUNIQUE_PROGRAM, "--server", server, "--deadline", "20s"};
    command.insert(command.end(), words.begin(), words.end());
    if (std::find(words.begin(), words.end(), "--output") == words.end()) {
      command.insert(command.end(), {"--output", "json"});
    }
    return command;
  }
  // At the press office: with the token of one of the people.
  Outcome As(const std::string& who, Words words) {
    words.insert(words.end(), {"--token-file", people_.TokenFile(who)});
    return RunProgram(Command(process_.internal(), words));
  }
  // Outside: without a token, at the public listener.
  Outcome Anyone(const Words& words) { return RunProgram(Command(process_.public_reads(), words)); }

  // The same, for words that must succeed; what they answer.
  nlohmann::json Must(const Outcome& outcome) {
    EXPECT_TRUE(outcome.ok()) << outcome;
    return outcome.ok() ? outcome.Json() : nlohmann::json();
  }
  // The reason of a refusal.
  static std::string Refusal(const Outcome& outcome) {
    EXPECT_EQ(outcome.status, 1) << outcome;
    const auto error = nlohmann::json::parse(outcome.err, nullptr, false);
    if (error.is_discarded() || !error.contains("details")) return outcome.err;
    for (const auto& detail : error["details"]) {
      if (detail.contains("reason")) return detail["reason"];
    }
    return outcome.err;
  }

  Outcome Import(const std::string& who, const Words& more) {
    Words words = {"import", kSample, "--newsroom", "igh", "--language", "de"};
    words.insert(words.end(), more.begin(), more.end());
    return As(who, words);
  }
  // `state`: where the review of the text is told: "state" before publication, "pendingState" after.
  void SubmitAndApprove(const char* state = "state") {
    EXPECT_EQ(Must(As("author", {"release", "submit", "igh/jubilee"})).value(state, ""), "STATE_IN_REVIEW");
    EXPECT_EQ(Must(As("approver", {"release", "approve", "igh/jubilee"})).value(state, ""), "STATE_APPROVED");
  }
  // The sample, imported, approved and published.
  void Publish() {
    Must(Import("author", {"--release-id", "jubilee"}));
    SubmitAndApprove();
    EXPECT_EQ(Must(As("publisher", {"release", "publish", "igh/jubilee", "--language", "de"})).value("state", ""),
              "STATE_PUBLISHED");
  }
  void Correct() {
    Must(As("author", {"release", "replace", "igh/jubilee", kWrong, kRight}));
    SubmitAndApprove("pendingState");
    Must(As("corrector",
            {"release", "correct", "igh/jubilee", "--language", "de", "--notice", std::string("de=") + kNotice}));
  }

  const std::string sample_ = ReadFile(kSample);
  People people_;
  ReleasesData data_{GetParam()};
  // What watchers are told is what there is to read then, and not what others were told a moment ago.
  ReleasesProcess process_{data_.FlagsAnd({People::mode_flag(), people_.file_flag(), "--watch.reuse=0s"}),
                           data_.environment()};
};

INSTANTIATE_TEST_SUITE_P(Engines, MainJobTest, ::testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

// Where the release stands in the sample, by the report's own words.
std::string ReleasePart(const nlohmann::json& report, const std::string& sample) {
  for (const auto& fragment : report["fragments"]) {
    if (fragment["role"] != "ROLE_RELEASE") continue;
    return sample.substr(std::stoul(fragment.value("byteOffset", "0")), std::stoul(fragment.value("byteLength", "0")));
  }
  ADD_FAILURE() << "the report knows of no release: " << report;
  return "";
}

TEST_P(MainJobTest, ATextIsImportedAndNoByteIsLost) {
  const nlohmann::json report_alone = Must(Import("author", {"--validate-only"}));
  EXPECT_FALSE(report_alone["release"].contains("name"));
  EXPECT_TRUE(Must(As("author", {"release", "list"})).value("releases", nlohmann::json::array()).empty());

  // Sections are the newsroom's: an author does not make them.
  EXPECT_EQ(Refusal(Import("author", {"--release-id", "jubilee", "--with-sections"})), "PERMISSION_DENIED");
  // Nor contacts, although the contacts service would take them from this service.
  EXPECT_EQ(Refusal(Import("author", {"--release-id", "jubilee", "--create-contacts"})), "PERMISSION_DENIED");
  const nlohmann::json imported = Must(Import("boss", {"--release-id", "jubilee", "--with-sections"}));
  EXPECT_EQ(imported["release"].value("name", ""), "newsrooms/igh/releases/jubilee");
  EXPECT_EQ(imported["release"].value("state", ""), "STATE_DRAFT");
  EXPECT_EQ(imported["report"]["parts"], report_alone["report"]["parts"]);
  EXPECT_EQ(imported["sections"].size(), report_alone["report"]["proposedSections"].size());
  EXPECT_EQ(imported["sections"].size(), 8);

  const Outcome text = As("author", {"release", "render", "igh/jubilee", "--output", "text"});
  EXPECT_TRUE(text.ok()) << text;
  EXPECT_EQ(text.out, ReleasePart(imported["report"], sample_));
  std::string file;
  for (const auto& fragment : imported["report"]["fragments"]) {
    file += fragment["role"] == "ROLE_RELEASE" ? text.out : fragment.value("text", "");
  }
  EXPECT_EQ(file, sample_);

  std::vector<std::string> rules;
  for (const auto& finding : imported["report"]["findings"]) rules.push_back(finding.value("rule", ""));
  EXPECT_THAT(rules, IsSupersetOf({"navigation-set-apart", "missing-link-target", "second-organization"}));
}

TEST_P(MainJobTest, EachDoesTheirOwnPart) {
  Must(Import("author", {"--release-id", "jubilee"}));
  EXPECT_EQ(Refusal(As("reader", {"release", "submit", "igh/jubilee"})), "PERMISSION_DENIED");
  Must(As("boss", {"release", "replace", "igh/jubilee", kWrong, kRight}));
  Must(As("boss", {"release", "submit", "igh/jubilee"}));
  EXPECT_EQ(Refusal(As("author", {"release", "approve", "igh/jubilee"})), "PERMISSION_DENIED");
  EXPECT_EQ(Refusal(As("boss", {"release", "approve", "igh/jubilee"})), "APPROVER_IS_LAST_EDITOR");
  EXPECT_EQ(Refusal(As("publisher", {"release", "publish", "igh/jubilee", "--language", "de"})), "INVALID_TRANSITION");
  Must(As("approver", {"release", "approve", "igh/jubilee"}));
  EXPECT_EQ(Refusal(As("author", {"release", "publish", "igh/jubilee", "--language", "de"})), "PERMISSION_DENIED");
  EXPECT_EQ(Anyone({"edition", "get", "igh/jubilee/de"}).status, 3);
  Must(As("publisher", {"release", "publish", "igh/jubilee", "--language", "de"}));
  EXPECT_TRUE(Anyone({"edition", "get", "igh/jubilee/de"}).ok());
}

TEST_P(MainJobTest, AnEditionIsReadCorrectedAndWithdrawn) {
  Publish();
  nlohmann::json edition = Must(Anyone({"edition", "get", "igh/jubilee/de"}));
  EXPECT_EQ(edition.value("visibility", ""), "VISIBILITY_LIVE");
  const Outcome text = As("reader", {"release", "render", "igh/jubilee", "--output", "text"});
  EXPECT_EQ(Anyone({"edition", "render", "igh/jubilee/de", "--output", "text"}).out, text.out);
  const nlohmann::json resolved = Must(Anyone({"edition", "resolve", "igh/jubilee", "--language", "fr,de-CH"}));
  EXPECT_EQ(resolved.value("match", ""), "MATCH_LOOKUP");
  EXPECT_EQ(resolved["edition"], edition);
  const nlohmann::json list = Must(Anyone({"edition", "list", "--newsroom", "igh"}));
  ASSERT_EQ(list["editions"].size(), 1);
  EXPECT_EQ(list["editions"][0]["headline"], edition["content"]["headline"]);

  Correct();
  edition = Must(Anyone({"edition", "get", "igh/jubilee/de"}));
  ASSERT_EQ(edition["notices"].size(), 1);
  EXPECT_EQ(edition["notices"][0].value("text", ""), kNotice);
  const Outcome corrected = Anyone({"edition", "render", "igh/jubilee/de", "--output", "text"});
  EXPECT_THAT(corrected.out, HasSubstr(kRight));
  EXPECT_EQ(corrected.out.find(kWrong), std::string::npos);
  EXPECT_EQ(Must(Anyone({"edition", "list", "--newsroom", "igh"}))["editions"][0].value("corrected", false), true);

  Must(As("corrector", {"release", "withdraw", "igh/jubilee", "--kind", "gone"}));
  edition = Must(Anyone({"edition", "get", "igh/jubilee/de"}));
  EXPECT_EQ(edition.value("visibility", ""), "VISIBILITY_TOMBSTONE");
  EXPECT_FALSE(edition.contains("content"));
  EXPECT_TRUE(
      Must(Anyone({"edition", "list", "--newsroom", "igh"})).value("editions", nlohmann::json::array()).empty());
  EXPECT_NE(Anyone({"edition", "render", "igh/jubilee/de"}).status, 0);
}

// What a watch of the events of `type` printed, a line for each.
std::vector<std::string> Verbs(const std::string& lines) {
  std::vector<std::string> verbs;
  for (const absl::string_view line : absl::StrSplit(lines, '\n', absl::SkipEmpty())) {
    const auto event = nlohmann::json::parse(line, nullptr, false);
    verbs.push_back(event.is_discarded() ? std::string(line) : event["change"].value("verb", ""));
  }
  return verbs;
}

TEST_P(MainJobTest, WatchersAreToldOfEachStep) {
  const std::string start = Must(As("reader", {"release", "list"})).value("watchToken", "");
  const std::string public_start = Must(Anyone({"edition", "list", "--newsroom", "igh"})).value("watchToken", "");
  const platform::TemporaryFolder folder;
  platform::Process watcher(
      Command(process_.public_reads(), {"watch", "--public", "--count", "3"}),
      platform::ProcessOptions{.user = "", .output_file = folder.File("watched"), .environment = {}});
  const auto watchers = [this] { return process_.Metric(R"(communique_watch_watchers{feed="public"})"); };
  for (const absl::Time end = absl::Now() + absl::Seconds(20); watchers() < 1 && absl::Now() < end;) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  Publish();
  Correct();
  Must(As("corrector", {"release", "withdraw", "igh/jubilee", "--kind", "gone"}));
  EXPECT_EQ(watcher.Wait(absl::Seconds(20)), 0);
  EXPECT_THAT(Verbs(ReadFile(folder.File("watched"))),
              ElementsAre("VERB_PUBLISHED", "VERB_CORRECTED", "VERB_WITHDRAWN"));

  const Outcome history = As("reader", {"watch", "--from", start, "--count", "9"});
  EXPECT_THAT(Verbs(history.out),
              ElementsAre("VERB_CREATED", "VERB_SUBMITTED", "VERB_APPROVED", "VERB_PUBLISHED", "VERB_UPDATED",
                          "VERB_SUBMITTED", "VERB_APPROVED", "VERB_CORRECTED", "VERB_WITHDRAWN"))
      << history;

  // Who was away meanwhile hears that it all happened, and not a word of what has gone.
  const Outcome later = Anyone({"watch", "--public", "--from", public_start, "--count", "3"});
  EXPECT_THAT(Verbs(later.out), ElementsAre("VERB_PUBLISHED", "VERB_CORRECTED", "VERB_WITHDRAWN")) << later;
  for (const absl::string_view line : absl::StrSplit(later.out, '\n', absl::SkipEmpty())) {
    std::vector<std::string> told;
    const nlohmann::json card = nlohmann::json::parse(line)["change"]["edition"];
    for (const auto& [key, value] : card.items()) told.push_back(key);
    EXPECT_THAT(told, UnorderedElementsAre("name", "etag", "visibility", "locale", "publishTime", "updateTime"));
    EXPECT_EQ(card.value("visibility", ""), "VISIBILITY_TOMBSTONE");
  }
}

TEST_P(MainJobTest, ThePublicListenerKnowsEditionsAlone) {
  Publish();
  for (const Words& words :
       {Words{"newsroom", "get", "igh"}, Words{"release", "get", "igh/jubilee"}, Words{"release", "list"}}) {
    // With the best of tokens.
    Words with_token = words;
    with_token.insert(with_token.end(), {"--token-file", people_.TokenFile("boss")});
    EXPECT_THAT(Anyone(with_token).err, HasSubstr("\"code\": 12")) << words[0];  // UNIMPLEMENTED
    // Without a token, the internal listener tells nothing either.
    EXPECT_EQ(Refusal(RunProgram(Command(process_.internal(), words))), "TOKEN_REQUIRED") << words[0];
  }
  EXPECT_TRUE(Anyone({"edition", "get", "igh/jubilee/de"}).ok());
}

}  // namespace
}  // namespace communique::testing
