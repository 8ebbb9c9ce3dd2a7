// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace communique::contacts {

// How far two names may be the same person's, the least first.
enum class NameAgreement {
  kOther,    // two names: "Anna Meier" and "Hanna Meier"
  kUnsaid,   // too little to say: a family name alone, or no letters at all
  kSimilar,  // one leaves words out, has an initial, or a word is a letter away: "A. Meier", "Anna Meier-Beck"
  kSame,     // the same words, whatever their order, script and spelling: "Срђан Тошић", "Tosic, Srdjan"
};

// Compares two names as they are printed. Titles ("Dr.", "Frau") count for nothing; one word alone is only similar to
// itself, since many have it, unless it is a whole name in Han or Hangul. The same whichever name comes first. Pure,
// from any thread.
NameAgreement CompareNames(std::string_view one, std::string_view other);

}  // namespace communique::contacts
