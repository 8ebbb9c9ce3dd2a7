// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/block_text.h"
#include "services/releases/domain/text/part_ids.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

bool HasPart(const LintText& text, PartKind kind) {
  return std::any_of(text.parts().begin(), text.parts().end(),
                     [&](const Part& part) { return part.kind == kind && !IsBlank(part.text); });
}

// Statements and speeches are printed without contacts often enough.
bool WantsContacts(v1::ReleaseKind kind) {
  return kind == v1::RELEASE_KIND_UNSPECIFIED || kind == v1::RELEASE_KIND_PRESS_RELEASE ||
         kind == v1::RELEASE_KIND_MEDIA_ADVISORY;
}

bool SaysHowToReach(const LintText& text) {
  return HasPart(text, PartKind::kContactLine) || !FindAddresses(text.text()).empty();
}

}  // namespace

void LintRequiredParts(const LintText& text, LintFindings& findings) {
  if (IsBlank(text.content().language())) {
    findings.AddMissing(kLanguageMissing, "",
                        "The content says no language. Set content.language to the one it is written in, such as "
                        "\"en\"; most rules need it.");
  }
  if (IsBlank(text.content().headline())) {
    findings.AddMissing(kHeadlineMissing, kHeadlineId,
                        "There is no headline. A release cannot be submitted without one: set content.headline.");
  }
  const bool body = HasPart(text, PartKind::kBody);
  if (!HasPart(text, PartKind::kLead)) {
    if (body) {
      findings.AddMissing(kLeadMissing, "",
                          "There is a body, but no lead. A release cannot be submitted without one: make the first "
                          "paragraph content.lead.");
    } else {
      findings.AddMissing(kBodyMissing, "",
                          "There is no text. A release cannot be submitted without its first paragraph: set "
                          "content.lead.");
    }
  } else if (WantsContacts(text.content().kind()) && !SaysHowToReach(text)) {
    findings.AddMissing(kContactsMissing, kContactsHeadingId,
                        "Nothing tells the press whom to ask: no contact line, and no e-mail address, telephone number "
                        "or web address in the text. Add contact lines.");
  }
}

}  // namespace communique::releases
