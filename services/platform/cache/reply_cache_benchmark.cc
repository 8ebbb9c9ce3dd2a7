// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What a warm read costs, what a change costs, and what the second level costs: run it from a release build.

#include <benchmark/benchmark.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "services/platform/cache/reply_cache.h"
#include "services/platform/cache/reply_codec.h"

namespace communique::platform {
namespace {

constexpr int kReplies = 10'000;

struct Warm {
  Warm() {
    for (int i = 0; i < kReplies; ++i) {
      const std::string release = absl::StrCat("newsrooms/igh/releases/2021-12-", i, "-abcdefghij");
      keys.push_back(absl::StrCat("communique.releases.v1.EditionService/GetEdition:", release, "/editions/de"));
      Tick();
      cache.Get(
          {keys.back(), {Dependency::Within(release), Dependency::Exactly("newsrooms/igh")}},
          [](absl::Time) -> absl::StatusOr<ReplyCache::Loaded> {
            return ReplyCache::Loaded{std::string(4'000, 'x'), "\"7\"", absl::InfiniteFuture()};
          },
          [](const absl::StatusOr<ReplyCache::Hit>&) {});
    }
  }
  void Tick() { cache.OnTick({"store", 1, 0, {}, monotonic.NowNanos()}); }

  SystemClock clock;
  SystemMonotonicClock monotonic;
  ReplyCache cache{{}, {clock, clock, monotonic, [](absl::Time, ReplyCache::Work work) {
                          std::move(work)(absl::OkStatus());
                          return absl::OkStatus();
                        }}};
  std::vector<std::string> keys;
};

Warm& Shared() {
  static Warm warm;
  return warm;
}

void ReadOneKey(benchmark::State& state) {
  Warm& warm = Shared();
  warm.Tick();
  std::int64_t n = 0;
  for (auto _ : state) {
    if (++n % 1'000'000 == 0) warm.Tick();
    auto hit = warm.cache.TryGet(warm.keys[17]);
    if (!hit) state.SkipWithError("no hit");
    benchmark::DoNotOptimize(hit);
  }
}
BENCHMARK(ReadOneKey)->ThreadRange(1, 2)->UseRealTime();

void ReadManyKeys(benchmark::State& state) {
  Warm& warm = Shared();
  warm.Tick();
  const auto keys = static_cast<std::size_t>(state.range(0));
  std::size_t n = static_cast<std::size_t>(state.thread_index()) * 5'000;
  for (auto _ : state) {
    if (++n % 1'000'000 == 0) warm.Tick();
    auto hit = warm.cache.TryGet(warm.keys[n * 7919 % keys]);
    if (!hit) state.SkipWithError("no hit");
    benchmark::DoNotOptimize(hit);
  }
}
BENCHMARK(ReadManyKeys)->Arg(100)->Arg(1'000)->Arg(kReplies)->ThreadRange(1, 2)->UseRealTime();

void Commit(benchmark::State& state) {
  SystemClock clock;
  SystemMonotonicClock monotonic;
  ReplyCache cache({}, {clock, clock, monotonic, nullptr});
  FeedPosition position = 0;
  for (auto _ : state) cache.OnCommit("newsrooms/igh/releases/2021-12-01-abcdefghij/editions/de", ++position);
}
BENCHMARK(Commit);

void EncodeAndDecode(benchmark::State& state) {
  StoredReply reply;
  reply.bytes = std::string(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state) {
    benchmark::DoNotOptimize(DecodeReply("key", EncodeReply("key", reply, "secret"), "secret"));
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(EncodeAndDecode)->Arg(4'000)->Arg(100'000);

}  // namespace
}  // namespace communique::platform

BENCHMARK_MAIN();
