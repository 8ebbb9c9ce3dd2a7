// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/portable_sql.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace communique::platform {
namespace {

bool IsWordCharacter(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::string_view Replacement(std::string_view word, Engine engine) {
  if (word == "BYTES") return engine == Engine::kSqlite ? "BLOB" : "BYTEA";
  if (word == "TEXT" && engine == Engine::kPostgres) return "TEXT COLLATE \"C\"";
  return word;
}

// Where the piece that begins at `start` ends: a quoted piece, a comment, a word or a single character.
std::size_t EndOfPiece(std::string_view sql, std::size_t start) {
  const char first = sql[start];
  if (first == '\'' || first == '"') {
    const std::size_t close = sql.find(first, start + 1);
    return close == std::string_view::npos ? sql.size() : close + 1;
  }
  if (sql.substr(start, 2) == "--") return std::min(sql.find('\n', start), sql.size());
  if (!IsWordCharacter(first)) return start + 1;
  std::size_t end = start;
  while (end < sql.size() && IsWordCharacter(sql[end])) ++end;
  return end;
}

}  // namespace

std::string ForEngine(std::string_view portable_sql, Engine engine) {
  std::string sql;
  for (std::size_t start = 0; start < portable_sql.size();) {
    const std::size_t end = EndOfPiece(portable_sql, start);
    sql += Replacement(portable_sql.substr(start, end - start), engine);
    start = end;
  }
  return sql;
}

}  // namespace communique::platform
