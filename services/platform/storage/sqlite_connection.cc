// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// All that is particular to SQLite. SOCI opens the file, prepares, binds and runs; the native handle does what SOCI
// cannot: read columns by their real type (SOCI goes by the declared type and cuts an INTEGER to 32 bits), run scripts
// (SOCI runs the first statement only, silently), interrupt, and tell extended result codes.

#include "services/platform/storage/sqlite_connection.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <exception>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/soci.h"
#include "services/platform/storage/storable_text.h"

namespace communique::platform {
namespace {

// What SOCI reports without a result code is wrong use: a name that the statement does not have.
constexpr int kWrongUse = SQLITE_ERROR;

using sqlite_api::sqlite3_stmt;

// A prepared statement with its parameters bound. SOCI keeps pointers to the values, so they live as long as it.
class SqliteStatement {
 public:
  SqliteStatement(soci::session& session, std::string_view sql, std::span<const Param> params) : statement_(session) {
    for (const Param& param : params) {
      if (const auto* number = std::get_if<std::int64_t>(&param.value)) {
        const long long& kept = numbers_.emplace_back(*number);
        statement_.exchange(soci::use(kept, param.name));
      } else if (const auto* text = std::get_if<std::string>(&param.value)) {
        statement_.exchange(soci::use(*text, param.name));
      } else {
        const std::string& data = std::get<Bytes>(param.value).data;
        soci::blob& kept = blobs_.emplace_back(session);
        kept.write(0, data.data(), data.size());
        statement_.exchange(soci::use(kept, param.name));
      }
    }
    statement_.alloc();
    statement_.prepare(std::string(sql), soci::details::st_one_time_query);
    statement_.define_and_bind();
  }

  // Runs it up to its first row; whether there is one.
  bool Run() { return statement_.execute(true); }

  sqlite3_stmt* handle() { return static_cast<soci::sqlite3_statement_backend*>(statement_.get_backend())->stmt_; }

 private:
  std::deque<long long> numbers_;
  std::deque<soci::blob> blobs_;
  soci::statement statement_;
};

class SqliteConnection final : public Connection {
 public:
  explicit SqliteConnection(const std::string& path, Access access)
      : session_(soci::sqlite3, absl::StrCat("dbname=\"", path, "\" timeout=5")),
        db_(static_cast<soci::sqlite3_session_backend*>(session_.get_backend())->conn_),
        access_(access) {}

  absl::Status Configure() {
    sqlite_api::sqlite3_extended_result_codes(db_, 1);
    sqlite_api::sqlite3_busy_timeout(db_, 5000);
    if (access_ == Access::kWrite) {
      const auto mode = Query("PRAGMA journal_mode = WAL", {});
      if (!mode.ok()) return mode.status();
      if (mode->empty() || (*mode)[0].Text(0) != "wal") {
        return FailedPrecondition(Reason::ERROR_REASON_DATABASE_UNAVAILABLE, "sqlite",
                                  "the SQLite file cannot be put into WAL mode: its file system lacks shared memory; "
                                  "use a local disk");
      }
      // What is removed is overwritten at once. Costs nothing next to the wait for the disk: 3 000 writes of a row and
      // its keys took 13.5 s with and 13.7 s without. Scrub (scrub.h) sees to what moving rows leaves behind.
      return RunScript(
          "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA secure_delete = "
          "ON;");
    }
    sqlite_api::sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return RunScript("PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA trusted_schema = OFF;");
  }

  Engine engine() const override { return Engine::kSqlite; }

