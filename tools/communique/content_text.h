// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ostream>
#include <string>

#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/finding.pb.h"
#include "google/protobuf/repeated_ptr_field.h"

// Contents as people read them at a shell: the words of single parts, and lists of parts and findings.
namespace communique::command {

std::string DatelineText(const releases::v1::Dateline& dateline);  // without the separator
std::string ContactLineText(const releases::v1::ContactLine& line);

// The words of a block in the order printed; items, rows and cells are parted by spaces.
std::string BlockText(const releases::v1::Block& block);

// "paragraph", "quote", ...
std::string BlockKind(const releases::v1::Block& block);

// A row per part: its id (what `release edit --block` takes), its kind, its first words.
void PrintParts(std::ostream& out, const releases::v1::ReleaseContent& content);

// A paragraph per finding: where, how much it matters, the rule, the message and the words it is about.
void PrintFindings(std::ostream& out, const google::protobuf::RepeatedPtrField<releases::v1::Finding>& findings);

}  // namespace communique::command
