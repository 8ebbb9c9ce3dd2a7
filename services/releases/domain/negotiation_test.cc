// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/negotiation.h"

#include <gtest/gtest.h>

#include <vector>

namespace communique::releases {
namespace {

using Response = v1::ResolveEditionResponse;
using Tags = std::vector<std::string>;

internal::LanguageIndex Index(const Tags& available, const std::string& source) {
  internal::LanguageIndex index;
  for (const std::string& tag : available) {
    auto& language = *index.add_languages();
    language.set_locale(tag);
    language.set_visibility(v1::Edition::VISIBILITY_LIVE);
  }
  auto& swiss = *index.add_fallbacks();
  swiss.set_locale("gsw");
  swiss.add_alternatives("de");
  swiss.add_alternatives("fr");
  auto& ukrainian = *index.add_fallbacks();
  ukrainian.set_locale("uk");
  ukrainian.add_alternatives("ru");
  index.set_source_language(source);
  return index;
}

LanguageChoice Choose(const Tags& wishes, const Tags& available, const std::string& source = "de") {
  return ChooseLanguage(wishes, Index(available, source)).value_or(LanguageChoice{});
}

TEST(NegotiationTest, TakesTheFirstWishThatCanBeAnswered) {
  EXPECT_EQ(Choose({"fr", "en"}, {"de", "en"}), (LanguageChoice{"en", "en", Response::MATCH_EXACT}));
}

TEST(NegotiationTest, LooksUpShorterTags) {
  EXPECT_EQ(Choose({"de-CH"}, {"de", "en"}), (LanguageChoice{"de", "de-CH", Response::MATCH_LOOKUP}));
  EXPECT_EQ(Choose({"de"}, {"de-CH"}, "en"), (LanguageChoice{"de-CH", "", Response::MATCH_ANY}));
}

TEST(NegotiationTest, CanonicalisesWishesButReportsThemAsGiven) {
  EXPECT_EQ(Choose({"PT-br"}, {"pt-BR"}), (LanguageChoice{"pt-BR", "PT-br", Response::MATCH_EXACT}));
}

TEST(NegotiationTest, FollowsTheNewsroomsFallbacksBeforeTheNextWish) {
  EXPECT_EQ(Choose({"gsw-CH", "en"}, {"en", "fr"}), (LanguageChoice{"fr", "gsw-CH", Response::MATCH_FALLBACK}));
  EXPECT_EQ(Choose({"uk", "en"}, {"en"}), (LanguageChoice{"en", "en", Response::MATCH_EXACT}));
}

TEST(NegotiationTest, EndsWithTheSourceLanguageThenWithAny) {
  EXPECT_EQ(Choose({"ja"}, {"en", "de"}), (LanguageChoice{"de", "", Response::MATCH_SOURCE}));
  EXPECT_EQ(Choose({}, {"en", "de"}), (LanguageChoice{"de", "", Response::MATCH_SOURCE}));
  EXPECT_EQ(Choose({"*"}, {"en", "de"}), (LanguageChoice{"de", "", Response::MATCH_SOURCE}));
  EXPECT_EQ(Choose({"ja"}, {"en", "fr"}), (LanguageChoice{"en", "", Response::MATCH_ANY}));
  EXPECT_FALSE(ChooseLanguage(Tags{"de"}, Index({}, "de")));
}

TEST(NegotiationTest, OffersWhatIsGoneOnlyWhenNothingElseIsThere) {
  internal::LanguageIndex index = Index({"de", "en"}, "de");
  index.mutable_languages(0)->set_visibility(v1::Edition::VISIBILITY_TOMBSTONE);
  EXPECT_EQ(ChooseLanguage(Tags{"de"}, index)->locale, "en");
  index.mutable_languages(1)->set_visibility(v1::Edition::VISIBILITY_TOMBSTONE);
  EXPECT_EQ(ChooseLanguage(Tags{"de"}, index)->locale, "de");
}

}  // namespace
}  // namespace communique::releases
