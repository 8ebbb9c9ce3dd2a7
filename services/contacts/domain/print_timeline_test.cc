// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/print_timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "services/platform/base/timestamp.h"

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using C = v1::Contact;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

std::string NameOf(const std::string& id) { return "newsrooms/n/contacts/" + id; }
std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

class PrintTimelineTest : public testing::Test {
 protected:
  C& Add(const std::string& id, const std::string& substitute = "") {
    C& contact = contacts_[NameOf(id)];
    contact.set_name(NameOf(id));
    contact.set_kind(C::KIND_PERSON);
    contact.set_state(C::STATE_ACTIVE);
    contact.set_visibility(v1::VISIBILITY_PUBLIC);
    if (!substitute.empty()) contact.set_substitute(NameOf(substitute));
    return contact;
  }
  static void Valid(C& contact, int from_hour, int until_hour) {
    if (from_hour != 0) *contact.mutable_valid_from() = platform::ToTimestamp(kNow + absl::Hours(from_hour));
    if (until_hour != 0) *contact.mutable_valid_until() = platform::ToTimestamp(kNow + absl::Hours(until_hour));
  }
  PrintTimeline Plan(const std::string& id) {
    const auto timeline = PlanPrinting(contacts_.at(NameOf(id)), kNow,
                                       [this](const std::string& name) -> absl::StatusOr<std::optional<C>> {
                                         ++lookups_;
                                         const auto found = contacts_.find(name);
                                         if (found == contacts_.end()) return std::optional<C>();
                                         return std::optional<C>(found->second);
                                       });
    EXPECT_TRUE(timeline.ok()) << timeline.status();
    return timeline.ok() ? *timeline : PrintTimeline();
  }
  // "hour:id", with a "*" where it stands in.
  std::vector<std::string> Periods(const std::string& id) {
    std::vector<std::string> texts;
    for (const auto& period : Plan(id).periods) {
      texts.push_back(absl::StrCat(absl::ToInt64Hours(period.start - kNow), ":",
                                   period.contact ? IdOf(period.contact->name()) : "-", period.substitute ? "*" : ""));
    }
    return texts;
  }

  std::map<std::string, C> contacts_;
  int lookups_ = 0;
};

TEST_F(PrintTimelineTest, WhoHasNoEndIsPrintedForGood) {
  Add("a", "desk");
  Add("desk");
  EXPECT_THAT(Periods("a"), ElementsAre("0:a"));
  EXPECT_THAT(Plan("a").depends_on, ElementsAre(NameOf("a"))) << "the desk is not asked as long as a is there";
}

TEST_F(PrintTimelineTest, WhoEndsIsFollowedByWhoStandsIn) {
  Valid(Add("a", "b"), 0, 2);
  Valid(Add("b", "desk"), 1, 5);
  Add("desk");
  EXPECT_THAT(Periods("a"), ElementsAre("0:a", "2:b*", "5:desk*"));
  EXPECT_THAT(Plan("a").depends_on, ElementsAre(NameOf("a"), NameOf("b"), NameOf("desk")));
}

TEST_F(PrintTimelineTest, WhoIsYetToBeginComesBeforeWhoStandsIn) {
  Valid(Add("a", "desk"), 3, 4);
  Add("desk");
  EXPECT_THAT(Periods("a"), ElementsAre("0:desk*", "3:a", "4:desk*"));
}

TEST_F(PrintTimelineTest, NobodyIsAPeriodWithAReason) {
  Valid(Add("a", "gone"), 0, 1);
  const auto periods = Plan("a").periods;
  ASSERT_EQ(periods.size(), 2U);
  EXPECT_FALSE(periods[1].contact.has_value());
  EXPECT_THAT(periods[1].reason, HasSubstr(NameOf("gone")));
  EXPECT_THAT(Plan("a").depends_on, ElementsAre(NameOf("a"), NameOf("gone"))) << "gone may come";
}

TEST_F(PrintTimelineTest, WhatAContactWasMergedIntoDoesNotStandIn) {
  C& merged = Add("a");
  merged.set_state(C::STATE_MERGED);
  merged.set_merged_into(NameOf("b"));
  Valid(Add("b", "desk"), 0, 1);
  Add("desk");
  EXPECT_THAT(Periods("a"), ElementsAre("0:b", "1:desk*"));
}

TEST_F(PrintTimelineTest, EndsForTheLongestWayAndAsksForEachOnce) {
  for (int i = 0; i < 8; ++i) Valid(Add(absl::StrCat("c", i), absl::StrCat("c", i + 1)), i % 3, 10 - i);
  EXPECT_LE(Plan("c0").periods.size(), 2U * 8);
  EXPECT_LE(lookups_, 8);
}

TEST_F(PrintTimelineTest, SubstitutesInACircleEnd) {
  Valid(Add("a", "b"), 0, 1);
  Valid(Add("b", "a"), 0, 2);
  EXPECT_THAT(Periods("a"), ElementsAre("0:a", "1:b*", "2:-"));
}

}  // namespace
}  // namespace communique::contacts
