// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <functional>

#include "communique/releases/v1/content.pb.h"
#include "services/releases/domain/importing/release_parser.h"

namespace communique::releases {

// Where a block goes: ContentBuilder::AddBody, AddNote, ...
using AddBlock = std::function<void(v1::Block, TextSpan)>;

// Reads one block at reading.next, before unit `end`: a table, a list, a heading, a quotation or a paragraph. `offset`
// is where it begins in that unit, behind a dateline or run-in heading. A quotation may take in the line of attribution
// below it.
void ReadBlock(ReleaseReading& reading, std::size_t end, std::size_t offset, const AddBlock& add);

// A paragraph of one unit, a quotation if it is one.
v1::Block ReadParagraph(ReleaseReading& reading, TextSpan span);

}  // namespace communique::releases
