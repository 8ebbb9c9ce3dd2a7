// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Random histories of a few releases, played on the use cases and on the model. After every step the two must agree,
// and what is true of every history must be: see Check… below. A history that fails is made as short as it can be and
// printed; see test_seed.h for playing others.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/base/uuid.h"
#include "services/platform/errors/error.h"
#include "services/releases/testing/command_runner.h"
#include "services/releases/testing/public_reader.h"
#include "services/releases/testing/public_view.h"
#include "services/releases/testing/random_commands.h"
#include "services/releases/testing/release_model.h"
#include "services/releases/testing/shrink_history.h"
#include "services/releases/testing/test_seed.h"
#include "services/releases/usecases/boilerplates.h"
#include "services/releases/usecases/read_releases.h"

namespace communique::releases {
namespace {

using Act = Command::Act;
using platform::FromTimestamp;

constexpr int kReleases = 3;
constexpr int kSteps = 100;

// A newsroom in which one history happens.
class PlayedHistory {
 public:
  // Newsrooms of one store follow each other in time.
  PlayedHistory(ReleasesStore& store, const std::string& newsroom)
      : store_(store),
        runner_(store, store.MakeNewsroom(newsroom).name(), CommandRunner::Begin(store)),
        model_(store.clock().Now(), kReleases, runner_.Prefix()) {
    for (const platform::Feed feed : {platform::Feed::kInternal, platform::Feed::kPublic}) {
      const auto before = reader_.Feed(feed);
      begin_[feed] = before.empty() ? 0 : before.back()->position;
    }
  }

  // What is wrong after the first step after which anything is; "" when nothing is.
  std::string Play(const std::vector<Command>& history) {
    for (const Command& command : history) {
      std::string wrong = Step(command);
      if (!wrong.empty()) return absl::StrCat("after \"", ToString(command), "\": ", wrong);
    }
    return CheckRevisions();
  }
  // The same with a history that is made up on the way.
  std::string PlayRandom(RandomCommands& commands, int steps, std::vector<Command>& history) {
    while (static_cast<int>(history.size()) < steps) {
      history.push_back(commands.Next(model_));
      std::string wrong = Step(history.back());
      if (!wrong.empty()) return absl::StrCat("after \"", ToString(history.back()), "\": ", wrong);
    }
    return CheckRevisions();
  }

  const std::map<std::string, int>& done() const { return done_; }

 private:
  // A release as the house sees it, and its version.
  struct Seen {
    absl::StatusOr<v1::Release> release;
    std::string without_etag, etag;
    bool operator==(const Seen& other) const { return without_etag == other.without_etag && etag == other.etag; }
  };

  // What a feed has been told since the beginning.
  std::vector<platform::FeedEntryPtr> Entries(platform::Feed feed) const { return reader_.Feed(feed, begin_.at(feed)); }

  std::vector<Seen> See() const {
    std::vector<Seen> seen;
    for (int i = 0; i < kReleases; ++i) {
      Seen& one = seen.emplace_back(Seen{runner_.Read(i), "", ""});
      if (!one.release.ok()) continue;
      v1::Release release = *one.release;
      one.etag = release.etag();
      release.clear_etag();
      release.clear_update_time();
      one.without_etag = release.SerializeAsString();
    }
    return seen;
  }

  std::string Step(const Command& command) {
    if (command.act == Act::kWriteBoilerplate) return WriteBoilerplate(command);
    if (command.act == Act::kWait || command.act == Act::kAnnounce) {
      if (command.act == Act::kAnnounce) runner_.Announce();
      store_.clock().Set(
          std::max(store_.clock().Now(), command.act == Act::kWait ? runner_.TimeOf(command) : absl::InfinitePast()));
      model_.Play(command);
      seen_ = See();
      return Check("");
    }
    const std::vector<Seen> before = seen_;
    const CommandRunner::Call call = runner_.Prepare(command);
    const std::string request_id = command.repeated ? platform::MakeUuidV7(store_.clock().Now()) : "";
    absl::Status tried;
    if (command.tried) {
      tried = call(true, request_id).status();
      if (See() != before) return "trying it changed something";
      if (Entries(platform::Feed::kInternal).size() != told_) return "trying it told the internal feed";
    }
    const NewsroomModel::Answer expected = model_.Play(command);
    const auto written = call(false, request_id);
    const std::string answer =
        written.ok() ? "" : std::string(platform::ReasonName(platform::ReasonOf(written.status())));
    const std::string right = expected.ok() ? "" : std::string(platform::ReasonName(expected.reason));
    if (answer != right) return absl::StrCat("expected \"", right, "\", got \"", written.status().ToString(), "\"");
    if (command.tried && tried.code() != written.status().code()) {
      return absl::StrCat("trying it gave ", tried.ToString(), ", doing it ", written.status().ToString());
    }
    const std::string words = ToString(command);
    ++done_[written.ok() ? words.substr(0, words.find(' ')) : answer];

    seen_ = See();
    if (std::string wrong = CheckSaved(command, before, expected); !wrong.empty()) return wrong;
    if (written.ok() && command.repeated) {
      if (std::string wrong = CheckRepeated(call, request_id, written->value); !wrong.empty()) return wrong;
    }
    if (written.ok()) Remember(command, written->value);
    return Check(expected.verb);
  }

