// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "services/platform/errors/error.h"
#include "services/releases/testing/public_reader.h"
#include "services/releases/testing/release_driver.h"
#include "services/releases/usecases/sections.h"

// Sections, and what readers get of those that show editions.
namespace communique::releases {
namespace {

using platform::Reason;
using testing::ElementsAre;
using testing::HasSubstr;

class SectionsTest : public testing::TestWithParam<const char*> {
 protected:
  SectionsTest() { store_.MakeNewsroom("relief"); }

  static v1::Section Titled(const std::string& title) {
    v1::Section section;
    section.add_texts()->set_locale("de");
    section.mutable_texts(0)->set_title(title);
    return section;
  }
  absl::StatusOr<Written<v1::Section>> Create(const std::string& id, const v1::Section& section) {
    v1::CreateSectionRequest request;
    request.set_parent("newsrooms/relief");
    request.set_section_id(id);
    *request.mutable_section() = section;
    return CreateSection(store_.environment(), ReleasesStore::As("editor"), request);
  }
  absl::StatusOr<Written<v1::Section>> Update(v1::Section section, const std::string& id,
                                              const std::vector<std::string>& mask) {
    section.set_name("newsrooms/relief/sections/" + id);
    v1::UpdateSectionRequest request;
    *request.mutable_section() = std::move(section);
    for (const auto& path : mask) request.mutable_update_mask()->add_paths(path);
    return UpdateSection(store_.environment(), ReleasesStore::As("editor"), request);
  }
  // Makes a public release; its name.
  std::string Publish(const std::string& id, const std::vector<std::string>& topics = {}) {
    ReleaseDriver release(store_, "newsrooms/relief", id);
    EXPECT_TRUE(release.Create(id).ok());
    v1::Release change;
    for (const auto& topic : topics) change.add_topics(topic);
    EXPECT_TRUE(release.Update(change, {"topics"}).ok());
    EXPECT_TRUE(release.SubmitAndApprove().ok());
    EXPECT_TRUE(release.Publish().ok());
    store_.clock().Advance(absl::Seconds(1));
    return release.name();
  }
  static v1::ListEditionsRequest ListOf(const std::string& section, int page_size = 0) {
    v1::ListEditionsRequest request;
    request.set_parent("newsrooms/relief/releases/-");
    request.set_section("newsrooms/relief/sections/" + section);
    request.set_page_size(page_size);
    return request;
  }

  ReleasesStore store_{GetParam()};
  PublicReader reader_{store_.environment()};
};

TEST_P(SectionsTest, IsMadeReadChangedAndTold) {
  const auto made = Create("about", Titled("Wer wir sind"));
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_GT(made->position, 0);
  v1::GetSectionRequest get;
  get.set_name("newsrooms/relief/sections/about");
  const auto read = GetSection(store_.environment(), ReleasesStore::As("editor"), get);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->SerializeAsString(), made->value.SerializeAsString());
  EXPECT_EQ(platform::ReasonOf(Create("about", Titled("Zweite")).status()), Reason::ERROR_REASON_ALREADY_EXISTS);

