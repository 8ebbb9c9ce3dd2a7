// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/testing/schema_dump.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace communique::platform {
namespace {

// What to ask each engine. Every query but the first takes :t, the table's name.
struct Catalogue {
  const char* tables;        // name
  const char* columns;       // name, type, is not null, default
  const char* primary_key;   // column
  const char* indexes;       // name ("" for a constraint's), is unique, is partial, columns
  const char* foreign_keys;  // columns, table, columns there, on delete
};

constexpr Catalogue kSqlite = {
    "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
    "SELECT name, type, \"notnull\", COALESCE(dflt_value, '') FROM pragma_table_info(:t) ORDER BY cid",
    "SELECT name FROM pragma_table_info(:t) WHERE pk > 0 ORDER BY pk",
    "SELECT CASE origin WHEN 'c' THEN l.name ELSE '' END, l.\"unique\", partial, "
    "(SELECT group_concat(c, ', ') FROM (SELECT COALESCE(x.name, '?') || CASE x.\"desc\" WHEN 1 THEN ' desc' ELSE '' "
    "END "
    "AS c FROM pragma_index_xinfo(l.name) AS x WHERE x.key = 1 ORDER BY x.seqno)) "
    "FROM pragma_index_list(:t) AS l WHERE origin <> 'pk' ORDER BY 4, 1",
    "SELECT group_concat(\"from\", ', '), \"table\", group_concat(COALESCE(\"to\", '?'), ', '), lower(on_delete) "
    "FROM (SELECT * FROM pragma_foreign_key_list(:t) ORDER BY id, seq) GROUP BY id, \"table\", on_delete ORDER BY 1, 2",
};

constexpr Catalogue kPostgres = {
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
    "ORDER BY relname COLLATE \"C\"",
    "SELECT a.attname, CASE WHEN t.typname = 'text' AND co.collname <> 'C' THEN 'text collate ' || co.collname "
    "ELSE t.typname::text END, a.attnotnull, COALESCE(pg_get_expr(d.adbin, d.adrelid), '') "
    "FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid "
    "LEFT JOIN pg_collation co ON co.oid = a.attcollation "
    "LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
    "WHERE a.attrelid = (:t)::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
    "SELECT a.attname FROM pg_index x CROSS JOIN unnest(x.indkey) WITH ORDINALITY k(attnum, ord) "
    "JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum "
    "WHERE x.indrelid = (:t)::regclass AND x.indisprimary ORDER BY k.ord",
    "SELECT CASE WHEN c.oid IS NULL THEN i.relname::text ELSE '' END COLLATE \"C\", x.indisunique, "
    "x.indpred IS NOT NULL, string_agg(COALESCE(a.attname::text, '?') || CASE x.indoption[k.ord - 1] & 1 WHEN 1 THEN "
    "' desc' ELSE '' END, ', ' ORDER BY k.ord) COLLATE \"C\" FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid "
    "LEFT JOIN pg_constraint c ON c.conindid = x.indexrelid AND c.contype = 'u' "
    "CROSS JOIN unnest(x.indkey) WITH ORDINALITY k(attnum, ord) "
    "LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attnum "
    "WHERE x.indrelid = (:t)::regclass AND NOT x.indisprimary AND k.ord <= x.indnkeyatts "
    "GROUP BY c.oid, i.relname, x.indisunique, x.indpred IS NOT NULL ORDER BY 4, 1",
    "SELECT (SELECT string_agg(a.attname, ', ' ORDER BY k.ord) FROM unnest(c.conkey) WITH ORDINALITY k(n, ord) "
    "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n) COLLATE \"C\", r.relname, "
    "(SELECT string_agg(a.attname, ', ' ORDER BY k.ord) FROM unnest(c.confkey) WITH ORDINALITY k(n, ord) "
    "JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n), "
    "CASE c.confdeltype WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'r' THEN 'restrict' ELSE 'no action' END "
    "FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid "
    "WHERE c.conrelid = (:t)::regclass AND c.contype = 'f' ORDER BY 1, 2",
};

Rows Ask(Session& session, const char* sql, const Params& params) {
  auto rows = session.Query(sql, params);
  if (!rows.ok()) {
    std::fprintf(stderr, "the schema cannot be read: %s\n", rows.status().ToString().c_str());
    std::abort();
  }
  return *std::move(rows);
}

std::string TypeInWords(std::string type) {
  absl::AsciiStrToLower(&type);
  if (type == "int8") return "bigint";
  if (type == "blob" || type == "bytea") return "bytes";
  return type;
}

std::string DumpTable(Session& session, const Catalogue& catalogue, const std::string& table) {
  std::string text = absl::StrCat("table ", table, "\n");
  for (const Row row : Ask(session, catalogue.columns, {{"t", table}})) {
    absl::StrAppend(&text, "  ", row.Text(0), " ", TypeInWords(row.Text(1)), row.Int(2) != 0 ? "" : " MAY BE NULL");
    if (!row.Text(3).empty()) absl::StrAppend(&text, " default ", row.Text(3));
    absl::StrAppend(&text, "\n");
  }
  std::string key;
  for (const Row row : Ask(session, catalogue.primary_key, {{"t", table}})) {
    absl::StrAppend(&key, key.empty() ? "" : ", ", row.Text(0));
  }
  absl::StrAppend(&text, "  primary key (", key, ")\n");
  for (const Row row : Ask(session, catalogue.indexes, {{"t", table}})) {
    absl::StrAppend(&text, "  ", row.Int(1) != 0 ? "unique" : "index", row.Text(0).empty() ? "" : " ", row.Text(0),
                    " (", row.Text(3), row.Int(2) != 0 ? ") partial\n" : ")\n");
  }
  for (const Row row : Ask(session, catalogue.foreign_keys, {{"t", table}})) {
    absl::StrAppend(&text, "  (", row.Text(0), ") references ", row.Text(1), " (", row.Text(2), ") on delete ",
                    row.Text(3), "\n");
  }
  return text;
}

}  // namespace

std::string DumpSchema(Database& database) {
  std::string text;
  const absl::Status status = database.Read(absl::Now() + absl::Seconds(20), [&](Session& session) -> absl::Status {
    text.clear();
    const Catalogue& catalogue = session.engine() == Engine::kSqlite ? kSqlite : kPostgres;
    for (const Row row : Ask(session, catalogue.tables, {})) {
      absl::StrAppend(&text, text.empty() ? "" : "\n", DumpTable(session, catalogue, row.Text(0)));
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status.ToString();
  return text;
}

}  // namespace communique::platform
