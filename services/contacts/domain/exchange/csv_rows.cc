// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/csv_rows.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/platform/base/string_view.h"

namespace communique::contacts {

char DetectDelimiter(std::string_view file) {
  std::size_t commas = 0;
  std::size_t semicolons = 0;
  std::size_t tabs = 0;
  bool quoted = false;
  for (const char c : file) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    if (quoted) continue;
    commas += c == ',';
    semicolons += c == ';';
    tabs += c == '\t';
  }
  if (commas >= semicolons && commas >= tabs) return ',';
  return semicolons >= tabs ? ';' : '\t';
}

bool CsvRows::AtLineBreak() const {
  const std::string_view rest = file_.substr(position_, 2);
  return rest.starts_with('\n') || rest == "\r\n";
}

// From behind the opening quotation mark to behind the closing one.
void CsvRows::TakeQuoted(CsvRow& row) {
  std::string& cell = row.cells.back();
  while (position_ < file_.size()) {
    const char c = file_[position_++];
    if (c == '\n') ++line_;
    if (c != '"') {
      cell += c;
      continue;
    }
    if (position_ >= file_.size() || file_[position_] != '"') {
      const bool ends = position_ >= file_.size() || file_[position_] == delimiter_ || AtLineBreak();
      if (!ends && row.problem.empty()) {
        row.problem = "text stands behind the closing quotation mark; write a quotation mark in a cell twice";
        row.problem_column = static_cast<int>(row.cells.size());
      }
      return;
    }
    cell += '"';
    ++position_;
  }
  if (!row.problem.empty()) return;
  row.problem = "the quotation mark that opens here is never closed";
  row.problem_column = static_cast<int>(row.cells.size());
}

void CsvRows::TakeRow(CsvRow& row) {
  const std::size_t begin = position_;
  row.line = line_;
  row.cells.emplace_back();
  while (position_ < file_.size() && !AtLineBreak()) {
    const char c = file_[position_++];
    if (c == delimiter_) {
      row.cells.emplace_back();
    } else if (c == '"' && row.cells.back().empty()) {
      TakeQuoted(row);
    } else {
      row.cells.back() += c;
    }
  }
  row.bytes = position_ - begin;
  if (position_ >= file_.size()) return;
  position_ += file_[position_] == '\r' ? 2 : 1;
  ++line_;
}

std::optional<CsvRow> CsvRows::Next() {
  while (position_ < file_.size()) {
    CsvRow row;
    TakeRow(row);
    const bool blank = std::all_of(row.cells.begin(), row.cells.end(), [](const auto& cell) { return cell.empty(); });
    if (!blank || !row.problem.empty()) return row;
  }
  return std::nullopt;
}

std::string WriteCsvRow(const std::vector<std::string>& cells) {
  std::string row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) row += ',';
    const bool quotes = cells[i].find_first_of(",;\"\r\n\t") != std::string::npos;
    if (quotes) {
      absl::StrAppend(&row, "\"", absl::StrReplaceAll(cells[i], {{"\"", "\"\""}}), "\"");
    } else {
      row += cells[i];
    }
  }
  return row + "\r\n";
}

}  // namespace communique::contacts
