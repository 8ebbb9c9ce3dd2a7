// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "services/platform/assembly/periodic_work.h"
#include "services/platform/base/monotonic_clock.h"
#include "services/platform/following/feed_follower.h"
#include "services/platform/observability/log.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/peers/peer.h"
#include "services/platform/peers/peer_options.h"
#include "services/releases/api/contact_peer.h"
#include "services/releases/usecases/environment.h"
#include "services/releases/usecases/follow_contacts.h"

namespace communique::releases {

// This service's connection to the contacts service, where there is one.
class ContactsLink {
 public:
  // Without an address in `options` there is none. As Peer::Open.
  static absl::StatusOr<std::unique_ptr<ContactsLink>> Open(const platform::PeerOptions& options,
                                                            platform::Metrics& metrics, const platform::Log& log);

  // Whom to ask; null when there is nobody. Lives as long as this.
  ContactDirectory* directory() { return contacts_ ? &*contacts_ : nullptr; }

  // Begins to follow what happens to contacts, and keeps what editions print of them right. Once; what is passed by
  // reference must outlive Stop, and this the last collection of the metrics.
  void Follow(const Environment& environment, const platform::FeedFollowerOptions& options,
              const platform::MonotonicClock& monotonic, platform::Metrics& metrics, const platform::Log& log);
  // Takes as long as what is under way. Idempotent.
  void Stop();

 private:
  ContactsLink() = default;

  std::unique_ptr<platform::Peer> peer_;
  std::optional<ContactPeer> contacts_;
  std::unique_ptr<platform::PeriodicWork> refresher_;
  std::optional<ContactNewsProjection> projection_;
  std::unique_ptr<platform::FeedFollower> follower_;
};

}  // namespace communique::releases