  // Drafts follow a boilerplate and are what they were all the same; what was submitted does not follow.
  std::string WriteBoilerplate(const Command& command) {
    const std::vector<Seen> before = seen_;
    const NewsroomModel::Answer expected = model_.Play(command);
    if (const auto status = runner_.WriteBoilerplate(command.n); !status.ok()) return status.ToString();
    seen_ = See();
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (seen_[i].etag != before[i].etag) return absl::StrCat("r", i, " has a new etag");
    }
    return Check(expected.verb);
  }

  // Who changes something changes the etag, and who changes nothing changes nothing; of one release only.
  std::string CheckSaved(const Command& command, const std::vector<Seen>& before,
                         const NewsroomModel::Answer& expected) const {
    for (int i = 0; i < kReleases; ++i) {
      const Seen& a = before[static_cast<std::size_t>(i)];
      const Seen& b = seen_[static_cast<std::size_t>(i)];
      const bool changed = a.without_etag != b.without_etag;
      if (changed != (a.etag != b.etag)) {
        return absl::StrCat("r", i, changed ? " changed but not its etag" : " has a new etag but is the same");
      }
      if (changed && (i != command.release || expected.verb.empty())) return absl::StrCat("r", i, " changed");
    }
    return "";
  }

  std::string CheckRepeated(const CommandRunner::Call& call, const std::string& request_id,
                            const v1::Release& first) const {
    const auto heads = std::pair(Entries(platform::Feed::kInternal).size(), Entries(platform::Feed::kPublic).size());
    const auto again = call(false, request_id);
    if (!again.ok()) return absl::StrCat("repeated: ", again.status().ToString());
    if (again->value.SerializeAsString() != first.SerializeAsString()) return "repeated, it answers something else";
    if (See() != seen_) return "repeated, it changed something";
    if (heads != std::pair(Entries(platform::Feed::kInternal).size(), Entries(platform::Feed::kPublic).size())) {
      return "repeated, it told a feed";
    }
    return "";
  }

  void Remember(const Command& command, const v1::Release& release) {
    if (command.act == Act::kApprove) approved_[command.release].insert(release.approval().digest());
    if (command.act != Act::kSubmit) return;
    if (const auto revision = Revision(release.latest_revision()); revision.ok()) {
      revisions_.try_emplace(revision->name(), revision->digest() + revision->content().SerializeAsString());
    }
  }
  absl::StatusOr<v1::ReleaseRevision> Revision(const std::string& name) const {
    v1::GetReleaseRevisionRequest request;
    request.set_name(name);
    return GetReleaseRevision(store_.environment(), ReleasesStore::As("reader"), request);
  }
  // Whether all that a text refers to is in it, with the words of the revision that it names.
  bool IsFrozen(const v1::ReleaseContent& content) const {
    for (const auto& about : content.abouts()) {
      if (about.boilerplate().empty()) continue;
      v1::GetBoilerplateRevisionRequest request;
      request.set_name(absl::StrCat(about.boilerplate(), "/revisions/", about.boilerplate_revision()));
      const auto revision = GetBoilerplateRevision(store_.environment(), ReleasesStore::As("reader"), request);
      if (!revision.ok()) return false;
      std::string words;
      for (const auto& text : revision->texts()) {
        if (text.locale() == content.language()) words = text.blocks(0).paragraph().text();
      }
      if (words.empty() || about.blocks().empty() || about.blocks(0).paragraph().text() != words) return false;
    }
    return true;
  }
  // A revision is never changed.
  std::string CheckRevisions() const {
    for (const auto& [name, bytes] : revisions_) {
      const auto now = Revision(name);
      if (!now.ok()) return absl::StrCat(name, " is lost: ", now.status().ToString());
      if (now->digest() + now->content().SerializeAsString() != bytes) return absl::StrCat(name, " has changed");
      if (!IsFrozen(now->content())) return absl::StrCat(name, " refers to what is not in it");
    }
    return "";
  }

  std::string Check(const std::string& verb) {
    for (const auto& check :
         {CheckInternalFeed(verb), CheckReleases(), CheckEditions(), CheckPublicFeed(), CheckList()}) {
      if (!check.empty()) return check;
    }
    return "";
  }

