// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// What validation asks of texts. All texts are UTF-8, which protobuf has checked; counts are in Unicode code points.
namespace communique::platform {

// The number of code points in `text`.
std::size_t CountCharacters(std::string_view text);

// Whether `text` holds a line break of any kind: LF, CR, VT, FF, NEL, LS, PS (Unicode Standard Annex 14, mandatory
// breaks).
bool HasLineBreak(std::string_view text);

// Whether `c` is a control character that has no place in a text: C0 but TAB, LF, VT, FF and CR, which print as white
// space (word processors and PDF readers leave VT and FF behind); DEL; C1 but NEL.
bool IsControlCharacter(char32_t c);

// The first such character in `text`, as "U+0007"; empty when there is none.
std::string FindControlCharacter(std::string_view text);

// Whether `text` is nothing but white space (Unicode White_Space, and U+200B, U+FEFF, which print nothing either).
bool IsBlank(std::string_view text);

// At most `max_characters` of `text`, cut at a word where there is one, with "…" when something was cut.
std::string Excerpt(std::string_view text, std::size_t max_characters);

}  // namespace communique::platform
