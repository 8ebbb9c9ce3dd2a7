// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/encodings.h"

#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace communique::contacts {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

struct Converter {
  explicit Converter(const char* charset) { converter = ucnv_open(charset, &status); }
  ~Converter() {
    if (converter != nullptr) ucnv_close(converter);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = nullptr;
};

}  // namespace

bool IsUtf8(std::string_view text) {
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) return false;
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t position = 0; position < size;) {
    UChar32 c = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
    U8_NEXT(text.data(), position, size, c);
#pragma GCC diagnostic pop
    if (c < 0) return false;
  }
  return true;
}

std::string_view WithoutByteOrderMark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

std::string DecodeQuotedPrintable(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '=' && i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
    const int low = high >= 0 ? HexDigit(text[i + 2]) : -1;
    if (low < 0) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

std::optional<std::string> DecodeCharset(std::string_view text, std::string_view charset) {
  const Converter from(std::string(charset).c_str());
  if (U_FAILURE(from.status)) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setToUCallBack(from.converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const auto size = static_cast<std::int32_t>(text.size());
  std::vector<UChar> units(text.size() * 2 + 1);
  const auto count =
      ucnv_toUChars(from.converter, units.data(), static_cast<std::int32_t>(units.size()), text.data(), size, &status);
  if (U_FAILURE(status)) return std::nullopt;
  const Converter to("UTF-8");
  if (U_FAILURE(to.status)) return std::nullopt;
  std::string utf8(static_cast<std::size_t>(count) * 3 + 1, '\0');
  const auto bytes =
      ucnv_fromUChars(to.converter, utf8.data(), static_cast<std::int32_t>(utf8.size()), units.data(), count, &status);
  if (U_FAILURE(status)) return std::nullopt;
  utf8.resize(static_cast<std::size_t>(bytes));
  return utf8;
}

std::size_t Base64Bytes(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
  });
  return static_cast<std::size_t>(digits) * 3 / 4;
}

}  // namespace communique::contacts
