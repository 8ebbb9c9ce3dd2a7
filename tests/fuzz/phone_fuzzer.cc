// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as a telephone number, read in some region: they are refused with a position inside them and a sentence
// that can be sent, or become digits that are the same number when they are read again in any region.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>

#include "services/contacts/domain/text/code_points.h"
#include "services/contacts/domain/text/phone_number.h"

namespace {

namespace contacts = communique::contacts;

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "violated: %s\n", what);
  std::abort();
}

// The region follows from the bytes, so that a seed is a plain text and every one is read in some region.
std::string_view RegionFor(std::string_view text) {
  constexpr std::string_view kRegions[] = {"", "CH", "DE", "US", "IT", "GB", "JP", "AQ", "BR"};
  std::size_t sum = 0;
  for (const char c : text) sum += static_cast<unsigned char>(c);
  return kRegions[sum % std::size(kRegions)];
}

void RequireProblem(const contacts::Problem& problem, std::string_view text) {
  Require(problem.code.starts_with("PHONE_"), "the code says that it is about telephones");
  Require(problem.position <= contacts::ToCodePoints(text).size() + 1, "the position is in the text");
  Require(!problem.sentence.empty() && problem.sentence.size() < 500, "there is a sentence");
  for (const char32_t c : contacts::ToCodePoints(problem.sentence)) {
    Require(c >= 0x20 && c != 0x7F && c != 0xFFFD, "the sentence is clean text");
  }
}

bool IsDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto number = contacts::ParsePhoneNumber(text, RegionFor(text));
  if (!number.ok()) {
    RequireProblem(number.problem(), text);
    return 0;
  }
  for (const contacts::Problem& warning : number->warnings) RequireProblem(warning, text);
  Require(number->raw == text, "the number is kept as it was given");
  Require(number->e164.size() >= 4 && number->e164.size() <= 20 && number->e164[0] == '+' &&
              IsDigits(std::string_view(number->e164).substr(1)),
          "what is dialled is a plus and digits");
  Require(IsDigits(number->extension) && number->extension.size() <= 10, "an extension is digits");
  Require(number->region.empty() || number->region.size() == 2 || number->region == "001", "a region is a region");
  for (const std::string_view region : {"", "US", "IT"}) {
    const auto again = contacts::ParsePhoneNumber(number->e164, region);
    Require(again.ok(), "what is dialled can be read");
    Require(again->e164 == number->e164 && again->extension.empty(), "it is the same number everywhere");
  }
  return 0;
}
