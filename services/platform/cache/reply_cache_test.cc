// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/reply_cache.h"

#include <gtest/gtest.h>

#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/platform/cache/testing/fake_shared_store.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/fake_clock.h"
#include "services/platform/testing/fake_monotonic_clock.h"

namespace communique::platform {
namespace {

constexpr char kRelease[] = "newsrooms/a/releases/r";
constexpr char kKey[] = "get/newsrooms/a/releases/r/editions/de";

// One process: a cache whose loads run when the test says so.
class Process {
 public:
  explicit Process(SharedStore* shared = nullptr, const ReplyCacheOptions& options = {}) {
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

TEST(ReplyCacheTest, ServesWhatItHasLoaded) {
  Process process;
  process.Tick(10);
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.Load("v1"), "v1");
  EXPECT_EQ(process.TryGet(), "v1");
  EXPECT_EQ(process.BytesIn(process.Read(Process::MustNotLoad())), "v1");
  EXPECT_EQ(process.cache->TryGet(kKey)->reply->etag, "etag-v1");
  EXPECT_FALSE(process.cache->TryGet(kKey)->stale_since.has_value());
  EXPECT_EQ(process.cache->stats().loads, 1U);
  EXPECT_EQ(process.cache->stats().misses, 1U);
}

TEST(ReplyCacheTest, WorksWithoutATailButKeepsNothingItCouldServe) {
  Process process;
  EXPECT_EQ(process.Load("v1"), "v1");
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.cache->stats().bypassed, 1U);
}

TEST(ReplyCacheTest, AChangeSeenByTheTailMakesItOld) {
  Process process;
  process.Tick(10);
  process.Load("v1");
  process.Tick(11, {"newsrooms/b/releases/r"});
  EXPECT_EQ(process.TryGet(), "v1");
  process.Tick(12, {"newsrooms/a/releases/r/clearances/c"});
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.Load("v2"), "v2");
  process.Tick(13, {"newsrooms/a"});
  EXPECT_EQ(process.TryGet(), "(none)");
}

TEST(ReplyCacheTest, ACommitOfThisProcessIsInForceAtOnce) {
  Process process;
  process.Tick(10);
  process.Load("v1");
  process.cache->OnCommit(kRelease, 11);
  EXPECT_EQ(process.TryGet(), "(none)");
  // Loaded before the tail has seen the commit: served, but nobody can say what it holds.
  EXPECT_EQ(process.Load("v2"), "v2");
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.cache->stats().loads_not_stored, 1U);
  process.Tick(11, {kRelease});
  EXPECT_EQ(process.Load("v2"), "v2");
  EXPECT_EQ(process.TryGet(), "v2");
}

TEST(ReplyCacheTest, ChangesThatNobodyTellsOfMakeEverythingOld) {
  Process process;
  process.Tick(10);
  process.Load("v1");
  process.cache->OnTick({"store-1", 5'000, 4'000, {}, process.monotonic.NowNanos()});
  EXPECT_EQ(process.TryGet(), "(none)");
}

// The race that breaks caches: the rows are read, then the change is made and seen, then the reply is put away.
TEST(ReplyCacheTest, ALoadOvertakenByAChangeIsNeitherKeptNorServedToLaterReaders) {
  FakeSharedStore shared;
  Process process(&shared);
  process.Tick(10);
  Process::Answer later;
  const Process::Answer early = process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    process.Tick(11, {kRelease});
    later = process.Read(Process::Gives("v2"));
    return ReplyCache::Loaded{"v1", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(early), "v1");  // it asked before the change
  EXPECT_EQ(process.BytesIn(later), "(nothing yet)");
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_TRUE(shared.values().empty());
  EXPECT_EQ(process.cache->stats().loads_not_stored, 1U);
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(later), "v2");
  EXPECT_EQ(process.TryGet(), "v2");
}

// A load that hangs is not waited for; when it lands at last, what came after it stays.
TEST(ReplyCacheTest, ALoadThatHangsHoldsUpNobodyElseAndReplacesNothingNewer) {
  Process process;
  process.Tick(10);
  Process::Answer waiting;
  const Process::Answer early = process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    process.Advance(absl::Seconds(1));
    process.Tick(11, {kRelease});
    waiting = process.Read(Process::Gives("v2"));
    EXPECT_TRUE(process.loads.empty());
    process.Advance(absl::Nanoseconds(1));
    const Process::Answer later = process.Read(Process::MustNotLoad());
    process.RunLoad();
    EXPECT_EQ(process.BytesIn(waiting), "v2");
    EXPECT_EQ(process.BytesIn(later), "v2");
    return ReplyCache::Loaded{"v1", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(early), "v1");
  EXPECT_EQ(process.TryGet(), "v2");
  EXPECT_TRUE(process.loads.empty());
}

