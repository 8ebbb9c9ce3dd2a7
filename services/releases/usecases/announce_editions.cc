// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/announce_editions.h"

#include <algorithm>

#include "services/releases/storage/edition_store.h"
#include "services/releases/storage/feed.h"

namespace communique::releases {

absl::StatusOr<EditionAnnouncer::Announced> EditionAnnouncer::Announce(platform::Session& session, absl::Time now,
                                                                       int limit) {
  const auto due = FindDue(session, "", now, limit);
  if (!due.ok()) return due.status();
  Announced announced;
  for (const DueEdition& edition : *due) {
    const auto marked = MarkAnnounced(session, edition);
    if (!marked.ok()) return marked.status();
    if (!*marked) continue;
    announced.changes.push_back(MakeChange(edition.name, edition.release_uid, edition.verb));
    announced.first_due = std::min(announced.first_due, edition.public_since);
    ++announced.rows;
  }
  return announced;
}

absl::StatusOr<absl::Time> EditionAnnouncer::NextDue(platform::Session& session) { return releases::NextDue(session); }

}  // namespace communique::releases
