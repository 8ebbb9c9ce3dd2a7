// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/watch.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "communique/releases/v1/newsroom_service.pb.h"
#include "communique/releases/v1/release_service.pb.h"
#include "services/platform/assembly/watch.h"
#include "services/releases/domain/names.h"
#include "services/releases/usecases/present_change.h"
#include "services/releases/usecases/read_editions.h"

namespace communique::releases {
namespace {

using platform::FeedEntry;

constexpr absl::Duration kClocksDiffer = absl::Seconds(10);

std::shared_ptr<const std::string> Share(const google::protobuf::Message& message) {
  return std::make_shared<const std::string>(message.SerializeAsString());
}

// Whether the entry is about something whose name is `prefix` or below it.
bool IsWithin(const FeedEntry& entry, const std::string& prefix) {
  const std::string& name = entry.change.name;
  return name.starts_with(prefix) && (name.size() == prefix.size() || name[prefix.size()] == '/');
}

}  // namespace

absl::StatusOr<std::vector<ReleaseEvents::Event>> ReleaseEvents::Resolve(std::span<const Item> items,
                                                                         const std::string&, absl::Time) {
  std::vector<Event> events;
  for (const Item& item : items) {
    v1::WatchReleasesResponse response;
    response.set_token(item.token);
    *response.mutable_change() = PresentChange(*item.entry);
    events.push_back(Share(response));
  }
  return events;
}

std::string ReleaseEvents::Bookmark(const std::string& token) {
  v1::WatchReleasesResponse response;
  response.set_token(token);
  return response.SerializeAsString();
}

absl::StatusOr<std::vector<EditionEvents::Event>> EditionEvents::Resolve(std::span<const Item> items,
                                                                         const std::string&, absl::Time deadline) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.entry->change.name);
  auto cards = ReadEditionCards(environment_, deadline, names);
  if (!cards.ok()) return cards.status();
  std::vector<Event> events;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!(*cards)[i]) {
      // An entry is made when its edition is public by the clock of the process that made it. By ours it may not be
      // yet: the watcher gets it when it is. What stays absent is of a later version, and nothing for us to tell.
      if (environment_.clock.Now() - items[i].entry->time < kClocksDiffer) return NoSuchEdition(names[i]);
      events.push_back(nullptr);
      continue;
    }
    v1::WatchEditionsResponse response;
    response.set_token(items[i].token);
    *response.mutable_change() = PresentEditionChange(*items[i].entry, *std::move((*cards)[i]));
    events.push_back(Share(response));
  }
  return events;
}

std::string EditionEvents::Bookmark(const std::string& token) {
  v1::WatchEditionsResponse response;
  response.set_token(token);
  return response.SerializeAsString();
}

platform::Method WatchReleasesMethod(platform::WatchHub& hub) {
  return platform::ServerStream<v1::WatchReleasesRequest>(
      "WatchReleases",
      [&hub](std::shared_ptr<platform::EventStream> stream, const v1::WatchReleasesRequest& request) -> absl::Status {
        const auto parent = NewsroomParent::Parse(request.parent());
        if (!parent) return InvalidName("parent", request.parent(), "newsrooms/{newsroom} or newsrooms/-");
        const std::string prefix = parent->newsroom.empty() ? "newsrooms" : request.parent();
        return platform::ServeWatch(
            hub,
            {.token = request.watch_token(),
             .wanted =
                 [prefix](const FeedEntry& entry) { return entry.change.type == "release" && IsWithin(entry, prefix); },
             .audience = "staff"},
            std::move(stream));
      });
}

platform::Method WatchNewsroomsMethod(platform::WatchHub& hub) {
  return platform::ServerStream<v1::WatchNewsroomsRequest>(
      "WatchNewsrooms",
      [&hub](std::shared_ptr<platform::EventStream> stream, const v1::WatchNewsroomsRequest& request) {
        return platform::ServeWatch(hub,
                                    {.token = request.watch_token(),
                                     .wanted = [](const FeedEntry& entry) { return entry.change.type == "newsroom"; },
                                     .audience = "staff"},
                                    std::move(stream));
      });
}

platform::Method WatchEditionsMethod(platform::WatchHub& hub) {
  return platform::ServerStream<v1::WatchEditionsRequest>(
      "WatchEditions",
      [&hub](std::shared_ptr<platform::EventStream> stream, const v1::WatchEditionsRequest& request) -> absl::Status {
        const auto parent = EditionParent::Parse(request.parent());
        if (!parent) return InvalidEditionParent(request.parent());
        std::string prefix = "newsrooms";
        if (!parent->newsroom.empty()) prefix = NewsroomName{parent->newsroom}.ToString();
        if (!parent->release.empty()) prefix = request.parent();
        return platform::ServeWatch(hub,
                                    {.token = request.watch_token(),
                                     .wanted = [prefix](const FeedEntry& entry) { return IsWithin(entry, prefix); },
                                     .audience = "public"},
                                    std::move(stream));
      });
}

}  // namespace communique::releases
