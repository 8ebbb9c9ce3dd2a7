// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/contacts/domain/suppression_keys.h"
#include "services/platform/observability/log.h"
#include "services/platform/storage/database.h"

namespace communique::contacts {

struct SuppressionKeyOptions {
  // suppression.key_file; empty: beside the SQLite file.
  std::string key_file;
  // suppression.accept_lost_keys
  bool accept_lost_keys = false;
};

// The keys of this installation's suppressions, for its start; see suppression_keys.h for the file. Without a setting,
// a SQLite database has its own beside it, "<file>.suppression-key", made for the owner alone when there is none and
// nothing is suppressed yet.
//
// Errors are for the operator: no file where one was named or is needed; one that everybody can read; none that can be
// parsed. And rows that were made under a key that is not in the file: whoever asked not to be written to would be
// written to again, silently; accept_lost_keys makes a warning of it.
absl::StatusOr<SuppressionKeys> OpenSuppressionKeys(const SuppressionKeyOptions& options,
                                                    const platform::DatabaseOptions& database_options,
                                                    platform::Database& database, absl::Time deadline,
                                                    const platform::Log& log);

}  // namespace communique::contacts
