// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// When a person is erased, whatever state a release is in, nothing in the database says who it was, nor lets one try it
// out; what is signed verifies, and what others read of others is the same.

#include <gmock/gmock.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "services/releases/testing/personal_data.h"

namespace communique::releases {
namespace {

using google::protobuf::util::MessageDifferencer;
using platform::Reason;
using platform::ReasonOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;

class ErasePersonalDataTest : public PersonalDataStore, public testing::TestWithParam<const char*> {
 protected:
  ErasePersonalDataTest() : PersonalDataStore(GetParam()) {}
};

TEST_P(ErasePersonalDataTest, NothingSaysWhoItWas) {
  MakeReleases();
  ASSERT_THAT(Found(), IsSupersetOf({"releases.payload", "release_revisions.payload", "editions.payload",
                                     "contact_lines.payload"}));
  StopPrinting();
  const auto erased = Erase();
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_THAT(Found(), IsEmpty());
  EXPECT_THAT(Found({"Jonas Weber", "jonas@example.org", "press@example.org"}),
              IsSupersetOf({"releases.payload", "release_revisions.payload", "editions.payload"}));
  EXPECT_EQ(erased->releases(), 9);
  EXPECT_EQ(erased->texts_left(), 0);
}

TEST_P(ErasePersonalDataTest, NorDoesTheFile) {
  if (store_.db().engine() != platform::Engine::kSqlite) GTEST_SKIP() << "where the files are is the server's business";
  MakeReleases();
  const auto files = [&] {
    std::string bytes;
    for (const char* suffix : {"", "-wal"}) {
      std::ifstream file(store_.sqlite_path() + suffix, std::ios::binary);
      bytes.append(std::istreambuf_iterator<char>(file), {});
    }
    return bytes;
  };
  ASSERT_THAT(files(), HasSubstr("milena@example.org"));
  StopPrinting();
  ASSERT_TRUE(Erase().ok());
  for (const std::string& value : Values()) EXPECT_EQ(files().find(value), std::string::npos) << value;
  EXPECT_THAT(files(), HasSubstr("jonas@example.org"));
}

TEST_P(ErasePersonalDataTest, WhatWasPlannedIsDone) {
  MakeReleases();
  const auto places = Places();
  int lines = 0;
  int edition_lines = 0;
  for (const auto& place : places) {
    EXPECT_TRUE(place.text().find("Brkić") != std::string::npos || place.text().find("milena@") != std::string::npos)
        << place.ShortDebugString();
    lines += place.kind() == v1::PersonalDataPlace::KIND_CONTACT_LINE ? 1 : 0;
    edition_lines += place.kind() == v1::PersonalDataPlace::KIND_EDITION_LINE ? 1 : 0;
  }
  EXPECT_EQ(lines + edition_lines, static_cast<int>(places.size()));
  StopPrinting();
  const auto erased = Erase();
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_EQ(erased->contact_lines(), lines);
  EXPECT_EQ(erased->edition_lines(), edition_lines);
  EXPECT_THAT(Places(), IsEmpty());

  // Again: there is nothing to do, and nothing is done.
  const auto before = platform::DumpTables(store_.db());
  const auto again = Erase();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->contact_lines() + again->edition_lines() + again->releases(), 0);
  const auto differs = [](const platform::TableCell& cell) {
    return cell.table == "contact_news" || cell.column == "stale";
  };
  auto left = before;
  auto right = platform::DumpTables(store_.db());
  std::erase_if(left, differs);
  std::erase_if(right, differs);
  EXPECT_TRUE(left == right);
}

TEST_P(ErasePersonalDataTest, EveryDigestVerifiesBeforeAndAfter) {
  MakeReleases();
  std::map<std::string, std::vector<std::string>> digests;
  for (const auto& [id, driver] : drivers_) {
    const Stored stored = Load(id);
    stored.ExpectAllVerify();
    for (const auto& [number, revision] : stored.revisions) digests[id].push_back(revision.digest());
  }
  StopPrinting();
  ASSERT_TRUE(Erase().ok());
  int kept = 0;
  for (const auto& [id, driver] : drivers_) {
    SCOPED_TRACE(id);
    Stored stored = Load(id);
    stored.ExpectAllVerify();
    std::vector<std::string> now;
    for (const auto& [number, revision] : stored.revisions) now.push_back(revision.digest());
    EXPECT_EQ(now, digests[id]);
    kept += static_cast<int>(stored.kept.size());
    // A value of somebody else that is changed is found.
    for (auto& [number, revision] : stored.revisions) {
      for (auto& line : *revision.mutable_content()->mutable_contact_lines()) {
        for (auto& segment : *line.mutable_segments()) {
          if (segment.value() == "jonas@example.org") segment.set_value("jonas@example.com");
        }
      }
    }
    if (id == "history" || id == "scheduled" || id == "others") {
      EXPECT_FALSE(Verifies(stored.revisions.at(1), stored.record.digest_key(), stored.KeptOf(1)));
    }
  }
  EXPECT_EQ(kept, 9) << "review, approved, scheduled, history (3), withdrawn, written-for-her, deleted";
  EXPECT_THAT(Load("others").kept, IsEmpty());
}

// The key with which her values could be tried out is nowhere, nor is anything that was made with it.
TEST_P(ErasePersonalDataTest, TheOldKeyIsGone) {
  MakeReleases();
  std::vector<std::string> keys;
  for (const char* id : {"review", "approved", "scheduled", "history", "withdrawn", "deleted"}) {
    keys.push_back(Load(id).record.digest_key());
  }
  ASSERT_THAT(Found(keys), ElementsAre("releases.payload"));
  std::vector<std::string> vouched;
  for (const auto& key : keys) vouched.push_back(VouchedAs("milena@example.org", key));
  ASSERT_THAT(Found(vouched), ElementsAre("contact_lines.payload"));
  StopPrinting();
  ASSERT_TRUE(Erase().ok());
  EXPECT_THAT(Found(keys), IsEmpty());
  EXPECT_THAT(Found(vouched), IsEmpty());
}

// Etags of editions are digests without a key: with hers in them, they would tell.
TEST_P(ErasePersonalDataTest, NoEtagIsOneOfAnEditionThatShowedHer) {
  MakeReleases();
  const std::string etag = Edition(Driver("history")).etag();
  ASSERT_THAT(Found({etag}), IsSupersetOf({"editions.etag", "editions.payload", "editions.card"}));
  StopPrinting();
  ASSERT_TRUE(Erase().ok());
  EXPECT_THAT(Found({etag}), IsEmpty());
}

TEST_P(ErasePersonalDataTest, ReadersGetAnotherLineOrNoneWithoutANotice) {
  MakeReleases();
  const auto notices = Edition(Driver("history")).notices_size();
  const std::string digest = Edition(Driver("history")).digest();
  StopPrinting();
  ASSERT_TRUE(Erase().ok());
  EXPECT_THAT(EditionLinesOf("history"), ElementsAre("Jonas Weber, jonas@example.org"))
      << "until it is known who stands in";
  EXPECT_THAT(EditionLinesOf("stand-in"), IsEmpty());
  Refresh();
  EXPECT_THAT(EditionLinesOf("history"),
              ElementsAre("Pressestelle, press@example.org", "Jonas Weber, jonas@example.org"));
  EXPECT_THAT(EditionLinesOf("stand-in"), ElementsAre("Pressestelle, press@example.org"));
  EXPECT_EQ(Edition(Driver("history")).notices_size(), notices);
  EXPECT_EQ(Edition(Driver("history")).digest(), digest);
  EXPECT_EQ(Edition(Driver("withdrawn")).visibility(), v1::Edition::VISIBILITY_TOMBSTONE);
  store_.clock().Set(absl::FromCivil(absl::CivilSecond(2099, 1, 2), absl::UTCTimeZone()));
  EXPECT_THAT(EditionLinesOf("scheduled"),
              ElementsAre("Pressestelle, press@example.org", "Jonas Weber, jonas@example.org"));
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_P(ErasePersonalDataTest, WhatIsOthersIsAsItWas) {
  MakeReleases();
  const auto release = Driver("others").release();
  const auto edition = Edition(Driver("others"));
  StopPrinting();
  ASSERT_TRUE(Erase().ok());
  ASSERT_TRUE(Driver("others").Refresh().ok());
  EXPECT_TRUE(MessageDifferencer::Equals(Driver("others").release(), release));
  EXPECT_TRUE(MessageDifferencer::Equals(Edition(Driver("others")), edition));
  const auto draft = Load("draft").record.release().content();
  EXPECT_THAT(Lines(draft), ElementsAre("Presse: , , ", "Jonas Weber, jonas@example.org", ""));
  EXPECT_TRUE(draft.contact_lines(0).segments(1).erased());
  EXPECT_FALSE(draft.contact_lines(1).segments(0).erased());
}

TEST_P(ErasePersonalDataTest, TextsAreToldToAnEditorAndLeft) {
  ASSERT_TRUE(PublishedWith({HerLine()}).ok());
  ASSERT_TRUE(Correct(driver_, "Milena Brkić spricht"));
  StopPrinting();
  const auto erased = Erase();
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_EQ(erased->texts_left(), 2) << "of the working text and the second revision";
  EXPECT_THAT(Found(), Contains("releases.headline"));
  EXPECT_THAT(Found({"milena@example.org", "030/123 45 67"}), IsEmpty());
  const auto places = Places();
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].resource(), driver_.name());
  EXPECT_EQ(places[0].path(), "content.headline");
  EXPECT_EQ(places[1].resource(), driver_.name() + "/revisions/2");
}

