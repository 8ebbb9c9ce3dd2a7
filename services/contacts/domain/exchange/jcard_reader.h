// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/contacts/domain/exchange/card.h"
#include "services/contacts/domain/exchange/exchange_limits.h"

namespace communique::contacts {

// Reads jCards (RFC 7095): one card, or an array of cards. A card that is not one, or that is too large in a part
// or has too many of them, comes with its refusals and is followed by the others. JSON has no lines: all are 0.
// FILE_INVALID, with the byte, when the file is not JSON, or not an array of cards, has no card, or too many, or too
// much in them. Pure,
// from any thread.
absl::StatusOr<std::vector<Card>> ReadJCards(std::string_view file, const ExchangeLimits& limits);

}  // namespace communique::contacts