  v1::Section change = Titled("Über uns");
  change.set_position(7);
  const auto changed = Update(change, "about", {"texts"});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->value.texts(0).title(), "Über uns");
  EXPECT_EQ(changed->value.position(), 0);
  change.set_etag(made->value.etag());
  EXPECT_EQ(Update(change, "about", {"position"}).status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(reader_.Verbs(platform::Feed::kInternal), (std::vector<std::string>{"CREATED", "CREATED", "UPDATED"}));
  get.set_name("newsrooms/nobody/sections/about");
  EXPECT_TRUE(absl::IsNotFound(GetSection(store_.environment(), ReleasesStore::As("editor"), get).status()));
}

TEST_P(SectionsTest, AllThatIsWrongIsToldTogether) {
  v1::Section section = Titled(" ");
  section.mutable_link()->set_uri("ftp://example.org");
  EXPECT_EQ(ViolatedFields(Create("No good/id", section).status()),
            (std::vector<std::string>{"section_id", "section.texts[0].title", "section.link.uri"}));
}

TEST_P(SectionsTest, ListsByPosition) {
  for (const auto& [id, position] : std::vector<std::pair<std::string, int>>{{"c", 1}, {"a", 2}, {"b", 1}}) {
    v1::Section section = Titled(id);
    section.set_position(position);
    ASSERT_TRUE(Create(id, section).ok());
  }
  v1::ListSectionsRequest request;
  request.set_parent("newsrooms/relief");
  request.set_page_size(2);
  const auto first = ListSections(store_.environment(), ReleasesStore::As("editor"), request);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->sections_size(), 2);
  EXPECT_EQ(first->sections(0).name(), "newsrooms/relief/sections/b");
  EXPECT_EQ(first->sections(1).name(), "newsrooms/relief/sections/c");
  request.set_page_token(first->next_page_token());
  const auto second = ListSections(store_.environment(), ReleasesStore::As("editor"), request);
  ASSERT_TRUE(second.ok()) << second.status();
  ASSERT_EQ(second->sections_size(), 1);
  EXPECT_TRUE(second->next_page_token().empty());
  request.set_parent("newsrooms/nobody");
  EXPECT_TRUE(absl::IsNotFound(ListSections(store_.environment(), ReleasesStore::As("editor"), request).status()));
}

TEST_P(SectionsTest, TheTreeEndsAndIsNotTooDeep) {
  const auto above = [](const std::string& id) {
    v1::Section section = Titled("x");
    section.set_parent_section("newsrooms/relief/sections/" + id);
    return section;
  };
  ASSERT_TRUE(Create("s0", Titled("oben")).ok());
  for (int i = 1; i <= 4; ++i) ASSERT_TRUE(Create(absl::StrCat("s", i), above(absl::StrCat("s", i - 1))).ok()) << i;
  EXPECT_THAT(Create("s5", above("s4")).status().message(), HasSubstr("section.parent_section"));
  EXPECT_EQ(platform::ReasonOf(Update(above("s4"), "s0", {"parent_section"}).status()),
            Reason::ERROR_REASON_PARENT_CYCLE);
  EXPECT_EQ(platform::ReasonOf(Update(above("s0"), "s0", {"parent_section"}).status()),
            Reason::ERROR_REASON_PARENT_CYCLE);
  EXPECT_TRUE(absl::IsNotFound(Create("s6", above("nobody")).status()));
  v1::Section foreign = Titled("x");
  foreign.set_parent_section("newsrooms/other/sections/s0");
  EXPECT_THAT(Create("s7", foreign).status().message(), HasSubstr("must be a section of newsrooms/relief"));
}

TEST_P(SectionsTest, ARuleIsCheckedWhenItIsWritten) {
  v1::Section section = Titled("Thema");
  for (const char* bad : {"topics = ", "secret = 1", "(", "state = DRAFT"}) {
    section.mutable_rule()->set_filter(bad);
    const auto status = Create("rule", section).status();
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << bad << ": " << status;
    EXPECT_THAT(status.message(), HasSubstr("section.rule.filter")) << bad;
  }
  section.mutable_rule()->set_filter("topics:\"agenda-2030\" AND kind != SPEECH");
  EXPECT_TRUE(Create("rule", section).ok());
}

TEST_P(SectionsTest, ARuleSelectsAndARequestNarrows) {
  v1::Section section = Titled("Thema");
  section.mutable_rule()->set_filter("topics:water");
  ASSERT_TRUE(Create("water", section).ok());
  Publish("first", {"water"});
  Publish("second", {"fire"});
  Publish("third", {"water", "fire"});
  EXPECT_THAT(reader_.Headlines(ListOf("water")), ElementsAre("third", "first"));
  EXPECT_THAT(reader_.Headlines(ListOf("water", 1)), ElementsAre("third", "first"));
  v1::ListEditionsRequest narrower = ListOf("water");
  narrower.set_filter("topics:fire OR locale = fr");
  EXPECT_THAT(reader_.Headlines(narrower), ElementsAre("third"));
}

