// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// The filter language of List methods (AIP-160):
//
//   state = PUBLISHED AND (topics:migration OR topics:"climate change") -headline = "Test*" create_time >
//   "2026-01-01T00:00:00Z"
//
// OR binds tighter than AND; restrictions side by side are joined by AND; NOT and a leading minus negate; `:` asks
// whether a list holds a value, `:*` whether a field is set. Values are words or quoted ("…" or '…', escapes \" \'
// \\ \n \r \t). Functions and values without a field are refused. An error is INVALID_ARGUMENT with reason
// FILTER_INVALID; its message and its metadata `position` say where, counted in characters from 1.
namespace communique::platform {

enum class Comparator { kEqual, kNotEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual, kHas };

// "=", "!=", … as it is written.
std::string_view ToText(Comparator comparator);

// `field comparator value`, with where they stand in the filter.
struct FilterRestriction {
  std::string field;  // "create_time", "origin.newsroom"
  Comparator comparator = Comparator::kEqual;
  std::string value;
  bool quoted = false;
  std::size_t field_position = 0;
  std::size_t value_position = 0;
};

struct FilterNode {
  enum class Kind { kAnd, kOr, kNot, kRestriction };

  Kind kind = Kind::kRestriction;
  std::vector<FilterNode> children;  // two or more of kAnd and kOr, one of kNot
  FilterRestriction restriction;     // of kRestriction
};

struct FilterLimits {
  std::size_t max_bytes = 2000;  // of the whole text
  std::size_t max_terms = 50;    // restrictions
  std::size_t max_depth = 10;    // parentheses and negations in each other
};

// The tree of `filter`; none when it is empty or blank.
absl::StatusOr<std::optional<FilterNode>> ParseFilter(std::string_view filter, const FilterLimits& limits = {});

// An error about the filter at `position`.
absl::Status FilterInvalid(std::size_t position, std::string_view description);

}  // namespace communique::platform