// Who asks while rows are being read may ask for what came after them: a commit, or only an instant.
TEST(ReplyCacheTest, WhoAsksDuringALoadIsAnsweredByALaterOneUnlessItIsStillGood) {
  Process process;
  process.Tick(10);
  Process::Answer during;
  process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    during = process.Read(Process::MustNotLoad());
    return ReplyCache::Loaded{"v1", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(during), "v1");

  const absl::Time embargo_end = process.database.Now() + absl::Milliseconds(10);
  process.Read(
      [&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
        process.Advance(absl::Milliseconds(10));
        during = process.Read(Process::Gives("after"), 0, "key");
        return ReplyCache::Loaded{"before", "", embargo_end};
      },
      0, "key");
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(during), "(nothing yet)");
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(during), "after");

  process.Read(
      [&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
        during = process.Read(Process::Gives("found"), 0, "other");
        return NotFound("edition", "other");
      },
      0, "other");
  process.RunLoad();
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(during), "found");
}

// However many ask, a key has one load at a time.
TEST(ReplyCacheTest, WhatCannotBeKeptIsLoadedForOneCrowdAfterTheOther) {
  Process process;  // never ticks: nothing is served from a cache
  std::vector<Process::Answer> crowd;
  process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    for (int i = 0; i < 100; ++i) crowd.push_back(process.Read(Process::Gives("v2")));
    EXPECT_TRUE(process.loads.empty());
    return ReplyCache::Loaded{"v1", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.loads.size(), 1U);
  process.RunLoad();
  for (const Process::Answer& answer : crowd) EXPECT_EQ(process.BytesIn(answer), "v2");
  EXPECT_EQ(process.cache->stats().loads, 2U);
}

TEST(ReplyCacheTest, LoadsOnceForAllWhoWait) {
  Process process;
  process.Tick(10);
  std::vector<Process::Answer> answers;
  answers.push_back(process.Read(Process::Gives("v1")));
  for (int i = 0; i < 99; ++i) answers.push_back(process.Read(Process::MustNotLoad()));
  EXPECT_EQ(process.loads.size(), 1U);
  process.RunLoad();
  for (const Process::Answer& answer : answers) EXPECT_EQ(process.BytesIn(answer), "v1");
  EXPECT_EQ(process.cache->stats().coalesced, 99U);
}

