// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// All that is particular to PostgreSQL. SOCI connects, rewrites :name to $n, binds and runs; one-time queries, because
// what SOCI prepares on the server would be lost behind PgBouncer. The native handle does what SOCI cannot: read
// columns by their real type, see whether a transaction failed, run scripts, and free a thread from a server that
// hangs.

#include "services/platform/storage/postgres_connection.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <exception>
#include <functional>
#include <set>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/soci.h"
#include "services/platform/storage/storable_text.h"

namespace communique::platform {
namespace {

constexpr int kOldestServer = 150000;

// What fits PostgreSQL's time settings, in milliseconds.
constexpr std::int64_t kMaxTimeout = 2'000'000'000;

// pg_type.oid of what a query may return.
enum Oid : unsigned {
  kBool = 16,
  kBytea = 17,
  kName = 19,
  kInt8 = 20,
  kInt2 = 21,
  kInt4 = 23,
  kText = 25,
  kVarchar = 1043,
  kNumeric = 1700,
};

// Bytes travel as hexadecimal text: SOCI hands parameters to libpq as C strings.
std::string AsParameter(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return absl::StrCat(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return absl::StrCat("\\x", absl::BytesToHexString(std::get<Bytes>(value).data));
}

// A one-time query with its parameters bound. SOCI keeps pointers to the values, so they live as long as it.
class PostgresStatement {
 public:
  PostgresStatement(soci::session& session, std::string_view sql, std::span<const Param> params) : statement_(session) {
    for (const Param& param : params) {
      const std::string& kept = values_.emplace_back(AsParameter(param.value));
      statement_.exchange(soci::use(kept, param.name));
    }
    statement_.alloc();
    statement_.prepare(std::string(sql), soci::details::st_one_time_query);
    statement_.define_and_bind();
  }

  void Run() { statement_.execute(true); }

  std::int64_t affected_rows() { return statement_.get_affected_rows(); }
  const PGresult* result() { return backend()->result_; }
  std::size_t CountNames() { return std::set<std::string>(backend()->names_.begin(), backend()->names_.end()).size(); }

 private:
  soci::postgresql_statement_backend* backend() {
    return static_cast<soci::postgresql_statement_backend*>(statement_.get_backend());
  }

  std::deque<std::string> values_;
  soci::statement statement_;
};

struct UnreadableValue {
  const char* what;
};

Value ReadCell(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) throw UnreadableValue{"a NULL in the result"};
  const char* data = PQgetvalue(result, row, column);
  const auto size = static_cast<std::size_t>(PQgetlength(result, row, column));
  switch (PQftype(result, column)) {
    case kInt2:
    case kInt4:
    case kInt8:
    case kNumeric: {  // what sum() of BIGINT gives
      std::int64_t number = 0;
      if (!absl::SimpleAtoi(absl::string_view(data, size), &number)) throw UnreadableValue{"a number beyond BIGINT"};
      return number;
    }
    case kBool:
      return std::int64_t{*data == 't'};
    case kBytea:
      if (size < 2) throw UnreadableValue{"bytea_output is not hex"};
      return Bytes{absl::HexStringToBytes(absl::string_view(data + 2, size - 2))};
    case kName:
    case kText:
    case kVarchar:
      return std::string(data, size);
    default:
      throw UnreadableValue{"a column of another type than BIGINT, TEXT and BYTEA"};
  }
}

class PostgresConnection final : public Connection {
 public:
  explicit PostgresConnection(const std::string& conninfo)
      : session_(soci::postgresql, conninfo),
        handle_(static_cast<soci::postgresql_session_backend*>(session_.get_backend())->conn_),
        interrupt_fd_(dup(PQsocket(handle_))) {}

  ~PostgresConnection() override {
    session_.close();
    if (interrupt_fd_ >= 0) close(interrupt_fd_);
  }

  absl::Status Configure() {
    // libpq would write the server's notices, with values in them, to standard error.
    PQsetNoticeReceiver(
        handle_, [](void*, const PGresult*) {}, nullptr);
    if (PQserverVersion(handle_) < kOldestServer) {
      return FailedPrecondition(
          Reason::ERROR_REASON_DATABASE_UNAVAILABLE, "postgres",
          ToStd(absl::StrCat("PostgreSQL 15 or later is needed, this is ", PQserverVersion(handle_) / 10000)));
    }
    return absl::OkStatus();
  }

  Engine engine() const override { return Engine::kPostgres; }

  absl::Status Begin(Access access, const TransactionLimits& limits) override {
    access_ = access;
    const auto left =
        std::clamp<std::int64_t>(absl::ToInt64Milliseconds(limits.deadline - absl::Now()), 1, kMaxTimeout);
    const auto lock = std::clamp<std::int64_t>(absl::ToInt64Milliseconds(limits.lock_timeout), 1, left);
    // The idle limit frees the rows' locks when this process freezes in the middle of a transaction.
    return RunScript(ToStd(absl::StrCat(access == Access::kRead ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                                                                : "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
                                        "; SET LOCAL statement_timeout = ", left, "; SET LOCAL lock_timeout = ", lock,
                                        "; SET LOCAL idle_in_transaction_session_timeout = ", left + 1000)));
  }

  absl::Status Commit() override {
    // COMMIT of a failed transaction "succeeds" by rolling back.
    if (PQtransactionStatus(handle_) != PQTRANS_INTRANS) return Fail({Fault::kMistake, "25P02"}, "COMMIT");
    absl::Status status = RunScript("COMMIT");
    if (!status.ok() && failure_.fault == Fault::kConnectionLost) return OutcomeUnknown();
    return status;
  }

