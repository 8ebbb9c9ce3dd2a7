// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "communique/releases/v1/edition_service.grpc.pb.h"
#include "communique/releases/v1/release_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/follow.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using releases::v1::EditionService;
using releases::v1::ReleaseService;
using releases::v1::WatchEditionsResponse;
using releases::v1::WatchReleasesResponse;

struct WatchArguments {
  std::string newsroom = "newsrooms/-";
  std::string from;
  bool is_public = false;
  bool bookmarks = false;
  int count = 0;
};

std::string Line(const WatchReleasesResponse& response) {
  const auto& change = response.change();
  std::string line = absl::StrCat(TimeWords(change.time()), "  ", EnumWords(change.verb()), "  ", change.resource());
  if (!change.revision().empty()) {
    absl::StrAppend(&line, "  revision ", change.revision().substr(change.revision().rfind('/') + 1));
  }
  if (!change.actor().empty()) absl::StrAppend(&line, "  by ", change.actor());
  return line;
}

std::string Line(const WatchEditionsResponse& response) {
  const auto& change = response.change();
  return absl::StrCat(TimeWords(change.time()), "  ", EnumWords(change.verb()), "  ", change.edition().name(), "  ",
                      EnumWords(change.edition().visibility()), change.edition().headline().empty() ? "" : "  ",
                      change.edition().headline());
}

// One line per event, at once: whoever reads it may be a program that waits for it.
template <typename Message>
auto Printer(Session& session, bool bookmarks) {
  return [&session, bookmarks](const Message& message) {
    const bool event = message.has_change();
    if (!event && !bookmarks) return false;
    if (session.output != Output::kText) {
      session.out << ToJson(message, Output::kJsonLines);
    } else {
      session.out << Printable(event ? Line(message) : absl::StrCat("nothing new; at ", message.token())) << '\n';
    }
    session.out << std::flush;
    return event;
  };
}

// "From now on" as a position that a broken connection can be taken up from.
template <typename Stub, typename Request, typename List>
absl::StatusOr<std::string> Now(Session& session, Listener listener, const std::string& parent,
                                grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, List*)) {
  Request request;
  request.set_parent(parent);
  request.set_page_size(1);
  const auto list = session.client.Call(method, request, listener);
  if (!list.ok()) return list.status();
  return list->watch_token();
}

absl::Status WatchReleases(Session& session, const WatchArguments& arguments, FollowOptions& options) {
  releases::v1::WatchReleasesRequest request;
  request.set_parent(arguments.newsroom);
  if (options.token.empty()) {
    auto now = Now(session, Listener::kInternal, request.parent(), &ReleaseService::Stub::ListReleases);
    if (!now.ok()) return now.status();
    options.token = *std::move(now);
  }
  return Follow(session, Listener::kInternal, &ReleaseService::Stub::WatchReleases, std::move(request), options,
                Printer<WatchReleasesResponse>(session, arguments.bookmarks));
}

absl::Status WatchEditions(Session& session, const WatchArguments& arguments, FollowOptions& options) {
  releases::v1::WatchEditionsRequest request;
  request.set_parent(absl::StrCat(arguments.newsroom, "/releases/-"));
  if (options.token.empty()) {
    auto now = Now(session, Listener::kPublic, request.parent(), &EditionService::Stub::ListEditions);
    if (!now.ok()) return now.status();
    options.token = *std::move(now);
  }
  return Follow(session, Listener::kPublic, &EditionService::Stub::WatchEditions, std::move(request), options,
                Printer<WatchEditionsResponse>(session, arguments.bookmarks));
}

absl::Status Watch(Session& session, const WatchArguments& arguments) {
  FollowOptions options{arguments.from, arguments.count};
  if (session.client.options().deadline_given) options.until = absl::Now() + session.client.options().deadline;
  const absl::Status status =
      arguments.is_public ? WatchEditions(session, arguments, options) : WatchReleases(session, arguments, options);
  if (!status.ok() && !options.token.empty() && session.output == Output::kText) {
    session.err << "The last position was " << Printable(options.token) << ": go on from there with --from\n";
  }
  return status;
}

}  // namespace

void AddWatchVerb(CLI::App& app, Verb& chosen) {
  auto* watch = app.add_subcommand("watch", "Show what happens, one line per event, until interrupted");
  auto arguments = std::make_shared<WatchArguments>();
  watch->add_option("--newsroom", arguments->newsroom, "In this newsroom; in all when not given")
      ->transform(NewsroomName());
  watch->add_flag("--public", arguments->is_public, "What becomes public, changes and goes, instead of every write");
  watch->add_option("--from", arguments->from, "A position: the watchToken of a list, or the token of an event");
  watch->add_flag("--bookmarks", arguments->bookmarks, "Show, too, when nothing has happened for a while");
  watch->add_option("--count", arguments->count, "End after this many events")->check(CLI::PositiveNumber);
  watch->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return Watch(session, *arguments); }; });
}

}  // namespace communique::command
