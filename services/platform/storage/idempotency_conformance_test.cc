// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "desk.pb.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/forget_fingerprints.h"
#include "services/platform/storage/idempotency.h"
#include "services/platform/testing/golden.h"
#include "services/platform/testing/schema_dump.h"
#include "services/platform/testing/test_database.h"

namespace communique::platform {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

class IdempotencyConformanceTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const absl::Status status = Migrate(test_.db(), {&IdempotencyMigrations()}, kNow, Soon());
    ASSERT_TRUE(status.ok()) << status;
  }

  static IdempotentCall Call(std::string request_id = "id-1", std::string fingerprint = "f") {
    return {"users/anna", "Publish", request_id, fingerprint};
  }

  // Makes the call in a transaction of its own; counts how often the work was done and kept.
  absl::StatusOr<IdempotentResult> Make(
      const IdempotentCall& call, absl::Time now = kNow,
      const std::function<absl::Status()>& during = [] { return absl::OkStatus(); }) {
    std::optional<IdempotentResult> result;
    const absl::Status status = test_.db().Write(Soon(), [&](Session& session) -> absl::Status {
      auto made = Idempotently(session, call, now, [&]() -> absl::StatusOr<Outcome> {
        if (auto failed = during(); !failed.ok()) return failed;
        return Outcome{absl::StrCat("releases/", call.request_id), absl::StrCat("rev-", works_.load() + 1)};
      });
      if (made.ok()) result = *made;
      return made.status();
    });
    if (!status.ok()) return status;
    if (!result->replayed) ++works_;
    return *result;
  }

  TestDatabase test_{GetParam()};
  std::atomic<int> works_ = 0;
};

TEST_P(IdempotencyConformanceTest, HasTheDocumentedTables) {
  ExpectGolden("services/platform/storage/testdata/idempotency.schema", DumpSchema(test_.db()));
}

TEST_P(IdempotencyConformanceTest, TheSecondCallReplaysTheFirst) {
  const auto first = Make(Call());
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_FALSE(first->replayed);
  const auto second = Make(Call(), kNow + absl::Hours(23));
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_TRUE(second->replayed);
  EXPECT_EQ(second->outcome.name, "releases/id-1");
  EXPECT_EQ(second->outcome.revision, "rev-1");
  EXPECT_EQ(works_, 1);
}

