// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string_view>

#include "services/contacts/domain/text/problem.h"

namespace communique::contacts {

// LANGUAGE_UNKNOWN when a well-formed language tag (platform/locale) names a language, script or region that does not
// exist: "xx", "de-XX". Languages of two letters are a closed list; of the 7 000 with three letters ICU knows the names
// of some hundred, and the others are taken ("aii", Assyrian), but codes that mean no language ("mul", "zxx", "qaa")
// are not. From any thread.
std::optional<Problem> CheckKnownLanguage(std::string_view tag);

// Whether a name in this language ("de-x-alt1", "mis-x-alt2", "de-x-foo-alt1") is another spelling that merging
// contacts has kept: only searches and comparing use it. From any thread.
bool IsSearchSpelling(std::string_view tag);

}  // namespace communique::contacts
