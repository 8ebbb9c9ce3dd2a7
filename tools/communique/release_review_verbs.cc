// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "tools/communique/release_change.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

using releases::v1::ReleaseService;

struct ReviewArguments {
  ChangeArguments change;
  std::string comment;
  std::string revision;
};

// A verb that needs nothing but the release.
template <typename Request>
void AddPlainVerb(CLI::App& release, Verb& chosen, const char* name, const char* description,
                  grpc::Status (ReleaseService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                               releases::v1::Release*)) {
  auto* app = release.add_subcommand(name, description);
  auto arguments = std::make_shared<ChangeArguments>();
  AddChangeArguments(*app, *arguments);
  app->callback([&chosen, arguments, method] {
    chosen = [arguments, method](Session& session) { return ChangeRelease(session, *arguments, Request(), method); };
  });
}

void AddReturn(CLI::App& release, Verb& chosen) {
  auto* app = release.add_subcommand("return", "Send a release back to its author, with a comment");
  auto arguments = std::make_shared<ReviewArguments>();
  AddChangeArguments(*app, arguments->change);
  app->add_option("--comment", arguments->comment, "What is to be done")->required();
  app->callback([&chosen, arguments] {
    chosen = [arguments](Session& session) {
      releases::v1::ReturnReleaseRequest request;
      request.set_comment(arguments->comment);
      return ChangeRelease(session, arguments->change, std::move(request), &ReleaseService::Stub::ReturnRelease);
    };
  });
}

void AddApprove(CLI::App& release, Verb& chosen) {
  auto* app = release.add_subcommand("approve", "Approve the revision that was submitted last");
  auto arguments = std::make_shared<ReviewArguments>();
  AddChangeArguments(*app, arguments->change);
  app->add_option("--revision", arguments->revision,
                  "The revision you have read; refused when it is not the latest any more");
  app->callback([&chosen, arguments] {
    chosen = [arguments](Session& session) {
      releases::v1::ApproveReleaseRequest request;
      request.set_revision(arguments->revision);
      return ChangeRelease(session, arguments->change, std::move(request), &ReleaseService::Stub::ApproveRelease);
    };
  });
}

}  // namespace

void AddReleaseReviewVerbs(CLI::App& release, Verb& chosen) {
  AddPlainVerb(release, chosen, "submit", "Freeze the text as a revision and hand it in for approval",
               &ReleaseService::Stub::SubmitRelease);
  AddReturn(release, chosen);
  AddApprove(release, chosen);
  AddPlainVerb(release, chosen, "delete", "Delete a release that was never public; it can be undeleted for 30 days",
               &ReleaseService::Stub::DeleteRelease);
  AddPlainVerb(release, chosen, "undelete", "Take a deletion back", &ReleaseService::Stub::UndeleteRelease);
}

}  // namespace communique::command