// The release does not have it any more: it stands in a state of the edition that is over.
TEST_P(ErasePersonalDataTest, ANoticeThatWasTakenBackIsToldToo) {
  ASSERT_TRUE(PublishedWith({JonasLine()}).ok());
  v1::WithdrawReleaseRequest withdraw;
  withdraw.set_name(driver_.name());
  withdraw.set_etag(driver_.release().etag());
  withdraw.mutable_withdrawal()->set_kind(v1::Withdrawal::KIND_NOTICE);
  auto& text = *withdraw.mutable_withdrawal()->add_explanations();
  text.set_locale("de");
  text.set_text("Milena Brkić hat das nicht gesagt.");
  ASSERT_TRUE(WithdrawRelease(store_.environment(), ReleasesStore::As("publisher"), withdraw).ok());
  ASSERT_TRUE(driver_.Refresh().ok());
  ASSERT_TRUE(driver_.Reinstate().ok());
  const auto places = Places();
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].kind(), v1::PersonalDataPlace::KIND_TEXT);
  EXPECT_EQ(places[0].resource(), driver_.EditionOf("de"));
  EXPECT_EQ(places[0].path(), "notices[0].text");
  const auto erased = Erase();
  ASSERT_TRUE(erased.ok()) << erased.status();
  EXPECT_EQ(erased->texts_left(), 1);
}

