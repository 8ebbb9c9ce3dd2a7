// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

// What counts as white space in a text, and what may stand in a gap between two parts.
namespace communique::releases {

// Unicode's White_Space, and the two characters that are used as if they had it: the zero width space and the byte
// order mark.
bool IsWhiteSpace(char32_t value);

// White space, and marks that print nothing by themselves (direction marks, joiners): what a line that looks empty may
// hold, and what a LayoutEntry.gap may hold.
bool IsInvisible(char32_t value);

// Whether all of `text` is invisible. An empty text is.
bool IsBlank(std::string_view text);

// `text` without white space at its ends.
std::string_view TrimWhiteSpace(std::string_view text);
std::string_view TrimLeadingWhiteSpace(std::string_view text);
std::string_view TrimTrailingWhiteSpace(std::string_view text);

// `text` without what is invisible at its ends.
std::string_view TrimInvisible(std::string_view text);

}  // namespace communique::releases