TEST(ReplyCacheTest, AFailureGoesToAllWhoWaitAndIsNotKept) {
  Process process;
  process.Tick(10);
  const auto first = process.Read(Process::Fails(NotFound("edition", kKey)));
  const auto second = process.Read(Process::MustNotLoad());
  process.RunLoad();
  EXPECT_EQ(ReasonOf((*first)->status()), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_EQ(ReasonOf((*second)->status()), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_EQ(process.Load("v1"), "v1");
  EXPECT_EQ(process.cache->stats().load_failures, 1U);
}

TEST(ReplyCacheTest, RefusedLoadsAreErrorsAndDoNotBlockTheKey) {
  Process process;
  process.Tick(10);
  process.refusal = Exhausted(Reason::ERROR_REASON_OVERLOADED, "too much to do", absl::Seconds(1));
  const auto refused = process.Read(Process::MustNotLoad());
  EXPECT_EQ(ReasonOf((*refused)->status()), Reason::ERROR_REASON_OVERLOADED);
  process.refusal = absl::OkStatus();
  EXPECT_EQ(process.Load("v1"), "v1");
}

TEST(ReplyCacheTest, WorkHandedBackByTheExecutorIsAnError) {
  Process process;
  process.Tick(10);
  const auto answer = process.Read(Process::MustNotLoad());
  std::move(process.loads.front())(Unavailable(Reason::ERROR_REASON_SHUTTING_DOWN, "ending", absl::Seconds(1)));
  process.loads.clear();
  EXPECT_EQ(ReasonOf((*answer)->status()), Reason::ERROR_REASON_SHUTTING_DOWN);
}

TEST(ReplyCacheTest, GivesLoadsTheConfiguredTime) {
  Process process(nullptr, {.load_timeout = absl::Seconds(3)});
  process.Tick(10);
  absl::Time seen;
  process.Read([&](absl::Time deadline) -> absl::StatusOr<ReplyCache::Loaded> {
    seen = deadline;
    return ReplyCache::Loaded{};
  });
  process.RunLoad();
  EXPECT_EQ(seen, process.wall.Now() + absl::Seconds(3));
  EXPECT_EQ(process.deadlines.at(0), seen);
}

TEST(ReplyCacheTest, EndsAtTheNextBoundary) {
  Process process;
  process.Tick(10);
  process.Read(Process::Gives("before the embargo's end", process.database.Now() + absl::Milliseconds(300)));
  process.RunLoad();
  process.Advance(absl::Milliseconds(299));
  EXPECT_EQ(process.TryGet(), "before the embargo's end");
  process.Advance(absl::Milliseconds(1));
  EXPECT_EQ(process.TryGet(), "(none)");
}

TEST(ReplyCacheTest, EndsAtItsGreatestAge) {
  Process process(nullptr, {.max_age = absl::Seconds(5)});
  process.Tick(10);
  process.Load("v1");
  for (int second = 1; second < 5; ++second) {
    process.Advance(absl::Seconds(1));
    process.Tick(10);
    EXPECT_EQ(process.TryGet(), "v1");
  }
  process.Advance(absl::Seconds(1));
  process.Tick(10);
  EXPECT_EQ(process.TryGet(), "(none)");
}

TEST(ReplyCacheTest, DoesNotKeepWhatIsOverAlready) {
  Process process;
  process.Tick(10);
  process.Read(Process::Gives("v1", process.database.Now()));
  process.RunLoad();
  EXPECT_EQ(process.cache->stats().local.entries, 0U);
  EXPECT_EQ(process.cache->stats().loads_not_stored, 1U);
}

TEST(ReplyCacheTest, ALateTailSendsEveryReadToTheDatabase) {
  Process process;
  process.Tick(10);
  process.Load("v1");
  process.Advance(absl::Milliseconds(1'001));
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.Load("v2"), "v2");
  EXPECT_EQ(process.cache->stats().bypassed, 1U);
  process.Tick(10);
  EXPECT_EQ(process.TryGet(), "v2");
}

TEST(ReplyCacheTest, DuringAnOutageServesWhatWasTrueAndSaysSinceWhen) {
  Process process;
  process.Tick(10);
  const absl::Time last_tick = process.database.Now();
  process.Load("v1");
  process.Advance(absl::Seconds(2));
  process.cache->OnTickFailed();
  // The first read goes and looks; it is answered with what there is when nothing comes.
  EXPECT_EQ(process.TryGet(), "(none)");
  const auto probe = process.Read(Process::Fails(Process::Silence()));
  EXPECT_EQ(process.TryGet(), "v1");
  EXPECT_EQ(process.loads.size(), 1U);
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(probe), "v1");
  EXPECT_EQ((**probe)->stale_since, last_tick);
  EXPECT_EQ(process.cache->TryGet(kKey)->stale_since, last_tick);
  EXPECT_EQ(process.cache->stats().served_stale, 3U);
  EXPECT_EQ(process.cache->stats().mode, Freshness::Mode::kOutage);
}

TEST(ReplyCacheTest, TheOutageEndsWithTheFirstAnswer) {
  Process process;
  process.Tick(10);
  process.Load("v1");
  process.Advance(absl::Seconds(2));
  process.cache->OnTickFailed();
  EXPECT_EQ(process.Load("v2"), "v2");  // the probe
  // The tail still fails, but reads are answered.
  process.cache->OnTickFailed();
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.Load("v3"), "v3");
}

TEST(ReplyCacheTest, TheOutageIsServedForTheGraceOnly) {
  Process process;
  process.Tick(10);
  process.Load("v1");
  process.Advance(absl::Seconds(61));
  process.cache->OnTickFailed();
  const auto answer = process.Read(Process::Fails(Process::Silence()));
  process.RunLoad();
  EXPECT_EQ(ReasonOf((*answer)->status()), Reason::ERROR_REASON_DATABASE_UNAVAILABLE);
}

TEST(ReplyCacheTest, AnErrorOfALoadIsNoOutageWhileTheTailTicks) {
  Process process;
  process.Tick(10);
  process.Load("v1");
  process.cache->OnCommit(kRelease, 11);
  const auto answer = process.Read(Process::Fails(Process::Silence()));
  process.RunLoad();
  EXPECT_FALSE((*answer)->ok());
}

TEST(ReplyCacheTest, DuringAnOutageTheSharedStoreHelps) {
  FakeSharedStore shared;
  Process process(&shared), other(&shared);
  process.Tick(10);
  other.Tick(10);
  other.Load("v1");
  process.Advance(absl::Seconds(2));
  process.cache->OnTickFailed();
  const auto probe = process.Read(Process::Fails(Process::Silence()));
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(probe), "v1");
  EXPECT_TRUE((**probe)->stale_since.has_value());
}

TEST(ReplyCacheTest, HonoursTheCallersPosition) {
  Process process;
  process.Tick(10);
  process.Load("v1");
  EXPECT_EQ(process.TryGet(10), "v1");
  // Another process committed 12; this one has not seen it yet.
  EXPECT_EQ(process.TryGet(12), "(none)");
  const auto answer = process.Read(Process::Gives("v2"), 12);
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(answer), "v2");
  // Now the floors tell the truth up to 12, and the release has not changed.
  process.Tick(12, {"newsrooms/b", "newsrooms/c"});
  EXPECT_EQ(process.TryGet(12), "v2");
}

TEST(ReplyCacheTest, ACallerWithAPositionIsNotAnsweredByALoadThatBeganBefore) {
  Process process;
  process.Tick(10);
  Process::Answer plain, with_position;
  process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    plain = process.Read(Process::MustNotLoad());
    return ReplyCache::Loaded{"v1", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(plain), "v1");
  process.cache->OnCommit(kRelease, 11);
  process.Read([&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
    with_position = process.Read(Process::Gives("v3"), 11);
    return ReplyCache::Loaded{"v2", "", absl::InfiniteFuture()};
  });
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(with_position), "(nothing yet)");
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(with_position), "v3");
}

TEST(ReplyCacheTest, ReplicasShareReplies) {
  FakeSharedStore shared;
  Process process(&shared), other(&shared);
  process.Tick(10);
  other.Tick(10);
  process.Load("v1");
  EXPECT_EQ(other.BytesIn(other.Read(Process::MustNotLoad())), "v1");
  EXPECT_EQ(other.TryGet(), "v1");
  EXPECT_EQ(other.cache->stats().shared_hits, 1U);
}

TEST(ReplyCacheTest, WhatTheSharedStoreKeepsObeysTheFloors) {
  FakeSharedStore shared;
  Process process(&shared), other(&shared);
  process.Tick(10);
  other.Tick(10);
  process.Load("v1");
  other.Tick(11, {kRelease});
  EXPECT_EQ(other.Load("v2"), "v2");
  EXPECT_EQ(other.cache->stats().shared_refused, 1U);
  // The process that has not ticked may take the newer reply.
  process.cache->OnCommit(kRelease, 11);
  EXPECT_EQ(process.BytesIn(process.Read(Process::MustNotLoad())), "v2");
}

TEST(ReplyCacheTest, OldDataFromARestartedSharedStoreIsNotServed) {
  FakeSharedStore shared;
  Process process(&shared);
  process.Tick(10);
  process.Load("v1");
  const FakeSharedStore::Values old = shared.values();
  process.Tick(11, {kRelease});
  process.Load("v2");
  shared.Replace(old);
  Process fresh(&shared);
  fresh.cache->OnTick({"store-1", 11, 11, {}, fresh.monotonic.NowNanos()});
  EXPECT_EQ(fresh.Load("v2"), "v2");
}

// A process that starts knows no changes before its own time; it believes only what is younger.
TEST(ReplyCacheTest, AProcessThatStartsRefusesWhatIsOlderThanItsKnowledge) {
  FakeSharedStore shared;
  Process process(&shared);
  process.Tick(10);
  process.Load("v1");
  Process knows_from_ten(&shared), knows_from_eleven(&shared);
  knows_from_ten.cache->OnTick({"store-1", 30, 10, {}, knows_from_ten.monotonic.NowNanos()});
  EXPECT_EQ(knows_from_ten.BytesIn(knows_from_ten.Read(Process::MustNotLoad())), "v1");
  knows_from_eleven.cache->OnTick({"store-1", 30, 11, {}, knows_from_eleven.monotonic.NowNanos()});
  EXPECT_EQ(knows_from_eleven.Load("v2"), "v2");
}

