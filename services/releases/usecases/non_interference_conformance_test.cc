// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Two worlds live through the same random history, but in one of them there are releases besides that never become
// public: drafts, deleted ones, scheduled for later than the history lasts, or under an embargo without an end.
// Whatever an anonymous reader does, he gets the same bytes in both, at every step: nobody can tell what is being
// prepared.
//
// Not compared, because no reader is told:
//   the times until which lists and language indexes are kept in caches, which end where anything in the newsroom
//   begins; what readers are told (max_age) is the same number for everything;
//   the internal feed.
// Made comparable, because two stores differ in it whatever is in them: the id of the store in watch tokens and the
// uids of releases. Both are random; they are replaced by which store it is and by the order in which they are seen.
//
// A history that fails is made as short as it can be and printed; see test_seed.h for playing others.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/language_index.pb.h"
#include "services/releases/domain/negotiation.h"
#include "services/releases/testing/command_runner.h"
#include "services/releases/testing/public_reader.h"
#include "services/releases/testing/random_commands.h"
#include "services/releases/testing/shrink_history.h"
#include "services/releases/testing/test_seed.h"
#include "services/releases/usecases/edit_release.h"
#include "services/releases/usecases/erase_personal_data.h"
#include "services/releases/usecases/render.h"
#include "services/releases/usecases/sections.h"

namespace communique::releases {
namespace {

using Act = Command::Act;
using Life = ReleaseModel::Life;

constexpr int kOpen = 3;
constexpr int kHidden = 3;
constexpr int kSteps = 120;
// Reading everything there is takes much longer than a step.
constexpr int kStepsUnobserved = 3;
// No history lasts that long, and nothing hidden begins before.
constexpr int kHorizon = 1'000'000;  // minutes

bool IsHidden(int release) { return release >= kOpen; }

class World {
 public:
  explicit World(const char* engine)
      : store_(std::make_unique<ReleasesStore>(engine)),
        runner_(*store_, MakeNewsroom(*store_), CommandRunner::Begin(*store_)),
        reader_(std::make_unique<PublicReader>(store_->environment())) {
    v1::Section water;
    water.mutable_rule()->set_filter("topics:water");
    MakeSection("water", water);
    // Hidden ones are picked, too, and what is no release of any world.
    v1::Section picks;
    for (const char* id : {"r3", "r0", "r4", "never", "r1", "r5", "r2"}) {
      picks.mutable_picks()->add_releases(absl::StrCat(runner_.newsroom(), "/releases/", id));
    }
    MakeSection("picks", picks);
    MakeSection("text", v1::Section());
  }

  absl::Time now() const { return store_->clock().Now(); }
  // From how many releases somebody was erased.
  int erased_releases() const { return erased_releases_; }

  // The outcome as its author sees it.
  std::string Play(const Command& command) {
    if (command.act == Act::kWait) {
      store_->clock().Set(std::max(now(), runner_.TimeOf(command)));
      return "";
    }
    if (command.act == Act::kAnnounce) {
      runner_.Announce();
      EraseHiddenPerson();
      return "";
    }
    if (command.act == Act::kWriteBoilerplate) {
      const absl::Status written = runner_.WriteBoilerplate(command.n);
      EXPECT_TRUE(written.ok()) << written;
      return "";
    }
    const absl::Status status = runner_.Prepare(command)(false, "").status();
    if (status.ok() && command.act == Act::kCreate) WishForSlug(command.release);
    const bool writes = command.act == Act::kCreate || command.act == Act::kWrite;
    if (status.ok() && writes && IsHidden(command.release)) PrintHiddenPerson(command.release);
    return status.ok() ? "" : std::string(platform::ReasonName(platform::ReasonOf(status)));
  }

  // Everything an anonymous reader can get, a line each: what he asked, and what he got.
  std::vector<std::string> Observe() {
    seen_.clear();
    for (const char* id : {"r0", "r1", "r2", "r3", "r4", "r5", "never"}) ObserveRelease(id);
    ObserveCards();
    for (const char* parent :
         {"newsrooms/relief/releases/-", "newsrooms/-/releases/-", "newsrooms/nobody/releases/-"}) {
      ObserveLists(parent);
    }
    ObserveFeed();
    return std::move(seen_);
  }

