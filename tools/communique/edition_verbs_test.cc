// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/releases/v1/edition_service.pb.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using releases::v1::Edition;
using releases::v1::ListEditionsResponse;
using releases::v1::ResolveEditionResponse;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class EditionVerbsTest : public CommandTest {
 protected:
  Edition edition_ = Load<Edition>("edition");
};

TEST_F(EditionVerbsTest, GetShowsWhatThereIsToRead) {
  server_.Answer("GetEdition", edition_);
  const Result result = Run({"edition", "get", "igh-de/20261016-qwerty/de", "--if-none-match", "\"x\""});
  EXPECT_EQ(result.code, kExitOk);
  ExpectOutput("edition_get", result.out);
  EXPECT_EQ(LastRequest<releases::v1::GetEditionRequest>("GetEdition").ShortDebugString(),
            R"(name: "newsrooms/igh-de/releases/20261016-qwerty/editions/de" if_none_match: "\"x\"")");
}

TEST_F(EditionVerbsTest, GetSaysWhenThereIsNothingNew) {
  edition_.Clear();
  edition_.set_name("newsrooms/a/releases/b/editions/de");
  edition_.set_etag("\"x\"");
  edition_.set_not_modified(true);
  server_.Answer("GetEdition", edition_);
  EXPECT_EQ(Run({"edition", "get", "a/b/de"}).out,
            "newsrooms/a/releases/b/editions/de\n  not modified: it still has the etag \"x\"\n");
}

TEST_F(EditionVerbsTest, ATombstoneSaysThatItIsGone) {
  edition_.set_visibility(Edition::VISIBILITY_TOMBSTONE);
  edition_.clear_content();
  server_.Answer("GetEdition", edition_);
  EXPECT_THAT(Run({"edition", "get", "a/b/de"}).out, HasSubstr("To read    TOMBSTONE: it was there and is gone\n"));
}

TEST_F(EditionVerbsTest, ResolveSaysWhyALanguageWasChosen) {
  ResolveEditionResponse response;
  *response.mutable_edition() = edition_;
  response.set_requested_language("de-CH");
  const struct {
    ResolveEditionResponse::Match match;
    const char* words;
  } matches[] = {
      {ResolveEditionResponse::MATCH_EXACT, "Chosen: the language asked for, de-CH\n"},
      {ResolveEditionResponse::MATCH_LOOKUP, "Chosen: what de-CH is a kind of\n"},
      {ResolveEditionResponse::MATCH_FALLBACK, "Chosen: what the newsroom offers instead of de-CH\n"},
      {ResolveEditionResponse::MATCH_SOURCE, "Chosen: the language the release was written in;"},
      {ResolveEditionResponse::MATCH_ANY, "Chosen: the first that is public;"},
  };
  for (const auto& [match, words] : matches) {
    response.set_match(match);
    server_.Answer("ResolveEdition", response);
  }
  for (const auto& [match, words] : matches) {
    EXPECT_THAT(Run({"edition", "resolve", "a/b", "--language", "fr,de-CH"}).out, StartsWith(words));
  }
  EXPECT_EQ(LastRequest<releases::v1::ResolveEditionRequest>("ResolveEdition").ShortDebugString(),
            R"(release: "newsrooms/a/releases/b" languages: "fr" languages: "de-CH")");
}

TEST_F(EditionVerbsTest, ListShowsCards) {
  ListEditionsResponse list;
  auto* card = list.add_editions();
  card->set_name("newsrooms/igh-de/releases/20261016-qwerty/editions/de");
  card->set_headline("Drei Flüsse sind frei");
  card->mutable_publish_time()->set_seconds(1792137600);
  card->set_corrected(true);
  *list.add_editions() = *card;
  list.mutable_editions(1)->set_corrected(false);
  server_.Answer("ListEditions", list);
  EXPECT_EQ(Run({"edition", "list"}).out,
            "newsrooms/igh-de/releases/20261016-qwerty/editions/de  2026-10-16 08:00:00 UTC  corrected  Drei Flüsse "
            "sind frei\n"
            "newsrooms/igh-de/releases/20261016-qwerty/editions/de  2026-10-16 08:00:00 UTC             Drei Flüsse "
            "sind frei\n");
}

TEST_F(EditionVerbsTest, ListIsOfAllOfANewsroomOrOfARelease) {
  server_.Answer("ListEditions", ListEditionsResponse());
  const auto parent = [this] { return LastRequest<releases::v1::ListEditionsRequest>("ListEditions").parent(); };
  Run({"edition", "list"});
  EXPECT_EQ(parent(), "newsrooms/-/releases/-");
  Run({"edition", "list", "--newsroom", "a", "--section", "a/news", "--filter", "f"});
  EXPECT_EQ(LastRequest<releases::v1::ListEditionsRequest>("ListEditions").ShortDebugString(),
            R"(parent: "newsrooms/a/releases/-" page_size: 100 filter: "f" section: "newsrooms/a/sections/news")");
  Run({"edition", "list", "--release", "a/b"});
  EXPECT_EQ(parent(), "newsrooms/a/releases/b");
}

TEST_F(EditionVerbsTest, RenderWritesTheText) {
  releases::v1::Rendering rendering;
  rendering.set_text("# Titel");
  rendering.set_media_type("text/markdown");
  server_.Answer("RenderEdition", rendering);
  EXPECT_EQ(Run({"edition", "render", "a/b/de", "--format", "markdown"}).out, "# Titel");
  EXPECT_EQ(Run({"edition", "render", "a/b/de", "--output", "jsonl"}).out,
            "{\"text\":\"# Titel\",\"mediaType\":\"text/markdown\"}\n");
}

}  // namespace
}  // namespace communique::command
