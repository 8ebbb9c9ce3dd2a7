// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/processing_status.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "services/platform/base/timestamp.h"

namespace communique::contacts {
namespace {

using Record = v1::ProcessingRecord;

constexpr auto kReleases = v1::PURPOSE_PRESS_RELEASES;
constexpr auto kEvents = v1::PURPOSE_EVENT_INVITATIONS;

absl::Time Day(int day) { return absl::FromUnixSeconds(1'700'000'000) + absl::Hours(24 * day); }

int made = 0;

Record Make(Record::Event event, int day, v1::Purpose purpose = kReleases,
            const std::vector<v1::Channel>& channels = {}) {
  Record record;
  record.set_name(absl::StrCat("newsrooms/n/contacts/a/processingRecords/r", ++made));
  record.set_event(event);
  record.set_purpose(purpose);
  for (const auto channel : channels) record.add_channels(channel);
  const bool other = event == Record::EVENT_DECLARED || event == Record::EVENT_REVIEWED;
  record.set_basis(other ? v1::PROCESSING_BASIS_LEGITIMATE_INTEREST : v1::PROCESSING_BASIS_CONSENT);
  *record.mutable_event_time() = platform::ToTimestamp(Day(day));
  *record.mutable_create_time() = platform::ToTimestamp(Day(day));
  return record;
}

Record Until(Record record, int day) {
  *record.mutable_expire_time() = platform::ToTimestamp(Day(day));
  return record;
}

Record For(Record record, const std::string& contact) {
  record.set_name(absl::StrCat("newsrooms/n/contacts/", contact, "/processingRecords/r", ++made));
  return record;
}

Record RecordedOn(Record record, int day) {
  *record.mutable_create_time() = platform::ToTimestamp(Day(day));
  return record;
}

ProcessingStatus Ask(const std::vector<Record>& records, int day, v1::Channel channel = v1::CHANNEL_EMAIL,
                     bool double_opt_in = false) {
  return StatusOf({records, {}}, kReleases, channel, Day(day), double_opt_in);
}

TEST(ProcessingStatusTest, WithoutRecordsThereIsNoBasis) {
  EXPECT_EQ(Ask({}, 9).standing, Standing::kNoBasis);
  EXPECT_FALSE(Ask({}, 9).record);
  EXPECT_EQ(Ask({Make(Record::EVENT_CONFIRMED, 1)}, 9).standing, Standing::kNoBasis);
  EXPECT_EQ(Ask({Make(Record::EVENT_GRANTED, 1, kEvents)}, 9).standing, Standing::kNoBasis);
}

TEST(ProcessingStatusTest, AGroundHoldsFromItsTimeUntilItsEnd) {
  const Record granted = Until(Make(Record::EVENT_GRANTED, 2), 5);
  EXPECT_EQ(Ask({granted}, 1).standing, Standing::kNoBasis);
  const auto holds = Ask({granted}, 2);
  EXPECT_EQ(holds.standing, Standing::kPermitted);
  EXPECT_EQ(holds.record->name(), granted.name());
  EXPECT_EQ(holds.valid_until, Day(5));
  EXPECT_EQ(Ask({granted}, 5).standing, Standing::kExpired);
  EXPECT_EQ(Ask({granted}, 5).record->name(), granted.name());
}

TEST(ProcessingStatusTest, ANewerGroundOfTheSameBasisSaysWhenItEnds) {
  const Record first = Make(Record::EVENT_DECLARED, 1);
  const Record review = Until(Make(Record::EVENT_REVIEWED, 2), 4);
  EXPECT_EQ(Ask({first, review}, 3).valid_until, Day(4));
  EXPECT_EQ(Ask({first, review}, 4).standing, Standing::kExpired);
  // A consent beside it stands for itself.
  const auto both = Ask({first, review, Make(Record::EVENT_GRANTED, 1)}, 4);
  EXPECT_EQ(both.standing, Standing::kPermitted);
  EXPECT_EQ(both.record->basis(), v1::PROCESSING_BASIS_CONSENT);
  EXPECT_FALSE(both.valid_until);
}

TEST(ProcessingStatusTest, ARefusalEndsEveryGroundBeforeIt) {
  for (const auto event : {Record::EVENT_WITHDRAWN, Record::EVENT_OBJECTED}) {
    const Record refusal = Make(event, 3);
    const auto standing = event == Record::EVENT_OBJECTED ? Standing::kObjected : Standing::kWithdrawn;
    for (const auto ground : {Record::EVENT_GRANTED, Record::EVENT_DECLARED, Record::EVENT_REVIEWED}) {
      EXPECT_EQ(Ask({Make(ground, 2), refusal}, 9).standing, standing);
      EXPECT_EQ(Ask({refusal, Make(ground, 3)}, 9).standing, standing) << "at the same time it wins";
      EXPECT_EQ(Ask({Make(ground, 2), refusal}, 2).standing, standing) << "also when the clock has gone back";
    }
    EXPECT_EQ(Ask({refusal}, 9).record->name(), refusal.name());
  }
}

TEST(ProcessingStatusTest, TheNewestRefusalIsNamedAndAnObjectionBeforeAWithdrawal) {
  const Record objected = Make(Record::EVENT_OBJECTED, 3);
  const Record withdrawn = Make(Record::EVENT_WITHDRAWN, 3);
  EXPECT_EQ(Ask({objected, withdrawn}, 9).standing, Standing::kObjected);
  EXPECT_EQ(Ask({withdrawn, objected}, 9).standing, Standing::kObjected);
  EXPECT_EQ(Ask({objected, Make(Record::EVENT_WITHDRAWN, 4)}, 9).standing, Standing::kWithdrawn);
}

TEST(ProcessingStatusTest, OnlyANewYesCountsAfterARefusal) {
  const Record refusal = Make(Record::EVENT_WITHDRAWN, 3);
  EXPECT_EQ(Ask({refusal, Make(Record::EVENT_DECLARED, 4)}, 9).standing, Standing::kWithdrawn);
  EXPECT_EQ(Ask({refusal, Make(Record::EVENT_REVIEWED, 4)}, 9).standing, Standing::kWithdrawn);
  EXPECT_EQ(Ask({refusal, Make(Record::EVENT_CONFIRMED, 4)}, 9).standing, Standing::kWithdrawn);
  const Record yes = Until(Make(Record::EVENT_GRANTED, 4), 6);
  EXPECT_EQ(Ask({refusal, yes}, 5).standing, Standing::kPermitted);
  // The yes revives nothing else.
  EXPECT_EQ(Ask({Make(Record::EVENT_DECLARED, 1), refusal, Make(Record::EVENT_DECLARED, 5), yes}, 6).standing,
            Standing::kExpired);
}

TEST(ProcessingStatusTest, ARefusalOfAllPurposesEndsAll) {
  const Record all = Make(Record::EVENT_OBJECTED, 3, v1::PURPOSE_UNSPECIFIED);
  EXPECT_EQ(Ask({Make(Record::EVENT_GRANTED, 2), all}, 9).standing, Standing::kObjected);
  EXPECT_EQ(Ask({Make(Record::EVENT_GRANTED, 2), Make(Record::EVENT_OBJECTED, 3, kEvents)}, 9).standing,
            Standing::kPermitted);
}

TEST(ProcessingStatusTest, ChannelsAreKeptApart) {
  const Record mail = Make(Record::EVENT_GRANTED, 1, kReleases, {v1::CHANNEL_EMAIL});
  EXPECT_EQ(Ask({mail}, 9, v1::CHANNEL_EMAIL).standing, Standing::kPermitted);
  EXPECT_EQ(Ask({mail}, 9, v1::CHANNEL_PHONE).standing, Standing::kNoBasis);
  const std::vector<Record> no_calls = {Make(Record::EVENT_GRANTED, 1),
                                        Make(Record::EVENT_WITHDRAWN, 2, kReleases, {v1::CHANNEL_PHONE})};
  EXPECT_EQ(Ask(no_calls, 9, v1::CHANNEL_EMAIL).standing, Standing::kPermitted);
  EXPECT_EQ(Ask(no_calls, 9, v1::CHANNEL_PHONE).standing, Standing::kWithdrawn);
}

TEST(ProcessingStatusTest, WhatThisVersionDoesNotKnowIsARefusal) {
  const Record unknown = Make(static_cast<Record::Event>(77), 3);
  EXPECT_EQ(Ask({Make(Record::EVENT_GRANTED, 2), unknown}, 9).standing, Standing::kWithdrawn);
  EXPECT_EQ(
      Ask({Make(Record::EVENT_GRANTED, 2), Make(Record::EVENT_WITHDRAWN, 3, static_cast<v1::Purpose>(77))}, 9).standing,
      Standing::kWithdrawn);
}

TEST(ProcessingStatusTest, DoubleOptInNeedsAConfirmation) {
  const auto ask = [](const std::vector<Record>& records) { return Ask(records, 9, v1::CHANNEL_EMAIL, true); };
  const Record granted = Make(Record::EVENT_GRANTED, 2);
  EXPECT_EQ(ask({granted}).standing, Standing::kNotConfirmed);
  EXPECT_EQ(ask({granted}).record->name(), granted.name());
  EXPECT_EQ(ask({granted, Make(Record::EVENT_CONFIRMED, 1)}).standing, Standing::kNotConfirmed) << "of one before";
  EXPECT_EQ(ask({granted, Make(Record::EVENT_CONFIRMED, 2)}).standing, Standing::kPermitted);
  EXPECT_EQ(ask({granted, Make(Record::EVENT_CONFIRMED, 2, kEvents)}).standing, Standing::kNotConfirmed);
  EXPECT_EQ(ask({Make(Record::EVENT_DECLARED, 2)}).standing, Standing::kPermitted) << "other grounds need none";
}

// Anybody can put somebody's address into a form.
TEST(ProcessingStatusTest, AnUnconfirmedYesChangesNothing) {
  const auto ask = [](const std::vector<Record>& records) { return Ask(records, 9, v1::CHANNEL_EMAIL, true); };
  const Record form = Make(Record::EVENT_GRANTED, 5);
  EXPECT_EQ(ask({Make(Record::EVENT_GRANTED, 1), Make(Record::EVENT_CONFIRMED, 2), form}).standing,
            Standing::kPermitted);
  EXPECT_EQ(ask({Make(Record::EVENT_DECLARED, 1), Make(Record::EVENT_OBJECTED, 2), form}).standing,
            Standing::kNotConfirmed);
}

TEST(ProcessingStatusTest, OfMergedContactsARefusalHoldsUntilAYesThatKnewOfIt) {
  // b went into a on day 5.
  const auto ask = [](const std::vector<Record>& records) {
    return StatusOf({records, {{"newsrooms/n/contacts/b", "newsrooms/n/contacts/a", Day(5)}}}, kReleases,
                    v1::CHANNEL_EMAIL, Day(9), false)
        .standing;
  };
  const Record no_of_a = Make(Record::EVENT_OBJECTED, 1);
  const Record no_of_b = For(Make(Record::EVENT_OBJECTED, 1), "b");
  const Record yes_of_a = Make(Record::EVENT_GRANTED, 2);
  const Record yes_of_b = For(Make(Record::EVENT_GRANTED, 2), "b");
  EXPECT_EQ(ask({yes_of_b}), Standing::kPermitted) << "what went into a counts";
  EXPECT_EQ(ask({no_of_a, yes_of_a}), Standing::kPermitted);
  EXPECT_EQ(ask({no_of_b, yes_of_b}), Standing::kPermitted);
  EXPECT_EQ(ask({no_of_b, yes_of_a}), Standing::kObjected);
  EXPECT_EQ(ask({no_of_a, yes_of_b}), Standing::kObjected);
  EXPECT_EQ(ask({no_of_b, RecordedOn(yes_of_a, 5)}), Standing::kPermitted) << "recorded since";
  EXPECT_EQ(ask({no_of_b, Make(Record::EVENT_GRANTED, 6)}), Standing::kPermitted);
  EXPECT_EQ(ask({no_of_b, RecordedOn(For(Make(Record::EVENT_GRANTED, 6), "c"), 6)}), Standing::kObjected);
}

TEST(ProcessingStatusTest, MergesOfMergesAreFollowed) {
  // c went into b on day 3, and b into a on day 5.
  const std::vector<MergedAway> merges = {{"newsrooms/n/contacts/b", "newsrooms/n/contacts/a", Day(5)},
                                          {"newsrooms/n/contacts/c", "newsrooms/n/contacts/b", Day(3)}};
  const auto ask = [&](const std::vector<Record>& records) {
    return StatusOf({records, merges}, kReleases, v1::CHANNEL_EMAIL, Day(9), false).standing;
  };
  const Record no_of_c = For(Make(Record::EVENT_WITHDRAWN, 1), "c");
  EXPECT_EQ(ask({no_of_c, For(Make(Record::EVENT_GRANTED, 2), "b")}), Standing::kWithdrawn);
  EXPECT_EQ(ask({no_of_c, For(Make(Record::EVENT_GRANTED, 4), "b")}), Standing::kPermitted);
  EXPECT_EQ(ask({no_of_c, Make(Record::EVENT_GRANTED, 4)}), Standing::kWithdrawn);
  EXPECT_EQ(ask({no_of_c, Make(Record::EVENT_GRANTED, 6)}), Standing::kPermitted);
  EXPECT_EQ(ask({Make(Record::EVENT_WITHDRAWN, 1), For(Make(Record::EVENT_GRANTED, 4), "b")}), Standing::kWithdrawn);
}

// The same rules told in another way: as what a clerk does who goes through the records in the order of time.
class Clerk {
 public:
  Clerk(std::vector<Record> records, v1::Purpose purpose, v1::Channel channel, absl::Time at, bool double_opt_in)
      : at_(at), double_opt_in_(double_opt_in) {
    std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return Order(a) < Order(b); });
    for (const Record& record : records) {
      if (TimeOf(record) > at && !IsRefusal(record.event())) continue;
      const bool all = record.purpose() == v1::PURPOSE_UNSPECIFIED;
      if (!all && record.purpose() != purpose) continue;
      if (!record.channels().empty() && !std::count(record.channels().begin(), record.channels().end(), channel)) {
        continue;
      }
      Take(record);
    }
  }

  bool Permits() const { return End() > at_; }
  absl::Time End() const {
    absl::Time end = absl::InfinitePast();
    for (const auto& [basis, ground] : holding_) end = std::max(end, EndOf(ground));
    return end;
  }

 private:
  static absl::Time TimeOf(const Record& record) { return platform::FromTimestamp(record.event_time()); }
  static absl::Time EndOf(const Record& record) {
    return record.has_expire_time() ? platform::FromTimestamp(record.expire_time()) : absl::InfiniteFuture();
  }
  // At one time, grounds come first, of them those that end last; refusals have the last word.
  static std::tuple<absl::Time, int, absl::Duration> Order(const Record& record) {
    const int rank = IsRefusal(record.event()) ? 2 : IsGround(record.event()) ? 0 : 1;
    return {TimeOf(record), rank, absl::UnixEpoch() - EndOf(record)};
  }

  void Take(const Record& record) {
    if (IsRefusal(record.event())) {
      holding_.clear();
      waiting_.clear();
      refused_ = true;
    } else if (record.event() == Record::EVENT_CONFIRMED) {
      for (const Record& granted : waiting_) holding_[granted.basis()] = granted;
      waiting_.clear();
    } else if (record.event() == Record::EVENT_GRANTED) {
      if (double_opt_in_) {
        waiting_.push_back(record);
      } else {
        holding_[record.basis()] = record;
      }
    } else if (!refused_) {
      holding_[record.basis()] = record;
    }
  }

  absl::Time at_;
  bool double_opt_in_;
  bool refused_ = false;
  std::map<v1::ProcessingBasis, Record> holding_;
  std::vector<Record> waiting_;
};

class RandomRecords {
 public:
  explicit RandomRecords(unsigned seed) : random_(seed) {}

  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

