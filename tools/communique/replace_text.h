// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/releases/v1/content.pb.h"
#include "tools/communique/passages.h"

namespace communique::command {

// What ReplaceText did.
struct Replacement {
  Passage passage;     // where, pointing into the content
  std::string before;  // the passage's text
  std::string after;
  // What was changed along with it outside the printed text: "Ada Popp" as the speaker's name.
  std::vector<std::string> echoes;
};

// Puts `replacement` in the place of `text`, which must stand in exactly one place of the content's passages; upper and
// lower case, white space and quotation marks count. The text may run over several fields of a passage as long as what
// changes lies in one of them: „Reintegration.”“ to „Reintegration.““ changes the closing mark alone. Markup keeps to
// its words. In a quote, the same words in the speaker's name and roles are replaced as well, so that the two cannot
// contradict each other.
//
// A LocalError says that the text is not there, or lists the places where it is, or which fields the change would run
// over; then `content` is unchanged.
absl::StatusOr<Replacement> ReplaceText(releases::v1::ReleaseContent& content, std::string_view text,
                                        std::string_view replacement);

}  // namespace communique::command
