// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/base/uuid.h"

#include <openssl/sha.h>

#include <array>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/platform/base/random.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

constexpr std::size_t kUuidBytes = 16;
constexpr std::array<std::size_t, 4> kDashes = {8, 13, 18, 23};

void SetVersion(std::string& bytes, unsigned version) {
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0fU) | (version << 4U));
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3fU) | 0x80U);
}

std::string Format(std::string_view bytes) {
  const std::string hex = absl::BytesToHexString(ToAbsl(bytes));
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-", hex.substr(16, 4), "-",
                      hex.substr(20));
}

std::string Parse(std::string_view text) {
  std::string hex;
  for (char c : text) {
    if (c != '-') hex.push_back(c);
  }
  return absl::HexStringToBytes(hex);
}

}  // namespace

std::string MakeUuidV7(absl::Time now) {
  std::string bytes = RandomBytes(kUuidBytes);
  auto milliseconds = static_cast<std::uint64_t>(absl::ToUnixMillis(now));
  for (int i = 5; i >= 0; --i) {
    bytes[static_cast<std::size_t>(i)] = static_cast<char>(milliseconds & 0xffU);
    milliseconds >>= 8U;
  }
  SetVersion(bytes, 7);
  return Format(bytes);
}

std::string MakeUuidV5(std::string_view space, std::string_view name) {
  const std::string input = absl::StrCat(Parse(space), ToAbsl(name));
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest;
  SHA1(reinterpret_cast<const unsigned char*>(input.data()), input.size(), digest.data());
  std::string bytes(reinterpret_cast<const char*>(digest.data()), kUuidBytes);
  SetVersion(bytes, 5);
  return Format(bytes);
}

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == kDashes[0] || i == kDashes[1] || i == kDashes[2] || i == kDashes[3];
    if (dash ? text[i] != '-' : !absl::ascii_isxdigit(static_cast<unsigned char>(text[i]))) return false;
  }
  return true;
}

}  // namespace communique::platform
