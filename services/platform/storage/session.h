// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/storage/engine.h"
#include "services/platform/storage/rows.h"
#include "services/platform/storage/value.h"

namespace communique::platform {

class Connection;

// One transaction, as the function given to Database::Read or Database::Write sees it. Used by that function's thread,
// and not after it returns.
//
// Statements are SQL that both engines take, with named parameters:
//
//   session.Query("SELECT name, size FROM assets WHERE newsroom_uid = :newsroom AND size > :size",
//                 {{"newsroom", newsroom}, {"size", 100}})
//
// The portable part: BIGINT, TEXT, BYTES columns, all NOT NULL; INSERT … ON CONFLICT DO NOTHING; UPDATE and DELETE …
// RETURNING; COALESCE(max(x), 0), as NULL in a result is an error; ORDER BY that ends in a unique column. Not portable,
// so not used: LIKE, lower(), JSON operators, now(), `/` on integers.
//
// An error ends the transaction: every later statement returns it again, and Write rolls back. To meet a conflict
// without ending the transaction, use ON CONFLICT DO NOTHING and look at the number of rows.
class Session {
 public:
  Session(Connection& connection, absl::Time deadline) : connection_(connection), deadline_(deadline) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Runs a statement that returns rows and reads them all: bound them with LIMIT. A unique violation is ALREADY_EXISTS.
  absl::StatusOr<Rows> Query(std::string_view sql, std::initializer_list<Param> params = {});
  absl::StatusOr<Rows> Query(std::string_view sql, const Params& params);

  // Runs a statement that changes rows; how many it changed.
  absl::StatusOr<std::int64_t> Execute(std::string_view sql, std::initializer_list<Param> params = {});
  absl::StatusOr<std::int64_t> Execute(std::string_view sql, const Params& params);

  // Runs several statements without parameters: for migrations.
  absl::Status RunScript(std::string_view sql);

  Engine engine() const;
  // When the transaction must have ended.
  absl::Time deadline() const { return deadline_; }
  // What ended the transaction; OK while it is alive.
  const absl::Status& error() const { return error_; }

 private:
  absl::StatusOr<Rows> RunQuery(std::string_view sql, std::span<const Param> params);
  absl::StatusOr<std::int64_t> RunExecute(std::string_view sql, std::span<const Param> params);

  Connection& connection_;
  const absl::Time deadline_;
  absl::Status error_;
};

}  // namespace communique::platform
