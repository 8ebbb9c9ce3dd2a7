// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/App.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "communique/releases/v1/release_service.grpc.pb.h"
#include "tools/communique/release_text.h"
#include "tools/communique/session.h"

// What all verbs that change a release have in common.
namespace communique::command {

struct ChangeArguments {
  std::string name;
  std::string etag;
  bool validate_only = false;
};

// NAME, --etag and --validate-only.
void AddChangeArguments(CLI::App& app, ChangeArguments& arguments);

absl::StatusOr<releases::v1::Release> FetchRelease(Session& session, const std::string& name);

// Prints what a change led to.
void PrintChanged(Session& session, const releases::v1::Release& release, bool validate_only);

// Calls a verb of the release with `request` completed by name, etag, request id and validate_only, and prints the
// release it returns. Without --etag, the verb acts on the version there is now: its etag is fetched first.
template <typename Request>
absl::Status ChangeRelease(Session& session, const ChangeArguments& arguments, Request request,
                           grpc::Status (releases::v1::ReleaseService::Stub::*method)(grpc::ClientContext*,
                                                                                      const Request&,
                                                                                      releases::v1::Release*)) {
  request.set_name(arguments.name);
  request.set_etag(arguments.etag);
  if (arguments.etag.empty()) {
    const auto release = FetchRelease(session, arguments.name);
    if (!release.ok()) return release.status();
    request.set_etag(release->etag());
  }
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto changed = session.client.Call(method, request);
  if (!changed.ok()) return changed.status();
  PrintChanged(session, *changed, arguments.validate_only);
  return absl::OkStatus();
}

}  // namespace communique::command