TEST_P(ErasePersonalDataTest, SmallPortionsComeToTheSame) {
  MakeReleases();
  Environment small = store_.environment();
  small.limits.personal_data_releases = 1;
  const auto all = Places();
  for (const int page_size : {0, 1, 2, 7}) {
    const auto paged = Places(small, page_size);
    ASSERT_EQ(paged.size(), all.size()) << page_size;
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_TRUE(MessageDifferencer::Equals(paged[i], all[i])) << page_size << ", " << i;
    }
  }
  StopPrinting();
  ASSERT_TRUE(Erase(small).ok());
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_P(ErasePersonalDataTest, NewsroomsBelowPrintHerToo) {
  store_.MakeNewsroom("beside");
  v1::UpdateNewsroomRequest below;
  below.mutable_newsroom()->set_name(store_.MakeNewsroom("country").name());
  below.mutable_newsroom()->set_parent_newsroom(newsroom_);
  below.mutable_update_mask()->add_paths("parent_newsroom");
  ASSERT_TRUE(UpdateNewsroom(store_.environment(), ReleasesStore::As("admin"), below).ok());
  ReleaseDriver country(store_, "newsrooms/country", "a");
  ASSERT_TRUE(CreateWith({HerLine()}, country).ok());
  ReleaseDriver beside(store_, "newsrooms/beside", "a");
  ASSERT_TRUE(CreateWith({HerLine("")}, beside).ok());
  const auto places = Places();
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].resource(), country.name());
}

TEST_P(ErasePersonalDataTest, AMovedNewsroomThatPrintsHerIsFound) {
  store_.MakeNewsroom("country");
  v1::UpdateNewsroomRequest move;
  move.mutable_newsroom()->set_name("newsrooms/country");
  move.mutable_newsroom()->set_parent_newsroom(newsroom_);
  move.mutable_update_mask()->add_paths("parent_newsroom");
  ASSERT_TRUE(UpdateNewsroom(store_.environment(), ReleasesStore::As("admin"), move).ok());
  ReleaseDriver country(store_, "newsrooms/country", "a");
  ASSERT_TRUE(PublishedWith({HerLine()}, country).ok());
  move.mutable_newsroom()->set_parent_newsroom("");
  ASSERT_TRUE(UpdateNewsroom(store_.environment(), ReleasesStore::As("admin"), move).ok());
  StopPrinting();
  ASSERT_TRUE(Erase().ok());
  EXPECT_THAT(Found(), IsEmpty());
}

TEST_P(ErasePersonalDataTest, WrongArgumentsAreNamedAndNotRepeated) {
  v1::ErasePersonalDataRequest request = Request({"ab", "Milena Brkić"});
  request.set_contact("contacts/milena");
  request.set_erasure("erasures/1");
  const absl::Status status = Erase(store_.environment(), request).status();
  EXPECT_THAT(ViolatedFields(status), ElementsAre("contact", "values[0]", "erasure"));
  EXPECT_EQ(std::string(status.message()).find("Milena"), std::string::npos);
  request = Request(std::vector<std::string>(101, "Milena Brkić"));
  EXPECT_THAT(ViolatedFields(Erase(store_.environment(), request).status()), ElementsAre("values"));
  request = Request();
  request.set_page_token("nonsense");
  EXPECT_EQ(ReasonOf(Erase(store_.environment(), request).status()), Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
  v1::ListPersonalDataRequest list;
  list.set_contact("milena");
  list.set_page_size(-1);
  EXPECT_THAT(ViolatedFields(ListPersonalData(store_.environment(), ReleasesStore::As("x"), list).status()),
              ElementsAre("contact", "page_size"));
}

TEST_P(ErasePersonalDataTest, WithoutValuesHerOwnLinesAreErased) {
  ASSERT_TRUE(CreateWith({HerLine(), HerLine("")}).ok());
  StopPrinting();
  ASSERT_TRUE(Erase(store_.environment(), Request({})).ok());
  ASSERT_TRUE(driver_.Refresh().ok());
  EXPECT_THAT(Lines(driver_.release().content()),
              ElementsAre("Presse: , , ", "Presse: Milena Brkić, 030/123 45 67, milena@example.org"));
}

INSTANTIATE_TEST_SUITE_P(Engines, ErasePersonalDataTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases
