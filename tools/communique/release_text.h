// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ostream>

#include "communique/releases/v1/release.pb.h"
#include "tools/communique/table.h"

namespace communique::command {

// A release on one page: where it stands, what is decided, its parts, what the linter finds.
void PrintRelease(std::ostream& out, const releases::v1::Release& release);

// What a verb did: where the release stands now, and its editions once there are any.
void PrintReleaseState(std::ostream& out, const releases::v1::Release& release);

}  // namespace communique::command
