// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/follow_newsrooms.h"

#include "communique/releases/v1/newsroom_service.pb.h"

namespace communique::contacts {
namespace {

using platform::FeedEvent;
using platform::FeedListing;
using platform::Session;

// Outside of a listing.
constexpr std::int64_t kNoGeneration = 0;

const std::string& NameIn(const FeedEvent& event) {
  return event.As<releases::v1::WatchNewsroomsResponse>().change().resource();
}

}  // namespace

absl::Status NewsroomProjection::Prepare(std::span<const FeedEvent> events, absl::Time deadline,
                                         const std::stop_token& stop) {
  prepared_.clear();
  for (const FeedEvent& event : events) {
    const std::string& name = NameIn(event);
    if (prepared_.contains(name)) continue;
    auto newsroom = source_.Get(name, deadline, stop);
    if (!newsroom.ok()) return newsroom.status();
    prepared_.emplace(name, *std::move(newsroom));
  }
  return absl::OkStatus();
}

absl::Status NewsroomProjection::Apply(Session& session, std::span<const FeedEvent> events) {
  for (const FeedEvent& event : events) {
    const absl::Status saved = SaveNewsroom(session, prepared_.at(NameIn(event)), kNoGeneration);
    if (!saved.ok()) return saved;
  }
  return absl::OkStatus();
}

absl::Status NewsroomProjection::List(FeedListing& listing) {
  std::string token;
  std::string page_token;
  do {
    auto page = source_.List(page_token, listing.stop());
    if (!page.ok()) return page.status();
    if (token.empty()) token = page->watch_token;
    const absl::Status written = listing.Write([&](Session& session) -> absl::Status {
      for (const Newsroom& newsroom : page->newsrooms) {
        const absl::Status saved = SaveNewsroom(session, newsroom, listing.generation());
        if (!saved.ok()) return saved;
      }
      return absl::OkStatus();
    });
    if (!written.ok()) return written;
    page_token = page->next_page_token;
  } while (!page_token.empty());
  return listing.Finish(
      token, [&](Session& session) { return RemoveNewsroomsOfOtherGenerations(session, listing.generation()); });
}

}  // namespace communique::contacts
