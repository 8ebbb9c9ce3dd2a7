// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "services/platform/errors/error.h"
#include "services/releases/testing/public_reader.h"
#include "services/releases/testing/release_driver.h"
#include "services/releases/usecases/boilerplates.h"

// Standing texts, their revisions, and the releases that use them.
namespace communique::releases {
namespace {

using platform::Reason;
using testing::HasSubstr;
using v1::Release;

constexpr char kName[] = "newsrooms/relief/boilerplates/about";

class BoilerplatesTest : public testing::TestWithParam<const char*> {
 protected:
  BoilerplatesTest() { store_.MakeNewsroom("relief"); }

  static v1::Boilerplate Saying(const std::string& words) {
    v1::Boilerplate boilerplate;
    boilerplate.set_title("Über uns");
    auto& text = *boilerplate.add_texts();
    text.set_locale("de");
    text.set_heading("Über Example Relief");
    text.add_blocks()->mutable_paragraph()->set_text(words);
    return boilerplate;
  }
  absl::StatusOr<Written<v1::Boilerplate>> Create(const std::string& id, const v1::Boilerplate& boilerplate) {
    v1::CreateBoilerplateRequest request;
    request.set_parent("newsrooms/relief");
    request.set_boilerplate_id(id);
    *request.mutable_boilerplate() = boilerplate;
    return CreateBoilerplate(store_.environment(), ReleasesStore::As("editor"), request);
  }
  absl::StatusOr<Written<v1::Boilerplate>> Update(v1::Boilerplate boilerplate, const std::vector<std::string>& mask) {
    boilerplate.set_name(kName);
    v1::UpdateBoilerplateRequest request;
    *request.mutable_boilerplate() = std::move(boilerplate);
    for (const auto& path : mask) request.mutable_update_mask()->add_paths(path);
    return UpdateBoilerplate(store_.environment(), ReleasesStore::As("editor"), request);
  }
  absl::StatusOr<v1::BoilerplateRevision> Revision(const std::string& number) {
    v1::GetBoilerplateRevisionRequest request;
    request.set_name(absl::StrCat(kName, "/revisions/", number));
    return GetBoilerplateRevision(store_.environment(), ReleasesStore::As("editor"), request);
  }
  // A release that ends in the standing text.
  void CreateRelease(const std::string& pinned = "") {
    ASSERT_TRUE(release_.Create("Mit Anhang").ok());
    Release change;
    auto& about = *change.mutable_content()->add_abouts();
    about.set_boilerplate(kName);
    about.set_boilerplate_revision(pinned);
    ASSERT_TRUE(release_.Update(change, {"content.abouts"}).ok());
  }
  const v1::About& Shown() { return release_.release().content().abouts(0); }
  std::string Words() { return Shown().blocks().empty() ? "" : Shown().blocks(0).paragraph().text(); }

  ReleasesStore store_{GetParam()};
  PublicReader reader_{store_.environment()};
  ReleaseDriver release_{store_, "newsrooms/relief", "flood"};
};

TEST_P(BoilerplatesTest, NewTextsMakeARevisionAndANewTitleDoesNot) {
  const auto made = Create("about", Saying("Eins."));
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->value.revision(), 1);
  v1::Boilerplate titled = Saying("egal");
  titled.set_title("Anhang");
  const auto retitled = Update(titled, {"title"});
  ASSERT_TRUE(retitled.ok()) << retitled.status();
  EXPECT_EQ(retitled->value.title(), "Anhang");
  EXPECT_EQ(retitled->value.revision(), 1);
  const auto rewritten = Update(Saying("Zwei."), {"texts"});
  ASSERT_TRUE(rewritten.ok()) << rewritten.status();
  EXPECT_EQ(rewritten->value.revision(), 2);
  EXPECT_EQ(rewritten->value.title(), "Anhang");
  // Back to the first words: a revision of its own all the same.
  ASSERT_TRUE(Update(Saying("Eins."), {"texts"}).ok());

  EXPECT_EQ(Revision("1")->texts(0).blocks(0).paragraph().text(), "Eins.");
  EXPECT_EQ(Revision("2")->texts(0).blocks(0).paragraph().text(), "Zwei.");
  EXPECT_EQ(Revision("3")->texts(0).blocks(0).paragraph().text(), "Eins.");
  EXPECT_EQ(Revision("3")->creator(), "editor");
  EXPECT_TRUE(absl::IsNotFound(Revision("4").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Revision("0").status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Revision("latest").status()));

  v1::GetBoilerplateRequest get;
  get.set_name(kName);
  const auto read = GetBoilerplate(store_.environment(), ReleasesStore::As("editor"), get);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->revision(), 3);
}

