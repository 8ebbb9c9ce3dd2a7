// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace communique::releases {

// OK for a file the importer can read. Else INVALID_ARGUMENT that says where (line, column and byte offset) the first
// byte is that is not UTF-8 and, as far as the bytes tell, what encoding the file is in; where the first control
// character is that no part of a release may hold, NUL above all; or that there is nothing in it.
absl::Status CheckFile(std::string_view file);

}  // namespace communique::releases
