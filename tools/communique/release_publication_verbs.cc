// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tools/communique/arguments.h"
#include "tools/communique/release_change.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

using releases::v1::ReleaseService;
using releases::v1::Withdrawal;

struct PublicationArguments {
  ChangeArguments change;
  std::vector<std::string> languages;
  std::string at;
  std::string time_zone;
  std::vector<std::string> texts;  // notices or explanations
  std::string replacement;
  std::string kind;
};

template <typename Request>
Request WithLanguages(const PublicationArguments& arguments) {
  Request request;
  request.mutable_languages()->Assign(arguments.languages.begin(), arguments.languages.end());
  return request;
}

absl::Status Publish(Session& session, const PublicationArguments& arguments) {
  auto request = WithLanguages<releases::v1::PublishReleaseRequest>(arguments);
  if (!arguments.at.empty()) {
    request.mutable_publish_time()->set_local(arguments.at);
    request.mutable_publish_time()->set_time_zone(arguments.time_zone);
  }
  return ChangeRelease(session, arguments.change, std::move(request), &ReleaseService::Stub::PublishRelease);
}

absl::Status Correct(Session& session, const PublicationArguments& arguments) {
  auto request = WithLanguages<releases::v1::CorrectReleaseRequest>(arguments);
  AddLocalizedTexts(arguments.texts, request.mutable_notices());
  return ChangeRelease(session, arguments.change, std::move(request), &ReleaseService::Stub::CorrectRelease);
}

absl::Status Withdraw(Session& session, const PublicationArguments& arguments) {
  static const std::map<std::string, Withdrawal::Kind> kinds = {
      {"notice", Withdrawal::KIND_NOTICE}, {"redirect", Withdrawal::KIND_REDIRECT}, {"gone", Withdrawal::KIND_GONE}};
  auto request = WithLanguages<releases::v1::WithdrawReleaseRequest>(arguments);
  auto* withdrawal = request.mutable_withdrawal();
  withdrawal->set_kind(kinds.at(arguments.kind));
  withdrawal->set_replacement(arguments.replacement);
  AddLocalizedTexts(arguments.texts, withdrawal->mutable_explanations());
  return ChangeRelease(session, arguments.change, std::move(request), &ReleaseService::Stub::WithdrawRelease);
}

absl::Status Reinstate(Session& session, const PublicationArguments& arguments) {
  return ChangeRelease(session, arguments.change, WithLanguages<releases::v1::ReinstateReleaseRequest>(arguments),
                       &ReleaseService::Stub::ReinstateRelease);
}

CLI::App* AddVerb(CLI::App& release, Verb& chosen, const char* name, const char* description,
                  absl::Status (*run)(Session&, const PublicationArguments&),
                  const std::shared_ptr<PublicationArguments>& arguments) {
  auto* app = release.add_subcommand(name, description);
  AddChangeArguments(*app, arguments->change);
  app->callback(
      [&chosen, run, arguments] { chosen = [run, arguments](Session& session) { return run(session, *arguments); }; });
  return app;
}

}  // namespace

void AddReleasePublicationVerbs(CLI::App& release, Verb& chosen) {
  auto publication = std::make_shared<PublicationArguments>();
  auto* publish =
      AddVerb(release, chosen, "publish", "Make the approved revision public in these languages, now or at a time",
              &Publish, publication);
  AddRepeated(*publish, "--language", publication->languages, "The languages, for instance de")->required();
  auto* at = publish->add_option("--at", publication->at, "Not before this local time, for instance 2026-10-16T10:00");
  publish->add_option("--time-zone", publication->time_zone, "Of --at (IANA); the newsroom's when not given")
      ->needs(at);

  auto correction = std::make_shared<PublicationArguments>();
  auto* correct =
      AddVerb(release, chosen, "correct", "Put the approved revision in the place of the public one, under a notice",
              &Correct, correction);
  AddRepeated(*correct, "--language", correction->languages, "The languages whose text is replaced")->required();
  AddTexts(*correct, "--notice", correction->texts,
           "LANGUAGE=TEXT: what was wrong and what is right; required in the source language")
      ->check(LocalizedText());

  auto withdrawal = std::make_shared<PublicationArguments>();
  auto* withdraw = AddVerb(release, chosen, "withdraw", "Take a public release down", &Withdraw, withdrawal);
  withdraw
      ->add_option("--kind", withdrawal->kind,
                   "What readers get: gone (that it is gone), notice (the text under an explanation), redirect "
                   "(another release)")
      ->required()
      ->check(CLI::IsMember({"gone", "notice", "redirect"}));
  AddTexts(*withdraw, "--explanation", withdrawal->texts, "LANGUAGE=TEXT: why, for readers; required for notice")
      ->check(LocalizedText());
  withdraw->add_option("--replacement", withdrawal->replacement, "The release to read instead, for redirect")
      ->transform(ReleaseName());
  AddRepeated(*withdraw, "--language", withdrawal->languages, "The languages that are taken down; all when not given");

  auto reinstatement = std::make_shared<PublicationArguments>();
  auto* reinstate =
      AddVerb(release, chosen, "reinstate", "Give readers a withdrawn release again", &Reinstate, reinstatement);
  AddRepeated(*reinstate, "--language", reinstatement->languages,
              "The languages that are put back; all when not given");
}

}  // namespace communique::command
