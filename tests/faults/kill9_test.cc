// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// kill -9 of the whole service at random points, while people write through its API: what was acknowledged is there,
// nothing is half done, a repeated call has the outcome of the first, and the feeds tell each change once, in order.

#include <gtest/gtest.h>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/base/uuid.h"
#include "services/platform/storage/database.h"
#include "services/platform/testing/postgres_server.h"
#include "services/platform/testing/test_database.h"
#include "tests/testing/client.h"
#include "tests/testing/press_office.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

using v1::Change;
using v1::Edition;
using v1::Release;

constexpr int kKills = 50;
constexpr int kWriters = 3;

// Somebody who takes one release after the other from a draft to its withdrawal, and remembers what he was told.
class Writer {
 public:
  explicit Writer(int number) : number_(number) {}

  // Writes until a call gets no answer.
  void WriteUntilKilled(Client& client) {
    while (Step(client)) {
    }
  }

  // After the restart: what was acknowledged is there, and the call without an answer is repeated.
  void Verify(Client& client) {
    if (pending_) {
      ASSERT_TRUE(Step(client)) << "the repeated call gets no answer";
    } else if (!release_.name().empty()) {
      ExpectAsTold(client);
    }
    RepeatLast(client);
    ExpectEditionFits(client);
  }

  // What was done to each release, oldest first.
  const std::map<std::string, std::vector<Change::Verb>>& history() const { return history_; }
  int acknowledged() const { return acknowledged_; }

 private:
  struct Call {
    int step = 0;
    std::string id;
    std::string request_id;
    Release before;
  };
  static constexpr Change::Verb kSteps[] = {Change::VERB_CREATED,   Change::VERB_UPDATED,   Change::VERB_SUBMITTED,
                                            Change::VERB_APPROVED,  Change::VERB_PUBLISHED, Change::VERB_WITHDRAWN,
                                            Change::VERB_REINSTATED};

  static PressOffice::Written Do(Client& client, const Call& call) {
    PressOffice office(client);
    switch (kSteps[call.step]) {
      case Change::VERB_CREATED:
        return office.Create(call.id, "First words", call.request_id);
      case Change::VERB_UPDATED:
        return office.Edit(call.before, "Second words", call.request_id);
      case Change::VERB_SUBMITTED:
        return office.Submit(call.before, call.request_id);
      case Change::VERB_APPROVED:
        return office.Approve(call.before, call.request_id);
      case Change::VERB_PUBLISHED:
        return office.Publish(call.before, call.request_id);
      case Change::VERB_WITHDRAWN:
        return office.Withdraw(call.before, call.request_id);
      default:
        return office.Reinstate(call.before, call.request_id);
    }
  }

  // The next call, or the one that got no answer once more. False when it gets none.
  bool Step(Client& client) {
    if (!pending_) {
      const int step = last_ ? (last_->step + 1) % static_cast<int>(std::size(kSteps)) : 0;
      if (step == 0) release_ = {};
      const std::string id = step == 0 ? absl::StrCat("w", number_, "-", ++releases_) : last_->id;
      pending_ = Call{step, id, platform::MakeUuidV7(absl::Now()), release_};
    }
    const auto written = Do(client, *pending_);
    if (!written.ok()) {
      EXPECT_TRUE(absl::IsUnavailable(written.status())) << kSteps[pending_->step] << ": " << written.status();
      return false;
    }
    release_ = *written;
    history_[release_.name()].push_back(kSteps[pending_->step]);
    last_ = *std::move(pending_);
    pending_.reset();
    ++acknowledged_;
    return true;
  }

  void ExpectAsTold(Client& client) {
    v1::GetReleaseRequest request;
    request.set_name(release_.name());
    const auto found = client.Call(&v1::ReleaseService::Stub::GetRelease, request);
    ASSERT_TRUE(found.ok()) << release_.name() << " was acknowledged and is lost: " << found.status();
    EXPECT_EQ(found->DebugString(), release_.DebugString());
  }

  void RepeatLast(Client& client) {
    if (!last_) return;
    const auto again = Do(client, *last_);
    ASSERT_TRUE(again.ok()) << kSteps[last_->step] << ": " << again.status();
    EXPECT_EQ(again->etag(), release_.etag()) << "a repeated call was done twice";
    EXPECT_EQ(again->state(), release_.state());
  }

  // The public has exactly what the release's state says.
  void ExpectEditionFits(Client& client) {
    if (release_.name().empty()) return;
    const EditionAnswer answer = client.Read(release_.name() + "/editions/en");
    switch (release_.state()) {
      case Release::STATE_PUBLISHED:
        EXPECT_TRUE(answer.Is(Edition::VISIBILITY_LIVE)) << answer.edition.status();
        break;
      case Release::STATE_WITHDRAWN:
        EXPECT_TRUE(answer.Is(Edition::VISIBILITY_TOMBSTONE)) << answer.edition.status();
        break;
      default:
        EXPECT_TRUE(absl::IsNotFound(answer.edition.status())) << answer.edition.status();
    }
  }

  const int number_;
  int releases_ = 0;
  int acknowledged_ = 0;
  Release release_;  // as last acknowledged
  std::optional<Call> last_;
  std::optional<Call> pending_;
  std::map<std::string, std::vector<Change::Verb>> history_;
};

