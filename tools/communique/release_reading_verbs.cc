// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "communique/releases/v1/release_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/pages.h"
#include "tools/communique/release_text.h"
#include "tools/communique/rendering.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using releases::v1::ReleaseService;

struct ListArguments {
  std::string newsroom = "newsrooms/-";
  std::string filter;
  std::string order_by;
  std::int32_t limit = 100;
  bool show_deleted = false;
};

struct RenderArguments {
  std::string name;
  std::string revision;
  releases::v1::RenderFormat format;
};

absl::Status GetRelease(Session& session, const std::string& name) {
  releases::v1::GetReleaseRequest request;
  request.set_name(name);
  const auto release = session.client.Call(&ReleaseService::Stub::GetRelease, request);
  if (!release.ok()) return release.status();
  PrintMessage(session.out, session.output, *release, [&](std::ostream& out) { PrintRelease(out, *release); });
  return absl::OkStatus();
}

absl::Status ListReleases(Session& session, const ListArguments& arguments) {
  releases::v1::ListReleasesRequest request;
  request.set_parent(arguments.newsroom);
  request.set_filter(arguments.filter);
  request.set_order_by(arguments.order_by);
  request.set_show_deleted(arguments.show_deleted);
  const auto list =
      ReadPages(session, &ReleaseService::Stub::ListReleases, std::move(request),
                &releases::v1::ListReleasesResponse::mutable_releases, arguments.limit, Listener::kInternal);
  if (!list.ok()) return list.status();
  PrintList(session.out, session.output, *list, list->releases(), [&](std::ostream& out) {
    Table table;
    for (const auto& release : list->releases()) {
      table.Add({release.name(), EnumWords(release.state()), release.content().language(),
                 TimeWords(release.update_time()), release.content().headline()});
    }
    table.Print(out);
  });
  PrintMore(session, *list);
  return absl::OkStatus();
}

absl::Status RenderRelease(Session& session, const RenderArguments& arguments) {
  releases::v1::RenderReleaseRequest request;
  request.set_name(arguments.name);
  if (!arguments.revision.empty()) {
    request.set_name(absl::StrCat(arguments.name, "/revisions/", arguments.revision));
  }
  request.set_format(arguments.format);
  const auto rendering = session.client.Call(&ReleaseService::Stub::RenderRelease, request);
  if (!rendering.ok()) return rendering.status();
  PrintRendering(session, *rendering);
  return absl::OkStatus();
}

}  // namespace

void AddReleaseReadingVerbs(CLI::App& release, Verb& chosen) {
  auto* get = release.add_subcommand("get", "Show a release: where it stands, its parts and findings");
  auto name = std::make_shared<std::string>();
  get->add_option("NAME", *name, "The release")->required()->transform(ReleaseName());
  get->callback([&chosen, name] { chosen = [name](Session& session) { return GetRelease(session, *name); }; });

  auto* list = release.add_subcommand("list", "List releases, last changed first");
  auto listing = std::make_shared<ListArguments>();
  list->add_option("--newsroom", listing->newsroom, "Of this newsroom; of all when not given")
      ->transform(NewsroomName());
  list->add_option("--filter", listing->filter, "Which ones (AIP-160), for instance state=\"DRAFT\"");
  list->add_option("--order-by", listing->order_by,
                   "update_time, create_time, public_since or name, each with desc behind it");
  list->add_option("--limit", listing->limit, "At most this many")->check(CLI::PositiveNumber)->capture_default_str();
  list->add_flag("--show-deleted", listing->show_deleted, "Deleted ones, too");
  list->callback(
      [&chosen, listing] { chosen = [listing](Session& session) { return ListReleases(session, *listing); }; });

  auto* render = release.add_subcommand("render", "Write the text of a release to standard output, byte for byte");
  auto rendering = std::make_shared<RenderArguments>();
  render->add_option("NAME", rendering->name, "The release")->required()->transform(ReleaseName());
  render->add_option("--revision", rendering->revision,
                     "A revision's number, latest or live; the working text when not given");
  AddFormat(*render, rendering->format);
  render->callback(
      [&chosen, rendering] { chosen = [rendering](Session& session) { return RenderRelease(session, *rendering); }; });
}

}  // namespace communique::command
