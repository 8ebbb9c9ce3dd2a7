// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/purge.h"

#include "services/releases/storage/release_store.h"

namespace communique::releases {

absl::Status PurgeDeleted(const Environment& environment, absl::Time deadline) {
  constexpr int kReleasesAtOnce = 100;
  std::int64_t purged = kReleasesAtOnce;
  while (purged == kReleasesAtOnce) {
    const absl::Status status = environment.database.Write(deadline, [&](platform::Session& session) -> absl::Status {
      const auto emptied = PurgeReleases(session, environment.clock.Now(), kReleasesAtOnce);
      if (!emptied.ok()) return emptied.status();
      purged = *emptied;
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace communique::releases
