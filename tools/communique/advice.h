// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "absl/status/status.h"

namespace communique::command {

// What to do about a failed call, in terms of this command; empty where the error's own words are all there is to say.
std::string AdviceFor(const absl::Status& status);

}  // namespace communique::command