  // Every change is told once; what begins by the clock is no change of a release.
  std::string CheckInternalFeed(const std::string& verb) {
    auto entries = Entries(platform::Feed::kInternal);
    entries.erase(entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(told_));
    told_ += entries.size();
    std::erase_if(entries, [](const auto& entry) { return entry->change.type == "edition"; });
    const std::size_t more = entries.size();
    if (more != (verb.empty() ? 0U : 1U)) return absl::StrCat("the internal feed has ", more, " more entries");
    if (more == 1 && entries.back()->change.verb != verb) {
      return absl::StrCat("the internal feed says ", entries.back()->change.verb, ", not ", verb);
    }
    return "";
  }

  std::string CheckReleases() const {
    for (int i = 0; i < kReleases; ++i) {
      const auto& release = seen_[static_cast<std::size_t>(i)].release;
      const ReleaseModel& model = model_.release(i);
      const std::string state = model.StateAt(model_.now());
      if (release.ok() == state.empty()) return absl::StrCat("r", i, ": ", release.status().ToString());
      if (!release.ok()) continue;
      const std::string is = v1::Release::State_Name(release->state()).substr(6);
      const std::string pending = v1::Release::State_Name(release->pending_state()).substr(6);
      if (is != state || pending != model.PendingState()) {
        return absl::StrCat("r", i, " is ", is, "/", pending, ", not ", state, "/", model.PendingState());
      }
      if (const std::string about = AboutOf(release->content()); about != model_.AboutOf(i)) {
        return absl::StrCat("r", i, " has the about text \"", about, "\", not \"", model_.AboutOf(i), "\"");
      }
      // A schedule is there as a whole or not at all.
      const bool decided = model.since().has_value();
      const bool dated = decided && *model.since() != absl::InfiniteFuture();
      if (release->live_revision().empty() == decided || release->editions().empty() == decided) {
        return absl::StrCat("r", i, " has half a decision");
      }
      if (release->has_public_since() != dated) return absl::StrCat("r", i, " has no public_since, or one too many");
      if (dated && FromTimestamp(release->public_since()) != *model.since()) {
        return absl::StrCat("r", i, " is public since another time");
      }
    }
    return "";
  }

  std::string CheckEditions() {
    for (int i = 0; i < kReleases; ++i) {
      const std::optional<PublicView>& expected = model_.release(i).shown();
      for (const char* locale : {"de", "en"}) {
        const std::string name = absl::StrCat(runner_.NameOf(i), "/editions/", locale);
        const v1::Edition edition = reader_.Read(name);
        const bool there = edition.visibility() != v1::Edition::VISIBILITY_UNSPECIFIED;
        if (there != (expected && expected->language == locale)) {
          return absl::StrCat(name, there ? " is there" : " is absent");
        }
        if (!there) continue;
        if (ViewOf(edition) != *expected) {
          return absl::StrCat(name, " shows\n    ", ToString(ViewOf(edition)), "\n  not\n    ", ToString(*expected));
        }
        if (std::string wrong = CheckEdition(i, edition); !wrong.empty()) return absl::StrCat(name, wrong);
      }
    }
    return "";
  }

  // What must hold of an edition whatever the model says.
  std::string CheckEdition(int release, v1::Edition edition) {
    const absl::Time since = FromTimestamp(edition.publish_time());
    if (since > store_.clock().Now()) return " is shown too early";
    if (public_since_.try_emplace(edition.name(), since).first->second != since) return " began at another time once";
    if (edition.has_content() && !approved_[release].contains(edition.digest())) {
      return " shows a text that nobody approved";
    }
    if (edition.has_content() && !IsFrozen(edition.content())) return " refers to what is not in it";
    const std::string newest = absl::StrCat(model_.boilerplate_revisions());
    for (const auto& about : edition.content().abouts()) {
      if (about.boilerplate_revision() != newest) ++done_["an edition with an older about text"];
    }
    const std::string etag = edition.etag();
    edition.clear_etag();
    const std::string bytes = edition.SerializeAsString();
    if (bytes_of_.try_emplace(etag, bytes).first->second != bytes) return " changed but not its etag";
    if (etag_of_.try_emplace(bytes, etag).first->second != etag) return " has a new etag but is the same";
    return "";
  }

  // Every change for the public is told once, in order, when it is in force.
  std::string CheckPublicFeed() const {
    std::map<std::string, std::vector<std::string>> told;
    for (const auto& entry : Entries(platform::Feed::kPublic)) {
      told[entry->change.name.substr(0, entry->change.name.find("/editions/"))].push_back(entry->change.verb);
    }
    for (int i = 0; i < kReleases; ++i) {
      const auto& verbs = told[runner_.NameOf(i)];
      if (verbs != model_.release(i).told()) {
        return absl::StrCat("the public feed says of r", i, " ", absl::StrJoin(verbs, " "), ", not ",
                            absl::StrJoin(model_.release(i).told(), " "));
      }
    }
    return "";
  }

