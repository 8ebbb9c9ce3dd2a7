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

// WatchContacts: what goes to those who watch the feed.
namespace communique::contacts {

// The internal feed as WatchContactsResponse: every entry as it is. It names things and says nothing about them.
class ContactEvents final : public platform::WatchEvents {
 public:
  absl::StatusOr<std::vector<Event>> Resolve(std::span<const Item> items, const std::string& audience,
                                             absl::Time deadline) override;
  std::string Bookmark(const std::string& token) override;
};

// The method. What is passed by reference must outlive it.
platform::Method WatchContactsMethod(platform::WatchHub& hub, platform::Executor& db_read);

}  // namespace communique::contacts