// By the engine's own checks: of every page; on PostgreSQL also that all rows are found by all indexes.
void ExpectSound(const ReleasesData& data) {
  platform::DatabaseOptions options;
  if (data.on_postgres()) {
    options.engine = platform::Engine::kPostgres;
    options.postgres = data.conninfo();
    platform::PostgresServer::Shared().Run(data.database(), "CREATE EXTENSION amcheck");
  } else {
    options.sqlite_path = data.file();
  }
  const auto database = platform::Database::Open(options);
  ASSERT_TRUE(database.ok()) << database.status();
  const absl::Status status = (*database)->Read(absl::Now() + absl::Seconds(20), [](platform::Session& session) {
    if (session.engine() == platform::Engine::kSqlite) {
      const auto rows = session.Query("PRAGMA integrity_check");
      EXPECT_TRUE(rows.ok() && (*rows)[0].Text(0) == "ok");
      return rows.status();
    }
    const auto indexes = session.Query(
        "SELECT c.relname FROM pg_class c CROSS JOIN LATERAL bt_index_check(c.oid, true) "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'i'");
    if (!indexes.ok()) return indexes.status();
    EXPECT_GT(indexes->size(), 20U);
    const auto damage = session.Query(
        "SELECT c.relname, d.blkno, d.msg FROM pg_class c "
        "CROSS JOIN LATERAL verify_heapam(c.oid, check_toast => true) d "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'");
    if (!damage.ok()) return damage.status();
    for (const platform::Row row : *damage) {
      ADD_FAILURE() << row.Text(0) << ", block " << row.Int(1) << ": " << row.Text(2);
    }
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
}

class Kill9Test : public ::testing::TestWithParam<const char*> {
 protected:
  // What both feeds say was done to each release, from the beginning up to `events` entries in all.
  template <typename Reader, typename Response, typename Name>
  static std::map<std::string, std::vector<Change::Verb>> Replay(Reader& reader, std::size_t events, Name name) {
    std::map<std::string, std::vector<Change::Verb>> told;
    Response response;
    for (std::size_t i = 0; i < events && reader.Read(&response);) {
      if (!response.has_change()) continue;
      told[name(response.change())].push_back(response.change().verb());
      ++i;
    }
    return told;
  }

  ReleasesData data_{GetParam()};
  ReleasesProcess process_{data_.flags(), data_.environment()};
};

INSTANTIATE_TEST_SUITE_P(Engines, Kill9Test, ::testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

TEST_P(Kill9Test, NothingAcknowledgedIsLostAndNothingIsHalfDone) {
  std::mt19937 random(20'261'016);
  std::string releases_start, editions_start;
  {
    Client client(process_.internal());
    ASSERT_TRUE(PressOffice(client).Open().ok());
    v1::ListReleasesRequest releases;
    releases.set_parent("newsrooms/example");
    releases_start = client.Call(&v1::ReleaseService::Stub::ListReleases, releases)->watch_token();
    v1::ListEditionsRequest editions;
    editions.set_parent("newsrooms/example/releases/-");
    editions_start = client.Call(&v1::EditionService::Stub::ListEditions, editions)->watch_token();
  }
  std::vector<std::unique_ptr<Writer>> writers;
  for (int i = 0; i < kWriters; ++i) writers.push_back(std::make_unique<Writer>(i));

  for (int kill = 0; kill < kKills && !HasFailure(); ++kill) {
    {
      std::vector<std::thread> threads;
      for (const auto& writer : writers) {
        threads.emplace_back([&] {
          Client client(process_.internal());
          writer->WriteUntilKilled(client);
        });
      }
      absl::SleepFor(absl::Microseconds(std::uniform_int_distribution<int>(3'000, 60'000)(random)));
      process_.Kill();
      for (std::thread& thread : threads) thread.join();
    }
    process_.Start();
    Client client(process_.internal());
    for (const auto& writer : writers) writer->Verify(client);
  }

  std::map<std::string, std::vector<Change::Verb>> done, seen_by_public;
  std::size_t changes = 0, public_changes = 0;
  int acknowledged = 0;
  for (const auto& writer : writers) {
    acknowledged += writer->acknowledged();
    for (const auto& [name, verbs] : writer->history()) {
      done[name] = verbs;
      changes += verbs.size();
      for (const Change::Verb verb : verbs) {
        if (verb < Change::VERB_PUBLISHED) continue;
        seen_by_public[name + "/editions/en"].push_back(verb);
        ++public_changes;
      }
    }
  }
  std::printf("%d kills, %d calls acknowledged, %zu releases\n", kKills, acknowledged, done.size());
  EXPECT_GT(acknowledged, kKills);

  Client client(process_.internal());
  {
    grpc::ClientContext context;
    client.SetDeadline(context);
    v1::WatchReleasesRequest request;
    request.set_parent("newsrooms/example");
    request.set_watch_token(releases_start);
    const auto reader = v1::ReleaseService::NewStub(client.channel())->WatchReleases(&context, request);
    const auto told = Replay<decltype(*reader), v1::WatchReleasesResponse>(
        *reader, changes, [](const Change& change) { return change.resource(); });
    EXPECT_EQ(told, done);
    context.TryCancel();
  }
  {
    grpc::ClientContext context;
    client.SetDeadline(context);
    v1::WatchEditionsRequest request;
    request.set_parent("newsrooms/example/releases/-");
    request.set_watch_token(editions_start);
    const auto reader = v1::EditionService::NewStub(client.channel())->WatchEditions(&context, request);
    const auto told = Replay<decltype(*reader), v1::WatchEditionsResponse>(
        *reader, public_changes, [](const v1::EditionChange& change) { return change.edition().name(); });
    EXPECT_EQ(told, seen_by_public);
    context.TryCancel();
  }

  process_.Kill();
  ExpectSound(data_);
}

}  // namespace
}  // namespace communique::testing
