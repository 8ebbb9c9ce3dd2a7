// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/releases/domain/importing/import_text.h"

namespace communique::releases {

// What the importer recognised, as lines that people can check against the text: kind and embargo first, then every
// part with its place and what was understood of it, then sections and findings.
std::string Summarize(const ImportResult& result);

// The file again: the report's fragments with the plain text of the content in the place of the release.
std::string Reassemble(const ImportResult& result);

// The files of a folder that end like this, sorted.
std::vector<std::string> FilesIn(const std::string& folder, std::string_view ending);

std::string ReadFile(const std::string& path);

// "de" of ".../flood.de.txt".
std::string LanguageOf(const std::string& path);

}  // namespace communique::releases
