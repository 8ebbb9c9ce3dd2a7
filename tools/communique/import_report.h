// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ostream>

#include "communique/releases/v1/release_service.pb.h"

namespace communique::command {

// What an import made of a file, to be read beside the file: what was recognised where, what was set apart, what a
// person should look at, which contacts are meant, which contacts and sections are proposed or were made.
void PrintImport(std::ostream& out, const releases::v1::ImportReleaseResponse& response);

}  // namespace communique::command