TEST_P(SectionsTest, PicksAreShownInTheirOrder) {
  const std::string a = Publish("a");
  const std::string b = Publish("b");
  const std::string c = Publish("c");
  ReleaseDriver hidden(store_, "newsrooms/relief", "hidden");
  ASSERT_TRUE(hidden.CreateApproved("hidden").ok());
  v1::Section section = Titled("Auswahl");
  for (const auto& name : {b, hidden.name(), a, std::string("newsrooms/relief/releases/never"), c}) {
    section.mutable_picks()->add_releases(name);
  }
  ASSERT_TRUE(Create("picks", section).ok());
  for (const int size : {0, 1, 2, 3}) {
    EXPECT_THAT(reader_.Headlines(ListOf("picks", size)), ElementsAre("b", "a", "c")) << size;
  }
  const auto page = reader_.List(ListOf("picks", 2));
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->editions_size(), 2);

  v1::ListEditionsRequest request = ListOf("picks", 2);
  request.set_filter("reference_number = \"none\"");
  EXPECT_TRUE(reader_.Headlines(request).empty());
  request.set_filter("secret = 1");
  EXPECT_EQ(platform::ReasonOf(reader_.List(request).status()), Reason::ERROR_REASON_FILTER_INVALID);

  // A page goes on where the one before ended, whatever came or went before it; where it ended must still be there.
  section.mutable_picks()->mutable_releases()->SwapElements(0, 2);
  ASSERT_TRUE(Update(section, "picks", {"picks"}).ok());
  request = ListOf("picks", 2);
  request.set_page_token(page->next_page_token());
  EXPECT_THAT(reader_.Headlines(request), ElementsAre("b", "c"));
  section.mutable_picks()->mutable_releases()->erase(section.picks().releases().begin());
  ASSERT_TRUE(Update(section, "picks", {"picks"}).ok());
  EXPECT_EQ(platform::ReasonOf(reader_.List(request).status()), Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
}

TEST_P(SectionsTest, PicksAreSomeAndEachOnce) {
  v1::Section section = Titled("Auswahl");
  section.mutable_picks();
  EXPECT_THAT(Create("picks", section).status().message(), HasSubstr("section.picks.releases"));
  section.mutable_picks()->add_releases("newsrooms/relief/releases/a");
  section.mutable_picks()->add_releases("newsrooms/relief/releases/b");
  section.mutable_picks()->add_releases("newsrooms/relief/releases/a");
  EXPECT_THAT(Create("picks", section).status().message(), HasSubstr("section.picks.releases[2]"));
  section.mutable_picks()->set_releases(2, "newsrooms/other/releases/a");
  EXPECT_THAT(Create("picks", section).status().message(), HasSubstr("must be a release of newsrooms/relief"));
}

TEST_P(SectionsTest, ASectionOfTextShowsNoEditions) {
  Publish("a");
  ASSERT_TRUE(Create("text", Titled("Wer wir sind")).ok());
  v1::Section link = Titled("Woanders");
  link.mutable_link()->set_uri("https://example.org");
  ASSERT_TRUE(Create("link", link).ok());
  EXPECT_TRUE(reader_.Headlines(ListOf("text")).empty());
  EXPECT_TRUE(reader_.Headlines(ListOf("link")).empty());
  EXPECT_TRUE(absl::IsNotFound(reader_.List(ListOf("nobody")).status()));
  v1::ListEditionsRequest foreign = ListOf("text");
  foreign.set_parent("newsrooms/-/releases/-");
  EXPECT_TRUE(absl::IsInvalidArgument(reader_.List(foreign).status()));
}

TEST_P(SectionsTest, TheSourceIsReplacedAsAWhole) {
  v1::Section section = Titled("Thema");
  section.mutable_rule()->set_filter("topics:water");
  ASSERT_TRUE(Create("s", section).ok());
  v1::Section link = Titled("Thema");
  link.mutable_link()->set_uri("https://example.org");
  const auto changed = Update(link, "s", {"*"});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_TRUE(changed->value.has_link());
  EXPECT_FALSE(changed->value.has_rule());
}

INSTANTIATE_TEST_SUITE_P(Engines, SectionsTest, testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases
