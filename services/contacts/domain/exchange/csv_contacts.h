// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/contacts/domain/exchange/exchange_limits.h"
#include "services/contacts/domain/exchange/import_card.h"

namespace communique::contacts {

// The contacts in a CSV file (RFC 4180; separated by commas, semicolons or tabs; the columns stand with ImportContacts
// in the contract), one for each row behind the first. A row that cannot be used comes with a finding that is `refused`
// and says the column: more or fewer cells than columns, broken quotation marks, text that is not UTF-8, too many
// bytes. FILE_INVALID, with row and column, for a first row that names a column that there is not, or one twice, or too
// many, and for a file with too many rows or none, or too much in them. Pure, from any thread.
absl::StatusOr<std::vector<ImportCard>> ReadCsvContacts(std::string_view file, const ExchangeLimits& limits,
                                                        const ImportDefaults& defaults);

}  // namespace communique::contacts
