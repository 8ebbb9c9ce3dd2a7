// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Two running services live through the same random history, but in one of them there are releases besides that never
// become public: drafts, in review, approved, deleted, scheduled for years ahead, under an embargo without an end; and
// corrections of public releases that are never published. An anonymous client at the public listener calls everything
// that is served there and gets the same from both, to the byte: status, words, details, metadata, replies, events.
// In the one that has them, what is hidden is answered like what never was.
//
// What is made comparable, and why: see ComparableReply, and AnonymousReader for bookmarks and request ids. Nothing
// else is left out. What is asked: PublicQuestions.
//
// A history that fails is printed with its seed; see test_seed.h for playing others.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "services/platform/errors/error.h"
#include "services/releases/testing/random_commands.h"
#include "services/releases/testing/release_model.h"
#include "services/releases/testing/test_seed.h"
#include "tests/integration/anonymous_reader.h"
#include "tests/integration/press_desk.h"
#include "tests/integration/public_questions.h"
#include "tests/testing/client.h"
#include "tests/testing/people.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

using releases::Command;
using Act = Command::Act;
using Life = releases::ReleaseModel::Life;

constexpr char kEverything[] = "newsrooms/-/releases/-";
constexpr int kOpen = 3;
constexpr int kHidden = 3;
constexpr int kComing = 8;  // becomes public by itself
constexpr int kNever = 9;   // is in no world
constexpr int kSteps = 60;
// Nothing hidden begins before.
constexpr int kHorizon = 1'000'000;  // minutes

bool IsHidden(int release) { return release >= kOpen && release < kOpen + kHidden; }

// Makes up histories in which what is hidden stays so. The time of the wall passes as it likes and is nothing that
// histories could be about: dates are years ahead, or without an end, or not given.
class Commands {
 public:
  Commands(std::uint32_t seed, absl::Time start)
      : commands_(seed), model_(start, kOpen + kHidden, "newsrooms/relief/releases/r") {}

  Command Next() {
    while (true) {
      Command command = commands_.Next(model_);
      if (releases::ConcernsAll(command) || command.act == Act::kSetAbout) continue;
      command.tried = command.repeated = false;
      command.who = command.act == Act::kApprove ? 1 : 0;  // as PressDesk does it
      const bool dated =
          command.act == Act::kSetPublishTime || command.act == Act::kSetEmbargo || command.act == Act::kPublish;
      if (dated && command.n > 0) command.n = IsHidden(command.release) ? command.n + kHorizon : 0;
      releases::NewsroomModel next = model_;
      next.Play(command);
      if (!StaysHidden(next)) continue;
      answer_ = model_.Play(command).reason;
      return command;
    }
  }
  // What should come of the last one.
  platform::Reason answer() const { return answer_; }
  const releases::NewsroomModel& model() const { return model_; }

 private:
  static bool StaysHidden(const releases::NewsroomModel& model) {
    for (int i = kOpen; i < kOpen + kHidden; ++i) {
      const auto since = model.release(i).since();
      if (since && *since < releases::MinuteOf(model.start(), kHorizon)) return false;
    }
    return true;
  }

  releases::RandomCommands commands_;
  releases::NewsroomModel model_;
  platform::Reason answer_ = platform::Reason::ERROR_REASON_UNSPECIFIED;
};

// "" when there is none.
std::string FirstDifference(const std::vector<std::string>& seen, const std::vector<std::string>& right,
                            const char* whose) {
  for (std::size_t i = 0; i < std::min(seen.size(), right.size()); ++i) {
    if (seen[i] != right[i]) return absl::StrCat("he reads\n  ", seen[i], "\nand ", whose, "\n  ", right[i]);
  }
  return seen.size() == right.size() ? "" : "there is more to read";
}

std::string ToPath(const google::protobuf::MethodDescriptor& method) {
  return absl::StrCat("/", method.service()->full_name(), "/", method.name());
}

class World {
 public:
  World(const std::string& engine, absl::Time start)
      : data_(engine),
        process_(data_.FlagsAnd(
                     {People::mode_flag(), people_.file_flag(), "--watch.bookmark_interval=1s", "--watch.reuse=0s"}),
                 data_.environment()),
        desk_(ChannelTo(process_.internal()), start) {
    const absl::Status opened = desk_.Open();
    EXPECT_TRUE(opened.ok()) << opened;
    first_token_ = NewestToken();
    watch_ = reader_.Watch(kEverything, first_token_);
    told_ = first_token_;
  }
  ~World() {
    watch_->Cancel();
    watch_->Finish();
  }

  PressDesk& desk() { return desk_; }

