// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

// The one table from what the engines report to what we say. Engines report an SQLSTATE or SQLite's extended result
// code; their texts hold bound values (names, mail addresses), so they are neither returned nor logged.
namespace communique::platform {

enum class Fault {
  kNone,
  kContention,       // serialization failure, deadlock, busy: the same work may succeed when done again
  kLockTimeout,      // waited as long as configured for another transaction's lock
  kDeadline,         // the statement was cancelled because its time was up
  kConnectionLost,   // the session is gone; before COMMIT that means: nothing was changed
  kUnavailable,      // the database refuses work now: starting, ending, no session left, out of memory, read-only
  kStorageFull,      // no space on its disk
  kUniqueViolation,  // the row exists already
  kConstraint,       // another constraint: a mistake of ours, checks belong into the domain
  kReadOnly,         // a change in a read-only transaction or on a read-only database
  kBadText,          // text that is not UTF-8 or holds U+0000
  kTooLarge,         // a value beyond what the engine can hold
  kCorrupt,          // the stored data is damaged
  kMistake,          // wrong SQL, wrong types: a mistake of ours
};

// An engine's failure: the class of it and the engine's code for the log ("40P01", "SQLITE 517").
struct Failure {
  Fault fault = Fault::kNone;
  std::string code;
};

Failure FailureOfSqlState(std::string_view sqlstate);
Failure FailureOfSqlite(int extended_code);

// Whether doing the whole transaction again is safe and may help. Safe only as long as COMMIT was not sent.
bool MayRetry(Fault fault);

// The error for the caller. `sql` (our own text with names of parameters, never values) is kept for mistakes of ours
// alone, whose detail goes to the log.
absl::Status ToStatus(const Failure& failure, std::string_view sql);

// The connection broke while COMMIT was under way.
absl::Status OutcomeUnknown();

}  // namespace communique::platform
