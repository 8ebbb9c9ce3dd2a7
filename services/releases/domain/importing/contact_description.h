// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/import.pb.h"

namespace communique::releases {

// How many people a contact line names.
int CountPersons(const v1::ContactLine& line);

// Whom a contact line prints, by its pieces: the person and the last organisation; where it names no person, the desk
// that is printed first. Names are on one line; addresses are what mail is sent to, "(at)" undone. Nothing for a line
// that names several people, or nobody and no address.
std::optional<v1::ContactDescription> DescribeContact(const v1::ContactLine& line);

}  // namespace communique::releases
