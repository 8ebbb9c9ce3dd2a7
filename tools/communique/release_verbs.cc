// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/verbs.h"

namespace communique::command {

void AddReleaseVerbs(CLI::App& app, Verb& chosen) {
  auto* release = app.add_subcommand("release", "Press releases, from draft to withdrawal")->require_subcommand(1);
  AddReleaseReadingVerbs(*release, chosen);
  AddReleaseEditingVerbs(*release, chosen);
  AddReleaseReviewVerbs(*release, chosen);
  AddReleasePublicationVerbs(*release, chosen);
}

}  // namespace communique::command