  // Reads on until all that a list knows of has come as an event, too: the text of an event is what there is to read
  // when it is sent.
  void ReadOn() {
    const std::string token = NewestToken();
    if (token == told_) return;
    reader_.WriteUntil(token, *watch_);
    told_ = token;
  }
  // Until what begins by itself has begun and been told.
  void WaitForEvent() {
    Client client(process_.public_reads());
    // A list that is kept, so that the service's caches know of it, too.
    const v1::ListEditionsRequest request = ListOf(kEverything, 1);
    const auto told = [&] {
      const auto page = client.Call(&v1::EditionService::Stub::ListEditions, request);
      return page.ok() && page->watch_token() != told_;
    };
    const absl::Time give_up = absl::Now() + absl::Seconds(30);
    while (!told() && absl::Now() < give_up) absl::SleepFor(absl::Milliseconds(50));
    ReadOn();
  }

  // Begins what Observe ends: it takes until the first bookmarks.
  void BeginToWatch() {
    for (const auto& [parent, what] : Parents()) {
      watches_.emplace_back(absl::StrCat(what, " from the beginning"), reader_.Watch(parent, first_token_));
      watches_.emplace_back(absl::StrCat(what, " from now"), reader_.Watch(parent, ""));
    }
  }

  // Everything an anonymous reader can get, a line each: what he asked, and what he got.
  std::vector<std::string> Observe() {
    std::vector<std::string> all = reader_.Take();
    std::map<int, std::vector<std::string>> of_release;
    for (const int release : {0, 1, 2, 3, 4, 5, kComing, kNever}) {
      questions_.AskForRelease(PressDesk::NameOf(release));
      of_release[release] = reader_.Take();
      all.insert(all.end(), of_release[release].begin(), of_release[release].end());
    }
    for (int hidden = kOpen; hidden < kOpen + kHidden; ++hidden) {
      std::vector<std::string> never = of_release[kNever];
      for (std::string& line : never) line = absl::StrReplaceAll(line, {{Id(kNever), Id(hidden)}});
      EXPECT_EQ(FirstDifference(of_release[hidden], never, "what never was"), "");
    }
    for (const char* parent : {"newsrooms/relief/releases/-", kEverything, "newsrooms/nobody/releases/-"}) {
      questions_.AskForLists(parent);
    }
    questions_.AskWrongly(told_);
    for (auto& [what, watch] : watches_) reader_.WriteUntilBookmark(what, *watch);
    watches_.clear();
    for (std::string& line : reader_.Take()) all.push_back(std::move(line));
    return ComparableReply::Finish(std::move(all));
  }

  // The methods that the public listener serves, of all services whose descriptors there are.
  std::set<std::string> Served() const {
    std::vector<std::string> files;
    google::protobuf::DescriptorPool::internal_generated_database()->FindAllFileNames(&files);
    std::set<std::string> served;
    for (const std::string& name : files) {
      const auto* file = google::protobuf::DescriptorPool::generated_pool()->FindFileByName(name);
      for (int s = 0; file != nullptr && s < file->service_count(); ++s) {
        for (int m = 0; m < file->service(s)->method_count(); ++m) {
          const auto& method = *file->service(s)->method(m);
          RawCall call(channel_, ToPath(method), "not a request", "reader");
          while (call.Read()) {
          }
          if (call.Finish().error_code() != grpc::StatusCode::UNIMPLEMENTED) served.insert(ToPath(method));
        }
      }
    }
    return served;
  }
  std::set<std::string> Asked() const {
    std::set<std::string> asked;
    for (const std::string& method : reader_.asked()) {
      asked.insert(absl::StrCat("/communique.releases.v1.EditionService/", method));
    }
    return asked;
  }

 private:
  std::string NewestToken() { return questions_.Page("newest", ListOf(kEverything, 0)).watch_token(); }
  static std::string Id(int release) { return absl::StrCat("r", release); }
  // And what they are called in lines.
  static std::vector<std::pair<std::string, std::string>> Parents() {
    return {{kEverything, "all"},
            {"newsrooms/relief/releases/-", "newsroom"},
            {PressDesk::NameOf(0), "r0"},
            {PressDesk::NameOf(3), "r3"},
            {PressDesk::NameOf(kNever), "r9"}};
  }

  const ReleasesData data_;
  const People people_;
  // Events are resolved when they are sent, and not kept for other watchers: how long that is good depends on time.
  ReleasesProcess process_;
  const std::shared_ptr<grpc::Channel> channel_ = ChannelTo(process_.public_reads());
  PressDesk desk_;
  AnonymousReader reader_{channel_};
  PublicQuestions questions_{reader_};
  std::string first_token_, told_;
  std::unique_ptr<RawCall> watch_;
  std::vector<std::pair<std::string, std::unique_ptr<RawCall>>> watches_;
};

