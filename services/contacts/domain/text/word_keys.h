// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

// Words in the forms that searches compare: Latin letters without marks, in lower case, whatever the script and
// spelling they were written in. "Срђан", "Srđan" and "Srdjan" have a form in common, "Müller" and "Mueller" as well.
// Forms are for finding, never for showing: what they take for one may be two. From any thread.
namespace communique::contacts {

// The words of `text` in their order, each in its one or two forms: with letters reduced to their base ("muller"), and
// with those that have a spelling of two letters in some language in that one ("mueller"). Apostrophes are within words
// ("obrien"), everything else that is neither letter nor digit is between them. Empty when there is no word.
std::vector<std::vector<std::string>> WordForms(std::string_view text);

// All forms of all words: what a text is found by.
std::vector<std::string> WordKeysOf(std::string_view text);

}  // namespace communique::contacts
