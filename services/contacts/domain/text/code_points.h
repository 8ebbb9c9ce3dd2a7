// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

// The short texts of a contact, one code point at a time: what positions in problems count. All functions are total.
namespace communique::contacts {

// `text` as code points; what is not UTF-8 becomes U+FFFD.
std::u32string ToCodePoints(std::string_view text);

std::string ToUtf8(std::u32string_view points);

// How a sentence names a character: "ä" in quotation marks, or U+0007 when it would not be seen.
std::string Named(char32_t c);

// Whether `c` prints nothing and can be nothing but dirt or deceit in a field of one line: Default_Ignorable_Code_Point
// (zero width marks, soft hyphens, variation selectors), every format character (direction marks and overrides), and
// line and paragraph separators. Control characters (Cc) are not meant.
bool PrintsNothing(char32_t c);

// Unicode's normalization forms C, D and KC, and KC with full case folding and without what is ignorable.
std::string Nfc(std::string_view text);
std::string Nfd(std::string_view text);
std::string Nfkc(std::string_view text);
std::string NfkcCaseFold(std::string_view text);

}  // namespace communique::contacts
