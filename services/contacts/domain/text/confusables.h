// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

// Words that look like other words (Unicode Technical Standard 39). From any thread.
namespace communique::contacts {

// Whether `word` mixes scripts, or digits of several scripts, as no language does: "pаypal" with a Cyrillic а. One
// script is fine, and so are Latin with Han and kana, with Han and bopomofo, with Han and Hangul (restriction level
// "highly restrictive").
bool MixesScripts(std::string_view word);

// Whether `word` has no Latin letter and yet could be read as Latin: "аррӏе", all Cyrillic. Some words of real
// languages are like that ("хор"), so this is worth a warning, never a refusal.
bool LooksLatin(std::string_view word);

}  // namespace communique::contacts
