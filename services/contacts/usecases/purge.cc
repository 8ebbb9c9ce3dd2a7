// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/purge.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/feed.h"
#include "services/contacts/storage/group_members.h"
#include "services/contacts/storage/group_store.h"
#include "services/contacts/storage/import_store.h"
#include "services/contacts/storage/organization_store.h"
#include "services/contacts/storage/processing_record_store.h"
#include "services/contacts/storage/suppression_store.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/storage/idempotency.h"
#include "services/platform/verbs/write_once.h"

namespace communique::contacts {
namespace {

using platform::ResourceKey;
using platform::Session;

// What one transaction has purged.
struct Purged {
  std::vector<ResourceKey> contacts;
  std::vector<ResourceKey> organizations;
  std::vector<ResourceKey> groups;
  platform::FeedPosition position = 0;
};

absl::StatusOr<Purged> PurgeSome(Session& session, absl::Time now, int at_once) {
  const platform::WriteStamp stamp{"purge", "", now};
  Purged purged;
  auto contacts = PurgeContacts(session, stamp, at_once);
  if (!contacts.ok()) return contacts.status();
  purged.contacts = *std::move(contacts);
  std::vector<std::string> gone;
  for (const ResourceKey& key : purged.contacts) {
    gone.push_back(key.name);
    if (auto status = DeleteProcessingRecords(session, key.newsroom_uid, key.name); !status.ok()) return status;
  }
  if (auto status = RemoveMemberships(session, gone); !status.ok()) return status;
  auto organizations = PurgeOrganizations(session, stamp, at_once);
  if (!organizations.ok()) return organizations.status();
  purged.organizations = *std::move(organizations);
  auto groups = PurgeGroups(session, stamp, at_once);
  if (!groups.ok()) return groups.status();
  purged.groups = *std::move(groups);
  platform::ChangeSet changes;
  for (const auto* keys : {&purged.contacts, &purged.organizations, &purged.groups}) {
    for (const ResourceKey& key : *keys) {
      changes.internal.push_back(MakeChange(key.name, key.uid, v1::Change::VERB_PURGED));
    }
  }
  if (changes.internal.empty()) return purged;
  const auto positions = platform::AppendChanges(session, stamp, changes);
  if (!positions.ok()) return positions.status();
  purged.position = positions->internal;
  return purged;
}

}  // namespace

absl::Status PurgeDeleted(const Environment& environment, absl::Time deadline) {
  constexpr std::size_t kAtOnce = 100;
  Purged purged;
  do {
    const absl::Status status = environment.database.Write(deadline, [&](Session& session) -> absl::Status {
      const absl::Time now = platform::ToStoredPrecision(environment.clock.Now());
      auto some = PurgeSome(session, now, static_cast<int>(kAtOnce));
      if (!some.ok()) return some.status();
      purged = *std::move(some);
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
    for (const auto* keys : {&purged.contacts, &purged.organizations, &purged.groups}) {
      for (const ResourceKey& key : *keys) environment.changed(key.name, purged.position);
    }
  } while (purged.contacts.size() >= kAtOnce || purged.organizations.size() >= kAtOnce ||
           purged.groups.size() >= kAtOnce);
  return environment.database.Write(deadline, [&](Session& session) -> absl::Status {
    const absl::Duration kept = environment.limits.kept_after_deletion;
    const absl::Time now = environment.clock.Now();
    if (auto status = RemoveLiftedSuppressions(session, now - kept); !status.ok()) return status;
    // As long as a call may be repeated, its report is there to be given again.
    return RemoveImports(session, now - std::max(kept, platform::kIdempotencyKept));
  });
}

}  // namespace communique::contacts