 private:
  static std::string MakeNewsroom(ReleasesStore& store) {
    v1::UpdateNewsroomRequest request;
    request.mutable_newsroom()->set_name(store.MakeNewsroom("relief").name());
    // Addresses in which slugs can collide.
    request.mutable_newsroom()->set_web_address_template("https://press.example.org/{locale}/{slug}");
    request.mutable_update_mask()->add_paths("web_address_template");
    EXPECT_TRUE(UpdateNewsroom(store.environment(), ReleasesStore::As("admin"), request).ok());
    return request.newsroom().name();
  }
  void MakeSection(const std::string& id, const v1::Section& section) {
    v1::CreateSectionRequest request;
    request.set_parent(runner_.newsroom());
    request.set_section_id(id);
    *request.mutable_section() = section;
    auto& text = *request.mutable_section()->add_texts();
    text.set_locale("de");
    text.set_title("Abschnitt");
    const auto created = CreateSection(store_->environment(), ReleasesStore::As("admin"), request);
    EXPECT_TRUE(created.ok()) << created.status();
  }
  // Each hidden release wants the address of an open one.
  void WishForSlug(int release) {
    v1::UpdateReleaseRequest request;
    request.mutable_release()->set_name(runner_.NameOf(release));
    for (const char* locale : {"de", "en"}) {
      auto& slug = *request.mutable_release()->add_slugs();
      slug.set_locale(locale);
      slug.set_slug(absl::StrCat("wish-", release % kOpen));
    }
    request.mutable_update_mask()->add_paths("slugs");
    EXPECT_TRUE(UpdateRelease(store_->environment(), ReleasesStore::As("author"), request).ok());
  }

  // Hidden releases print somebody who is in no other one, and who is erased again and again: in both worlds, in one of
  // which there is nothing to erase.
  void PrintHiddenPerson(int release) {
    v1::UpdateReleaseRequest request;
    request.mutable_release()->set_name(runner_.NameOf(release));
    auto& segment = *request.mutable_release()->mutable_content()->add_contact_lines()->add_segments();
    segment.set_kind(v1::ContactSegment::KIND_EMAIL);
    segment.set_value("hidden@example.org");
    request.mutable_update_mask()->add_paths("content.contact_lines");
    EXPECT_TRUE(UpdateRelease(store_->environment(), ReleasesStore::As("author"), request).ok());
  }
  void EraseHiddenPerson() {
    v1::ErasePersonalDataRequest request;
    request.set_contact("newsrooms/relief/contacts/hidden");
    request.add_values("hidden@example.org");
    request.set_erasure("newsrooms/relief/erasures/1");
    const auto erased = ErasePersonalData(store_->environment(), ReleasesStore::As("services/contacts"), request);
    EXPECT_TRUE(erased.ok()) << erased.status();
    if (erased.ok()) erased_releases_ += erased->releases();
  }

  void Add(const std::string& asked, const std::string& got) { seen_.push_back(absl::StrCat(asked, " -> ", got)); }
  // As it goes over the wire: details of errors count.
  static std::string All(const absl::Status& status) {
    return platform::ToRpcStatus(status, "communique.releases.v1", "call").SerializeAsString();
  }

  void ObserveRelease(const std::string& id) {
    const std::string name = absl::StrCat("newsrooms/relief/releases/", id);
    for (const char* locale : {"de", "en", "fr"}) ObserveEdition(absl::StrCat(name, "/editions/", locale));
    ObserveList(ListOf(name, 0));

    const auto index = ReadLanguageIndex(store_->environment(), ReleasesStore::Soon(), *ReleaseName::Parse(name));
    Add(absl::StrCat("languages of ", name), index.ok() ? index->bytes : All(index.status()));
    if (!index.ok()) return;
    internal::LanguageIndex languages;
    EXPECT_TRUE(languages.ParseFromString(index->bytes));
    for (const std::vector<std::string>& wishes : {std::vector<std::string>(), {"en-GB"}, {"fr", "de-CH"}, {"*"}}) {
      const auto choice = ChooseLanguage(wishes, languages);
      Add(absl::StrCat("resolve ", name, " ", absl::StrJoin(wishes, ",")),
          choice ? absl::StrCat(choice->locale, " ", choice->requested, " ", choice->match) : "none");
    }
  }

  void ObserveEdition(const std::string& name) {
    const auto reply = ReadEdition(store_->environment(), ReleasesStore::Soon(), *EditionName::Parse(name));
    if (!reply.ok()) return Add(name, All(reply.status()));
    Add(name, absl::StrCat(reply->bytes, " ", reply->etag, " until ", absl::FormatTime(reply->valid_until)));
    for (const auto format :
         {v1::RENDER_FORMAT_PLAIN_TEXT, v1::RENDER_FORMAT_MARKDOWN, v1::RENDER_FORMAT_UNSPECIFIED}) {
      const auto rendering = RenderStored(reply->bytes, format);
      Add(absl::StrCat("render ", name), rendering.ok() ? rendering->SerializeAsString() : All(rendering.status()));
    }
  }

