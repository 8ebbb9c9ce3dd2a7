// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/contacts/v1/exchange.pb.h"
#include "services/contacts/domain/exchange/exchange_limits.h"
#include "services/contacts/domain/exchange/import_card.h"

namespace communique::contacts {

// The cards of a file of any format, as contacts. FILE_INVALID when the file as a whole cannot be used. Requires: a
// format that is valid. Pure, from any thread.
absl::StatusOr<std::vector<ImportCard>> ReadContactFile(v1::ExchangeFormat format, std::string_view content,
                                                        const ExchangeLimits& limits, const ImportDefaults& defaults);

}  // namespace communique::contacts
