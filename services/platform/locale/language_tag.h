// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

// Language tags (BCP 47, RFC 5646). Everything stored or compared is canonical: "de-CH", not "DE_ch".
namespace communique::platform {

// The longest tag that is taken, in bytes (RFC 5646, 4.4.1 gives 35 as what covers real use).
inline constexpr std::size_t kMaxLanguageTagBytes = 35;

// The canonical form of `tag`: case, order of extensions, preferred values. INVALID_ARGUMENT, without a field, when it
// is not a well-formed tag; the message says what would be right.
absl::StatusOr<std::string> CanonicalLanguageTag(std::string_view tag);

// Whether `tag` is well-formed and already in canonical form.
bool IsCanonicalLanguageTag(std::string_view tag);

// The tags that a wish for `tag` may be answered with, most special first: itself, then ever shorter ones,
// single-letter subtags skipped (RFC 4647, 3.4 Lookup). "zh-Hant-TW" gives zh-Hant-TW, zh-Hant, zh.
std::vector<std::string> LookupChain(std::string_view tag);

// Whether the language is written from right to left.
bool IsRightToLeft(std::string_view tag);

}  // namespace communique::platform