  // What a watcher is sent of editions that the feed names.
  void ObserveCards() {
    std::vector<std::string> names;
    for (const char* id : {"r0", "r3", "never"}) {
      names.push_back(absl::StrCat(runner_.newsroom(), "/releases/", id, "/editions/de"));
    }
    const auto cards = ReadEditionCards(store_->environment(), ReleasesStore::Soon(), names);
    if (!cards.ok()) return Add("cards", All(cards.status()));
    for (std::size_t i = 0; i < names.size(); ++i) {
      Add(absl::StrCat("card of ", names[i]), (*cards)[i] ? (*cards)[i]->SerializeAsString() : "none");
    }
  }

  static v1::ListEditionsRequest ListOf(const std::string& parent, int page_size) {
    v1::ListEditionsRequest request;
    request.set_parent(parent);
    request.set_page_size(page_size);
    return request;
  }

  void ObserveLists(const std::string& parent) {
    for (const int size : {0, 1, 2, -1}) ObserveList(ListOf(parent, size));
    v1::ListEditionsRequest request = ListOf(parent, 1);
    for (const char* filter : {"topics:water", "locale = en AND NOT topics:fire", "kind = PRESS_RELEASE", "secret = 1",
                               "publish_time > \"2026-09-21T14:15:00Z\" OR update_time > \"2026-09-21T14:20:00Z\""}) {
      request.set_filter(filter);
      ObserveList(request);
    }
    request.clear_filter();
    for (const char* section : {"water", "picks", "text", "nobody"}) {
      request.set_section(absl::StrCat("newsrooms/relief/sections/", section));
      ObserveList(request);
    }
  }

  // All pages, and what a token from long ago leads to.
  void ObserveList(v1::ListEditionsRequest request) {
    const std::string asked = absl::StrCat("list ", request.parent(), " ", request.filter(), " ", request.section(),
                                           " by ", request.page_size());
    std::string& old_token = old_tokens_[asked];
    if (!old_token.empty()) {
      request.set_page_token(old_token);
      ObservePage(asked + " on and on", request);
    }
    request.clear_page_token();
    for (int page = 0; page < 20; ++page) {
      request.set_page_token(ObservePage(absl::StrCat(asked, ", page ", page), request));
      if (old_token.empty()) old_token = request.page_token();
      if (request.page_token().empty()) return;
    }
    ADD_FAILURE() << asked << " has no end";
  }
  std::string ObservePage(const std::string& asked, const v1::ListEditionsRequest& request) {
    auto page = reader_->List(request);
    if (!page.ok()) {
      Add(asked, All(page.status()));
      return "";
    }
    page->set_watch_token(Comparable(page->watch_token()));
    Add(asked, page->SerializeAsString());
    return page->next_page_token();
  }

  std::string Comparable(const std::string& watch_token) {
    const auto token = platform::DecodeFeedToken(watch_token);
    EXPECT_TRUE(token.ok()) << token.status();
    if (!token.ok()) return watch_token;
    const auto [store_id, is_new] = ids_.try_emplace(token->store_id, ids_.size());
    return absl::StrCat("store ", store_id->second, " feed ", static_cast<int>(token->feed), " at ", token->position);
  }

  void ObserveFeed() {
    for (const auto& entry : reader_->Feed(platform::Feed::kPublic)) {
      const auto [uid, is_new] = ids_.try_emplace(entry->change.uid, ids_.size());
      Add(absl::StrCat("feed at ", entry->position),
          absl::StrJoin({entry->change.newsroom, entry->change.name, absl::StrCat(uid->second), entry->change.type,
                         entry->change.verb, entry->change.revision, entry->actor, entry->request_id,
                         absl::FormatTime(entry->time)},
                        " "));
    }
  }

  std::unique_ptr<ReleasesStore> store_;
  CommandRunner runner_;
  std::unique_ptr<PublicReader> reader_;
  std::map<std::string, std::size_t> ids_;
  std::map<std::string, std::string> old_tokens_;
  std::vector<std::string> seen_;
  int erased_releases_ = 0;
};

// Makes up histories in which what is hidden stays so.
class TwoWorldCommands {
 public:
  explicit TwoWorldCommands(std::uint32_t seed, absl::Time start)
      : commands_(seed), model_(start, kOpen + kHidden, "newsrooms/relief/releases/r") {}

  Command Next() {
    while (true) {
      Command command = commands_.Next(model_);
      const bool dated =
          command.act == Act::kSetPublishTime || command.act == Act::kSetEmbargo || command.act == Act::kPublish;
      if (!ConcernsAll(command) && IsHidden(command.release) && dated && command.n >= 0) command.n += kHorizon;
      NewsroomModel next = model_;
      next.Play(command);
      if (!StaysHidden(next)) continue;
      model_.Play(command);
      worthwhile_ += Stands(0, kOpen, Life::kPublic) && Stands(kOpen, kOpen + kHidden, Life::kScheduled) ? 1 : 0;
      return command;
    }
  }