TEST_P(BoilerplatesTest, AllThatIsWrongIsToldTogether) {
  v1::Boilerplate untitled = Saying("Eins.");
  untitled.clear_title();
  EXPECT_EQ(ViolatedFields(Create("No good id", untitled).status()),
            (std::vector<std::string>{"boilerplate_id", "boilerplate.title"}));
}

TEST_P(BoilerplatesTest, RevisionsAreListedByPagesFromTheNewest) {
  ASSERT_TRUE(Create("about", Saying("1")).ok());
  ASSERT_TRUE(Create("other", Saying("andere")).ok());
  for (int i = 2; i <= 5; ++i) ASSERT_TRUE(Update(Saying(absl::StrCat(i)), {"texts"}).ok());
  for (const int size : {0, 1, 2, 5}) {
    v1::ListBoilerplateRevisionsRequest request;
    request.set_parent(kName);
    request.set_page_size(size);
    std::vector<std::string> words;
    do {
      const auto page = ListBoilerplateRevisions(store_.environment(), ReleasesStore::As("editor"), request);
      ASSERT_TRUE(page.ok()) << page.status();
      EXPECT_TRUE(size == 0 || page->revisions_size() <= size);
      for (const auto& revision : page->revisions()) words.push_back(revision.texts(0).blocks(0).paragraph().text());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    EXPECT_EQ(words, (std::vector<std::string>{"5", "4", "3", "2", "1"})) << size;
  }
  v1::ListBoilerplateRevisionsRequest request;
  request.set_parent(kName);
  request.set_page_size(2);
  const auto page = ListBoilerplateRevisions(store_.environment(), ReleasesStore::As("editor"), request);
  ASSERT_TRUE(page.ok()) << page.status();
  request.set_parent("newsrooms/relief/boilerplates/other");
  request.set_page_token(page->next_page_token());
  EXPECT_EQ(
      platform::ReasonOf(ListBoilerplateRevisions(store_.environment(), ReleasesStore::As("editor"), request).status()),
      Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
  request.set_parent("newsrooms/relief/boilerplates/nobody");
  request.clear_page_token();
  EXPECT_TRUE(
      absl::IsNotFound(ListBoilerplateRevisions(store_.environment(), ReleasesStore::As("editor"), request).status()));
}

TEST_P(BoilerplatesTest, ListsAndGuards) {
  const auto made = Create("about", Saying("Eins."));
  ASSERT_TRUE(made.ok());
  v1::Boilerplate second = Saying("Zwei.");
  second.set_title("Spenden");
  ASSERT_TRUE(Create("donate", second).ok());
  v1::ListBoilerplatesRequest request;
  request.set_parent("newsrooms/relief");
  request.set_filter("title = \"Spenden\"");
  const auto page = ListBoilerplates(store_.environment(), ReleasesStore::As("editor"), request);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->boilerplates_size(), 1);
  EXPECT_EQ(page->boilerplates(0).name(), "newsrooms/relief/boilerplates/donate");
  EXPECT_FALSE(page->watch_token().empty());

  v1::Boilerplate change = Saying("Neu.");
  change.set_etag(made->value.etag());
  ASSERT_TRUE(Update(change, {"texts"}).ok());
  EXPECT_EQ(Update(change, {"texts"}).status().code(), absl::StatusCode::kAborted);
  // The revision is the server's.
  change.clear_etag();
  change.set_revision(99);
  change.set_title("Drei");
  const auto changed = Update(change, {"revision", "title"});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->value.revision(), 2);
  EXPECT_EQ(platform::ReasonOf(Create("about", Saying("x")).status()), Reason::ERROR_REASON_ALREADY_EXISTS);
  EXPECT_THAT(Create("empty", v1::Boilerplate()).status().message(), HasSubstr("boilerplate.title"));
}

