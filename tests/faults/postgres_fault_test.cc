// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The service, as a process, while its PostgreSQL hangs or is restarted: callers get an answer by their deadline,
// operators are told, and everything goes on by itself.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/testing/postgres_server.h"
#include "tests/testing/client.h"
#include "tests/testing/press_office.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

using ::testing::HasSubstr;

constexpr absl::Duration kDeadline = absl::Seconds(2);

bool Eventually(const std::function<bool()>& condition, absl::Duration within = absl::Seconds(20)) {
  const absl::Time end = absl::Now() + within;
  while (!condition()) {
    if (absl::Now() > end) return false;
    absl::SleepFor(absl::Milliseconds(20));
  }
  return true;
}

bool IsOutage(const absl::Status& status) { return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status); }

class PostgresFaultTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(office_.Open().ok());
    const auto release = office_.MakePublic("before", "Before the fault");
    ASSERT_TRUE(release.ok()) << release.status();
    release_ = *release;
  }
  ~PostgresFaultTest() override { postgres_.Thaw(); }

  absl::Status Get() {
    v1::GetReleaseRequest request;
    request.set_name(release_.name());
    return client_.Call(&v1::ReleaseService::Stub::GetRelease, request).status();
  }

  // Each of many reads and writes at once ends by its deadline, with an error that says that it may be tried again.
  void ExpectAnswersByTheDeadline() {
    std::vector<std::thread> callers;
    for (int i = 0; i < 6; ++i) {
      callers.emplace_back([this, i] {
        const absl::Time began = absl::Now();
        const absl::Status status =
            i % 2 == 0 ? Get() : office_.Create(absl::StrCat("during-", i), "During the fault").status();
        EXPECT_TRUE(IsOutage(status)) << status;
        EXPECT_LT(absl::Now() - began, kDeadline + absl::Seconds(1));
      });
    }
    for (std::thread& caller : callers) caller.join();
  }

  // Alive, not taken out of service, and honest about the database.
  void ExpectToldToOperators() {
    EXPECT_EQ(process_.HttpStatus("/livez"), "200 OK");
    EXPECT_TRUE(Eventually([this] { return process_.Http("/readyz").find("[-] db\n") != std::string::npos; }))
        << process_.Http("/readyz");
    // Other replicas would be no better off, and readers are served from memory.
    EXPECT_EQ(process_.HttpStatus("/readyz"), "200 OK");
    EXPECT_GT(process_.Metric("communique_feed_tick_failures_total"), 0);
  }

  void ExpectRecovers() {
    EXPECT_TRUE(Eventually([this] { return Get().ok(); }));
    EXPECT_TRUE(Eventually([this] {
      const auto again = office_.Create("after", "After the fault");
      return again.ok() || absl::IsAlreadyExists(again.status());
    }));
    EXPECT_TRUE(Eventually([this] { return process_.Http("/readyz").find("[+] db\n") != std::string::npos; }));
    EXPECT_TRUE(office_.MakePublic("later", "Later on").ok());
    EXPECT_TRUE(client_.Read(EditionName("later")).Is(v1::Edition::VISIBILITY_LIVE));
  }

  platform::PostgresServer postgres_;
  ReleasesData data_{postgres_};
  ReleasesProcess process_{data_.FlagsAnd({"--drain.grace=500ms"}), data_.environment()};
  Client client_{process_.internal(), kDeadline};
  PressOffice office_{client_};
  v1::Release release_;
};

TEST_F(PostgresFaultTest, ADatabaseThatHangsTakesNobodyWithIt) {
  EXPECT_THAT(process_.Http("/readyz"), HasSubstr("[+] db\n"));
  postgres_.Freeze();
  ExpectAnswersByTheDeadline();
  ExpectToldToOperators();
  // The threads that hung are free again, and what waits for them is not growing.
  ExpectAnswersByTheDeadline();
  EXPECT_TRUE(Eventually([this] { return process_.Metric("communique_database_watchdog_cuts_total") > 0; }));
  postgres_.Thaw();
  ExpectRecovers();
  EXPECT_EQ(process_.Terminate(), 0);
}

TEST_F(PostgresFaultTest, ADatabaseThatIsRestartedIsFoundAgain) {
  postgres_.Stop(platform::StopMode::kImmediate);
  ExpectAnswersByTheDeadline();
  ExpectToldToOperators();
  postgres_.Start();
  ExpectRecovers();
  EXPECT_TRUE(client_.Read(EditionName("before")).Is(v1::Edition::VISIBILITY_LIVE));
}

TEST_F(PostgresFaultTest, AProcessThatNobodyCallsEndsWhileTheDatabaseHangs) {
  postgres_.Freeze();
  // The tail has noticed, and so the thread that announces what has become public hangs, too.
  ASSERT_TRUE(Eventually([this] { return process_.Metric("communique_feed_tick_failures_total") >= 2; }));
  const absl::Time asked = absl::Now();
  EXPECT_EQ(process_.Terminate(), 0);
  const absl::Duration took = absl::Now() - asked;
  EXPECT_LT(took, absl::Seconds(5));
  std::printf("ended after %.0f ms\n", absl::ToDoubleMilliseconds(took));
}

TEST_F(PostgresFaultTest, TheProcessEndsWhileTheDatabaseHangs) {
  postgres_.Freeze();
  // A caller with patience, whose transaction hangs; and what the service does by itself hangs, too.
  Client patient(process_.internal(), absl::Minutes(2));
  std::thread caller([&] {
    v1::GetReleaseRequest request;
    request.set_name(release_.name());
    EXPECT_FALSE(patient.Call(&v1::ReleaseService::Stub::GetRelease, request).ok());
  });
  ASSERT_TRUE(Eventually([this] { return process_.Metric(R"(communique_database_sessions{state="leased"})") >= 1; }));
  const absl::Time asked = absl::Now();
  EXPECT_EQ(process_.Terminate(), 0);
  const absl::Duration took = absl::Now() - asked;
  // The calls' grace, half a second here, and what is left to work in the background: 2 s.
  EXPECT_LT(took, absl::Seconds(5));
  std::printf("ended after %.0f ms\n", absl::ToDoubleMilliseconds(took));
  caller.join();
}

}  // namespace
}  // namespace communique::testing