// What an anonymous reader can tell the worlds apart by, first; "" when there is nothing.
std::string Difference(World& with, World& without, std::size_t& lines) {
  with.BeginToWatch();
  without.BeginToWatch();
  const std::vector<std::string> seen = with.Observe();
  const std::vector<std::string> right = without.Observe();
  lines += seen.size();
  return FirstDifference(seen, right, "without the hidden ones");
}

struct Played {
  std::vector<Command> history;
  int open = 0, hidden = 0, corrections = 0;  // commands that did something
  std::set<std::string> states;               // of hidden ones
  std::size_t lines = 0;
};

// The first difference; "" when there is none.
std::string PlayInTwoWorlds(const std::string& engine, std::uint32_t seed, Played& played) {
  const absl::Time start = absl::FromUnixSeconds(absl::ToUnixSeconds(absl::Now()) / 60 * 60);
  World with(engine, start);
  World without(engine, start);
  Commands commands(seed, start);
  for (int step = 1; step <= kSteps; ++step) {
    const Command& command = played.history.emplace_back(commands.Next());
    const bool hidden = IsHidden(command.release);
    // The addresses that hidden ones have chosen are theirs alone.
    const absl::Status answer = with.desk().Play(command, hidden ? absl::StrCat("wish-", command.release) : "");
    const absl::Status other = hidden ? answer : without.desk().Play(command);
    const auto right = commands.answer();
    EXPECT_EQ(platform::ReasonOf(answer), right) << ToString(command) << ": " << answer;
    EXPECT_EQ(platform::ReasonOf(other), right) << ToString(command) << ": " << other;
    (hidden ? played.hidden : played.open) += answer.ok() ? 1 : 0;
    if (hidden) played.states.insert(commands.model().release(command.release).StateAt(start));
    with.ReadOn();
    without.ReadOn();
    if (step != kSteps / 2) continue;
    if (std::string difference = Difference(with, without, played.lines); !difference.empty()) return difference;
  }
  for (int i = 0; i < kOpen; ++i) {
    if (commands.model().release(i).LifeAt(start) != Life::kPublic) continue;
    played.corrections += with.desk().PrepareCorrection(i).ok() ? 1 : 0;
  }
  const absl::Time soon = absl::Now() + absl::Seconds(2);
  for (World* world : {&with, &without}) {
    const absl::Status status = world->desk().Schedule(kComing, soon);
    EXPECT_TRUE(status.ok()) << status;
  }
  for (World* world : {&with, &without}) world->WaitForEvent();
  std::string difference = Difference(with, without, played.lines);
  EXPECT_THAT(with.Asked(), ::testing::ContainerEq(with.Served())) << "something is served that nobody here asks for";
  return difference;
}

class NonInterferenceTest : public ::testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(Engines, NonInterferenceTest, ::testing::Values("sqlite", "postgres"),
                         [](const auto& engine) { return std::string(engine.param); });

TEST_P(NonInterferenceTest, NobodyOutsideCanTellWhatIsBeingPrepared) {
  const std::uint32_t first_seed = releases::TestSeed();
  const std::uint32_t histories = releases::TestHistories(std::string_view(GetParam()) == "sqlite" ? 3 : 1);
  Played all;
  for (std::uint32_t seed = first_seed; seed < first_seed + histories; ++seed) {
    Played played;
    const absl::Time start = absl::Now();
    const std::string difference = PlayInTwoWorlds(GetParam(), seed, played);
    std::printf(
        "seed %u: %d commands were done openly and %d out of sight, %d corrections not published; %zu answers "
        "the same; %.1f s\n",
        seed, played.open, played.hidden, played.corrections, played.lines, absl::ToDoubleSeconds(absl::Now() - start));
    ASSERT_TRUE(difference.empty() && !HasFailure()) << "seed " << seed << "\n"
                                                     << ToString(played.history) << difference;
    all.open += played.open;
    all.hidden += played.hidden;
    all.corrections += played.corrections;
    all.states.insert(played.states.begin(), played.states.end());
  }
  const int count = static_cast<int>(histories);
  EXPECT_GE(all.open, 10 * count) << "there was little to read";
  EXPECT_GE(all.hidden, 10 * count) << "there was little to hide";
  if (count < 3) return;
  EXPECT_GE(all.corrections, 1) << "there was little to hide";
  EXPECT_THAT(all.states, ::testing::IsSupersetOf({"DRAFT", "IN_REVIEW", "APPROVED", "SCHEDULED", "DELETED"}));
}

}  // namespace
}  // namespace communique::testing