TEST_P(BoilerplatesTest, ADraftFollowsTheNewestAndWhatIsSubmittedDoesNot) {
  ASSERT_TRUE(Create("about", Saying("Alt.")).ok());
  CreateRelease();
  EXPECT_EQ(Words(), "Alt.");
  EXPECT_EQ(Shown().heading(), "Über Example Relief");
  ASSERT_TRUE(Update(Saying("Neu."), {"texts"}).ok());
  ASSERT_TRUE(release_.Refresh().ok());
  EXPECT_EQ(Words(), "Neu.");

  ASSERT_TRUE(release_.Submit().ok());
  ASSERT_TRUE(Update(Saying("Neuer."), {"texts"}).ok());
  ASSERT_TRUE(release_.Refresh().ok());
  EXPECT_EQ(Words(), "Neu.") << "what is in review is shown as it was submitted";
  EXPECT_EQ(Shown().boilerplate_revision(), "2");
  ASSERT_TRUE(release_.Approve().ok());
  ASSERT_TRUE(release_.Publish().ok());
  EXPECT_EQ(Words(), "Neu.");
  const v1::Edition edition = reader_.Read(release_.EditionOf("de"));
  EXPECT_EQ(edition.content().abouts(0).blocks(0).paragraph().text(), "Neu.");
  EXPECT_EQ(edition.content().abouts(0).boilerplate_revision(), "2");
  ASSERT_TRUE(Update(Saying("Am neuesten."), {"texts"}).ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).etag(), edition.etag());

  // A change makes it a draft again, and that follows the newest.
  ASSERT_TRUE(release_.SetHeadline("Neue Fassung").ok());
  EXPECT_EQ(Words(), "Am neuesten.");
  EXPECT_TRUE(Shown().boilerplate_revision().empty());
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  ASSERT_TRUE(release_.Correct().ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).content().abouts(0).blocks(0).paragraph().text(), "Am neuesten.");
}

TEST_P(BoilerplatesTest, SavingWhatWasReadVoidsNothing) {
  ASSERT_TRUE(Create("about", Saying("Alt.")).ok());
  CreateRelease();
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  ASSERT_TRUE(Update(Saying("Neu."), {"texts"}).ok());
  ASSERT_TRUE(release_.Refresh().ok());
  const Release read = release_.release();
  ASSERT_TRUE(release_.Update(read, {"content"}).ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_APPROVED);
  EXPECT_EQ(release_.release().etag(), read.etag());
  // Another revision is another text.
  Release other = read;
  other.mutable_content()->mutable_abouts(0)->set_boilerplate_revision("2");
  ASSERT_TRUE(release_.Update(other, {"content"}).ok());
  EXPECT_EQ(release_.release().state(), Release::STATE_DRAFT);
  EXPECT_EQ(Words(), "Neu.");
  // In a draft the author's choice counts, also when it is what was pinned before.
  other.mutable_content()->mutable_abouts(0)->set_boilerplate_revision("1");
  other.clear_etag();
  ASSERT_TRUE(release_.Update(other, {"content"}).ok());
  EXPECT_EQ(Words(), "Alt.");
  EXPECT_EQ(Shown().boilerplate_revision(), "1");
}

TEST_P(BoilerplatesTest, ANewRevisionMakesANewTextOfTheSameWords) {
  ASSERT_TRUE(Create("about", Saying("Alt.")).ok());
  CreateRelease();
  ASSERT_TRUE(release_.Submit().ok());
  ASSERT_TRUE(release_.Return().ok());
  ASSERT_TRUE(release_.Submit().ok());
  EXPECT_TRUE(release_.release().latest_revision().ends_with("/1"));
  ASSERT_TRUE(release_.Return().ok());
  ASSERT_TRUE(Update(Saying("Neu."), {"texts"}).ok());
  ASSERT_TRUE(release_.Submit().ok());
  EXPECT_TRUE(release_.release().latest_revision().ends_with("/2"));
}

TEST_P(BoilerplatesTest, APinnedRevisionStays) {
  ASSERT_TRUE(Create("about", Saying("Alt.")).ok());
  CreateRelease("1");
  ASSERT_TRUE(Update(Saying("Neu."), {"texts"}).ok());
  ASSERT_TRUE(release_.Refresh().ok());
  EXPECT_EQ(Words(), "Alt.");
  ASSERT_TRUE(release_.SubmitAndApprove().ok());
  ASSERT_TRUE(release_.Publish().ok());
  EXPECT_EQ(reader_.Read(release_.EditionOf("de")).content().abouts(0).blocks(0).paragraph().text(), "Alt.");
}

TEST_P(BoilerplatesTest, ATextThatIsMissingIsFoundWhenItIsSubmitted) {
  CreateRelease();
  EXPECT_EQ(Words(), "");
  EXPECT_EQ(platform::ReasonOf(release_.Submit()), Reason::ERROR_REASON_REFERENCE_MISSING);
  ASSERT_TRUE(Create("about", Saying("Da.")).ok());
  Release english;
  english.mutable_content()->set_language("en");
  ASSERT_TRUE(release_.Update(english, {"content.language"}).ok());
  EXPECT_EQ(Words(), "");
  const absl::Status status = release_.Submit();
  EXPECT_EQ(platform::ReasonOf(status), Reason::ERROR_REASON_REFERENCE_MISSING);
  EXPECT_THAT(status.message(), HasSubstr("\"en\""));
  EXPECT_EQ(release_.release().state(), Release::STATE_DRAFT);
}

INSTANTIATE_TEST_SUITE_P(Engines, BoilerplatesTest, testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases
