// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/word_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Whether all words of `query` are found in what `text` is found by.
bool Finds(std::string_view query, std::string_view text) {
  const auto keys = WordKeysOf(text);
  const auto words = WordForms(query);
  return !words.empty() && std::all_of(words.begin(), words.end(), [&](const auto& forms) {
    return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
      return std::any_of(forms.begin(), forms.end(), [&](const auto& form) { return key.starts_with(form); });
    });
  });
}

TEST(WordKeysTest, SpellingsFindEachOther) {
  const std::vector<std::vector<const char*>> same = {
      {"Srđan", "Срђан", "Srdjan", "SRĐAN"},
      {"Müller", "Mueller", "MÜLLER", "Mu\u0308ller"},
      {"Jørgensen", "Joergensen"},
      {"Straße", "Strasse"},
      {"Åse", "Aase"},
      {"Tošić", "Тошић", "Tosic"},
      {"O'Brien", "O’Brien", "OBrien"},
      {"José", "Jose"},
      {"ﬁnanz", "Finanz"},
      {"Ｍｅｄｉａ", "media"},
  };
  for (const auto& spellings : same) {
    for (const char* one : spellings) {
      for (const char* other : spellings) EXPECT_TRUE(Finds(one, other)) << one << " in " << other;
    }
  }
  EXPECT_TRUE(Finds("Muller", "Müller"));
  EXPECT_FALSE(Finds("Miller", "Müller"));
}

TEST(WordKeysTest, ScriptsAreReadInLatinLetters) {
  EXPECT_THAT(WordKeysOf("Антониу Гутерриш"), ElementsAre("antoniu", "guterris"));
  EXPECT_THAT(WordKeysOf("王小明"), ElementsAre("ming", "wang", "xiao"));
  EXPECT_THAT(WordKeysOf("Γιώργος"), ElementsAre("giorgos"));
  EXPECT_FALSE(WordKeysOf("محمد علي").empty());
  EXPECT_TRUE(Finds("محمد", "محمد علي"));
}

TEST(WordKeysTest, WordsAreInTheirOrderWithTheirForms) {
  EXPECT_THAT(WordForms("Dr. Özge Al-Müller, 20 Minuten"),
              ElementsAre(ElementsAre("dr"), ElementsAre("ozge", "oezge"), ElementsAre("al"),
                          ElementsAre("muller", "mueller"), ElementsAre("20"), ElementsAre("minuten")));
}

TEST(WordKeysTest, BeginningsOfWordsFind) {
  EXPECT_TRUE(Finds("mil to", "Milena Tošić"));
  EXPECT_TRUE(Finds("mül", "Mueller"));
  EXPECT_FALSE(Finds("lena", "Milena Tošić"));
}

TEST(WordKeysTest, WhatHoldsNoWordHasNoKeys) {
  for (const char* text : {"", " ", "!?", "'", "\xff\xfe", "😀"}) {
    EXPECT_THAT(WordKeysOf(text), IsEmpty()) << text;
  }
}

TEST(WordKeysTest, IsSafeFromManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int round = 0; round < 50; ++round) EXPECT_THAT(WordKeysOf("Срђан"), ElementsAre("srdan", "srdjan"));
    });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace communique::contacts
