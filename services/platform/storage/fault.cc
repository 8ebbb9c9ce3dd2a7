// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/fault.h"

#include <sqlite3.h>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr absl::Duration kRetryAfter = absl::Seconds(1);

struct SqlStateRow {
  std::string_view prefix;  // a class ("08") or a whole SQLSTATE; the first that fits decides
  Fault fault;
};

// PostgreSQL's appendix A. PgBouncer reports its own refusals as 08P01.
constexpr SqlStateRow kSqlStates[] = {
    {"40001", Fault::kContention},      // serialization_failure
    {"40P01", Fault::kContention},      // deadlock_detected
    {"55P03", Fault::kLockTimeout},     // lock_not_available
    {"57014", Fault::kDeadline},        // query_canceled (statement_timeout)
    {"57P03", Fault::kUnavailable},     // cannot_connect_now
    {"57P", Fault::kConnectionLost},    // admin_shutdown, crash_shutdown, database_dropped, idle_session_timeout
    {"25P03", Fault::kConnectionLost},  // idle_in_transaction_session_timeout ends the session
    {"25006", Fault::kReadOnly},        // read_only_sql_transaction
    {"08", Fault::kConnectionLost},     // connection_exception
    {"53100", Fault::kStorageFull},     // disk_full
    {"53", Fault::kUnavailable},        // insufficient_resources: connections, memory
    {"58", Fault::kUnavailable},        // system_error: I/O
    {"28", Fault::kUnavailable},        // invalid_authorization
    {"3D000", Fault::kUnavailable},     // invalid_catalog_name: no such database
    {"23505", Fault::kUniqueViolation}, {"23", Fault::kConstraint},
    {"22021", Fault::kBadText},   // character_not_in_repertoire
    {"22P05", Fault::kBadText},   // untranslatable_character
    {"54000", Fault::kTooLarge},  // program_limit_exceeded: an index row, for example
    {"XX001", Fault::kCorrupt},   // data_corrupted
    {"XX002", Fault::kCorrupt},   // index_corrupted
};

Fault FaultOfSqlite(int extended_code) {
  switch (extended_code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return Fault::kUniqueViolation;
    default:
      break;
  }
  switch (extended_code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
      return Fault::kNone;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Fault::kContention;
    case SQLITE_INTERRUPT:
      return Fault::kDeadline;
    case SQLITE_FULL:
      return Fault::kStorageFull;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_NOLFS:
    case SQLITE_PROTOCOL:
    case SQLITE_PERM:
      return Fault::kUnavailable;
    case SQLITE_READONLY:
      return Fault::kReadOnly;
    case SQLITE_CONSTRAINT:
      return Fault::kConstraint;
    case SQLITE_TOOBIG:
      return Fault::kTooLarge;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Fault::kCorrupt;
    default:
      return Fault::kMistake;
  }
}

}  // namespace

Failure FailureOfSqlState(std::string_view sqlstate) {
  for (const auto& row : kSqlStates) {
    if (sqlstate.substr(0, row.prefix.size()) == row.prefix) return {row.fault, std::string(sqlstate)};
  }
  return {Fault::kMistake, std::string(sqlstate)};
}

Failure FailureOfSqlite(int extended_code) {
  return {FaultOfSqlite(extended_code), absl::StrCat("SQLITE ", extended_code)};
}

bool MayRetry(Fault fault) { return fault == Fault::kContention || fault == Fault::kConnectionLost; }

absl::Status ToStatus(const Failure& failure, std::string_view sql) {
  switch (failure.fault) {
    case Fault::kNone:
      return absl::OkStatus();
    case Fault::kContention:
    case Fault::kLockTimeout:
      return MakeError(absl::StatusCode::kAborted, Reason::ERROR_REASON_CONTENTION,
                       "another change got in the way, again and again; nothing was changed, try once more");
    case Fault::kDeadline:
      return MakeError(absl::StatusCode::kDeadlineExceeded, Reason::ERROR_REASON_DEADLINE_EXCEEDED,
                       "the database did not finish within the call's deadline; nothing was changed");
    case Fault::kConnectionLost:
      return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE,
                         "the connection to the database broke; nothing was changed", kRetryAfter);
    case Fault::kUnavailable:
    case Fault::kReadOnly:
      return Unavailable(
          Reason::ERROR_REASON_DATABASE_UNAVAILABLE,
          ToStd(absl::StrCat("the database refuses work at present (", failure.code, "); nothing was changed")),
          kRetryAfter);
    case Fault::kStorageFull:
      return Exhausted(Reason::ERROR_REASON_STORAGE_FULL, "the database's disk is full; nothing was changed",
                       absl::Seconds(30));
    case Fault::kUniqueViolation:
      return MakeError(absl::StatusCode::kAlreadyExists, Reason::ERROR_REASON_ALREADY_EXISTS,
                       "there is one like this already");
    case Fault::kBadText:
      return MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_FIELD_INVALID,
                       "a text is not UTF-8 or holds the character U+0000, which cannot be stored; remove it");
    case Fault::kTooLarge:
      return MakeError(absl::StatusCode::kResourceExhausted, Reason::ERROR_REASON_TOO_LARGE,
                       "a value is larger than the database can hold");
    case Fault::kConstraint:
    case Fault::kCorrupt:
    case Fault::kMistake:
      break;
  }
  const char* what = failure.fault == Fault::kCorrupt      ? "the stored data is damaged"
                     : failure.fault == Fault::kConstraint ? "a constraint of the schema refused a change"
                                                           : "the database refused a statement";
  return InternalError(ToStd(absl::StrCat(what, " (", failure.code, "): ", ToAbsl(sql))));
}

absl::Status OutcomeUnknown() {
  return Unavailable(Reason::ERROR_REASON_OUTCOME_UNKNOWN,
                     "the connection to the database broke while the change was being made final: it may or may not "
                     "have been made. Send the same request_id again to learn which",
                     kRetryAfter);
}

}  // namespace communique::platform
