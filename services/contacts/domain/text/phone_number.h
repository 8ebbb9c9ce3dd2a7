// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/contacts/domain/text/problem.h"

namespace communique::contacts {

struct PhoneNumber {
  std::string raw;        // exactly as given: what is printed
  std::string e164;       // "+41227179111": what is dialled and compared
  std::string extension;  // digits behind it, dialled by hand; empty for most
  std::string region;     // ISO 3166-1 alpha-2 of its country; "001" for the international services (+800, +870)
  // What a person should look at again. The number is taken all the same.
  std::vector<Problem> warnings;
};

// Reads one telephone number as people write it, digits of any script, "(0)", slashes, and words for extensions in the
// languages we know. A number in national form needs `default_region` (ISO 3166-1 alpha-2, from the organisation; may
// be empty). From any thread; nothing is called or looked up.
//
// The plans of the world's telephone networks change faster than any table of them, so a number is taken when its
// length is possible in its country, and only warned of when the table (libphonenumber's) does not know its block:
//   PHONE_UNKNOWN_BLOCK   as said; PHONE_LONG: longer than the 15 digits of E.164, as some German extensions are
//   PHONE_WORDS           words stand before the number; PHONE_VANITY: letters stand for digits (1-800-FLOWERS)
// Problems: PHONE_EMPTY, PHONE_CONTROL, PHONE_INVISIBLE, PHONE_CHARACTER, PHONE_NO_DIGITS, PHONE_LETTERS, PHONE_SEVERAL
// (two numbers in one field), PHONE_NO_REGION (neither "+" nor a region to read it in), PHONE_COUNTRY_CODE (nobody's),
// PHONE_PREFIX (a dialling prefix too many), PHONE_NO_AREA_CODE (reachable from its own town alone), PHONE_TOO_SHORT,
// PHONE_TOO_LONG, PHONE_LENGTH, PHONE_EXTENSION, PHONE_EMERGENCY ("112" is nobody's contact), PHONE_SHORT_CODE (works
// in one country alone).
OrProblem<PhoneNumber> ParsePhoneNumber(std::string_view raw, std::string_view default_region);

}  // namespace communique::contacts
