// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/present_release.h"

#include <utility>

#include "services/releases/domain/digest.h"
#include "services/releases/domain/lifecycle.h"
#include "services/releases/domain/linting/lint.h"
#include "services/releases/usecases/boilerplate_texts.h"
#include "services/releases/usecases/print_lines.h"

namespace communique::releases {
namespace {

// Whether the working content is as it was when it was last submitted.
bool IsAsSubmitted(const Standing& standing) {
  return standing.review != Standing::Review::kDraft && standing.life != Standing::Life::kDeleted;
}

}  // namespace

absl::StatusOr<v1::Release> PresentRelease(platform::Session& session, const storage::ReleaseRecord& record,
                                           absl::Time now) {
  v1::Release release = record.release();
  SetStateAt(release, now);
  if (IsAsSubmitted(At(record.release(), now))) {
    ShowPins(record, *release.mutable_content());
    ShowLines(record, *release.mutable_content());
  }
  if (auto status = FillBoilerplates(session, *release.mutable_content()); !status.ok()) return status;
  SetBlockEtags(*release.mutable_content());
  return release;
}

void AddFindings(v1::Release& release) {
  release.clear_findings();
  for (v1::Finding& finding : Lint(release.content())) *release.add_findings() = std::move(finding);
}

void ToBasicView(v1::Release& release) {
  v1::ReleaseContent& content = *release.mutable_content();
  content.clear_lead();
  content.clear_body();
  content.clear_notes();
  content.clear_abouts();
  content.clear_contact_lines();
  content.clear_layout();
  release.clear_findings();
}

}  // namespace communique::releases
