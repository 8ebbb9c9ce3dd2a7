// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/present_change.h"

#include <utility>

#include "services/platform/base/timestamp.h"
#include "services/releases/storage/feed.h"

namespace communique::releases {

v1::Change PresentChange(const platform::FeedEntry& entry) {
  v1::Change change;
  change.set_verb(VerbOf(entry.change));
  change.set_resource(entry.change.name);
  change.set_uid(entry.change.uid);
  change.set_revision(entry.change.revision);
  change.set_actor(entry.actor);
  change.set_request_id(entry.request_id);
  *change.mutable_time() = platform::ToTimestamp(entry.time);
  return change;
}

v1::EditionChange PresentEditionChange(const platform::FeedEntry& entry, v1::EditionCard card) {
  v1::EditionChange change;
  change.set_verb(VerbOf(entry.change));
  *change.mutable_edition() = std::move(card);
  *change.mutable_time() = platform::ToTimestamp(entry.time);
  return change;
}

}  // namespace communique::releases
