// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/folded_words.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "services/contacts/domain/text/code_points.h"

namespace communique::contacts {
namespace {

UScriptCode ScriptOf(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
  return U_FAILURE(status) ? USCRIPT_UNKNOWN : script;
}

bool IsMark(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0; }
bool IsWordCharacter(char32_t c) { return u_isalnum(static_cast<UChar32>(c)) || IsMark(c); }

bool IsJoint(char32_t c) {
  return c == U'\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x02BB || c == 0x05F3 || c == 0xFF07 ||
         c == 0x05BE || u_charType(static_cast<UChar32>(c)) == U_DASH_PUNCTUATION;
}

WordScript WordScriptOf(char32_t c) {
  switch (ScriptOf(c)) {
    case USCRIPT_LATIN:
      return WordScript::kLatin;
    case USCRIPT_CYRILLIC:
      return WordScript::kCyrillic;
    case USCRIPT_HAN:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO:
      return WordScript::kHan;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return WordScript::kKana;
    case USCRIPT_COMMON:
      return c == 0x30FC ? WordScript::kKana : WordScript::kLatin;  // the long vowel mark; digits
    default:
      return WordScript::kOther;
  }
}

bool HasOptionalMarks(UScriptCode script) {
  return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC || script == USCRIPT_ARABIC ||
         script == USCRIPT_HEBREW;
}

// Letters that keyboards of neighbouring languages write for one another.
char32_t UsualForm(char32_t c) {
  switch (c) {
    case 0x0649:  // alef maksura
    case 0x06CC:  // Farsi yeh
      return 0x064A;
    case 0x06A9:  // keheh
      return 0x0643;
    case 0x0629:  // teh marbuta
      return 0x0647;
    default:
      return c;
  }
}

// Accents that are typed for apostrophes; compatibility folding would make spaces of them.
std::string WithApostrophes(std::string_view text) {
  std::u32string points = ToCodePoints(text);
  std::replace(points.begin(), points.end(), char32_t{0x00B4}, U'\'');
  std::replace(points.begin(), points.end(), U'`', U'\'');
  return ToUtf8(points);
}

// Marks are taken off where people leave them out: vowel signs, hamza on alef, accents. In other scripts they are
// vowels.
std::u32string Folded(std::string_view text) {
  std::u32string plain;
  UScriptCode base = USCRIPT_UNKNOWN;
  for (const char32_t c : ToCodePoints(Nfd(NfkcCaseFold(WithApostrophes(text))))) {
    if (!IsMark(c)) base = ScriptOf(c);
    if (c == 0x0640 || (IsMark(c) && HasOptionalMarks(base))) continue;  // tatweel only stretches
    plain.push_back(UsualForm(c));
  }
  return ToCodePoints(Nfc(ToUtf8(plain)));
}

bool Splits(WordScript left, WordScript right) {
  const auto apart = [](WordScript script) { return script == WordScript::kHan || script == WordScript::kKana; };
  return left != right && (apart(left) || apart(right));
}

}  // namespace

std::vector<FoldedWord> FoldedWords(std::string_view text, std::size_t max_words) {
  std::vector<FoldedWord> words;
  FoldedWord word;
  bool joint = false;
  const auto finish = [&] {
    if (!word.letters.empty()) words.push_back(std::exchange(word, {}));
  };
  for (const char32_t c : Folded(text)) {
    if (words.size() == max_words) return words;
    if (!IsWordCharacter(c) || (IsMark(c) && word.letters.empty())) {
      joint = IsJoint(c) && !word.letters.empty();
      finish();
      continue;
    }
    const WordScript script = IsMark(c) && !word.letters.empty() ? word.script : WordScriptOf(c);
    if (!word.letters.empty() && Splits(word.script, script)) finish();
    if (word.letters.empty()) {
      word.script = script;
      word.joined = std::exchange(joint, false);
    } else if (word.script != script) {
      // Digits and Latin letters in a word of another script do not change what it is.
      word.script = word.script == WordScript::kLatin ? script : word.script;
    }
    word.letters.push_back(c);
  }
  if (words.size() < max_words) finish();
  return words;
}

}  // namespace communique::contacts
