// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/lifecycle.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "services/platform/base/timestamp.h"
#include "services/platform/errors/error.h"

namespace communique::releases {
namespace {

using platform::Reason;
using v1::Release;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
const absl::Time kLater = kNow + absl::Hours(1);
const absl::Time kEarlier = kNow - absl::Hours(1);

Release Make(Release::State state, Release::State pending = Release::STATE_UNSPECIFIED,
             absl::Time public_since = kEarlier) {
  Release release;
  release.set_name("newsrooms/n/releases/r");
  release.set_state(state);
  release.set_pending_state(pending);
  if (state == Release::STATE_SCHEDULED || state == Release::STATE_WITHDRAWN) {
    *release.mutable_public_since() = platform::ToTimestamp(public_since);
  }
  return release;
}

// Every standing a release can have, and the verbs that are allowed in it: E dit, S ubmit, R eturn, A pprove, P ublish,
// C orrect, W ithdraw, (I) reinstate, D elete, U ndelete.
struct Row {
  const char* what;
  Release release;
  const char* allowed;
};

const std::vector<Row>& Table() {
  static const std::vector<Row> kTable = {
      {"draft", Make(Release::STATE_DRAFT), "ESD"},
      {"in review", Make(Release::STATE_IN_REVIEW), "ERAD"},
      {"approved", Make(Release::STATE_APPROVED), "ERPD"},
      {"scheduled", Make(Release::STATE_SCHEDULED, Release::STATE_UNSPECIFIED, kLater), "ERP"},
      {"scheduled, draft beside", Make(Release::STATE_SCHEDULED, Release::STATE_DRAFT, kLater), "ESR"},
      {"scheduled, review beside", Make(Release::STATE_SCHEDULED, Release::STATE_IN_REVIEW, kLater), "ERA"},
      {"scheduled, approved beside", Make(Release::STATE_SCHEDULED, Release::STATE_APPROVED, kLater), "ERP"},
      {"public", Make(Release::STATE_SCHEDULED), "EPWI"},
      {"public, draft beside", Make(Release::STATE_SCHEDULED, Release::STATE_DRAFT), "ESPWI"},
      {"public, review beside", Make(Release::STATE_SCHEDULED, Release::STATE_IN_REVIEW), "ERAPWI"},
      {"public, approved beside", Make(Release::STATE_SCHEDULED, Release::STATE_APPROVED), "ERPCWI"},
      {"withdrawn", Make(Release::STATE_WITHDRAWN), "EWI"},
      {"withdrawn, approved beside", Make(Release::STATE_WITHDRAWN, Release::STATE_APPROVED), "ERCWI"},
      {"retracted", Make(Release::STATE_RETRACTED), ""},
      {"deleted", Make(Release::STATE_DELETED), "U"},
      {"from a later version", Make(static_cast<Release::State>(77)), ""},
  };
  return kTable;
}

TEST(LifecycleTest, AllowsExactlyTheVerbsOfTheTable) {
  const std::map<char, Verb> verbs = {{'E', Verb::kEdit},     {'S', Verb::kSubmit},    {'R', Verb::kReturn},
                                      {'A', Verb::kApprove},  {'P', Verb::kPublish},   {'C', Verb::kCorrect},
                                      {'W', Verb::kWithdraw}, {'I', Verb::kReinstate}, {'D', Verb::kDelete},
                                      {'U', Verb::kUndelete}};
  for (const Row& row : Table()) {
    std::string allowed;
    for (const char letter : std::string("ESRAPCWIDU")) {
      const absl::Status status = CheckVerb(verbs.at(letter), row.release, kNow);
      if (status.ok()) {
        allowed += letter;
        continue;
      }
      const bool there = letter == 'U' && row.release.state() != static_cast<Release::State>(77);
      EXPECT_EQ(status.code(), there ? absl::StatusCode::kAlreadyExists : absl::StatusCode::kFailedPrecondition)
          << row.what;
      EXPECT_NE(status.message().find(": "), std::string::npos) << row.what << ": says no way out: " << status;
    }
    std::string expected;
    for (const char letter : std::string("ESRAPCWIDU")) {
      if (std::string(row.allowed).find(letter) != std::string::npos) expected += letter;
    }
    EXPECT_EQ(allowed, expected) << row.what;
  }
}

TEST(LifecycleTest, WhatWasPublicIsNeverDeleted) {
  EXPECT_EQ(platform::ReasonOf(CheckVerb(Verb::kDelete, Make(Release::STATE_SCHEDULED), kNow)),
            Reason::ERROR_REASON_EVER_PUBLIC);
  EXPECT_EQ(platform::ReasonOf(CheckVerb(Verb::kDelete, Make(Release::STATE_WITHDRAWN), kNow)),
            Reason::ERROR_REASON_EVER_PUBLIC);
  EXPECT_EQ(platform::ReasonOf(
                CheckVerb(Verb::kDelete, Make(Release::STATE_SCHEDULED, Release::STATE_UNSPECIFIED, kLater), kNow)),
            Reason::ERROR_REASON_INVALID_TRANSITION);
}

TEST(LifecycleTest, ErrorsNameTheStateAndTheVerb) {
  const absl::Status status = CheckVerb(Verb::kPublish, Make(Release::STATE_DRAFT), kNow);
  EXPECT_EQ(status.message(),
            "newsrooms/n/releases/r is DRAFT, so PublishRelease is not possible: submit it and have it approved first");
  EXPECT_EQ(platform::ErrorMetadataValue(status, "state"), "DRAFT");
  EXPECT_EQ(platform::ErrorMetadataValue(status, "verb"), "PublishRelease");
}

TEST(LifecycleTest, BecomesPublicByTheClockAlone) {
  Release release = Make(Release::STATE_SCHEDULED, Release::STATE_UNSPECIFIED, kNow);
  SetStateAt(release, kNow - absl::Microseconds(1));
  EXPECT_EQ(release.state(), Release::STATE_SCHEDULED);
  SetStateAt(release, kNow);
  EXPECT_EQ(release.state(), Release::STATE_PUBLISHED);
}

TEST(LifecycleTest, AnEditBeginsTheReviewAgainAndVoidsTheApproval) {
  Release release = Make(Release::STATE_IN_REVIEW);
  release.set_latest_revision("newsrooms/n/releases/r/revisions/1");
  ASSERT_TRUE(Approve({"bo", kNow}, "d1", {}, release).ok());
  EXPECT_TRUE(IsApproved(release, "d1"));
  EXPECT_FALSE(IsApproved(release, "d2"));
  ContentChanged({"ann", kNow}, release);
  EXPECT_EQ(release.state(), Release::STATE_DRAFT);
  EXPECT_FALSE(IsApproved(release, "d1"));
  EXPECT_EQ(release.last_editor(), "ann");
}

TEST(LifecycleTest, AnEditOfAPublicReleaseLeavesItPublic) {
  Release release = Make(Release::STATE_SCHEDULED);
  ContentChanged({"ann", kNow}, release);
  EXPECT_EQ(release.state(), Release::STATE_SCHEDULED);
  EXPECT_EQ(release.pending_state(), Release::STATE_DRAFT);
}

TEST(LifecycleTest, TheLastEditorApprovesOnlyWhereThePolicySaysSo) {
  Release release = Make(Release::STATE_IN_REVIEW);
  release.set_last_editor("ann");
  v1::NewsroomPolicy policy;
  EXPECT_EQ(platform::ReasonOf(Approve({"ann", kNow}, "d", policy, release)),
            Reason::ERROR_REASON_APPROVER_IS_LAST_EDITOR);
  EXPECT_EQ(release.state(), Release::STATE_IN_REVIEW);
  policy.set_allow_self_approval(true);
  EXPECT_TRUE(Approve({"ann", kNow}, "d", policy, release).ok());
  EXPECT_EQ(release.state(), Release::STATE_APPROVED);
}

TEST(LifecycleTest, ReturningCancelsAScheduleCompletely) {
  Release release = Make(Release::STATE_SCHEDULED, Release::STATE_UNSPECIFIED, kLater);
  release.set_live_revision("newsrooms/n/releases/r/revisions/1");
  release.add_editions()->set_locale("de");
  Returned({"rev", kNow}, "not yet", kNow, release);
  EXPECT_EQ(release.state(), Release::STATE_DRAFT);
  EXPECT_EQ(release.pending_state(), Release::STATE_UNSPECIFIED);
  EXPECT_TRUE(release.live_revision().empty());
  EXPECT_FALSE(release.has_public_since());
  EXPECT_EQ(release.editions_size(), 0);
  EXPECT_EQ(release.review_comment().text(), "not yet");
}

TEST(LifecycleTest, ReturningWhatIsInReviewBesideAScheduleLeavesTheSchedule) {
  Release release = Make(Release::STATE_SCHEDULED, Release::STATE_IN_REVIEW, kLater);
  Returned({"rev", kNow}, "typo", kNow, release);
  EXPECT_EQ(release.state(), Release::STATE_SCHEDULED);
  EXPECT_EQ(release.pending_state(), Release::STATE_DRAFT);
  EXPECT_TRUE(release.has_public_since());
}

}  // namespace
}  // namespace communique::releases
