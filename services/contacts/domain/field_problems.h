// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "services/contacts/domain/text/problem.h"
#include "services/platform/errors/error.h"

// The checks that the fields of contacts and organizations share. Each adds to `violations` what is wrong with the
// value at `path`, and what would be right; none of them repeats what a person is called.
namespace communique::contacts {

// "has no domain; write it as … (EMAIL_NO_DOMAIN, character 5)": for people, with the word for programs behind it.
void AddProblem(const std::string& path, const Problem& problem, platform::FieldViolations& violations);

// What makes a text a name.
enum class NameLetters {
  kNone,           // anything that prints
  kLetterOrDigit,  // a desk's, a role, an organisation's: "20 Minuten", "4711"
  kLetter,         // a person's: no emoji or number alone
};

struct NameRule {
  std::size_t max_characters = 0;
  bool required = false;
  NameLetters letters = NameLetters::kLetterOrDigit;
};

// One line that is printed as a name: no control characters or line breaks, nothing that is not seen (zero width marks,
// direction overrides; joiners and variants inside words stay, Persian and Japanese names need them), no markup.
// Codes: NAME_EMPTY, NAME_TOO_LONG, NAME_CONTROL, NAME_LINE_BREAK, NAME_INVISIBLE, NAME_MARKUP, NAME_NO_LETTERS.
void CheckName(const std::string& path, std::string_view text, const NameRule& rule,
               platform::FieldViolations& violations);

}  // namespace communique::contacts
