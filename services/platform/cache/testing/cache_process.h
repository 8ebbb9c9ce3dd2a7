// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/cache/reply_cache.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/fake_clock.h"
#include "services/platform/testing/fake_monotonic_clock.h"

namespace communique::platform {

// One process: a cache whose loads run when the test says so.
class CacheProcess {
 public:
  static constexpr char kRelease[] = "newsrooms/a/releases/r";
  static constexpr char kKey[] = "get/newsrooms/a/releases/r/editions/de";

  explicit CacheProcess(SharedStore* shared = nullptr, const ReplyCacheOptions& options = {}) {
    cache.emplace(options, ReplyCache::Environment{wall, database, monotonic,
                                                   [this](absl::Time deadline, ReplyCache::Work work) {
                                                     deadlines.push_back(deadline);
                                                     if (!refusal.ok()) return refusal;
                                                     loads.push_back(std::move(work));
                                                     return absl::OkStatus();
                                                   },
                                                   shared});
  }

  // What a reader got: nothing yet, or the reply.
  using Answer = std::shared_ptr<std::optional<absl::StatusOr<ReplyCache::Hit>>>;

  Answer Read(ReplyCache::Loader loader, FeedPosition at_least = 0, std::string key = kKey) {
    auto answer = std::make_shared<std::optional<absl::StatusOr<ReplyCache::Hit>>>();
    cache->Get({std::move(key), {Dependency::Within(kRelease), Dependency::Exactly("newsrooms/a")}, at_least},
               std::move(loader), [answer](absl::StatusOr<ReplyCache::Hit> hit) { *answer = std::move(hit); });
    return answer;
  }
  static ReplyCache::Loader Gives(std::string bytes, absl::Time valid_until = absl::InfiniteFuture()) {
    return [bytes, valid_until](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
      return ReplyCache::Loaded{bytes, "etag-" + bytes, valid_until};
    };
  }
  static ReplyCache::Loader Fails(absl::Status status) {
    return [status](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> { return status; };
  }
  static ReplyCache::Loader MustNotLoad() {
    return [](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
      ADD_FAILURE() << "asked the database";
      return ReplyCache::Loaded{};
    };
  }
  static absl::Status Silence() {
    return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE, "the database does not answer", absl::Seconds(1));
  }

  void RunLoad() {
    ASSERT_FALSE(loads.empty());
    ReplyCache::Work work = std::move(loads.front());
    loads.pop_front();
    std::move(work)(absl::OkStatus());
  }
  // Reads and loads at once.
  std::string Load(std::string bytes) {
    const Answer answer = Read(Gives(std::move(bytes)));
    while (!loads.empty()) RunLoad();
    return BytesIn(answer);
  }
  static std::string BytesIn(const Answer& answer) {
    if (!answer->has_value()) return "(nothing yet)";
    if (!(*answer)->ok()) return std::string((*answer)->status().message());
    return (**answer)->reply->bytes;
  }
  std::string TryGet(FeedPosition at_least = 0) {
    const auto hit = cache->TryGet(kKey, at_least);
    return hit ? hit->reply->bytes : "(none)";
  }

  // A tick that sees the feed at `head`; `changed` are its newest entries, oldest first.
  void Tick(FeedPosition head, const std::vector<std::string>& changed = {}, const std::string& store = "store-1") {
    std::vector<CacheTick::Change> changes;
    const FeedPosition after = head - static_cast<FeedPosition>(changed.size());
    for (const std::string& name : changed) {
      changes.push_back({name, after + static_cast<FeedPosition>(changes.size()) + 1});
    }
    const FeedPosition complete_after = changed.empty() ? std::min(head, last_head_) : after;
    cache->OnTick({store, head, complete_after, changes, monotonic.NowNanos()});
    last_head_ = head;
  }
  void Advance(absl::Duration by) {
    wall.Advance(by);
    database.Advance(by);
    monotonic.Advance(by);
  }

  FakeClock wall;
  FakeClock database;
  FakeMonotonicClock monotonic;
  std::deque<ReplyCache::Work> loads;
  std::vector<absl::Time> deadlines;
  absl::Status refusal;
  std::optional<ReplyCache> cache;

 private:
  FeedPosition last_head_ = 0;
};

}  // namespace communique::platform
