// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/session.h"

#include "services/platform/storage/connection.h"

namespace communique::platform {

absl::StatusOr<Rows> Session::Query(std::string_view sql, std::initializer_list<Param> params) {
  return RunQuery(sql, std::span(params.begin(), params.size()));
}

absl::StatusOr<Rows> Session::Query(std::string_view sql, const Params& params) { return RunQuery(sql, params); }

absl::StatusOr<std::int64_t> Session::Execute(std::string_view sql, std::initializer_list<Param> params) {
  return RunExecute(sql, std::span(params.begin(), params.size()));
}

absl::StatusOr<std::int64_t> Session::Execute(std::string_view sql, const Params& params) {
  return RunExecute(sql, params);
}

absl::Status Session::RunScript(std::string_view sql) {
  if (error_.ok()) error_ = connection_.RunScript(sql);
  return error_;
}

Engine Session::engine() const { return connection_.engine(); }

absl::StatusOr<Rows> Session::RunQuery(std::string_view sql, std::span<const Param> params) {
  if (!error_.ok()) return error_;
  auto rows = connection_.Query(sql, params);
  error_ = rows.status();
  return rows;
}

absl::StatusOr<std::int64_t> Session::RunExecute(std::string_view sql, std::span<const Param> params) {
  if (!error_.ok()) return error_;
  auto changed = connection_.Execute(sql, params);
  error_ = changed.status();
  return changed;
}

}  // namespace communique::platform