  // After how many steps there was something to read and something to hide.
  int worthwhile() const { return worthwhile_; }

 private:
  bool Stands(int first, int end, Life life) const {
    for (int i = first; i < end; ++i) {
      if (model_.release(i).LifeAt(model_.now()) == life) return true;
    }
    return false;
  }
  static bool StaysHidden(const NewsroomModel& model) {
    const absl::Time horizon = MinuteOf(model.start(), kHorizon);
    if (model.now() >= horizon) return false;
    for (int i = kOpen; i < kOpen + kHidden; ++i) {
      const auto since = model.release(i).since();
      if (since && *since < horizon) return false;
    }
    return true;
  }

  RandomCommands commands_;
  NewsroomModel model_;
  int worthwhile_ = 0;
};

// What an anonymous reader can tell the worlds apart by, first; "" when there is nothing.
std::string Difference(World& with, World& without) {
  const std::vector<std::string> seen = with.Observe();
  const std::vector<std::string> right = without.Observe();
  for (std::size_t i = 0; i < std::min(seen.size(), right.size()); ++i) {
    if (seen[i] == right[i]) continue;
    return absl::StrCat("he reads\n  ", absl::Utf8SafeCEscape(seen[i]), "\nand without the hidden ones\n  ",
                        absl::Utf8SafeCEscape(right[i]));
  }
  return seen.size() == right.size() ? "" : "there is more to read";
}

// The first difference between the worlds; "" when there is none. `next` gives the next command, or null at the end,
// where readers come, as they do every so many steps before. `erased` grows by how often somebody was erased from a
// hidden release.
std::string PlayInTwoWorlds(const char* engine, int steps_unobserved, int& erased,
                            const std::function<const Command*(absl::Time start)>& next) {
  World with(engine);
  World without(engine);
  const absl::Time start = with.now();
  EXPECT_EQ(start, without.now());
  int steps = 0;
  for (const Command* command = next(start); command != nullptr; command = next(start)) {
    const std::string answer = with.Play(*command);
    const std::string other = IsHidden(command->release) && !ConcernsAll(*command) ? answer : without.Play(*command);
    if (answer != other) {
      return absl::StrCat("\"", ToString(*command), "\" gave \"", answer, "\", without the hidden ones \"", other,
                          "\"");
    }
    if (++steps % steps_unobserved != 0) continue;
    if (std::string difference = Difference(with, without); !difference.empty()) return difference;
  }
  EXPECT_EQ(without.erased_releases(), 0);
  erased += with.erased_releases();
  return Difference(with, without);
}

std::string PlayAgain(const char* engine, const std::vector<Command>& history) {
  std::size_t next = 0;
  int erased = 0;
  return PlayInTwoWorlds(engine, std::numeric_limits<int>::max(), erased,
                         [&](absl::Time) { return next < history.size() ? &history[next++] : nullptr; });
}

class NonInterferenceTest : public testing::TestWithParam<const char*> {};

TEST_P(NonInterferenceTest, NobodyCanTellWhatIsBeingPrepared) {
  const std::uint32_t first_seed = TestSeed();
  const std::uint32_t histories = TestHistories(std::string(GetParam()) == "sqlite" ? 6 : 2);
  int worthwhile = 0;
  int erased = 0;
  for (std::uint32_t seed = first_seed; seed < first_seed + histories; ++seed) {
    std::unique_ptr<TwoWorldCommands> commands;
    std::vector<Command> history;
    history.reserve(kSteps);
    const std::string wrong =
        PlayInTwoWorlds(GetParam(), kStepsUnobserved, erased, [&](absl::Time start) -> const Command* {
          if (commands == nullptr) commands = std::make_unique<TwoWorldCommands>(seed, start);
          return history.size() == kSteps ? nullptr : &history.emplace_back(commands->Next());
        });
    worthwhile += commands->worthwhile();
    if (wrong.empty()) continue;
    const std::vector<Command> shortest = ShrinkHistory<Command>(
        history, [&](const std::vector<Command>& part) { return !PlayAgain(GetParam(), part).empty(); }, 100);
    FAIL() << "seed " << seed << "\n" << ToString(shortest) << PlayAgain(GetParam(), shortest);
  }
  EXPECT_GE(worthwhile, kSteps / 10 * static_cast<int>(histories)) << "there was little to read, or to hide";
  EXPECT_GT(erased, 0) << "nobody was erased from what is hidden";
}

INSTANTIATE_TEST_SUITE_P(Engines, NonInterferenceTest, testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases
