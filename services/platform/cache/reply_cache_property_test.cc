// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Random histories of several processes with one database and one shared store: commits, ticks that come late or never,
// loads and fetches that are overtaken by anything, a shared store that is lost, hangs, or returns with old data, a
// database that goes away, for all or for a process's tail alone, processes that start anew. Whatever happens, no
// reader may get a reply older than promised.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/platform/cache/reply_cache.h"
#include "services/platform/cache/testing/fake_shared_store.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/fake_clock.h"
#include "services/platform/testing/fake_monotonic_clock.h"
#include "services/platform/testing/histories.h"

namespace communique::platform {
namespace {

constexpr int kResources = 4;
constexpr int kProcesses = 3;
constexpr std::int64_t kSecond = 1'000'000'000;
// How often a resource becomes another one by time alone.
constexpr std::array<absl::Duration, kResources> kPhases = {absl::Milliseconds(700), absl::Seconds(5), absl::Minutes(5),
                                                            absl::Minutes(5)};

struct Commit {
  FeedPosition position;
  int resource;
  std::int64_t at;
};

class World {
 public:
  explicit World(unsigned seed) : random_(seed), up_of_three_(1 + Below(2)) {
    for (int i = 0; i < kProcesses; ++i) processes_.push_back(Start());
  }
  ~World() {
    ending_ = true;
    for (auto& process : processes_) Drain(*process);
  }

  void Step(int depth = 0) {
    if (ending_) return;
    Process& process = *processes_[Below(kProcesses)];
    const unsigned dice = Below(1000);
    if (dice < 200) {
      Write(process);
    } else if (dice < 480) {
      Read(process);
    } else if (dice < 640) {
      Tick(process, depth);
    } else if (dice < 760) {
      if (depth < 3) RunLoad(process, depth);
    } else if (dice < 820) {
      shared_.AnswerOne(/*with_nothing=*/Below(4) == 0);
    } else if (dice < 940) {
      Advance(absl::Milliseconds(Below(150)));
    } else if (dice < 955) {
      shared_.SetDeferring(Below(2) == 0);
      shared_.SetDown(Below(4) == 0);
    } else if (dice < 970) {
      RestartShared();
    } else if (dice < 990) {
      SetDatabase(Below(3) < up_of_three_);
    } else if (dice < 991) {
      Advance(absl::Seconds(Below(70)));
    } else if (dice < 996 && depth == 0) {
      Replace(process);
    } else if (dice < 998) {
      process.tail_cut = !process.tail_cut;
    }
  }

  int answered = 0;
  int answered_stale = 0;
  int answered_from_cache = 0;

 private:
  struct Process {
    std::optional<ReplyCache> cache;
    std::deque<ReplyCache::Work> loads;
    FeedPosition seen = 0;
    bool ticking = false;
    bool tail_cut = false;
    // What the database said to loads last, and when it last said anything.
    bool load_failed = false;
    std::int64_t answered = 0;
    std::vector<FeedPosition> told = std::vector<FeedPosition>(kResources);  // by OnCommit
  };

  // What a reader must get, decided when it asks.
  struct Claim {
    int resource;
    std::int64_t began;
    FeedPosition at_least;
    FeedPosition own;       // committed through the same process
    FeedPosition promised;  // committed a second before
    std::int64_t phase;
  };

  unsigned Below(unsigned n) { return static_cast<unsigned>(random_() % n); }
  static std::string Name(int resource) { return absl::StrCat("newsrooms/a/releases/", resource); }
  static absl::Duration PhaseOf(int resource) { return kPhases[static_cast<std::size_t>(resource)]; }
  std::int64_t Phase(int resource) const { return (database_clock_.Now() - absl::UnixEpoch()) / PhaseOf(resource); }

  std::unique_ptr<Process> Start() {
    auto process = std::make_unique<Process>();
    Process* const raw = process.get();
    ReplyCacheOptions options;
    options.floor_slots = 64;  // few, so that floors are shared
    options.local.max_bytes = 4'000;
    options.local.shards = 1;
    process->cache.emplace(options, ReplyCache::Environment{wall_clock_, database_clock_, monotonic_,
                                                            [raw](absl::Time, ReplyCache::Work work) {
                                                              raw->loads.push_back(std::move(work));
                                                              return absl::OkStatus();
                                                            },
                                                            &shared_});
    return process;
  }

