// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/name_agreement.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "services/contacts/domain/text/code_points.h"
#include "services/contacts/domain/text/word_keys.h"

namespace communique::contacts {
namespace {

// The forms of a word, the key first.
using Word = std::vector<std::string>;

// Below, two words are two. "Maria" and "Marie" have 0.92 and are two; "Tosic" and "Tossic" have 0.96.
constexpr double kLeastLikeness = 0.93;

bool IsTitle(const Word& word) {
  static constexpr std::string_view kTitles[] = {"dipl", "dr", "frau", "herr", "ing",       "med", "mlle", "mme", "mr",
                                                 "mrs",  "ms", "phil", "prof", "professor", "sig", "sr",   "sra"};
  return std::find(std::begin(kTitles), std::end(kTitles), word.front()) != std::end(kTitles);
}

std::vector<Word> WordsOf(std::string_view name) {
  std::vector<Word> words = WordForms(name);
  std::vector<Word> kept;
  std::copy_if(words.begin(), words.end(), std::back_inserter(kept), [](const Word& word) { return !IsTitle(word); });
  return kept.empty() ? words : kept;
}

// Jaro's likeness of two words, raised for a beginning in common as Winkler did: 1 for the same, 0 for nothing alike.
double Likeness(const std::u32string& a, const std::u32string& b) {
  if (a.empty() || b.empty()) return 0;
  const std::size_t longest = std::max(a.size(), b.size());
  const std::size_t reach = longest < 4 ? 0 : longest / 2 - 1;
  std::u32string in_a;
  std::vector<bool> taken(b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = i > reach ? i - reach : 0; j < std::min(b.size(), i + reach + 1); ++j) {
      if (taken[j] || a[i] != b[j]) continue;
      taken[j] = true;
      in_a += a[i];
      break;
    }
  }
  if (in_a.empty()) return 0;
  std::u32string in_b;
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (taken[j]) in_b += b[j];
  }
  double moved = 0;
  for (std::size_t i = 0; i < in_a.size(); ++i) moved += in_a[i] == in_b[i] ? 0 : 0.5;
  const auto common = static_cast<double>(in_a.size());
  const double jaro =
      (common / static_cast<double>(a.size()) + common / static_cast<double>(b.size()) + (common - moved) / common) / 3;
  std::size_t beginning = 0;
  while (beginning < std::min({a.size(), b.size(), std::size_t{4}}) && a[beginning] == b[beginning]) ++beginning;
  return jaro + 0.1 * static_cast<double>(beginning) * (1 - jaro);
}

bool AreSame(const Word& one, const Word& other) {
  return std::any_of(one.begin(), one.end(), [&](const std::string& form) {
    return std::find(other.begin(), other.end(), form) != other.end();
  });
}

// One is the other's initial, or they are a slip of the pen apart. Another first letter is another name.
bool AreSimilar(const Word& one, const Word& other) {
  const std::u32string a = ToCodePoints(one.front());
  const std::u32string b = ToCodePoints(other.front());
  if (a.front() != b.front()) return false;
  return a.size() == 1 || b.size() == 1 || std::max(Likeness(a, b), Likeness(b, a)) >= kLeastLikeness;
}

// Whether each word of `one` is there in `other`, as itself or as one like it.
bool AreIn(const std::vector<Word>& one, const std::vector<Word>& other, bool as_themselves) {
  return std::all_of(one.begin(), one.end(), [&](const Word& word) {
    return std::any_of(other.begin(), other.end(), [&](const Word& each) {
      return AreSame(word, each) || (!as_themselves && AreSimilar(word, each));
    });
  });
}

// A whole name that is written as one word.
bool IsWholeName(const Word& word) {
  const std::string& key = word.front();
  return static_cast<unsigned char>(key.front()) >= 0x80 && ToCodePoints(key).size() > 1;
}

}  // namespace

NameAgreement CompareNames(std::string_view one, std::string_view other) {
  std::vector<Word> fewer = WordsOf(one);
  std::vector<Word> more = WordsOf(other);
  if (fewer.size() > more.size()) std::swap(fewer, more);
  if (fewer.empty()) return NameAgreement::kUnsaid;
  const bool as_many = fewer.size() == more.size();
  if (AreIn(fewer, more, true) && (!as_many || AreIn(more, fewer, true))) {
    if (!as_many) return fewer.size() == 1 ? NameAgreement::kUnsaid : NameAgreement::kSimilar;
    return fewer.size() > 1 || IsWholeName(fewer.front()) ? NameAgreement::kSame : NameAgreement::kSimilar;
  }
  if (AreIn(fewer, more, false) && (!as_many || AreIn(more, fewer, false))) {
    return fewer.size() == 1 ? NameAgreement::kUnsaid : NameAgreement::kSimilar;
  }
  return NameAgreement::kOther;
}

}  // namespace communique::contacts
