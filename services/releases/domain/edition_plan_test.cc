// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/edition_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/base/timestamp.h"
#include "services/releases/domain/visibility.h"

namespace communique::releases {
namespace {

using platform::FromTimestamp;
using platform::ToTimestamp;
using testing::ElementsAre;
using testing::IsEmpty;
using v1::Change;
using v1::Edition;

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);
constexpr char kRelease[] = "newsrooms/n/releases/20261016-abcdefghij";

std::string EditionName(const std::string& locale) { return absl::StrCat(kRelease, "/editions/", locale); }

// A release of two languages, with a text in each.
class EditionPlanTest : public testing::Test {
 protected:
  EditionPlanTest() {
    newsroom_.set_name("newsrooms/n");
    newsroom_.set_display_name("Example Relief");
    newsroom_.set_source_language("de");
    newsroom_.set_web_address_template("https://press.example.org/{locale}/{slug}");
    release_.set_name(kRelease);
    release_.set_state(v1::Release::STATE_SCHEDULED);
  }

  v1::EditionSummary& Add(const std::string& locale, absl::Time since) {
    auto& summary = *release_.add_editions();
    summary.set_name(EditionName(locale));
    summary.set_locale(locale);
    summary.set_slug("slug-" + locale);
    summary.set_revision("r1");
    *summary.mutable_public_since() = ToTimestamp(since);
    *summary.mutable_update_time() = ToTimestamp(since);
    FrozenText text;
    text.content.set_language(locale);
    text.content.set_headline("Headline " + locale);
    text.digest = "digest " + locale;
    texts_[{"r1", locale}] = std::move(text);
    return summary;
  }
  void AddCorrection(absl::Time time, const std::string& text) {
    auto& correction = *release_.add_corrections();
    *correction.mutable_time() = ToTimestamp(time);
    auto& notice = *correction.add_notices();
    notice.set_locale("de");
    notice.set_text(text);
  }
  std::vector<PlannedEdition> Plan(Change::Verb verb = Change::VERB_CORRECTED) const {
    return PlanEditions(release_, newsroom_, texts_, lines_, verb, kNow);
  }
  // The states in order, as "de +1h: links".
  std::vector<std::string> Told(const std::vector<PlannedEdition>& plan) const {
    std::vector<std::string> told;
    for (const auto& planned : plan) {
      std::string line =
          absl::StrCat(planned.edition.locale(), " +", absl::FormatDuration(planned.public_since - kNow));
      for (const auto& link : planned.edition.other_languages()) absl::StrAppend(&line, " ", link.locale());
      told.push_back(std::move(line));
    }
    return told;
  }
  static std::vector<std::string> Notices(const Edition& edition) {
    std::vector<std::string> texts;
    for (const auto& notice : edition.notices()) texts.push_back(notice.text());
    return texts;
  }

