// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ostream>

#include "communique/releases/v1/edition.pb.h"

namespace communique::command {

// An edition on one page: what there is to read, its envelope, its parts.
void PrintEdition(std::ostream& out, const releases::v1::Edition& edition);

}  // namespace communique::command
