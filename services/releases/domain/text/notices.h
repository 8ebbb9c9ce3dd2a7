// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>
#include <string>

#include "communique/releases/v1/edition.pb.h"

// What readers see above a text that was corrected or withdrawn. Empty when there is nothing to tell.
namespace communique::releases {

// "Correction: ...", each notice a paragraph, and a rule below them that parts them from the text.
std::string NoticesAsPlainText(std::span<const v1::Notice> notices);

// Each notice a block quote with its label in bold.
std::string NoticesAsMarkdown(std::span<const v1::Notice> notices);

}  // namespace communique::releases