TEST(ReplyCacheTest, SharesNothingAcrossFormatsSecretsAndStores) {
  FakeSharedStore shared;
  Process process(&shared, {.format = "2", .signing_key = "s"});
  process.Tick(10);
  process.Load("v1");
  Process other_format(&shared, {.format = "3", .signing_key = "s"});
  other_format.Tick(10);
  EXPECT_EQ(other_format.Load("v2"), "v2");
  Process other_secret(&shared, {.format = "2", .signing_key = "t"});
  other_secret.Tick(10);
  EXPECT_EQ(other_secret.Load("v3"), "v3");
  Process other_store(&shared, {.format = "2", .signing_key = "s"});
  other_store.Tick(10, {}, "store-2");
  EXPECT_EQ(other_store.Load("v4"), "v4");
}

TEST(ReplyCacheTest, SharedRepliesEndWhenTheyWereWrittenToEnd) {
  FakeSharedStore shared;
  Process process(&shared), other(&shared);
  process.Tick(10);
  process.Read(Process::Gives("v1", process.database.Now() + absl::Milliseconds(300)));
  process.RunLoad();
  other.Advance(absl::Milliseconds(300));
  other.Tick(10);
  EXPECT_EQ(other.Load("v2"), "v2");
}

// The answer of the shared store is on its way when the change is made and a second reader comes.
TEST(ReplyCacheTest, ASharedReplyOvertakenByAChangeIsNotServed) {
  FakeSharedStore shared;
  Process process(&shared), other(&shared);
  process.Tick(10);
  other.Tick(10);
  process.Load("v1");
  shared.SetDeferring(true);
  const auto early = other.Read(Process::Gives("v2"));
  other.Tick(11, {kRelease});
  const auto later = other.Read(Process::MustNotLoad());
  shared.AnswerOne();
  other.RunLoad();
  EXPECT_EQ(other.BytesIn(early), "v2");
  EXPECT_EQ(other.BytesIn(later), "v2");
}

TEST(ReplyCacheTest, ASharedReplyIsNotServedWhenTheTailHasBecomeLate) {
  FakeSharedStore shared;
  Process process(&shared), other(&shared);
  process.Tick(10);
  other.Tick(10);
  process.Load("v1");
  shared.SetDeferring(true);
  const auto answer = other.Read(Process::Gives("v2"));
  other.Advance(absl::Seconds(2));
  shared.AnswerOne();
  other.RunLoad();
  EXPECT_EQ(other.BytesIn(answer), "v2");
}

TEST(ReplyCacheTest, WithoutTheSharedStoreReadsGoToTheDatabase) {
  FakeSharedStore shared;
  Process process(&shared);
  process.Tick(10);
  shared.SetDown(true);
  EXPECT_EQ(process.Load("v1"), "v1");
  EXPECT_EQ(process.TryGet(), "v1");
  shared.SetDown(false);
  shared.SetDeferring(true);
  const auto answer = process.Read(Process::Gives("v2"), 0, "another key");
  EXPECT_EQ(process.BytesIn(answer), "(nothing yet)");
  shared.AnswerOne(/*with_nothing=*/true);
  process.RunLoad();
  EXPECT_EQ(process.BytesIn(answer), "v2");
}

TEST(ReplyCacheTest, AfterARestoreNothingOfTheOldStoreIsServedOrKept) {
  FakeSharedStore shared;
  Process process(&shared);
  process.Tick(100);
  process.Load("lost");
  process.Read(
      [&](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
        process.Tick(50, {}, "store-2");
        return ReplyCache::Loaded{"lost too", "", absl::InfiniteFuture()};
      },
      0, "other");
  process.RunLoad();
  EXPECT_EQ(process.TryGet(), "(none)");
  // Not before the second tick: commits at the moment of the first may have been forgotten.
  EXPECT_EQ(process.cache->stats().mode, Freshness::Mode::kBypass);
  process.Tick(50, {}, "store-2");
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_FALSE(process.cache->TryGet("other").has_value());
  EXPECT_EQ(process.Load("restored"), "restored");
  EXPECT_EQ(process.TryGet(), "restored");
}

// The same store, but its newest commits are gone (a standby took over): their positions come a second time.
TEST(ReplyCacheTest, AHeadThatWentBackMakesEverythingOldUntilItHasPassed) {
  Process process;
  process.Tick(100);
  process.Load("lost");
  process.Tick(98);
  EXPECT_EQ(process.TryGet(), "(none)");
  EXPECT_EQ(process.Load("v1"), "v1");
  EXPECT_EQ(process.TryGet(), "(none)");
  process.Tick(101, {"newsrooms/x", "newsrooms/x", "newsrooms/x"});
  process.Load("v1");
  EXPECT_EQ(process.TryGet(), "v1");
}

}  // namespace
}  // namespace communique::platform
