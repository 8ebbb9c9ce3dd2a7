// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/follow_contacts.h"

#include <set>
#include <string>

#include "communique/contacts/v1/contact_service.pb.h"
#include "services/releases/storage/contact_line_store.h"

namespace communique::releases {

absl::Status ContactNewsProjection::Apply(platform::Session& session, std::span<const platform::FeedEvent> events) {
  std::set<std::string> names;
  for (const platform::FeedEvent& event : events) {
    names.insert(event.As<contacts::v1::WatchContactsResponse>().change().resource());
  }
  return MarkNews(session, names);
}

absl::Status ContactNewsProjection::List(platform::FeedListing& listing) {
  // Nothing of the contacts is kept here, so there is nothing to list but where to follow from.
  const auto token = contacts_.WatchToken(listing.stop());
  if (!token.ok()) return token.status();
  return listing.Finish(*token, MarkNewsOfAll);
}

}  // namespace communique::releases
