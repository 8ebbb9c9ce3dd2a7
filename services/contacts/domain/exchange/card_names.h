// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "services/contacts/domain/exchange/card.h"
#include "services/contacts/domain/exchange/import_card.h"

namespace communique::contacts {

// The language that a property says, canonical; empty where it says none or, with a finding, what is none.
std::string LanguageOf(const CardProperty& property, ImportCard& read);

// What a person or desk is called: the FN, N and X-PHONETIC-… of a card, put together by their LANGUAGE, into
// `read.contact`, whose kind is known already.
void ReadCardNames(const std::vector<CardProperty>& properties, const ImportDefaults& defaults, ImportCard& read);

}  // namespace communique::contacts
