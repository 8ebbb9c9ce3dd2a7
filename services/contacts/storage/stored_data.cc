// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/stored_data.h"

#include "communique/contacts/v1/consent.pb.h"
#include "communique/contacts/v1/group.pb.h"
#include "communique/contacts/v1/organization.pb.h"
#include "services/contacts/storage/consent_record.pb.h"
#include "services/contacts/storage/contact_record.pb.h"
#include "services/contacts/storage/erasure_record.pb.h"

namespace communique::contacts {

const std::vector<StoredTable>& StoredTables() {
  static const auto* const kTables = new std::vector<StoredTable>{
      {"contacts", storage::ContactRecord::descriptor(), true, "emptied but for name, uid and substitute"},
      {"contact_keys", nullptr, true, "go with the contact's row"},
      {"contact_addresses", nullptr, true, "go with the contact's row"},
      {"contact_languages", nullptr, true, "go with the contact's row"},
      {"merges", storage::MergeRecord::descriptor(), true, "emptied but for the contacts' names"},
      {"group_members", nullptr, true, "rows deleted"},
      {"imports", storage::ImportRecord::descriptor(), false,
       "stored without names of people; kept for retention.deleted"},
      {"processing_records", v1::ProcessingRecord::descriptor(), true, "rows deleted"},
      {"suppressions", storage::SuppressionRecord::descriptor(), false, "keyed hashes of addresses; kept on purpose"},
      {"erasures", storage::ErasureRecord::descriptor(), true, "each step loses its values when it is answered for"},
      {"idempotency_records", nullptr, true, "hashes of requests about the contact are removed; others go after a day"},
      {"organizations", v1::Organization::descriptor(), false, "about no person"},
      {"organization_keys", nullptr, false, "about no person"},
      {"organization_mail_domains", nullptr, false, "about no person"},
      {"contact_groups", v1::ContactGroup::descriptor(), false, "about no person"},
      {"newsrooms", nullptr, false, "about no person"},
      {"feed_entries", nullptr, false, "names of resources"},
      {"feed_heads", nullptr, false, "positions"},
      {"feed_stores", nullptr, false, "the store's id"},
      {"feed_trims", nullptr, false, "positions"},
      {"followed_feeds", nullptr, false, "positions"},
      {"schema_migrations", nullptr, false, "what was migrated when"},
      {"schema_versions", nullptr, false, "what was migrated when"}};
  return *kTables;
}

}  // namespace communique::contacts
