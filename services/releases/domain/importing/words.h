// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// What the letters of a word say about it.
namespace communique::releases {

// Begins with a capital, or is written in a script without case: may begin a name.
bool LooksCapital(std::string_view word);

// Two capitals or more and no small letter: "IGH", "UN-OCHA".
bool LooksAcronym(std::string_view word);

// One capital, standing for a longer name.
bool LooksInitial(std::string_view word);

// Whether the letters of the script know capitals at all.
bool HasCase(std::string_view word);

// `text` with the capitals of ASCII made small: as long as before, so that places in one are places in the other.
std::string InSmallLetters(std::string_view text);

// Words and numbers in `text`, counted up to `limit`.
std::size_t CountWords(std::string_view text, std::size_t limit = 1000);

}  // namespace communique::releases
