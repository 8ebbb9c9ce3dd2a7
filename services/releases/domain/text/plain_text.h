// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/edition.pb.h"
#include "services/releases/domain/text/outline.h"

namespace communique::releases {

// The plain text of `content`: its parts in order, each after its gap, with the layout's line break. Of an imported
// text, byte for byte what was imported. `labels` are the headings over notes and contact lines that bring none.
std::string RenderPlainText(const v1::ReleaseContent& content, const v1::EditionLabels& labels = {});

// The same of an outline, line breaks as "\n": what positions of findings refer to.
std::string JoinParts(const std::vector<Part>& outline);

// `text` with `line_break` in the place of every "\n". An empty one means "\n".
std::string WithLineBreak(std::string text, std::string_view line_break);

}  // namespace communique::releases
