// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/newsroom_peer.h"

namespace communique::contacts {
namespace {

using Methods = platform::PeerMethods<releases::v1::NewsroomService>;

constexpr int kPageSize = 500;

Newsroom FromMessage(const releases::v1::Newsroom& newsroom) {
  return {.name = newsroom.name(),
          .uid = newsroom.uid(),
          .parent_newsroom = newsroom.parent_newsroom(),
          .source_language = newsroom.source_language(),
          .time_zone = newsroom.time_zone()};
}

}  // namespace

absl::StatusOr<Newsroom> NewsroomPeer::Get(const std::string& name, absl::Time deadline, const std::stop_token& stop) {
  releases::v1::GetNewsroomRequest request;
  request.set_name(name);
  const auto newsroom =
      newsrooms_.Call(&Methods::GetNewsroom, request, {.deadline = deadline, .stop = stop, .repeatable = true});
  if (!newsroom.ok()) return newsroom.status();
  return FromMessage(*newsroom);
}

absl::StatusOr<NewsroomSource::Page> NewsroomPeer::List(const std::string& page_token, const std::stop_token& stop) {
  releases::v1::ListNewsroomsRequest request;
  request.set_page_size(kPageSize);
  request.set_page_token(page_token);
  const auto response = newsrooms_.Call(&Methods::ListNewsrooms, request, {.stop = stop, .repeatable = true});
  if (!response.ok()) return response.status();
  Page page{{}, response->next_page_token(), response->watch_token()};
  for (const auto& newsroom : response->newsrooms()) page.newsrooms.push_back(FromMessage(newsroom));
  return page;
}

platform::OpenFeed NewsroomPeer::Watch() const {
  return newsrooms_.Watch(&Methods::WatchNewsrooms, releases::v1::WatchNewsroomsRequest());
}

}  // namespace communique::contacts
