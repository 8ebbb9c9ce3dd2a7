// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "services/contacts/domain/exchange/card.h"

// Cards as they stand in files. Pure functions, from any thread.
namespace communique::contacts {

// From BEGIN:VCARD to END:VCARD (RFC 2426, RFC 6350), folded, lines ended by CRLF.
std::string WriteVCard(const std::vector<CardProperty>& properties);

// One card (RFC 7095), in one line. Requires: the properties are those of version 4.0.
std::string WriteJCard(const std::vector<CardProperty>& properties);

}  // namespace communique::contacts
