// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/watch.h"

#include <memory>
#include <utility>

#include "communique/contacts/v1/contact_service.pb.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/usecases/present_change.h"
#include "services/platform/assembly/watch.h"

namespace communique::contacts {

absl::StatusOr<std::vector<ContactEvents::Event>> ContactEvents::Resolve(std::span<const Item> items,
                                                                         const std::string&, absl::Time) {
  std::vector<Event> events;
  for (const Item& item : items) {
    v1::WatchContactsResponse response;
    response.set_token(item.token);
    *response.mutable_change() = PresentChange(*item.entry);
    events.push_back(std::make_shared<const std::string>(response.SerializeAsString()));
  }
  return events;
}

std::string ContactEvents::Bookmark(const std::string& token) {
  v1::WatchContactsResponse response;
  response.set_token(token);
  return response.SerializeAsString();
}

platform::Method WatchContactsMethod(platform::WatchHub& hub, platform::Executor& db_read) {
  return platform::ServerStream<v1::WatchContactsRequest>(
      "WatchContacts", db_read,
      [&hub](std::shared_ptr<platform::EventStream> stream, const v1::WatchContactsRequest& request) -> absl::Status {
        const auto parent = NewsroomParent::Parse(request.parent());
        if (!parent) return InvalidName("parent", request.parent(), "newsrooms/{newsroom} or newsrooms/-");
        // Everything in this feed lies below a newsroom.
        const std::string prefix = parent->newsroom.empty() ? "newsrooms/" : request.parent() + "/";
        return platform::ServeWatch(
            hub,
            {.token = request.watch_token(),
             .wanted = [prefix](const platform::FeedEntry& entry) { return entry.change.name.starts_with(prefix); },
             .audience = "staff"},
            std::move(stream));
      });
}

}  // namespace communique::contacts
