// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/platform/following/feed_projection.h"

namespace communique::contacts {

// The newsrooms as the releases service has them; asked over gRPC (api/newsroom_peer.h).
class NewsroomSource {
 public:
  virtual ~NewsroomSource() = default;

  struct Page {
    std::vector<Newsroom> newsrooms;
    std::string next_page_token;
    // Where to follow from, read before the rows.
    std::string watch_token;
  };

  // Both end by `deadline` and soon when `stop` is requested.
  virtual absl::StatusOr<Newsroom> Get(const std::string& name, absl::Time deadline, const std::stop_token& stop) = 0;
  virtual absl::StatusOr<Page> List(const std::string& page_token, const std::stop_token& stop) = 0;
};

// Keeps this service's list of newsrooms up to date with the releases service's feed of them.
class NewsroomProjection final : public platform::FeedProjection {
 public:
  // `source` must outlive it.
  explicit NewsroomProjection(NewsroomSource& source) : source_(source) {}

  absl::Status Prepare(std::span<const platform::FeedEvent> events, absl::Time deadline,
                       const std::stop_token& stop) override;
  absl::Status Apply(platform::Session& session, std::span<const platform::FeedEvent> events) override;
  absl::Status List(platform::FeedListing& listing) override;

 private:
  NewsroomSource& source_;
  // What Prepare read, by name.
  std::map<std::string, Newsroom> prepared_;
};

}  // namespace communique::contacts
