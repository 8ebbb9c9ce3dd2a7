// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/finding.pb.h"
#include "communique/releases/v1/import.pb.h"
#include "communique/releases/v1/release.pb.h"

namespace communique::releases {

// What the importer is told besides the text.
struct ImportOptions {
  // `newsrooms/{newsroom}`: the parent of the proposed sections' names.
  std::string newsroom = "newsrooms/-";
  // IANA zone of the press office; decides what "CET" in an embargo line means. May be empty.
  std::string time_zone;
};

// What became of a file.
struct ImportResult {
  // The release, every part with its id, order and white space as printed (layout).
  v1::ReleaseContent content;
  // How the file was taken apart, and what a person should look at.
  v1::ImportReport report;
  // The embargo that the lines above the headline speak of, for Release.embargo; proposed, never enforced by the
  // import.
  std::optional<v1::Embargo> embargo;
  // The number in "Press release no. 12/2026", for Release.reference_number.
  std::string reference_number;
};

// Reads a press release out of a plain-text file: UTF-8 with any line ends, with or without the web page around it.
// Anything that is not recognised stays as a paragraph: the report's fragments, with the plain text of the content in
// the place of the RELEASE one, are the file again, byte for byte. That holds because text is only ever cut into
// stretches and never rewritten, and it is checked before returning.
//
// Takes time linear in the size of the file, and no clock: a date without a year stays without one.
//
// INVALID_ARGUMENT naming the field "text": it is not UTF-8 or holds a control character other than white space (with
// line, column and byte offset of the first one), it is empty, or there is no release in it.
//
// The content keeps every rule of content.proto but its sizes: a paragraph of 30 000 characters or the 2 001st block is
// imported as it stands, and refused where the content is stored, by the field's name.
absl::StatusOr<ImportResult> ImportText(std::string_view file, std::string_view language, const ImportOptions& options);

// Adds findings whose line and column are those of the release's plain text (the linter's) to a report, moved to where
// they are in the file, and puts all findings in the order of the file.
void AddReleaseFindings(const std::vector<v1::Finding>& findings, v1::ImportReport& report);

// Puts findings in the order of the file.
void SortFindings(v1::ImportReport& report);

}  // namespace communique::releases
