// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/confusables.h"

#include <unicode/uspoof.h>

#include <algorithm>
#include <cstdint>
#include <string>

namespace communique::contacts {
namespace {

// A checker is safe to use from several threads once it is set up, and dear to make; so there is one, for ever.
const USpoofChecker* Checker() {
  static const USpoofChecker* const checker = [] {
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker* made = uspoof_open(&status);
    uspoof_setChecks(made, USPOOF_RESTRICTION_LEVEL | USPOOF_MIXED_NUMBERS, &status);
    if (U_FAILURE(status)) return static_cast<USpoofChecker*>(nullptr);
    uspoof_setRestrictionLevel(made, USPOOF_HIGHLY_RESTRICTIVE);
    return made;
  }();
  return checker;
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool HasLatinLetter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

}  // namespace

bool MixesScripts(std::string_view word) {
  if (IsAscii(word)) return false;
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t failed =
      uspoof_checkUTF8(Checker(), word.data(), static_cast<std::int32_t>(word.size()), nullptr, &status);
  return U_SUCCESS(status) && failed != 0;
}

bool LooksLatin(std::string_view word) {
  if (IsAscii(word) || HasLatinLetter(word)) return false;
  // The prototype of every look-alike is its ASCII form, where it has one. One letter may become several ("ѡ").
  std::string skeleton(word.size() * 4 + 16, '\0');
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t size =
      uspoof_getSkeletonUTF8(Checker(), 0, word.data(), static_cast<std::int32_t>(word.size()), skeleton.data(),
                             static_cast<std::int32_t>(skeleton.size()), &status);
  if (U_FAILURE(status)) return false;
  skeleton.resize(static_cast<std::size_t>(size));
  return IsAscii(skeleton) && HasLatinLetter(skeleton);
}

}  // namespace communique::contacts
