// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/storable_text.h"

#include <cstddef>

namespace communique::platform {
namespace {

// The length of the character that begins with `lead` and the range of its second byte; length 0 for a byte that
// begins none.
struct Sequence {
  std::size_t length;
  unsigned char second_min = 0x80;
  unsigned char second_max = 0xbf;
};

Sequence SequenceOf(unsigned char lead) {
  if (lead == 0) return {0};
  if (lead < 0x80) return {1};
  if (lead < 0xc2) return {0};
  if (lead < 0xe0) return {2};
  if (lead == 0xe0) return {3, 0xa0};
  if (lead == 0xed) return {3, 0x80, 0x9f};
  if (lead < 0xf0) return {3};
  if (lead == 0xf0) return {4, 0x90};
  if (lead < 0xf4) return {4};
  if (lead == 0xf4) return {4, 0x80, 0x8f};
  return {0};
}

}  // namespace

bool IsStorableText(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const Sequence sequence = SequenceOf(static_cast<unsigned char>(text[i]));
    if (sequence.length == 0 || text.size() - i < sequence.length) return false;
    for (std::size_t k = 1; k < sequence.length; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      const unsigned char low = k == 1 ? sequence.second_min : 0x80;
      const unsigned char high = k == 1 ? sequence.second_max : 0xbf;
      if (byte < low || byte > high) return false;
    }
    i += sequence.length;
  }
  return true;
}

}  // namespace communique::platform