  v1::Newsroom newsroom_;
  v1::Release release_;
  FrozenTexts texts_;
  PrintedLines lines_;
};

TEST_F(EditionPlanTest, WhoStandsInIsShownFromTheInstantOn) {
  Add("de", kNow - absl::Hours(1));
  FrozenText& text = texts_[{"r1", "de"}];
  auto& line = *text.content.add_contact_lines();
  line.set_part_id("c1");
  line.set_contact("newsrooms/n/contacts/a");
  line.add_segments()->set_value("A, as signed");
  auto& printed = lines_.emplace_back();
  printed.set_locale("de");
  printed.set_part_id("c1");
  printed.set_revision("r1");
  printed.add_periods()->set_contact("newsrooms/n/contacts/a");
  printed.mutable_periods(0)->set_as_signed(true);
  auto& then = *printed.add_periods();
  *then.mutable_start() = ToTimestamp(kNow + absl::Hours(2));
  then.set_contact("newsrooms/n/contacts/b");
  then.add_segments()->set_value("B, in the place of A");
  const auto plan = Plan(Change::VERB_UPDATED);
  ASSERT_EQ(plan.size(), 2U);
  EXPECT_EQ(plan[0].edition.content().contact_lines(0).segments(0).value(), "A, as signed");
  EXPECT_EQ(plan[1].public_since, kNow + absl::Hours(2));
  EXPECT_EQ(plan[1].verb, Change::VERB_UPDATED);
  EXPECT_EQ(plan[1].edition.content().contact_lines(0).segments(0).value(), "B, in the place of A");
  EXPECT_EQ(plan[1].edition.digest(), plan[0].edition.digest()) << "of what was signed";
  EXPECT_TRUE(plan[1].edition.notices().empty());
}

TEST_F(EditionPlanTest, AnEditionIsLinkedFromItsBeginningOn) {
  Add("de", kNow - absl::Hours(1));
  Add("en", kNow + absl::Hours(1));
  EXPECT_THAT(Told(Plan()), ElementsAre("de +0", "de +1h en", "en +1h de"));
}

TEST_F(EditionPlanTest, WhatBeganEarlierIsInForceFromNowAndNotFromThen) {
  Add("de", kNow - absl::Hours(1));
  const auto plan = Plan();
  ASSERT_EQ(plan.size(), 1U);
  EXPECT_EQ(plan[0].public_since, kNow);
  EXPECT_EQ(FromTimestamp(plan[0].edition.publish_time()), kNow - absl::Hours(1));
}

TEST_F(EditionPlanTest, WithoutATimeNothingIsPlanned) {
  Add("de", kNow).clear_public_since();
  EXPECT_THAT(Plan(), IsEmpty());
}

TEST_F(EditionPlanTest, TheVerbIsForWhatIsDecidedAboutNow) {
  *Add("de", kNow - absl::Hours(1)).mutable_update_time() = ToTimestamp(kNow);
  Add("en", kNow - absl::Hours(1));
  Add("fr", kNow + absl::Hours(1));
  for (const auto& planned : Plan(Change::VERB_CORRECTED)) {
    const bool decided_now = planned.edition.locale() == "de" && planned.public_since == kNow;
    EXPECT_EQ(planned.verb, decided_now ? Change::VERB_CORRECTED : Change::VERB_UPDATED) << planned.edition.locale();
  }
}

TEST_F(EditionPlanTest, ACorrectionIsToldToThoseWhoMayHaveReadTheMistake) {
  Add("de", kNow - absl::Hours(2));
  Add("en", kNow - absl::Hours(1));
  AddCorrection(kNow - absl::Hours(2) - absl::Seconds(1), "before");
  AddCorrection(kNow - absl::Hours(2), "as it began");
  AddCorrection(kNow - absl::Minutes(90), "between");
  const auto plan = Plan();
  EXPECT_THAT(Notices(plan[0].edition), ElementsAre("as it began", "between"));
  EXPECT_TRUE(plan[0].card.corrected());
  EXPECT_THAT(Notices(plan[1].edition), IsEmpty());
  EXPECT_FALSE(plan[1].card.corrected());
  // Who has no words of his own says the newsroom's.
  AddCorrection(kNow - absl::Minutes(30), "later");
  ASSERT_EQ(Plan()[1].edition.notices_size(), 1);
  EXPECT_FALSE(Plan()[1].edition.notices(0).text().empty());
  EXPECT_NE(Plan()[1].edition.notices(0).text(), "later");
}

TEST_F(EditionPlanTest, WhereTheTextIsGoneNothingRepeatsWhatWasWrongInIt) {
  Add("de", kNow - absl::Hours(2));
  AddCorrection(kNow - absl::Hours(1), "It said 300.");
  auto& withdrawal = *release_.mutable_withdrawal();
  auto& explanation = *withdrawal.add_explanations();
  explanation.set_locale("de");
  explanation.set_text("Taken back.");
  withdrawal.set_kind(v1::Withdrawal::KIND_NOTICE);
  EXPECT_THAT(Notices(Plan()[0].edition), ElementsAre("It said 300.", "Taken back."));
  for (const auto kind : {v1::Withdrawal::KIND_GONE, v1::Withdrawal::KIND_REDIRECT}) {
    withdrawal.set_kind(kind);
    const auto plan = Plan();
    EXPECT_THAT(Notices(plan[0].edition), ElementsAre("Taken back."));
    EXPECT_FALSE(plan[0].edition.has_content());
    EXPECT_THAT(plan[0].edition.digest() + plan[0].edition.slug() + plan[0].edition.web_address(), IsEmpty());
    EXPECT_THAT(plan[0].card.headline() + plan[0].card.slug() + plan[0].card.summary(), IsEmpty());
  }
}

TEST_F(EditionPlanTest, OnlyWhatHasATextIsLinked) {
  Add("de", kNow - absl::Hours(1));
  auto& english = Add("en", kNow - absl::Hours(1));
  const auto linked = [&] { return Plan()[0].edition.other_languages_size() == 1; };
  EXPECT_TRUE(linked());
  english.mutable_withdrawal()->set_kind(v1::Withdrawal::KIND_NOTICE);
  EXPECT_TRUE(linked());
  english.mutable_withdrawal()->set_kind(v1::Withdrawal::KIND_REDIRECT);
  EXPECT_FALSE(linked());
  english.mutable_withdrawal()->set_kind(v1::Withdrawal::KIND_GONE);
  EXPECT_FALSE(linked());
}

TEST_F(EditionPlanTest, TheReleasesWithdrawalGoesBeforeTheLanguages) {
  auto& german = Add("de", kNow - absl::Hours(1));
  german.mutable_withdrawal()->set_kind(v1::Withdrawal::KIND_GONE);
  EXPECT_EQ(DecidedVisibility(release_, german), Edition::VISIBILITY_TOMBSTONE);
  release_.mutable_withdrawal()->set_kind(v1::Withdrawal::KIND_NOTICE);
  EXPECT_EQ(DecidedVisibility(release_, german), Edition::VISIBILITY_NOTICE);
  german.clear_withdrawal();
  release_.clear_withdrawal();
  EXPECT_EQ(DecidedVisibility(release_, german), Edition::VISIBILITY_LIVE);
}

// A kind that a later version has added hides the text, whatever it means.
TEST_F(EditionPlanTest, AnUnknownKindOfWithdrawalShowsNoText) {
  auto& german = Add("de", kNow - absl::Hours(1));
  german.mutable_withdrawal()->set_kind(static_cast<v1::Withdrawal::Kind>(77));
  EXPECT_FALSE(ShowsText(DecidedVisibility(release_, german)));
}

TEST_F(EditionPlanTest, TheSameIsTheSameToTheByteAndAnyDifferenceAnotherEtag) {
  Add("de", kNow - absl::Hours(1));
  const Edition edition = Plan()[0].edition;
  EXPECT_EQ(Plan()[0].edition.SerializeAsString(), edition.SerializeAsString());
  const auto changed = [&] { return Plan()[0].edition.etag() != edition.etag(); };
  EXPECT_FALSE(changed());
  release_.add_topics("water");
  EXPECT_TRUE(changed());
  release_.clear_topics();
  newsroom_.set_display_name("Example Aid");
  EXPECT_TRUE(changed());
  newsroom_.set_display_name("Example Relief");
  texts_[{"r1", "de"}].content.set_headline("Another");
  EXPECT_TRUE(changed());
  texts_[{"r1", "de"}].content.set_headline("Headline de");
  EXPECT_FALSE(changed());
}

}  // namespace
}  // namespace communique::releases