  // Ends a process as it should end: whoever waits is answered.
  void Drain(Process& process) {
    shared_.SetDeferring(false);
    while (shared_.AnswerOne() || !process.loads.empty()) {
      if (!process.loads.empty()) RunLoad(process, 3);
    }
  }

  void Replace(Process& process) {
    Drain(process);
    const auto found =
        std::find_if(processes_.begin(), processes_.end(), [&](const auto& p) { return p.get() == &process; });
    *found = Start();
    // It learns the newest changes at once, older ones never.
    (*found)->seen = std::max<FeedPosition>(0, Head() - Below(5));
  }

  FeedPosition Head() const { return static_cast<FeedPosition>(commits_.size()); }

  void Write(Process& process) {
    if (!database_up_) return;
    const int resource = static_cast<int>(Below(kResources));
    commits_.push_back({Head() + 1, resource, monotonic_.NowNanos()});
    if (Below(5) == 0) return;  // died before it could tell
    const auto index = static_cast<std::size_t>(resource);
    process.cache->OnCommit(Name(resource), Head());
    process.told[index] = Head();
  }

  // The newest commit of a resource at or before a position, or until a time.
  FeedPosition VersionAt(int resource, FeedPosition position) const {
    for (FeedPosition p = std::min(position, Head()); p > 0; --p) {
      if (commits_[static_cast<std::size_t>(p - 1)].resource == resource) return p;
    }
    return 0;
  }
  FeedPosition HeadUntil(std::int64_t time) const {
    const auto end =
        std::partition_point(commits_.begin(), commits_.end(), [&](const Commit& commit) { return commit.at <= time; });
    return end - commits_.begin();
  }

  void Tick(Process& process, int depth) {
    if (process.ticking) return;
    if (!database_up_ || process.tail_cut) return;
    // The tail asks, the world goes on, the tail hears.
    const std::int64_t started = monotonic_.NowNanos();
    const FeedPosition head = Head();
    process.ticking = true;
    if (depth < 3 && Below(3) == 0) Step(depth + 1);
    process.ticking = false;
    // Too far behind: it does not read what it has missed.
    const FeedPosition after = head - process.seen > 20 ? head - 5 : process.seen;
    std::vector<std::string> names;
    for (FeedPosition p = after + 1; p <= head; ++p) {
      names.push_back(Name(commits_[static_cast<std::size_t>(p - 1)].resource));
    }
    std::vector<CacheTick::Change> changes;
    for (std::size_t i = 0; i < names.size(); ++i) {
      changes.push_back({names[i], after + 1 + static_cast<FeedPosition>(i)});
    }
    process.cache->OnTick({"store", head, after, changes, started});
    process.seen = head;
  }

  void Read(Process& process) {
    const int resource = static_cast<int>(Below(kResources));
    Claim claim{resource, monotonic_.NowNanos(), 0, 0, 0, Phase(resource)};
    if (Below(4) == 0) claim.at_least = std::max<FeedPosition>(0, Head() - Below(4));
    claim.own = process.told[static_cast<std::size_t>(resource)];
    claim.promised = VersionAt(resource, HeadUntil(claim.began - kSecond));
    const std::string key = absl::StrCat("get/", Name(resource));
    if (const auto hit = process.cache->TryGet(key, claim.at_least)) return Check(process, claim, *hit, true);
    process.cache->Get(
        {key, {Dependency::Within(Name(resource))}, claim.at_least},
        [this, &process, resource](absl::Time) { return LoadRows(process, resource); },
        [this, &process, claim](const absl::StatusOr<ReplyCache::Hit>& hit) {
          if (hit.ok()) return Check(process, claim, *hit, false);
          EXPECT_GE(last_down_, claim.began) << "an error though the database answered: " << hit.status();
        });
  }

  absl::StatusOr<ReplyCache::Loaded> LoadRows(Process& process, int resource) {
    const int depth = load_depth_;
    if (Below(3) == 0) Step(depth + 1);
    if (!database_up_) {
      process.load_failed = true;
      return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE, "the database does not answer", absl::Seconds(1));
    }
    ReplyCache::Loaded loaded;
    loaded.bytes = absl::StrCat(VersionAt(resource, Head()), " ", Phase(resource));
    loaded.valid_until = absl::UnixEpoch() + (Phase(resource) + 1) * PhaseOf(resource);
    for (unsigned n = Below(4); n > 0; --n) Step(depth + 1);
    process.load_failed = false;
    process.answered = monotonic_.NowNanos();
    return loaded;
  }

