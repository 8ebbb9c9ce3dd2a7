// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/names.h"

#include <gtest/gtest.h>

namespace communique::releases {
namespace {

TEST(NamesTest, RoundTrip) {
  EXPECT_EQ(NewsroomName::Parse("newsrooms/geneva")->ToString(), "newsrooms/geneva");
  EXPECT_EQ(ReleaseName::Parse("newsrooms/geneva/releases/20261016-abc")->release, "20261016-abc");
  EXPECT_EQ(EditionName::Parse("newsrooms/g/releases/r/editions/zh-Hant")->ToString(),
            "newsrooms/g/releases/r/editions/zh-Hant");
  EXPECT_EQ(BoilerplateRevisionName::Parse("newsrooms/g/boilerplates/b/revisions/12")->revision, 12);
  EXPECT_EQ(ReleaseRevisionName::Parse("newsrooms/g/releases/r/revisions/live")->Number(), std::nullopt);
  EXPECT_EQ(ReleaseRevisionName::Parse("newsrooms/g/releases/r/revisions/7")->Number(), 7);
}

TEST(NamesTest, RefusesWhatIsNotCanonical) {
  for (const char* name :
       {"", "newsrooms", "newsrooms/", "newsrooms/G", "newsrooms/1a", "newsrooms/a-", "newsrooms/a/b", "/newsrooms/a",
        "newsrooms/a/", "newsrooms/ä", "newsroomsx/a", "newsrooms/-"}) {
    EXPECT_FALSE(NewsroomName::Parse(name)) << name;
  }
  EXPECT_FALSE(EditionName::Parse("newsrooms/g/releases/r/editions/DE"));
  EXPECT_FALSE(EditionName::Parse("newsrooms/g/releases/r/editions/"));
  EXPECT_FALSE(ReleaseRevisionName::Parse("newsrooms/g/releases/r/revisions/07"));
  EXPECT_FALSE(ReleaseRevisionName::Parse("newsrooms/g/releases/r/revisions/0"));
  EXPECT_FALSE(ReleaseRevisionName::Parse("newsrooms/g/releases/r/revisions/99999999999999999999"));
}

TEST(NamesTest, ParentsTakeWildcards) {
  EXPECT_EQ(NewsroomParent::Parse("newsrooms/-")->newsroom, "");
  EXPECT_EQ(EditionParent::Parse("newsrooms/-/releases/-")->newsroom, "");
  EXPECT_EQ(EditionParent::Parse("newsrooms/g/releases/-")->newsroom, "g");
  EXPECT_EQ(EditionParent::Parse("newsrooms/g/releases/r")->release, "r");
  EXPECT_FALSE(EditionParent::Parse("newsrooms/-/releases/r"));
}

TEST(NamesTest, TheNewsroomOfANameIsItsBeginning) {
  EXPECT_EQ(NewsroomOf("newsrooms/g"), "newsrooms/g");
  EXPECT_EQ(NewsroomOf("newsrooms/g/releases/r/editions/de"), "newsrooms/g");
  EXPECT_EQ(NewsroomOf("newsrooms/g/sections/No/good id"), "newsrooms/g");
  EXPECT_EQ(NewsroomOf("news"), "news");
}

TEST(NamesTest, IdErrorsSayWhatWouldBeRight) {
  EXPECT_TRUE(CheckId("newsroom_id", std::string(63, 'a')).ok());
  EXPECT_FALSE(CheckId("newsroom_id", std::string(64, 'a')).ok());
  const std::string message(CheckId("newsroom_id", "Genf!").message());
  EXPECT_NE(message.find("newsroom_id: \"Genf!\" is not an id; it begins with a lower-case letter"), std::string::npos)
      << message;
  EXPECT_TRUE(CheckReleaseId("release_id", "2026-x").ok());
}

}  // namespace
}  // namespace communique::releases
