// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// SIGTERM under load: what was begun is finished and told, what was refused was not done, watchers are told why they
// end, and the process is gone in bounded time with exit code 0.
//
// The clients here do what no good client does: they go on calling a server that says NOT_SERVING. They are refused
// with a reason and the time after which to try again, and what was refused was not done.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/errors/error.h"
#include "tests/testing/client.h"
#include "tests/testing/press_office.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

constexpr int kWriters = 4;
constexpr int kReaders = 4;
constexpr int kWatchers = 10;

bool IsRefusal(const absl::Status& status) {
  return absl::IsUnavailable(status) && platform::ReasonOf(status) == platform::Reason::ERROR_REASON_SHUTTING_DOWN &&
         platform::RetryAfterOf(status).has_value();
}

TEST(DrainTest, NoCallIsLostAndNothingIsHalfDone) {
  const ReleasesData data("sqlite");
  ReleasesProcess process(data.FlagsAnd({"--drain.delay=300ms", "--drain.refuse=2s", "--drain.grace=4s"}));
  Client client(process.internal());
  ASSERT_TRUE(PressOffice(client).Open().ok());
  ASSERT_TRUE(PressOffice(client).MakePublic("page", "Read by many").ok());

  std::mutex mutex;
  std::vector<std::string> done, refused, wrong;
  std::atomic<int> reads = 0;
  std::atomic<bool> ended = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < kWriters; ++i) {
    threads.emplace_back([&, i] {
      Client own(process.internal());
      PressOffice office(own);
      for (int n = 0; !ended; ++n) {
        const std::string id = absl::StrCat("draft-", i, "-", n);
        const absl::Status status = office.Create(id, "A draft").status();
        const std::lock_guard lock(mutex);
        if (status.ok()) {
          done.push_back(id);
        } else if (IsRefusal(status)) {
          refused.push_back(id);
        } else {
          wrong.push_back(absl::StrCat(id, ": ", status.ToString()));
        }
        if (!status.ok()) return;
      }
    });
  }
  for (int i = 0; i < kReaders; ++i) {
    threads.emplace_back([&] {
      Client own(process.public_reads());
      while (!ended) {
        const EditionAnswer answer = own.Read(EditionName("page"));
        if (answer.Is(v1::Edition::VISIBILITY_LIVE)) {
          ++reads;
          continue;
        }
        const std::lock_guard lock(mutex);
        if (!IsRefusal(answer.edition.status())) wrong.push_back(answer.edition.status().ToString());
        return;
      }
    });
  }
  std::atomic<int> watching = 0;
  std::vector<absl::Status> watch_ends(kWatchers);
  for (int i = 0; i < kWatchers; ++i) {
    threads.emplace_back([&, i] {
      Client own(process.public_reads(), absl::Seconds(60));
      grpc::ClientContext context;
      own.SetDeadline(context);
      v1::WatchEditionsRequest request;
      request.set_parent("newsrooms/-/releases/-");
      const auto reader = v1::EditionService::NewStub(own.channel())->WatchEditions(&context, request);
      reader->WaitForInitialMetadata();
      ++watching;
      v1::WatchEditionsResponse response;
      while (reader->Read(&response)) {
      }
      watch_ends[static_cast<std::size_t>(i)] = platform::FromGrpcStatus(reader->Finish());
    });
  }
  const auto busy = [&] {
    const std::lock_guard lock(mutex);
    return done.size() > 100 && reads > 100 &&
           process.Metric(R"(communique_watch_watchers{feed="public"})") >= kWatchers;
  };
  for (const absl::Time give_up = absl::Now() + absl::Seconds(30); !busy() && absl::Now() < give_up;) {
    absl::SleepFor(absl::Milliseconds(10));
  }

  const absl::Time asked = absl::Now();
  EXPECT_EQ(process.Terminate(), 0);
  const absl::Duration took = absl::Now() - asked;
  ended = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(wrong, ::testing::IsEmpty());
  EXPECT_EQ(refused.size(), kWriters);
  EXPECT_LT(took, absl::Seconds(8));
  for (const absl::Status& end : watch_ends) {
    EXPECT_EQ(end.code(), absl::StatusCode::kUnavailable) << end;
    EXPECT_EQ(platform::ReasonOf(end), platform::Reason::ERROR_REASON_WATCH_ENDED) << end;
  }

  process.Start();
  Client after(process.internal());
  const auto exists = [&after](const std::string& id) {
    v1::GetReleaseRequest request;
    request.set_name(ReleaseName(id));
    return after.Call(&v1::ReleaseService::Stub::GetRelease, request).ok();
  };
  for (const std::string& id : done) EXPECT_TRUE(exists(id)) << id << " was acknowledged and is lost";
  for (const std::string& id : refused) EXPECT_FALSE(exists(id)) << id << " was refused and is there";
  std::printf("ended after %.0f ms; %zu writes done, %zu refused, %d reads\n", absl::ToDoubleMilliseconds(took),
              done.size(), refused.size(), reads.load());
}

}  // namespace
}  // namespace communique::testing
