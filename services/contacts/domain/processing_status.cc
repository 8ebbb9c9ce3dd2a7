// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/processing_status.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "services/platform/base/timestamp.h"

namespace communique::contacts {
namespace {

using Record = v1::ProcessingRecord;

absl::Time EventTime(const Record& record) { return platform::FromTimestamp(record.event_time()); }
absl::Time CreateTime(const Record& record) { return platform::FromTimestamp(record.create_time()); }

absl::Time EndOf(const Record& record) {
  return record.has_expire_time() ? platform::FromTimestamp(record.expire_time()) : absl::InfiniteFuture();
}

std::string_view ContactOf(const Record& record) {
  const std::string_view name = record.name();
  return name.substr(0, name.find("/processingRecords/"));
}

// The records of one history that count at one time for one purpose and channel.
class Question {
 public:
  Question(const ProcessingHistory& history, v1::Purpose purpose, v1::Channel channel, absl::Time at,
           bool double_opt_in)
      : merges_(history.merges), purpose_(purpose), channel_(channel), at_(at), double_opt_in_(double_opt_in) {
    for (const Record& record : history.records) {
      // None is written before its time; where the clock has gone back since, a no holds all the same.
      if ((EventTime(record) > at && !IsRefusal(record.event())) || !IsAbout(record)) continue;
      if (IsRefusal(record.event())) {
        refusals_.push_back(&record);
      } else if (IsGround(record.event())) {
        grounds_.push_back(&record);
      } else {
        confirmations_.push_back(&record);
      }
    }
  }

  ProcessingStatus Answer() const {
    // The newest of each basis that nothing has ended; and whoever waits to be confirmed.
    std::map<v1::ProcessingBasis, const Record*> holding;
    const Record* unconfirmed = nullptr;
    for (const Record* ground : grounds_) {
      if (IsEnded(*ground)) continue;
      if (!IsConfirmed(*ground)) {
        if (EndOf(*ground) > at_) unconfirmed = Later(unconfirmed, ground);
        continue;
      }
      const Record*& newest = holding[ground->basis()];
      newest = Later(newest, ground);
    }
    const Record* best = nullptr;
    for (const auto& [basis, ground] : holding) {
      if (best == nullptr || Rank(*ground) > Rank(*best)) best = ground;
    }
    if (best != nullptr && EndOf(*best) > at_) {
      ProcessingStatus status{Standing::kPermitted, *best, std::nullopt};
      if (best->has_expire_time()) status.valid_until = EndOf(*best);
      return status;
    }
    if (unconfirmed != nullptr) return {Standing::kNotConfirmed, *unconfirmed, std::nullopt};
    if (best != nullptr) return {Standing::kExpired, *best, std::nullopt};
    return Refused();
  }

 private:
  // What is about all purposes ends all of them, and what this version does not know may be.
  bool IsAbout(const Record& record) const {
    const bool all_purposes = IsRefusal(record.event()) &&
                              (record.purpose() == v1::PURPOSE_UNSPECIFIED || !v1::Purpose_IsValid(record.purpose()));
    if (!all_purposes && record.purpose() != purpose_) return false;
    return record.channels().empty() ||
           std::find(record.channels().begin(), record.channels().end(), channel_) != record.channels().end();
  }

  // Whether `answer` was recorded when it was known to be about the contact of `record`.
  bool IsOfOnePerson(const Record& answer, const Record& record) const {
    std::string_view contact = ContactOf(record);
    absl::Time known = absl::InfinitePast();
    // As many steps as there are merges: they lead nowhere twice.
    for (std::size_t steps = 0; steps <= merges_.size(); ++steps) {
      if (contact == ContactOf(answer)) return CreateTime(answer) >= known;
      const auto away = std::find_if(merges_.begin(), merges_.end(),
                                     [&](const MergedAway& merge) { return merge.contact == contact; });
      if (away == merges_.end()) return false;
      contact = away->into;
      known = std::max(known, away->when);
    }
    return false;
  }

  bool IsEndedBy(const Record& ground, const Record& refusal) const {
    return ground.event() != Record::EVENT_GRANTED || EventTime(ground) <= EventTime(refusal) ||
           !IsOfOnePerson(ground, refusal);
  }

  bool IsEnded(const Record& ground) const {
    return std::any_of(refusals_.begin(), refusals_.end(),
                       [&](const Record* refusal) { return IsEndedBy(ground, *refusal); });
  }

  bool IsConfirmed(const Record& ground) const {
    if (!double_opt_in_ || ground.event() != Record::EVENT_GRANTED) return true;
    return std::any_of(confirmations_.begin(), confirmations_.end(), [&](const Record* confirmed) {
      return EventTime(*confirmed) >= EventTime(ground) && IsOfOnePerson(*confirmed, ground);
    });
  }

  // Of two grounds the later one; at the same time the one that ends first, and of all that is the same by name, so
  // that the order of the records says nothing.
  static const Record* Later(const Record* a, const Record* b) {
    if (a == nullptr) return b;
    const auto key = [](const Record& record) {
      return std::make_tuple(EventTime(record), absl::UnixEpoch() - EndOf(record), std::string_view(record.name()));
    };
    return key(*a) < key(*b) ? b : a;
  }

  static std::tuple<absl::Time, absl::Time, std::string_view> Rank(const Record& ground) {
    return {EndOf(ground), EventTime(ground), ground.name()};
  }

  ProcessingStatus Refused() const {
    const Record* newest = nullptr;
    const auto key = [](const Record& record) {
      return std::make_tuple(EventTime(record), record.event() == Record::EVENT_OBJECTED,
                             std::string_view(record.name()));
    };
    for (const Record* refusal : refusals_) {
      if (newest == nullptr || key(*newest) < key(*refusal)) newest = refusal;
    }
    if (newest == nullptr) return {};
    const bool objected = newest->event() == Record::EVENT_OBJECTED;
    return {objected ? Standing::kObjected : Standing::kWithdrawn, *newest, std::nullopt};
  }

  const std::vector<MergedAway>& merges_;
  const v1::Purpose purpose_;
  const v1::Channel channel_;
  const absl::Time at_;
  const bool double_opt_in_;
  std::vector<const Record*> grounds_;
  std::vector<const Record*> confirmations_;
  std::vector<const Record*> refusals_;
};

}  // namespace

bool IsGround(Record::Event event) {
  return event == Record::EVENT_GRANTED || event == Record::EVENT_DECLARED || event == Record::EVENT_REVIEWED;
}

bool IsRefusal(Record::Event event) { return !IsGround(event) && event != Record::EVENT_CONFIRMED; }

ProcessingStatus StatusOf(const ProcessingHistory& history, v1::Purpose purpose, v1::Channel channel, absl::Time at,
                          bool double_opt_in) {
  return Question(history, purpose, channel, at, double_opt_in).Answer();
}

}  // namespace communique::contacts