  // Lists say what reading one by one says, in order and by pages.
  std::string CheckList() {
    std::vector<v1::EditionCard> expected;
    for (int i = 0; i < kReleases; ++i) {
      const std::optional<PublicView>& view = model_.release(i).shown();
      if (!view || view->kind != PublicView::Kind::kText) continue;
      const v1::Edition edition = reader_.Read(absl::StrCat(runner_.NameOf(i), "/editions/", view->language));
      v1::EditionCard& card = expected.emplace_back();
      card.set_name(edition.name());
      card.set_etag(edition.etag());
      card.set_headline(edition.content().headline());
      card.set_corrected(!edition.notices().empty());
      *card.mutable_publish_time() = edition.publish_time();
      *card.mutable_topics() = edition.topics();
    }
    std::sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) {
      const absl::Time first = FromTimestamp(a.publish_time());
      const absl::Time second = FromTimestamp(b.publish_time());
      return first != second ? first > second : a.name() < b.name();
    });
    v1::ListEditionsRequest request;
    request.set_parent(runner_.newsroom() + "/releases/-");
    request.set_page_size(static_cast<int>(lists_++ % 3));
    if (lists_ % 2 == 0) {
      request.set_filter("topics:water");
      std::erase_if(expected, [](const auto& card) {
        return std::find(card.topics().begin(), card.topics().end(), "water") == card.topics().end();
      });
    }
    std::size_t seen = 0;
    do {
      const auto page = reader_.List(request);
      if (!page.ok()) return absl::StrCat("ListEditions: ", page.status().ToString());
      for (const auto& card : page->editions()) {
        if (seen == expected.size()) return absl::StrCat(card.name(), " is listed, too");
        const v1::EditionCard& right = expected[seen++];
        if (card.name() != right.name() || card.etag() != right.etag() || card.headline() != right.headline() ||
            card.corrected() != right.corrected() || card.topics_size() != right.topics_size()) {
          return absl::StrCat("listed is ", card.ShortDebugString(), ", not ", right.ShortDebugString());
        }
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return seen == expected.size() ? "" : absl::StrCat(expected[seen].name(), " is not listed");
  }

  ReleasesStore& store_;
  PublicReader reader_{store_.environment()};
  const CommandRunner runner_;
  NewsroomModel model_;
  std::vector<Seen> seen_ = See();

  std::map<platform::Feed, platform::FeedPosition> begin_;
  std::size_t told_ = 0;  // to the internal feed
  unsigned lists_ = 0;
  std::map<int, std::set<std::string>> approved_;  // digests
  std::map<std::string, std::string> revisions_;
  std::map<std::string, absl::Time> public_since_;
  std::map<std::string, std::string> bytes_of_, etag_of_;
  std::map<std::string, int> done_;
};

class ReleasePropertiesTest : public testing::TestWithParam<const char*> {
 protected:
  PlayedHistory NewHistory() { return {store_, absl::StrCat("n", newsrooms_++)}; }

  ReleasesStore store_{GetParam()};
  int newsrooms_ = 0;
};

TEST_P(ReleasePropertiesTest, EveryHistoryIsAsItShouldBe) {
  const std::uint32_t first_seed = TestSeed();
  const std::uint32_t histories = TestHistories(std::string(GetParam()) == "sqlite" ? 16 : 4);
  std::map<std::string, int> done;
  for (std::uint32_t seed = first_seed; seed < first_seed + histories; ++seed) {
    RandomCommands commands(seed);
    std::vector<Command> history;
    PlayedHistory played = NewHistory();
    const std::string wrong = played.PlayRandom(commands, kSteps, history);
    for (const auto& [what, times] : played.done()) done[what] += times;
    if (wrong.empty()) continue;
    const std::vector<Command> shortest = ShrinkHistory<Command>(
        history, [&](const std::vector<Command>& part) { return !NewHistory().Play(part).empty(); }, 300);
    FAIL() << "seed " << seed << ", " << wrong << "\nIn short:\n" << ToString(shortest) << NewHistory().Play(shortest);
  }
  if (histories < 4) return;
  // Nothing was proven of what never happened.
  for (const char* what : {"Publish", "Correct", "Withdraw", "Reinstate", "Return", "Delete", "Undelete",
                           "REFERENCE_MISSING", "an edition with an older about text"}) {
    EXPECT_GT(done[what], 0) << what;
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, ReleasePropertiesTest,
                         testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer), platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases
