// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/word_keys.h"

#include <algorithm>
#include <cstddef>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/text/code_points.h"
#include "services/contacts/domain/text/folded_words.h"
#include "services/contacts/domain/text/transliteration.h"

namespace communique::contacts {
namespace {

constexpr std::size_t kMaxEnds = 16;

// The letter that `c` adds nothing to, by the letter before it in the spelling.
bool IsSilent(char before, char c) {
  switch (c) {
    case 'e':
      return before == 'a' || before == 'o' || before == 'u';
    case 'a':
      return before == 'a';
    case 'j':
      return before == 'd';
    case 'i':
      return before == 'i';
    default:
      return false;
  }
}

// `romanized` with one spelling for one sound, and without what is neither letter nor digit.
std::string OneSpelling(std::string_view romanized) {
  std::string key;
  char before = '\0';
  for (char c : romanized) {
    if (c == 'y') c = 'i';
    const bool ascii = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    // A letter that could not be romanized stays: it is better found by itself than not at all.
    if (!ascii && static_cast<unsigned char>(c) < 0x80) continue;
    if (!IsSilent(before, c)) key += c;
    before = c;
  }
  return key;
}

std::string Cut(std::u32string_view letters) { return ToUtf8(letters.substr(0, kMaxWordKeyCharacters)); }

std::string Cut(std::string text) {
  if (text.size() <= kMaxWordKeyCharacters) return text;
  return Cut(std::u32string_view(ToCodePoints(text)));
}

std::string Key(std::u32string_view letters, Romanization romanization) {
  return Cut(OneSpelling(Romanized(ToUtf8(letters.substr(0, kMaxWordKeyCharacters)), romanization)));
}

bool IsAscii(std::u32string_view letters) {
  return std::all_of(letters.begin(), letters.end(), [](char32_t c) { return c < 0x80; });
}

// The key that stands for the word in NameKey.
std::string MainKey(std::u32string_view letters, WordScript script) {
  if (script == WordScript::kHan) return Cut(letters);
  if (IsAscii(letters)) return Cut(OneSpelling(ToUtf8(letters.substr(0, kMaxWordKeyCharacters))));
  return Key(letters, Romanization::kScholarly);
}

// In how a word may be written, the main key first.
std::vector<std::string> Alternatives(std::u32string_view letters, WordScript script) {
  std::vector<std::string> keys = {MainKey(letters, script)};
  const auto add = [&](std::string key) {
    if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
  };
  if (script == WordScript::kCyrillic) {
    add(Key(letters, Romanization::kRussian));
    add(Key(letters, Romanization::kUkrainian));
    add(Key(letters, Romanization::kSerbian));
  }
  // Chinese, if it is: "王小明" is looked for as "Wang Xiaoming".
  if (script == WordScript::kHan) add(Key(letters, Romanization::kScholarly));
  if (script != WordScript::kLatin) add(Cut(letters));
  if (keys.front().empty()) keys.erase(keys.begin());
  return keys;
}

bool HasNoSpaces(WordScript script) { return script == WordScript::kHan || script == WordScript::kKana; }

}  // namespace

std::string NameKey(std::string_view name) {
  std::string key;
  for (const FoldedWord& word : FoldedWords(name, kMaxWords)) {
    const std::string main = MainKey(word.letters, word.script);
    if (!main.empty()) absl::StrAppend(&key, key.empty() ? "" : " ", main);
  }
  return key;
}

std::vector<std::string> WordKeysOf(std::string_view text) {
  std::set<std::string> keys;
  const auto add = [&](std::u32string_view letters, WordScript script) {
    for (std::string& key : Alternatives(letters, script)) {
      if (keys.size() < kMaxWordKeys) keys.insert(std::move(key));
    }
  };
  std::u32string joined;
  for (const FoldedWord& word : FoldedWords(text, kMaxWords)) {
    joined = word.joined ? joined + word.letters : word.letters;
    add(word.letters, word.script);
    if (word.joined) add(joined, word.script);
    if (!HasNoSpaces(word.script)) continue;
    for (std::size_t begin = 1; begin < std::min(word.letters.size(), kMaxEnds); ++begin) {
      add(std::u32string_view(word.letters).substr(begin), word.script);
    }
  }
  return {keys.begin(), keys.end()};
}

std::vector<std::vector<std::string>> WordForms(std::string_view text) {
  std::vector<std::vector<std::string>> words;
  std::u32string joined;
  for (const FoldedWord& word : FoldedWords(text, kMaxWords)) {
    joined = word.joined ? joined + word.letters : word.letters;
    auto alternatives = Alternatives(word.letters, word.script);
    // "Jean-Pierre" finds "Jeanpierre": its first half begins that, and its second half does as a whole.
    if (word.joined) {
      for (std::string& key : Alternatives(joined, word.script)) alternatives.push_back(std::move(key));
    }
    if (!alternatives.empty()) words.push_back(std::move(alternatives));
  }
  return words;
}

}  // namespace communique::contacts