  void RunLoad(Process& process, int depth) {
    if (process.loads.empty()) return;
    const std::size_t which = Below(static_cast<unsigned>(process.loads.size()));
    ReplyCache::Work work = std::move(process.loads[which]);
    process.loads.erase(process.loads.begin() + static_cast<std::ptrdiff_t>(which));
    const int outer = std::exchange(load_depth_, depth);
    std::move(work)(absl::OkStatus());
    load_depth_ = outer;
  }

  void Check(const Process& process, const Claim& claim, const ReplyCache::Hit& hit, bool from_cache) {
    ++answered;
    if (from_cache) ++answered_from_cache;
    const std::vector<std::string> parts = absl::StrSplit(hit.reply->bytes, ' ');
    FeedPosition version = 0;
    std::int64_t phase = 0;
    ASSERT_TRUE(absl::SimpleAtoi(parts.at(0), &version) && absl::SimpleAtoi(parts.at(1), &phase));
    EXPECT_GE(version, claim.own) << "older than a commit of this process";
    EXPECT_GE(version, VersionAt(claim.resource, claim.at_least)) << "older than the caller's position";
    EXPECT_GE(phase, claim.phase) << "from before an instant that has passed";
    if (!hit.stale_since) {
      EXPECT_GE(version, claim.promised) << "older than a second";
      return;
    }
    ++answered_stale;
    EXPECT_TRUE(process.load_failed || monotonic_.NowNanos() - process.answered > kSecond)
        << "stale though loads are answered";
    const std::int64_t since =
        monotonic_.NowNanos() - absl::ToInt64Nanoseconds(database_clock_.Now() - *hit.stale_since);
    EXPECT_GE(since, claim.began - 60 * kSecond);
    EXPECT_GE(version, VersionAt(claim.resource, HeadUntil(since - 1))) << "older than it says";
  }

  void Advance(absl::Duration by) {
    wall_clock_.Advance(by);
    database_clock_.Advance(by);
    monotonic_.Advance(by);
    if (!database_up_) last_down_ = monotonic_.NowNanos();
  }

  void SetDatabase(bool up) {
    database_up_ = up;
    if (!up) last_down_ = monotonic_.NowNanos();
  }

  void RestartShared() {
    switch (Below(3)) {
      case 0:
        return shared_.Replace({});
      case 1:
        dump_ = shared_.values();
        return;
      default:
        return shared_.Replace(dump_);
    }
  }

  std::mt19937 random_;
  const unsigned up_of_three_;  // how often the database is, of three times that its state changes
  FakeClock wall_clock_;
  FakeClock database_clock_;
  FakeMonotonicClock monotonic_;
  FakeSharedStore shared_;
  FakeSharedStore::Values dump_;
  std::vector<Commit> commits_;
  bool database_up_ = true;
  std::int64_t last_down_ = -1'000'000 * kSecond;
  int load_depth_ = 0;
  bool ending_ = false;
  std::vector<std::unique_ptr<Process>> processes_;
};

TEST(ReplyCachePropertyTest, NoReaderGetsAReplyOlderThanPromised) {
  int answered = 0, from_cache = 0, stale = 0;
  for (unsigned seed = 1; seed <= static_cast<unsigned>(OfHistories(400)) && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    World world(seed);
    for (int step = 0; step < 3'000 && !::testing::Test::HasFailure(); ++step) world.Step();
    answered += world.answered;
    from_cache += world.answered_from_cache;
    stale += world.answered_stale;
  }
  // The histories must reach what they are about.
  EXPECT_GT(answered, OfHistories(100'000));
  EXPECT_GT(from_cache, OfHistories(10'000));
  EXPECT_GT(stale, OfHistories(1'000));
  RecordProperty("answered", answered);
  RecordProperty("from_cache", from_cache);
  RecordProperty("stale", stale);
  std::printf("%d answers, %d from the process' own cache, %d stale\n", answered, from_cache, stale);
}

}  // namespace
}  // namespace communique::platform