  std::vector<Record> Some() {
    std::vector<Record> records;
    for (int count = Below(9); count > 0; --count) records.push_back(One());
    return records;
  }

  void Shuffle(std::vector<Record>& records) { std::shuffle(records.begin(), records.end(), random_); }

 private:
  Record One() {
    constexpr Record::Event kDice[] = {Record::EVENT_GRANTED,  Record::EVENT_GRANTED,   Record::EVENT_CONFIRMED,
                                       Record::EVENT_OBJECTED, Record::EVENT_WITHDRAWN, Record::EVENT_DECLARED,
                                       Record::EVENT_REVIEWED, Record::EVENT_DECLARED};
    Record record = Make(kDice[Below(8)], Below(6), Below(3) == 0 ? kEvents : kReleases);
    if (IsRefusal(record.event()) && Below(4) == 0) record.set_purpose(v1::PURPOSE_UNSPECIFIED);
    if (Below(3) == 0) record.add_channels(Below(2) == 0 ? v1::CHANNEL_EMAIL : v1::CHANNEL_PHONE);
    if (record.basis() != v1::PROCESSING_BASIS_CONSENT && Below(2) == 0) {
      record.set_basis(v1::PROCESSING_BASIS_CONTRACT);
    }
    if (IsGround(record.event()) && Below(2) == 0) {
      const auto day = platform::FromTimestamp(record.event_time()) + absl::Hours(24 * (1 + Below(4)));
      *record.mutable_expire_time() = platform::ToTimestamp(day);
    }
    return record;
  }

