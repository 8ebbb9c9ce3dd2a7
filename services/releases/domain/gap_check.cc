// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/gap_check.h"

#include "absl/strings/str_cat.h"
#include "services/platform/locale/text.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {

void CheckGap(const std::string& path, std::string_view gap, std::size_t max_characters,
              platform::FieldViolations& violations) {
  if (!IsBlank(gap)) violations.Add(path, "must be white space: words belong into the parts");
  if (platform::CountCharacters(gap) > max_characters) {
    violations.Add(path, absl::StrCat("is longer than ", max_characters, " characters"));
  }
}

}  // namespace communique::releases
