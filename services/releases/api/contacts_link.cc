// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/contacts_link.h"

#include <utility>

#include "services/platform/following/follower_metrics.h"
#include "services/releases/usecases/refresh_contact_lines.h"

namespace communique::releases {
namespace {

// How late at most news is looked at that another replica has heard, or that could not be looked at before.
constexpr absl::Duration kRefreshInterval = absl::Seconds(1);

}  // namespace

absl::StatusOr<std::unique_ptr<ContactsLink>> ContactsLink::Open(const platform::PeerOptions& options,
                                                                 platform::Metrics& metrics, const platform::Log& log) {
  std::unique_ptr<ContactsLink> link(new ContactsLink());
  if (options.address.empty()) return link;
  auto peer = platform::Peer::Open(options, metrics, log);
  if (!peer.ok()) return peer.status();
  link->peer_ = *std::move(peer);
  link->contacts_.emplace(*link->peer_);
  return link;
}

void ContactsLink::Follow(const Environment& environment, const platform::FeedFollowerOptions& options,
                          const platform::MonotonicClock& monotonic, platform::Metrics& metrics,
                          const platform::Log& log) {
  if (!contacts_) return;
  refresher_ = std::make_unique<platform::PeriodicWork>(
      "contact lines", kRefreshInterval, log, [&environment](absl::Time deadline) {
        absl::StatusOr<int> looked_at;
        do {
          looked_at = RefreshContactLines(environment, deadline);
        } while (looked_at.ok() && *looked_at > 0 && absl::Now() < deadline);
        return looked_at.status();
      });
  projection_.emplace(*contacts_, [this] { refresher_->Hint(); });
  follower_ = std::make_unique<platform::FeedFollower>(
      platform::FollowedFeed{"contacts", "contacts"}, contacts_->Watch(), *projection_, options,
      platform::FeedFollower::Environment{environment.database, environment.clock, monotonic, log});
  ExportFollower(metrics, *follower_);
  follower_->Start();
}

void ContactsLink::Stop() {
  if (follower_) follower_->Stop();
  if (refresher_) refresher_->Stop();
}

}  // namespace communique::releases
