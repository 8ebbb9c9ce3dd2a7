// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/word_keys.h"

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace communique::contacts {
namespace {

using icu::Transliterator;
using icu::UnicodeString;

// ICU's transliterators are not promised to be safe to share between threads, and cost much to make.
class Transliteration {
 public:
  explicit Transliteration(const char16_t* rules) {
    UErrorCode status = U_ZERO_ERROR;
    transliterator_.reset(Transliterator::createInstance(rules, UTRANS_FORWARD, status));
    if (U_FAILURE(status)) transliterator_.reset();
  }
  void Apply(UnicodeString& text) const {
    if (transliterator_) transliterator_->transliterate(text);
  }

 private:
  std::unique_ptr<Transliterator> transliterator_;
};

UnicodeString InLatin(std::string_view text) {
  thread_local const Transliteration kLatin(u"Any-Latin; Lower; NFC");
  UnicodeString latin = UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  kLatin.Apply(latin);
  return latin;
}

// The spelling in two letters of what is one letter with a mark elsewhere: German, Nordic, South Slavic.
const char16_t* TwoLetters(UChar32 c) {
  switch (c) {
    case U'ä':
    case U'æ':
      return u"ae";
    case U'ö':
    case U'ø':
    case U'œ':
      return u"oe";
    case U'ü':
      return u"ue";
    case U'å':
      return u"aa";
    case U'đ':
      return u"dj";
    default:
      return nullptr;
  }
}

// Marks that some languages and transliterations have within words: apostrophes, and letters that modify others.
bool IsWithinWord(UChar32 c) {
  constexpr std::u32string_view kApostrophes = U"'’‘ʼ`´";
  return kApostrophes.find(static_cast<char32_t>(c)) != std::u32string_view::npos || u_charType(c) == U_MODIFIER_LETTER;
}

std::string Folded(UnicodeString word) {
  thread_local const Transliteration kFold(u"NFD; [:M:] Remove; NFC; Latin-ASCII; Lower");
  kFold.Apply(word);
  UnicodeString kept;
  for (std::int32_t i = 0; i < word.length(); i = word.moveIndex32(i, 1)) {
    const UChar32 c = word.char32At(i);
    if (u_isalnum(c)) kept.append(c);
  }
  std::string folded;
  kept.toUTF8String(folded);
  return folded;
}

std::vector<std::string> FormsOf(const UnicodeString& word) {
  UnicodeString expanded;
  for (std::int32_t i = 0; i < word.length(); i = word.moveIndex32(i, 1)) {
    const UChar32 c = word.char32At(i);
    if (const char16_t* two = TwoLetters(c)) {
      expanded.append(two, -1);
    } else {
      expanded.append(c);
    }
  }
  std::vector<std::string> forms{Folded(word)};
  if (std::string other = Folded(expanded); other != forms.front()) forms.push_back(std::move(other));
  if (forms.front().empty()) forms.clear();
  return forms;
}

}  // namespace

std::vector<std::vector<std::string>> WordForms(std::string_view text) {
  const UnicodeString latin = InLatin(text);
  std::vector<std::vector<std::string>> words;
  UnicodeString word;
  const auto end_word = [&] {
    if (auto forms = FormsOf(word); !forms.empty()) words.push_back(std::move(forms));
    word.remove();
  };
  for (std::int32_t i = 0; i < latin.length(); i = latin.moveIndex32(i, 1)) {
    const UChar32 c = latin.char32At(i);
    if (IsWithinWord(c)) continue;
    if (u_isalnum(c) || (U_MASK(u_charType(c)) & U_GC_M_MASK) != 0) {
      word.append(c);
    } else {
      end_word();
    }
  }
  end_word();
  return words;
}

std::vector<std::string> WordKeysOf(std::string_view text) {
  std::vector<std::string> keys;
  for (auto& forms : WordForms(text)) {
    for (std::string& form : forms) keys.push_back(std::move(form));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace communique::contacts
