// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "communique/releases/v1/content.pb.h"
#include "services/releases/domain/importing/speaker_parser.h"
#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// A contact, on one line or several, as its pieces; printed one after another they are `text`. `release` is the text it
// belongs to: a name that the release speaks of is an organisation's, one that only the contacts name is a person's.
v1::ContactLine ParseContact(std::string_view text, std::string_view release, const KnownPersons& known,
                             const Vocabulary& vocabulary);

// Whether a line tells how to reach somebody: it has an e-mail address or telephone number, or begins with the label of
// one.
bool HasContactData(std::string_view line, const Vocabulary& vocabulary);

// Whether a line goes on with the contact of the line before: it begins with a label ("Tel.") or an address.
bool ContinuesContact(std::string_view line, const Vocabulary& vocabulary);

}  // namespace communique::releases
