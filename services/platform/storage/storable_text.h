// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace communique::platform {

// Whether `text` can be stored as text on every engine: UTF-8 as of RFC 3629 (no surrogates, no overlong forms) without
// U+0000. PostgreSQL refuses the rest; SQLite would take it and answer differently, and SOCI cuts at the zero.
bool IsStorableText(std::string_view text);

}  // namespace communique::platform
