// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "services/platform/storage/database.h"

namespace communique::platform {

// The schema as text for a golden file: tables with their columns, keys, indexes and references, sorted, in words that
// are the same on both engines, so one golden proves both. What must not be there shows: a column that may be NULL, a
// text column that is not ordered by bytes, another type than bigint, text and bytes.
std::string DumpSchema(Database& database);

}  // namespace communique::platform
