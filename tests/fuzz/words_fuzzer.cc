// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as a name: its keys have their bounds, are text that a database takes, and are found by the name itself.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "services/contacts/domain/text/code_points.h"
#include "services/contacts/domain/text/word_keys.h"

namespace {

namespace contacts = communique::contacts;

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "violated: %s\n", what);
  std::abort();
}

void RequireKey(const std::string& key) {
  Require(!key.empty(), "a key is not empty");
  const std::u32string points = contacts::ToCodePoints(key);
  Require(points.size() <= contacts::kMaxWordKeyCharacters, "a key is not too long");
  for (const char32_t c : points) Require(c > 0x20 && c != 0x7F && c != 0xFFFD, "a key is clean text without spaces");
}

bool Finds(const std::vector<std::string>& forms, const std::vector<std::string>& keys) {
  return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
    return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) { return key.starts_with(form); });
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::vector<std::string> keys = contacts::WordKeysOf(text);
  Require(keys.size() <= contacts::kMaxWordKeys, "there are not too many keys");
  Require(std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>()) == keys.end(),
          "keys are sorted, each once");
  for (const std::string& key : keys) RequireKey(key);
  const auto words = contacts::WordForms(text);
  Require(words.size() <= contacts::kMaxWords, "there are not too many words");
  Require(words.empty() == keys.empty(), "what has words has keys");
  for (const auto& forms : words) {
    Require(!forms.empty() && forms.size() <= 10, "a word has some forms and not too many");
    for (const std::string& form : forms) RequireKey(form);
    // What was cut off for its length is found by nothing.
    if (keys.size() < contacts::kMaxWordKeys) Require(Finds(forms, keys), "a text finds itself");
  }
  for (const char32_t c : contacts::ToCodePoints(contacts::NameKey(text))) {
    Require(c >= 0x20 && c != 0xFFFD, "the key of a name is clean text");
  }
  return 0;
}