  std::mt19937 random_;
};

TEST(ProcessingStatusPropertyTest, SaysWhatAClerkWouldSay) {
  RandomRecords random(20261201);
  int permitted = 0;
  for (int round = 0; round < 20'000; ++round) {
    auto records = random.Some();
    const auto channel = random.Below(2) == 0 ? v1::CHANNEL_EMAIL : v1::CHANNEL_PHONE;
    const bool double_opt_in = random.Below(2) == 0;
    const absl::Time at = Day(random.Below(9));
    const Clerk clerk(records, kReleases, channel, at, double_opt_in);
    const auto status = StatusOf({records, {}}, kReleases, channel, at, double_opt_in);
    ASSERT_EQ(status.standing == Standing::kPermitted, clerk.Permits()) << "round " << round;
    if (status.standing == Standing::kPermitted) {
      ++permitted;
      ASSERT_EQ(status.valid_until.value_or(absl::InfiniteFuture()), clerk.End()) << "round " << round;
      // It says itself when it ends.
      if (status.valid_until) {
        ASSERT_GT(*status.valid_until, at);
        std::vector<Record> until_now;
        for (const Record& record : records) {
          if (platform::FromTimestamp(record.event_time()) <= at) until_now.push_back(record);
        }
        const auto last = *status.valid_until - absl::Microseconds(1);
        ASSERT_EQ(StatusOf({until_now, {}}, kReleases, channel, last, double_opt_in).standing, Standing::kPermitted);
        ASSERT_NE(StatusOf({until_now, {}}, kReleases, channel, *status.valid_until, double_opt_in).standing,
                  Standing::kPermitted);
      }
    }
    random.Shuffle(records);
    const auto again = StatusOf({records, {}}, kReleases, channel, at, double_opt_in);
    ASSERT_EQ(again.standing, status.standing) << "round " << round << ": the order of the records counted";
    const std::string name = status.record ? status.record->name() : "";
    ASSERT_EQ(again.record ? again.record->name() : "", name) << "round " << round;
  }
  EXPECT_GT(permitted, 2'000);
}

TEST(ProcessingStatusPropertyTest, ARefusalNowIsTheLastWordUntilAYes) {
  RandomRecords random(7);
  for (int round = 0; round < 5'000; ++round) {
    auto records = random.Some();
    const auto channel = random.Below(2) == 0 ? v1::CHANNEL_EMAIL : v1::CHANNEL_PHONE;
    const auto standing = [&](int day) {
      return StatusOf({records, {}}, kReleases, channel, Day(day), false).standing;
    };
    records.push_back(Make(random.Below(2) == 0 ? Record::EVENT_WITHDRAWN : Record::EVENT_OBJECTED, 6));
    ASSERT_NE(standing(6), Standing::kPermitted);
    // Nothing but a yes changes that, and nothing about another channel.
    records.push_back(Make(Record::EVENT_DECLARED, 7));
    records.push_back(Make(Record::EVENT_REVIEWED, 7));
    records.push_back(Make(Record::EVENT_CONFIRMED, 7));
    records.push_back(Make(Record::EVENT_GRANTED, 7, kReleases, {v1::CHANNEL_POST}));
    ASSERT_NE(standing(8), Standing::kPermitted);
    records.push_back(Make(Record::EVENT_GRANTED, 8));
    ASSERT_EQ(standing(8), Standing::kPermitted);
  }
}

}  // namespace
}  // namespace communique::contacts
