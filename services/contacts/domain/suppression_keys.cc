// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/suppression_keys.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/platform/base/random.h"
#include "services/platform/base/sha256.h"
#include "services/platform/base/string_view.h"

namespace communique::contacts {
namespace {

constexpr std::size_t kLeastBytes = 32;
constexpr std::size_t kIdDigits = 16;

// A hash of its own purpose, so that it is the hash of no address.
std::string IdOf(std::string_view key) {
  return platform::ToHex(platform::HmacSha256(key, "communique suppression key")).substr(0, kIdDigits);
}

// The channel in front: no mailbox is a number.
std::string MacOf(std::string_view key, const AddressKey& address) {
  const std::string text = absl::StrCat(static_cast<int>(address.channel), ":", address.text);
  return platform::ToHex(platform::HmacSha256(key, text));
}

bool IsHex(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isxdigit(c); });
}

}  // namespace

absl::StatusOr<SuppressionKeys> SuppressionKeys::Parse(std::string_view file) {
  SuppressionKeys keys;
  int number = 0;
  for (const absl::string_view raw : absl::StrSplit(platform::ToAbsl(file), '\n')) {
    ++number;
    const absl::string_view line = absl::StripAsciiWhitespace(raw);
    if (line.empty() || line.front() == '#') continue;
    if (!IsHex(line) || line.size() % 2 != 0 || line.size() < 2 * kLeastBytes) {
      return absl::InvalidArgumentError(absl::StrCat(
          "line ", number, ": a key is an even number of hexadecimal digits, ", 2 * kLeastBytes, " at least"));
    }
    std::string bytes = absl::HexStringToBytes(line);
    const std::string id = IdOf(bytes);
    for (const Key& key : keys.keys_) {
      if (key.id == id) return absl::InvalidArgumentError(absl::StrCat("line ", number, ": this key stands above"));
    }
    keys.keys_.push_back({id, std::move(bytes)});
  }
  if (keys.empty()) return absl::InvalidArgumentError("there is no key in it");
  return keys;
}

std::string SuppressionKeys::NewFile() {
  return absl::StrCat(
      "# The key of this installation's suppressions. Keep a copy of it, elsewhere than the database: without it "
      "nobody\n"
      "# can tell any more who asked not to be written to. To change it, put a new key above it and leave it there.\n",
      absl::BytesToHexString(platform::RandomBytes(kLeastBytes)), "\n");
}

std::vector<std::string> SuppressionKeys::Ids() const {
  std::vector<std::string> ids;
  for (const Key& key : keys_) ids.push_back(key.id);
  return ids;
}

SuppressionKeys::Hash SuppressionKeys::Write(const AddressKey& address) const {
  return {keys_.front().id, MacOf(keys_.front().bytes, address)};
}

std::vector<std::string> SuppressionKeys::Lookup(const AddressKey& address) const {
  std::vector<std::string> macs;
  for (const Key& key : keys_) macs.push_back(MacOf(key.bytes, address));
  return macs;
}

}  // namespace communique::contacts
