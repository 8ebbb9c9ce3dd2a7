// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/contacts/domain/exchange/card.h"
#include "services/contacts/domain/exchange/exchange_limits.h"

// Files of vCards, as cards. Pure functions, from any thread.
namespace communique::contacts {

// Reads vCards of the versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), each as the version that it says. A card that
// cannot be used comes with its refusals and is followed by the others: no END or BEGIN, no VERSION or an unknown one,
// a line that is none or is too long, too many properties, text that is not UTF-8 (or what its CHARSET says), a picture
// that is too large, cards in cards too deep. What stands between cards counts as a card that is refused.
//
// FILE_INVALID, with the place, when the file as a whole cannot be used: it has no card, or too many, or too much in
// them.
absl::StatusOr<std::vector<Card>> ReadVCards(std::string_view file, const ExchangeLimits& limits);

// INVALID_ARGUMENT (FILE_INVALID) for the field `content`. `place` says where: "line 3", "row 1, column 4".
absl::Status FileInvalid(std::string_view place, std::string_view what);

// The same for a file of too many cards.
absl::Status TooManyCards(std::string_view place, const ExchangeLimits& limits);

// The same for a file of too much in its cards.
absl::Status TooManyValues(std::string_view place, const ExchangeLimits& limits);

// Why a card of too many properties is refused.
std::string TooManyProperties(const ExchangeLimits& limits);

}  // namespace communique::contacts
