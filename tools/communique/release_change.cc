// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/release_change.h"

#include "tools/communique/arguments.h"

namespace communique::command {

void AddChangeArguments(CLI::App& app, ChangeArguments& arguments) {
  app.add_option("NAME", arguments.name, "The release")->required()->transform(ReleaseName());
  app.add_option("--etag", arguments.etag, "Only if the release still has this etag; its present one when not given");
  app.add_flag("--validate-only", arguments.validate_only, "Check everything, change nothing");
}

absl::StatusOr<releases::v1::Release> FetchRelease(Session& session, const std::string& name) {
  releases::v1::GetReleaseRequest request;
  request.set_name(name);
  return session.client.Call(&releases::v1::ReleaseService::Stub::GetRelease, request);
}

void PrintChanged(Session& session, const releases::v1::Release& release, bool validate_only) {
  PrintMessage(session.out, session.output, release, [&](std::ostream& out) {
    if (validate_only) out << "Nothing was changed. It would be so:\n";
    PrintReleaseState(out, release);
  });
}

}  // namespace communique::command
