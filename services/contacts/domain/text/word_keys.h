// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Words in the forms that searches compare, whatever the script and spelling they were written in. Forms are for
// finding, never for showing: what they take for one may be two. From any thread; the same text always has the same
// forms, until kWordKeyVersion changes.
//
// A word's key has only a-z and 0-9 where its script can be romanized, and spellings of one sound share it: Srđan,
// Срђан and Srdjan are "srdan", Müller, Mueller and Muller are "muller", Århus and Aarhus "arhus", Meyer and Meier
// "meier". To that end accents go, "ae", "oe" and "ue" lose their e, "aa" one a, "dj" its j, "y" becomes "i", "ii" one
// i. Each of these looks at the letter before alone, so the key of a word's beginning is the beginning of the word's
// key: that is what makes prefix search over keys right. It also makes Samuel and Samul one name, which a search can
// bear.
namespace communique::contacts {

// To be raised when forms change: stored keys must then be made anew.
inline constexpr int kWordKeyVersion = 1;

// What is taken of a text, so that none has keys without end.
inline constexpr std::size_t kMaxWords = 40;
inline constexpr std::size_t kMaxWordKeys = 160;
inline constexpr std::size_t kMaxWordKeyCharacters = 40;

// The words of `text` in their order, each in its forms (at most 10), the key first. A text is found when each word of
// the query has a form that some key of the text begins with. Empty when there is no letter and no digit: such a query
// finds nothing.
std::vector<std::vector<std::string>> WordForms(std::string_view text);

// All that a text is found by, sorted, each once: of each word the key; for Cyrillic also the Russian, Ukrainian and
// Serbian romanizations; for other scripts than Latin also the word itself; of Han, Hangul and kana, which stand
// without spaces, also every end of the word ("太郎" and "xiaoming" in "山田太郎" and "王小明"); and words that a
// hyphen or an apostrophe joins also as one ("oneill").
std::vector<std::string> WordKeysOf(std::string_view text);

// The keys of all words joined by spaces, in their order: "Срђан Тошић" gives "srdan tosic". For comparing whole names;
// a name in Han or Hangul is its own key. Empty when there is no letter and no digit.
std::string NameKey(std::string_view name);

}  // namespace communique::contacts
