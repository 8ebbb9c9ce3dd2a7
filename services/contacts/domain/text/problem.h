// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace communique::contacts {

// Why a text cannot be what it should be. Whoever knows the field that it stands in makes an error of it
// (platform/errors); the texts of people are shown in errors to those alone who wrote them, and never in logs.
struct Problem {
  // A stable word for programs, "EMAIL_NO_DOMAIN". Always a literal.
  std::string_view code;
  // Where, in code points, the first being 1; 0 when it is about the whole.
  std::size_t position = 0;
  // For people: what was wrong and what would be right. Fits behind the field's name: "has no domain; write …".
  std::string sentence;
};

// What was read from a text, or the problem with it.
template <typename T>
class OrProblem {
 public:
  OrProblem(T value) : value_(std::move(value)) {}              // NOLINT(google-explicit-constructor): as StatusOr
  OrProblem(Problem problem) : problem_(std::move(problem)) {}  // NOLINT(google-explicit-constructor): as StatusOr

  bool ok() const { return value_.has_value(); }
  // Requires: ok().
  const T& operator*() const { return *value_; }
  const T* operator->() const { return &*value_; }
  // Requires: !ok().
  const Problem& problem() const { return problem_; }

 private:
  std::optional<T> value_;
  Problem problem_;
};

}  // namespace communique::contacts