  void Rollback() override {
    if (!usable() || PQtransactionStatus(handle_) == PQTRANS_IDLE) return;
    const Failure kept = failure_;
    const bool rolled_back = RunScript("ROLLBACK").ok();
    if (!rolled_back || PQtransactionStatus(handle_) != PQTRANS_IDLE) usable_ = false;
    failure_ = kept;
  }

  absl::StatusOr<Rows> Query(std::string_view sql, std::span<const Param> params) override {
    return Run<Rows>(sql, params, [](PostgresStatement& statement) -> Rows {
      const PGresult* result = statement.result();
      const int width = PQnfields(result);
      const int height = PQntuples(result);
      std::vector<Value> cells;
      cells.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
      for (int row = 0; row < height; ++row) {
        for (int column = 0; column < width; ++column) cells.push_back(ReadCell(result, row, column));
      }
      return Rows(static_cast<std::size_t>(width), std::move(cells));
    });
  }

  absl::StatusOr<std::int64_t> Execute(std::string_view sql, std::span<const Param> params) override {
    return Run<std::int64_t>(sql, params,
                             [](PostgresStatement& statement) -> std::int64_t { return statement.affected_rows(); });
  }

  absl::Status RunScript(std::string_view sql) override {
    if (interrupted_) return Fail({Fault::kConnectionLost, "interrupted"}, sql);
    PGresult* result = PQexec(handle_, std::string(sql).c_str());
    const ExecStatusType status = PQresultStatus(result);
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string sqlstate = state == nullptr ? "" : state;
    PQclear(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) return absl::OkStatus();
    return FailAs(sqlstate, sql);
  }

  bool Ping() override { return usable() && RunScript("SELECT 1").ok(); }

  // A duplicate of the descriptor is shut down, so that it does not matter whether libpq closes its own just now.
  void Interrupt() override {
    interrupted_ = true;
    shutdown(interrupt_fd_, SHUT_RDWR);
  }

  bool usable() const override { return usable_ && !interrupted_ && PQstatus(handle_) == CONNECTION_OK; }

 private:
  template <typename T>
  absl::StatusOr<T> Run(std::string_view sql, std::span<const Param> params,
                        const std::function<T(PostgresStatement&)>& run) {
    if (interrupted_) return Fail({Fault::kConnectionLost, "interrupted"}, sql);
    for (const Param& param : params) {
      const auto* text = std::get_if<std::string>(&param.value);
      if (text != nullptr && !IsStorableText(*text)) return Fail({Fault::kBadText, "22021"}, sql);
    }
    if (sql.find(';') != std::string_view::npos) return Fail({Fault::kMistake, "a semicolon"}, sql);
    try {
      PostgresStatement statement(session_, sql, params);
      if (statement.CountNames() != params.size()) return Fail({Fault::kMistake, "a parameter without a value"}, sql);
      statement.Run();
      return run(statement);
    } catch (const soci::postgresql_soci_error& error) {
      return FailAs(error.sqlstate(), sql);
    } catch (const UnreadableValue& unreadable) {
      return Fail({Fault::kMistake, unreadable.what}, sql);
    } catch (const std::exception&) {
      return Fail({Fault::kMistake, "a parameter without a place"}, sql);
    }
  }

  absl::Status FailAs(std::string_view sqlstate, std::string_view sql) {
    Failure failure = FailureOfSqlState(sqlstate);
    // What has no SQLSTATE comes from libpq itself: the connection broke, even where its status does not say so yet.
    if (sqlstate.find_first_not_of(' ') == std::string_view::npos) {
      failure = {Fault::kConnectionLost, "connection broken"};
    }
    if (failure.fault == Fault::kConnectionLost) usable_ = false;
    if (failure.fault == Fault::kReadOnly) {
      // On a standby that was the primary no write will ever succeed; the next connection finds the new one.
      if (access_ == Access::kWrite) usable_ = false;
      if (access_ == Access::kRead) failure.fault = Fault::kMistake;
    }
    return Fail(std::move(failure), sql);
  }

  soci::session session_;
  PGconn* handle_;
  const int interrupt_fd_;
  Access access_ = Access::kRead;
  std::atomic<bool> interrupted_ = false;
  bool usable_ = true;
};

// What libpq says about a failed connection holds host, user and database; PQping tells the kinds apart.
std::string_view WhyNoConnection(const std::string& conninfo) {
  switch (PQping(conninfo.c_str())) {
    case PQPING_OK:
      return "it answers, but refuses this connection: check user, password, the database's name and max_connections";
    case PQPING_REJECT:
      return "it is starting, ending or has no connection left";
    case PQPING_NO_RESPONSE:
      return "it does not answer: check host and port, and whether it runs";
    default:
      return "the connection string cannot be used";
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> OpenPostgresConnection(const std::string& conninfo) {
  try {
    auto connection = std::make_unique<PostgresConnection>(conninfo);
    if (auto status = connection->Configure(); !status.ok()) return status;
    return connection;
  } catch (const std::exception&) {
    return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE,
                       ToStd(absl::StrCat("no connection to PostgreSQL: ", ToAbsl(WhyNoConnection(conninfo)),
                                          "; nothing was changed")),
                       absl::Seconds(1));
  }
}

}  // namespace communique::platform
