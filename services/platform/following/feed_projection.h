// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>
#include <stop_token>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/following/feed_listing.h"
#include "services/platform/following/feed_stream.h"
#include "services/platform/storage/session.h"

namespace communique::platform {

// What a service keeps of a peer's resources in its own database, and how it keeps up with them. Called by one
// follower, on its thread, one call at a time; a call may block. An error is logged and tried again later, as often as
// it takes: nothing is skipped.
class FeedProjection {
 public:
  virtual ~FeedProjection() = default;

  // Before Apply and outside of any transaction: gets from elsewhere what Apply will need, such as the resources that
  // the events name, and keeps it until then. Ends by `deadline`, and soon when `stop` is requested. A resource read
  // now is at least as new as its event; that is right, as a later event tells of what has changed since.
  virtual absl::Status Prepare(std::span<const FeedEvent> /*events*/, absl::Time /*deadline*/,
                               const std::stop_token& /*stop*/) {
    return absl::OkStatus();
  }

  // Brings the projection up to date with `events`, in their order, within the Write transaction that also says that
  // they were applied; the transaction may be run more than once. They are the last ones of those that were prepared:
  // another replica may have applied the first. What is appended to this service's own feed comes last.
  virtual absl::Status Apply(Session& session, std::span<const FeedEvent> events) = 0;

  // What Apply did last is committed: tell the caches and the tail. Not called when the commit's outcome is unknown.
  virtual void OnCommit() {}

  // Replaces the projection by what the peer lists now, and ends with listing.Finish.
  virtual absl::Status List(FeedListing& listing) = 0;
};

}  // namespace communique::platform
