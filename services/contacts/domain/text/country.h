// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>

#include "services/contacts/domain/text/problem.h"

namespace communique::contacts {

// Whether `code` is a country's: ISO 3166-1 alpha-2 in capitals, or XK, which the standard leaves to its users and
// which all who work there write for Kosovo. Withdrawn codes (YU), codes of parts of countries (IC) and of unions (EU)
// are not. From any thread.
bool IsCountry(std::string_view code);

// COUNTRY_UNKNOWN when `code` is not a country's. The sentence gives the right code where there is no doubt ("de",
// "UK").
std::optional<Problem> CheckCountry(std::string_view code);

}  // namespace communique::contacts
