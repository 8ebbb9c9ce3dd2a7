// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/slug.h"

#include <unicode/translit.h>

#include <memory>

#include "services/releases/domain/text/icu_bridge.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

// Long titles are cut before the costly transliteration: no slug needs more.
constexpr std::size_t kMaxTitle = 500;

std::string ToAscii(std::string_view text, bool german) {
  UErrorCode status = U_ZERO_ERROR;
  const char16_t* rules = german ? u"de-ASCII; Any-Latin; Latin-ASCII; Lower" : u"Any-Latin; Latin-ASCII; Lower";
  // Made per call: ICU's transliterators are not promised to be safe to share between threads.
  const std::unique_ptr<icu::Transliterator> transliterator(
      icu::Transliterator::createInstance(rules, UTRANS_FORWARD, status));
  if (U_FAILURE(status)) return std::string(text);
  icu::UnicodeString utf16 = ToUtf16(text);
  transliterator->transliterate(utf16);
  return ToUtf8(utf16);
}

bool IsSlugCharacter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string MakeSlug(std::string_view title, std::string_view language, std::size_t max_size) {
  const std::string ascii = ToAscii(FirstCodePoints(title, kMaxTitle), LanguageSubtag(language) == "de");
  std::string slug;
  bool joint = false;
  for (const char c : ascii) {
    // An apostrophe is within a word: "l'aide" is "laide" to readers of addresses.
    if (c == '\'') continue;
    if (!IsSlugCharacter(c)) {
      joint = true;
      continue;
    }
    if (joint && !slug.empty()) slug += '-';
    joint = false;
    slug += c;
  }
  if (slug.size() <= max_size) return slug;
  const std::size_t cut = slug.rfind('-', max_size);
  slug.resize(cut == std::string::npos ? max_size : cut);
  return slug;
}

}  // namespace communique::releases
