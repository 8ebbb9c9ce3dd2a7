// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace communique::command {

// `text` as it may be shown on a terminal, on one line: line breaks and tabs become spaces, other control characters
// (which could move the cursor or rewrite what stands there) U+FFFD.
std::string Printable(std::string_view text);

// The columns a terminal gives `text`: two for wide East Asian characters and emoji, none for combining marks and other
// characters without a width (Unicode Standard Annex 11).
std::size_t DisplayWidth(std::string_view text);

// Rows of cells, printed so that columns stand below each other. Cells are made printable.
class Table {
 public:
  // `indent` spaces stand before each row.
  explicit Table(std::size_t indent = 0) : indent_(indent) {}

  void Add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  void Print(std::ostream& out) const;

 private:
  std::size_t indent_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace communique::command
