// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/fold.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

bool IsAscii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

bool IsVowelSign(char32_t value) {
  const bool arabic = (value >= 0x064B && value <= 0x0652) || value == 0x0670 || value == 0x0640;
  const bool hebrew = (value >= 0x0591 && value <= 0x05BD) || value == 0x05BF || value == 0x05C1 || value == 0x05C2;
  return arabic || hebrew;
}

char32_t PlainForm(char32_t value) {
  switch (value) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x05F3:
      return U'\'';
    case 0x05F4:
      return U'"';
    case 0x2010:
    case 0x2011:
    case 0x05BE:
      return U'-';
    default:
      return value;
  }
}

std::string NfkcCaseFold(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::string folded;
  if (U_FAILURE(status)) return std::string(text);
  icu::StringByteSink<std::string> sink(&folded);
  normalizer->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr,
                            status);
  return U_FAILURE(status) ? std::string(text) : folded;
}

}  // namespace

std::string Fold(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool space = false;
  const auto put = [&](char32_t value) {
    if (space && !result.empty()) result.push_back(' ');
    space = false;
    AppendUtf8(result, value);
  };
  if (IsAscii(text)) {
    for (const char c : text) {
      const auto value = static_cast<unsigned char>(c);
      if (IsWhiteSpace(value)) {
        space = true;
      } else {
        put(value >= 'A' && value <= 'Z' ? value + 32U : value);
      }
    }
    return result;
  }
  const std::string folded = NfkcCaseFold(text);
  for (std::string_view rest = folded; !rest.empty();) {
    const CodePoint point = FirstCodePoint(rest);
    rest.remove_prefix(point.size);
    if (IsWhiteSpace(point.value)) {
      space = true;
    } else if (!IsInvisible(point.value) && !IsVowelSign(point.value)) {
      put(PlainForm(point.value));
    }
  }
  return result;
}

}  // namespace communique::releases
