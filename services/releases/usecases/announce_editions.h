// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/platform/changes/materialiser.h"

namespace communique::releases {

// Tells the feeds of editions that have begun by the clock.
class EditionAnnouncer final : public platform::Announcer {
 public:
  absl::StatusOr<Announced> Announce(platform::Session& session, absl::Time now, int limit) override;
  absl::StatusOr<absl::Time> NextDue(platform::Session& session) override;
};

}  // namespace communique::releases
