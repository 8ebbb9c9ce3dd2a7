// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/edition.pb.h"

namespace communique::releases {

// The parts of `content` in the order printed as CommonMark 0.30, ending in a line break. Headlines and headings are
// headings, quotes that are set apart are block quotes, lists are lists, rows of tables are lines with their cells
// parted by " | " (CommonMark has no tables), addresses of contacts are links. Every word of the plain text is there,
// read as itself and not as markup; a list's own numbering that Markdown would not count is kept as text.
std::string RenderMarkdown(const v1::ReleaseContent& content, const v1::EditionLabels& labels = {});

}  // namespace communique::releases
