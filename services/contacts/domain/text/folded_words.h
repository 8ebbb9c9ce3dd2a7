// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace communique::contacts {

// What a word is written in, as far as comparing it depends on that.
enum class WordScript {
  kLatin,     // and digits
  kCyrillic,  // romanized differently in every language
  kHan,       // and Hangul: names stand without spaces, and sound differently in every language
  kKana,      // without spaces as well, but with one sound
  kOther,
};

// A word: letters, digits and what is on them, folded (case, width, composition), without vowel signs of
// Arabic and Hebrew and without accents of Latin, Greek and Cyrillic.
struct FoldedWord {
  std::u32string letters;
  WordScript script = WordScript::kOther;
  // Joined to the word before by an apostrophe or a hyphen: "Jean-Pierre", "O'Neill".
  bool joined = false;
};

// The words of `text`, at most `max_words`. Han and kana that touch are words apart ("山田たろう").
std::vector<FoldedWord> FoldedWords(std::string_view text, std::size_t max_words);

}  // namespace communique::contacts
