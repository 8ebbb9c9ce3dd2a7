// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/storage/value.h"

namespace communique::platform {

// One row of a result; a view that is valid while its Rows lives. Columns count from 0 in the order of the SELECT.
// Asking for a column that does not exist or holds another type is a mistake in the program and ends the process with a
// message that names the column.
class Row {
 public:
  Row(const Value* cells, std::size_t width) : cells_(cells), width_(width) {}

  std::int64_t Int(std::size_t column) const;
  const std::string& Text(std::size_t column) const;
  const std::string& Bytes(std::size_t column) const;
  std::size_t width() const { return width_; }

 private:
  template <typename T>
  const T& Get(std::size_t column, const char* wanted) const;

  const Value* cells_;
  std::size_t width_;
};

// The whole result of a query, read before the query returns. Owns its values.
class Rows {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Row;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Row;

    Iterator(const Rows* rows, std::size_t index) : rows_(rows), index_(index) {}
    Row operator*() const { return (*rows_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const Rows* rows_;
    std::size_t index_;
  };

  Rows() = default;
  // Requires: `cells` holds whole rows of `width` cells one after the other.
  Rows(std::size_t width, std::vector<Value> cells) : width_(width), cells_(std::move(cells)) {}

  std::size_t size() const { return width_ == 0 ? 0 : cells_.size() / width_; }
  bool empty() const { return cells_.empty(); }
  // Requires: index < size().
  Row operator[](std::size_t index) const { return {cells_.data() + index * width_, width_}; }
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  std::size_t width_ = 0;
  std::vector<Value> cells_;
};

}  // namespace communique::platform
