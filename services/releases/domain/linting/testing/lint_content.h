// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "communique/releases/v1/content.pb.h"
#include "services/releases/domain/linting/lint.h"
#include "services/releases/domain/text/part_ids.h"

namespace communique::releases {

// A release with nothing for the linter to find, to be spoilt by tests.
inline v1::ReleaseContent CleanContent(std::string_view language, std::string_view lead) {
  v1::ReleaseContent content;
  content.set_language(std::string(language));
  content.set_headline("Example");
  content.mutable_lead()->mutable_paragraph()->set_text(std::string(lead));
  v1::ContactSegment& segment = *content.add_contact_lines()->add_segments();
  segment.set_kind(v1::ContactSegment::KIND_EMAIL);
  segment.set_value("press@example.org");
  FillPartIds(content, 0);
  return content;
}

inline void AddParagraph(std::string_view text, v1::ReleaseContent& content) {
  content.add_body()->mutable_paragraph()->set_text(std::string(text));
  FillPartIds(content, 100);
}

// What the linter finds, in order: "doubled-word: the the".
inline std::vector<std::string> Found(const v1::ReleaseContent& content) {
  std::vector<std::string> found;
  for (const v1::Finding& finding : Lint(content)) {
    found.push_back(finding.excerpt().empty() ? finding.rule() : finding.rule() + ": " + finding.excerpt());
  }
  return found;
}

// The same for a lead of this text.
inline std::vector<std::string> FoundIn(std::string_view language, std::string_view lead) {
  return Found(CleanContent(language, lead));
}

}  // namespace communique::releases
