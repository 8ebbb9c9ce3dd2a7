// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "communique/contacts/v1/consent.pb.h"
#include "communique/contacts/v1/group.pb.h"
#include "communique/contacts/v1/organization.pb.h"
#include "services/contacts/storage/consent_record.pb.h"
#include "services/contacts/storage/contact_record.pb.h"
#include "services/contacts/storage/erasure_record.pb.h"
#include "services/platform/storage/migrations.h"
#include "services/platform/storage/resource_table.h"

// The resources of this service in their tables (see migrations/): which columns each has and what lists take.
namespace communique::contacts {

// The service's own schema.
const platform::MigrationSet& ContactsMigrations();

const platform::ResourceTable<v1::Organization>& OrganizationTable();
const platform::ResourceTable<storage::ContactRecord>& ContactTable();
const platform::ResourceTable<storage::MergeRecord>& MergeTable();
const platform::ResourceTable<v1::ContactGroup>& GroupTable();
const platform::ResourceTable<storage::ImportRecord>& ImportTable();
const platform::ResourceTable<storage::ErasureRecord>& ErasureTable();
const platform::ResourceTable<v1::ProcessingRecord>& ProcessingRecordTable();
const platform::ResourceTable<storage::SuppressionRecord>& SuppressionTable();

// In purge_us columns: nothing is left but the name.
inline constexpr std::int64_t kPurged = -1;

}  // namespace communique::contacts
