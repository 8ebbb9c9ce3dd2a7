// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "communique/releases/v1/edition_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/edition_text.h"
#include "tools/communique/pages.h"
#include "tools/communique/rendering.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using releases::v1::EditionService;
using releases::v1::ResolveEditionResponse;

struct GetArguments {
  std::string name;
  std::string if_none_match;
};

struct ResolveArguments {
  std::string release;
  std::vector<std::string> languages;
  std::string if_none_match;
};

struct ListArguments {
  std::string newsroom = "newsrooms/-";
  std::string release;
  std::string section;
  std::string filter;
  std::int32_t limit = 100;
};

struct RenderArguments {
  std::string name;
  releases::v1::RenderFormat format;
};

absl::Status GetEdition(Session& session, const GetArguments& arguments) {
  releases::v1::GetEditionRequest request;
  request.set_name(arguments.name);
  request.set_if_none_match(arguments.if_none_match);
  const auto edition = session.client.Call(&EditionService::Stub::GetEdition, request, Listener::kPublic);
  if (!edition.ok()) return edition.status();
  PrintMessage(session.out, session.output, *edition, [&](std::ostream& out) { PrintEdition(out, *edition); });
  return absl::OkStatus();
}

std::string MatchWords(const ResolveEditionResponse& response) {
  const std::string& wish = response.requested_language();
  switch (response.match()) {
    case ResolveEditionResponse::MATCH_EXACT:
      return absl::StrCat("the language asked for, ", wish);
    case ResolveEditionResponse::MATCH_LOOKUP:
      return absl::StrCat("what ", wish, " is a kind of");
    case ResolveEditionResponse::MATCH_FALLBACK:
      return absl::StrCat("what the newsroom offers instead of ", wish);
    case ResolveEditionResponse::MATCH_SOURCE:
      return "the language the release was written in; none that was asked for is there";
    case ResolveEditionResponse::MATCH_ANY:
      return "the first that is public; none that was asked for is there";
    default:
      return EnumWords(response.match());
  }
}

absl::Status ResolveEdition(Session& session, const ResolveArguments& arguments) {
  releases::v1::ResolveEditionRequest request;
  request.set_release(arguments.release);
  request.mutable_languages()->Assign(arguments.languages.begin(), arguments.languages.end());
  request.set_if_none_match(arguments.if_none_match);
  const auto response = session.client.Call(&EditionService::Stub::ResolveEdition, request, Listener::kPublic);
  if (!response.ok()) return response.status();
  PrintMessage(session.out, session.output, *response, [&](std::ostream& out) {
    out << "Chosen: " << Printable(MatchWords(*response)) << '\n';
    PrintEdition(out, response->edition());
  });
  return absl::OkStatus();
}

absl::Status ListEditions(Session& session, const ListArguments& arguments) {
  releases::v1::ListEditionsRequest request;
  request.set_parent(arguments.release.empty() ? absl::StrCat(arguments.newsroom, "/releases/-") : arguments.release);
  request.set_section(arguments.section);
  request.set_filter(arguments.filter);
  const auto list =
      ReadPages(session, &EditionService::Stub::ListEditions, std::move(request),
                &releases::v1::ListEditionsResponse::mutable_editions, arguments.limit, Listener::kPublic);
  if (!list.ok()) return list.status();
  PrintList(session.out, session.output, *list, list->editions(), [&](std::ostream& out) {
    Table table;
    for (const auto& card : list->editions()) {
      table.Add({card.name(), TimeWords(card.publish_time()), card.corrected() ? "corrected" : "", card.headline()});
    }
    table.Print(out);
  });
  PrintMore(session, *list);
  return absl::OkStatus();
}

absl::Status RenderEdition(Session& session, const RenderArguments& arguments) {
  releases::v1::RenderEditionRequest request;
  request.set_name(arguments.name);
  request.set_format(arguments.format);
  const auto rendering = session.client.Call(&EditionService::Stub::RenderEdition, request, Listener::kPublic);
  if (!rendering.ok()) return rendering.status();
  PrintRendering(session, *rendering);
  return absl::OkStatus();
}

constexpr char kIfNoneMatch[] = "The etag you have; the answer is short when it is still the right one";

void AddGet(CLI::App& edition, Verb& chosen) {
  auto* app = edition.add_subcommand("get", "Show an edition: what there is to read, notices, parts");
  auto arguments = std::make_shared<GetArguments>();
  app->add_option("NAME", arguments->name, "The edition, for instance igh-de/20261016-abcdef/de")
      ->required()
      ->transform(EditionName());
  app->add_option("--if-none-match", arguments->if_none_match, kIfNoneMatch);
  app->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return GetEdition(session, *arguments); }; });
}

void AddResolve(CLI::App& edition, Verb& chosen) {
  auto* app = edition.add_subcommand("resolve", "Show the edition of a release that suits a reader's languages best");
  auto arguments = std::make_shared<ResolveArguments>();
  app->add_option("RELEASE", arguments->release, "The release")->required()->transform(ReleaseName());
  AddRepeated(*app, "--language", arguments->languages, "The languages the reader wants, best first");
  app->add_option("--if-none-match", arguments->if_none_match, kIfNoneMatch);
  app->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return ResolveEdition(session, *arguments); }; });
}

void AddList(CLI::App& edition, Verb& chosen) {
  auto* app = edition.add_subcommand("list", "List public editions, newest first");
  auto arguments = std::make_shared<ListArguments>();
  auto* newsroom = app->add_option("--newsroom", arguments->newsroom, "Of this newsroom; of all when not given")
                       ->transform(NewsroomName());
  app->add_option("--release", arguments->release, "The languages of this release")
      ->transform(ReleaseName())
      ->excludes(newsroom);
  app->add_option("--section", arguments->section, "What this section shows, in its order")->transform(SectionName());
  app->add_option("--filter", arguments->filter, "Which ones (AIP-160), for instance locale=\"de\"");
  app->add_option("--limit", arguments->limit, "At most this many")->check(CLI::PositiveNumber)->capture_default_str();
  app->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return ListEditions(session, *arguments); }; });
}

void AddRender(CLI::App& edition, Verb& chosen) {
  auto* app = edition.add_subcommand("render", "Write the text of an edition, with its notices, to standard output");
  auto arguments = std::make_shared<RenderArguments>();
  app->add_option("NAME", arguments->name, "The edition")->required()->transform(EditionName());
  AddFormat(*app, arguments->format);
  app->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return RenderEdition(session, *arguments); }; });
}

}  // namespace

void AddEditionVerbs(CLI::App& app, Verb& chosen) {
  auto* edition = app.add_subcommand("edition", "What the public reads")->require_subcommand(1);
  AddGet(*edition, chosen);
  AddResolve(*edition, chosen);
  AddList(*edition, chosen);
  AddRender(*edition, chosen);
}

}  // namespace communique::command