TEST_P(IdempotencyConformanceTest, AnotherRequestWithTheSameIdIsRefused) {
  ASSERT_TRUE(Make(Call("id-1", "f")).ok());
  const auto reused = Make(Call("id-1", std::string("g\0", 2)));
  EXPECT_EQ(reused.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(reused.status()), Reason::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(works_, 1);
}

TEST_P(IdempotencyConformanceTest, AfterItsFingerprintIsForgottenACallIsNotRepeated) {
  ASSERT_TRUE(Make(Call("id-1")).ok());
  ASSERT_TRUE(Make(Call("id-2")).ok());
  const absl::Status forgotten =
      test_.db().Write(Soon(), [](Session& session) { return ForgetFingerprints(session, "releases/id-1"); });
  ASSERT_TRUE(forgotten.ok()) << forgotten;
  EXPECT_EQ(ReasonOf(Make(Call("id-1")).status()), Reason::ERROR_REASON_REQUEST_ID_REUSED);
  EXPECT_TRUE(Make(Call("id-2"))->replayed) << "of another resource";
  EXPECT_EQ(works_, 2);
}

TEST_P(IdempotencyConformanceTest, PrincipalsAndMethodsAreApart) {
  IdempotentCall other = Call();
  ASSERT_TRUE(Make(other).ok());
  other.principal = "users/bert";
  EXPECT_FALSE(Make(other)->replayed);
  other.method = "Withdraw";
  EXPECT_FALSE(Make(other)->replayed);
}

TEST_P(IdempotencyConformanceTest, WithoutARequestIdTheCallIsSimplyMade) {
  EXPECT_FALSE(Make(Call(""))->replayed);
  EXPECT_FALSE(Make(Call(""))->replayed);
  EXPECT_EQ(works_, 2);
}

TEST_P(IdempotencyConformanceTest, AFailedCallLeavesNoRecord) {
  EXPECT_FALSE(Make(Call(), kNow, [] { return absl::InternalError("no"); }).ok());
  EXPECT_FALSE(Make(Call())->replayed);
}

TEST_P(IdempotencyConformanceTest, TheSameCallTwiceAtOnceIsDoneOnce) {
  for (int round = 0; round < 8; ++round) {
    std::atomic<int> inside = 0;
    std::vector<std::optional<absl::StatusOr<IdempotentResult>>> results(3);
    std::vector<std::thread> callers;
    for (std::size_t i = 0; i < results.size(); ++i) {
      callers.emplace_back([&, i] {
        results[i] = Make(Call(absl::StrCat("round-", round)), kNow, [&] {
          EXPECT_EQ(++inside, 1) << "two transactions do the same work";
          absl::SleepFor(absl::Milliseconds(20));
          --inside;
          return absl::OkStatus();
        });
      });
    }
    for (std::thread& caller : callers) caller.join();
    int done = 0;
    for (const auto& result : results) {
      ASSERT_TRUE(result->ok()) << result->status();
      done += (**result).replayed ? 0 : 1;
      EXPECT_EQ((**result).outcome.name, absl::StrCat("releases/round-", round));
    }
    EXPECT_EQ(done, 1);
  }
}

TEST_P(IdempotencyConformanceTest, WhoeverWaitedForAFailureDoesTheWork) {
  std::atomic<bool> started = false;
  std::thread failing([&] {
    const auto failed = Make(Call(), kNow, [&]() -> absl::Status {
      started = true;
      absl::SleepFor(absl::Milliseconds(100));
      return absl::InternalError("no");
    });
    EXPECT_FALSE(failed.ok());
  });
  while (!started) absl::SleepFor(absl::Milliseconds(1));
  const auto waited = Make(Call());
  failing.join();
  ASSERT_TRUE(waited.ok()) << waited.status();
  EXPECT_FALSE(waited->replayed);
}

TEST_P(IdempotencyConformanceTest, RecordsAreKeptForADay) {
  ASSERT_TRUE(Make(Call("old", "f"), kNow).ok());
  ASSERT_TRUE(Make(Call("new", "f"), kNow + absl::Hours(2)).ok());
  EXPECT_FALSE(Make(Call("old", "other request"), kNow + absl::Hours(25))->replayed);
  EXPECT_TRUE(Make(Call("new", "f"), kNow + absl::Hours(25))->replayed);
}

TEST_P(IdempotencyConformanceTest, TrimmingRemovesTheOldestInPortions) {
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(Make(Call(absl::StrCat("id-", i)), kNow + absl::Minutes(i)).ok());
  const auto trim = [&](absl::Time now) {
    std::int64_t removed = -1;
    const absl::Status status = test_.db().Write(Soon(), [&](Session& session) -> absl::Status {
      const auto trimmed = TrimIdempotency(session, now, 2);
      if (trimmed.ok()) removed = *trimmed;
      return trimmed.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return removed;
  };
  const absl::Time later = kNow + absl::Hours(24) + absl::Minutes(3) + absl::Seconds(1);
  EXPECT_EQ(trim(later), 2);
  EXPECT_EQ(trim(later), 2);
  EXPECT_EQ(trim(later), 0);
  EXPECT_TRUE(Make(Call("id-4"), kNow + absl::Hours(1))->replayed);
  EXPECT_FALSE(Make(Call("id-0"), kNow + absl::Hours(1))->replayed);
}

INSTANTIATE_TEST_SUITE_P(Engines, IdempotencyConformanceTest, testing::ValuesIn(TestDatabase::kEnginesAndPgBouncer),
                         TestDatabase::Name);

TEST(FingerprintTest, DiffersForOtherRequestsOnly) {
  testdata::Desk a;
  a.set_title("x");
  testdata::Desk b = a;
  EXPECT_EQ(FingerprintOf(a), FingerprintOf(b));
  EXPECT_EQ(FingerprintOf(a).size(), 32U);
  b.set_seats(1);
  EXPECT_NE(FingerprintOf(a), FingerprintOf(b));
}

}  // namespace
}  // namespace communique::platform
