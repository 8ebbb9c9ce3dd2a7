// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// CSV (RFC 4180) as rows of cells.
namespace communique::contacts {

struct CsvRow {
  int line = 0;  // where it begins, from 1
  std::vector<std::string> cells;
  std::size_t bytes = 0;  // that it has in the file
  // What is wrong with the row as such, and in which column, from 1; nothing else of it counts then.
  std::string problem;
  int problem_column = 0;
};

// Comma, semicolon or tab: what the first line has most of, outside of quotation marks.
char DetectDelimiter(std::string_view file);

// Takes the rows of a file one by one; those that are blank are left out. Lines end in LF or CRLF; cells in quotation
// marks may hold delimiters and line breaks.
class CsvRows {
 public:
  // `file` must outlive it.
  CsvRows(std::string_view file, char delimiter) : file_(file), delimiter_(delimiter) {}

  // Nothing at the end of the file.
  std::optional<CsvRow> Next();

 private:
  void TakeRow(CsvRow& row);
  void TakeQuoted(CsvRow& row);
  bool AtLineBreak() const;

  std::string_view file_;
  char delimiter_;
  std::size_t position_ = 0;
  int line_ = 1;
};

// A row as it stands in a file, ended by CRLF.
std::string WriteCsvRow(const std::vector<std::string>& cells);

}  // namespace communique::contacts
