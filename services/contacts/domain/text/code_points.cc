// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/text/code_points.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace communique::contacts {
namespace {

using GetNormalizer = const icu::Normalizer2* (*)(UErrorCode&);

// ICU's normalizers are immutable and shared; they are missing only when ICU's data are.
const icu::Normalizer2* Loaded(GetNormalizer get) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = get(status);
  return U_FAILURE(status) ? nullptr : normalizer;
}

std::string Normalized(std::string_view text, const icu::Normalizer2* normalizer) {
  if (normalizer == nullptr) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  normalizer->normalizeUTF8(0, piece, sink, nullptr, status);
  return U_FAILURE(status) ? std::string(text) : result;
}

}  // namespace

std::u32string ToCodePoints(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < size;) {
    UChar32 c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
    U8_NEXT_OR_FFFD(text.data(), i, size, c);
#pragma GCC diagnostic pop
    points.push_back(static_cast<char32_t>(c));
  }
  return points;
}

std::string ToUtf8(std::u32string_view points) {
  std::string text;
  for (const char32_t c : points) {
    char bytes[U8_MAX_LENGTH];
    std::int32_t size = 0;
    UBool error = false;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
    U8_APPEND(bytes, size, U8_MAX_LENGTH, static_cast<UChar32>(c), error);
#pragma GCC diagnostic pop
    if (!error) text.append(bytes, static_cast<std::size_t>(size));
  }
  return text;
}

std::string Named(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  if (!u_isgraph(point) || c == 0xFFFD || PrintsNothing(c)) return absl::StrFormat("U+%04X", static_cast<unsigned>(c));
  return absl::StrCat("\"", ToUtf8(std::u32string_view(&c, 1)), "\"");
}

bool PrintsNothing(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  const std::int8_t category = u_charType(point);
  return u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || category == U_FORMAT_CHAR ||
         category == U_LINE_SEPARATOR || category == U_PARAGRAPH_SEPARATOR;
}

std::string Nfc(std::string_view text) {
  static const icu::Normalizer2* const normalizer = Loaded(icu::Normalizer2::getNFCInstance);
  return Normalized(text, normalizer);
}

std::string Nfd(std::string_view text) {
  static const icu::Normalizer2* const normalizer = Loaded(icu::Normalizer2::getNFDInstance);
  return Normalized(text, normalizer);
}

std::string Nfkc(std::string_view text) {
  static const icu::Normalizer2* const normalizer = Loaded(icu::Normalizer2::getNFKCInstance);
  return Normalized(text, normalizer);
}

std::string NfkcCaseFold(std::string_view text) {
  static const icu::Normalizer2* const normalizer = Loaded(icu::Normalizer2::getNFKCCasefoldInstance);
  return Normalized(text, normalizer);
}

}  // namespace communique::contacts
