// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "google/protobuf/message.h"

namespace communique::platform {

// The first unknown field in `message` or below it, as "body.3.#12" (the path, then its number); empty when there is
// none.
std::string FindUnknownField(const google::protobuf::Message& message);

}  // namespace communique::platform
