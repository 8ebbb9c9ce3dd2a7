// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace communique::platform {

struct FilterToken {
  enum class Kind { kEnd, kWord, kString, kComparator, kLeftParenthesis, kRightParenthesis, kDot, kComma };

  Kind kind = Kind::kEnd;
  std::string text;          // of a string without quotes and escapes
  std::size_t position = 1;  // of its first character, from 1
  bool after_space = false;
};

// Cuts a filter into tokens, one at a time. The text must outlive it.
class FilterLexer {
 public:
  explicit FilterLexer(std::string_view filter) : filter_(filter) {}

  // The next token; kEnd at the end, again and again. FILTER_INVALID for what is none.
  absl::StatusOr<FilterToken> Next();

 private:
  absl::StatusOr<FilterToken> ReadString(FilterToken token);
  char Take();

  std::string_view filter_;
  std::size_t next_ = 0;
  std::size_t position_ = 1;
};

}  // namespace communique::platform
