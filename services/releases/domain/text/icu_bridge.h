// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>

// Between our types and ICU's. Included by .cc files only.
namespace communique::releases {

// The locale of a BCP 47 tag; the root locale for one ICU cannot read.
inline icu::Locale LocaleOf(std::string_view tag) {
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale =
      icu::Locale::forLanguageTag(icu::StringPiece(tag.data(), static_cast<std::int32_t>(tag.size())), status);
  return U_FAILURE(status) ? icu::Locale::getRoot() : locale;
}

inline std::string ToUtf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

inline icu::UnicodeString ToUtf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

// "de" of "de-CH-1996".
inline std::string_view LanguageSubtag(std::string_view tag) { return tag.substr(0, tag.find_first_of("-_")); }

}  // namespace communique::releases
