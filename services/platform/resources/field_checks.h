// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "services/platform/errors/error.h"

// The checks that fields of all kinds share. Each adds to `violations` what is wrong with the value at `path`, and what
// would be right.
namespace communique::platform {

// How a text may look.
struct TextRule {
  std::size_t max_characters = 0;
  bool required = false;     // must not be blank
  bool single_line = false;  // no line breaks
};

void CheckText(const std::string& path, std::string_view text, const TextRule& rule, FieldViolations& violations);

// At most `max` entries.
void CheckCount(const std::string& path, int count, int max, FieldViolations& violations);

// A canonical BCP 47 tag.
void CheckLanguage(const std::string& path, std::string_view tag, FieldViolations& violations);

// An address with one of `schemes` ("https, http"), without white space, at most 2 000 characters.
void CheckUri(const std::string& path, std::string_view uri, std::string_view schemes, FieldViolations& violations);

// A key: [a-z0-9-]{1,max}.
void CheckKey(const std::string& path, std::string_view key, std::size_t max, FieldViolations& violations);

// Replaces `tag` by its canonical form; leaves it alone when it has none (CheckLanguage will say so).
void Canonicalize(std::string& tag);

}  // namespace communique::platform
