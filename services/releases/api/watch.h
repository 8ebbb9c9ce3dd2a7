// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>
#include <string>
#include <vector>

#include "services/platform/changes/watch_events.h"
#include "services/platform/changes/watch_hub.h"
#include "services/platform/concurrency/executor.h"
#include "services/platform/rpc/method.h"
#include "services/releases/usecases/environment.h"

// WatchReleases, WatchNewsrooms and WatchEditions: what goes to those who watch the feeds.
namespace communique::releases {

// The internal feed, each entry as it is: as WatchReleasesResponse, which in bytes is WatchNewsroomsResponse, too.
class ReleaseEvents final : public platform::WatchEvents {
 public:
  absl::StatusOr<std::vector<Event>> Resolve(std::span<const Item> items, const std::string& audience,
                                             absl::Time deadline) override;
  std::string Bookmark(const std::string& token) override;
};

// The public feed, as WatchEditionsResponse: each entry with what there is to read when it is sent.
class EditionEvents final : public platform::WatchEvents {
 public:
  // `environment` must outlive it.
  explicit EditionEvents(const Environment& environment) : environment_(environment) {}

  absl::StatusOr<std::vector<Event>> Resolve(std::span<const Item> items, const std::string& audience,
                                             absl::Time deadline) override;
  std::string Bookmark(const std::string& token) override;

 private:
  const Environment& environment_;
};

// The methods. What is passed by reference must outlive them.
platform::Method WatchReleasesMethod(platform::WatchHub& hub);
platform::Method WatchNewsroomsMethod(platform::WatchHub& hub);
platform::Method WatchEditionsMethod(platform::WatchHub& hub);

}  // namespace communique::releases