  absl::Status Begin(Access access, const TransactionLimits& limits) override {
    const auto left = std::clamp<std::int64_t>(absl::ToInt64Milliseconds(limits.deadline - absl::Now()), 0, 60'000);
    sqlite_api::sqlite3_busy_timeout(db_, static_cast<int>(left));
    return RunScript(access == Access::kWrite ? "BEGIN IMMEDIATE" : "BEGIN");
  }

  absl::Status Commit() override {
    absl::Status status = RunScript("COMMIT");
    // An I/O error while the log was written leaves open what a restart will find in it.
    if (!status.ok() && (failure_.fault == Fault::kUnavailable || failure_.fault == Fault::kCorrupt)) {
      usable_ = false;
      return OutcomeUnknown();
    }
    return status;
  }

  void Rollback() override {
    if (sqlite_api::sqlite3_get_autocommit(db_) != 0) return;
    const Failure kept = failure_;
    if (!RunScript("ROLLBACK").ok()) usable_ = false;
    failure_ = kept;
  }

  absl::StatusOr<Rows> Query(std::string_view sql, std::span<const Param> params) override {
    return Run<Rows>(sql, params, [](SqliteStatement& statement) -> Rows {
      const int width = sqlite_api::sqlite3_column_count(statement.handle());
      std::vector<Value> cells;
      for (bool more = statement.Run(); more; more = Step(statement.handle())) {
        for (int i = 0; i < width; ++i) cells.push_back(ReadCell(statement.handle(), i));
      }
      return Rows(static_cast<std::size_t>(width), std::move(cells));
    });
  }

  absl::StatusOr<std::int64_t> Execute(std::string_view sql, std::span<const Param> params) override {
    return Run<std::int64_t>(sql, params, [this](SqliteStatement& statement) -> std::int64_t {
      statement.Run();
      return sqlite_api::sqlite3_changes(db_);
    });
  }

  absl::Status RunScript(std::string_view sql) override {
    if (interrupted_) return Fail({Fault::kDeadline, "interrupted"}, sql);
    const int code = sqlite_api::sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
    return code == SQLITE_OK ? absl::OkStatus() : Fail(FailureOfSqlite(code), sql);
  }

  bool Ping() override { return usable(); }

  void Interrupt() override {
    interrupted_ = true;
    sqlite_api::sqlite3_interrupt(db_);
  }

  bool usable() const override { return usable_ && !interrupted_; }

 private:
  template <typename T>
  absl::StatusOr<T> Run(std::string_view sql, std::span<const Param> params,
                        const std::function<T(SqliteStatement&)>& run) {
    if (interrupted_) return Fail({Fault::kDeadline, "interrupted"}, sql);
    for (const Param& param : params) {
      const auto* text = std::get_if<std::string>(&param.value);
      if (text != nullptr && !IsStorableText(*text)) return Fail({Fault::kBadText, "22021"}, sql);
    }
    if (sql.find(';') != std::string_view::npos) return Fail({Fault::kMistake, "a semicolon"}, sql);
    try {
      SqliteStatement statement(session_, sql, params);
      if (sqlite_api::sqlite3_bind_parameter_count(statement.handle()) != static_cast<int>(params.size())) {
        return Fail({Fault::kMistake, "a parameter without a value"}, sql);
      }
      return run(statement);
    } catch (const soci::sqlite3_soci_error&) {
      Failure failure = FailureOfSqlite(sqlite_api::sqlite3_extended_errcode(db_));
      if (failure.fault == Fault::kReadOnly && access_ == Access::kRead) failure.fault = Fault::kMistake;
      return Fail(std::move(failure), sql);
    } catch (const NullValue&) {
      return Fail({Fault::kMistake, "a NULL in the result"}, sql);
    } catch (const std::exception&) {
      return Fail(FailureOfSqlite(kWrongUse), sql);
    }
  }

  struct NullValue {};

  static bool Step(sqlite3_stmt* statement) {
    const int code = sqlite_api::sqlite3_step(statement);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw soci::sqlite3_soci_error("", code);
  }

  static Value ReadCell(sqlite3_stmt* statement, int column) {
    switch (sqlite_api::sqlite3_column_type(statement, column)) {
      case SQLITE_INTEGER:
        return static_cast<std::int64_t>(sqlite_api::sqlite3_column_int64(statement, column));
      case SQLITE_TEXT:
      case SQLITE_BLOB: {
        const bool text = sqlite_api::sqlite3_column_type(statement, column) == SQLITE_TEXT;
        const auto* data = static_cast<const char*>(sqlite_api::sqlite3_column_blob(statement, column));
        const auto size = static_cast<std::size_t>(sqlite_api::sqlite3_column_bytes(statement, column));
        std::string value = data == nullptr ? std::string() : std::string(data, size);
        if (text) return value;
        return Bytes{std::move(value)};
      }
      default:
        throw NullValue();
    }
  }

  soci::session session_;
  sqlite_api::sqlite3* db_;
  const Access access_;
  std::atomic<bool> interrupted_ = false;
  bool usable_ = true;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> OpenSqliteConnection(const std::string& path, Access access) {
  try {
    auto connection = std::make_unique<SqliteConnection>(path, access);
    if (auto status = connection->Configure(); !status.ok()) return status;
    return connection;
  } catch (const std::exception&) {
    return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE,
                       ToStd(absl::StrCat("the SQLite file ", path,
                                          " cannot be opened: does its folder exist, and may this process write it?")),
                       absl::Seconds(1));
  }
}

}  // namespace communique::platform
