// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/time/time.h"
#include "communique/releases/v1/boilerplate.pb.h"
#include "communique/releases/v1/newsroom.pb.h"
#include "communique/releases/v1/section.pb.h"
#include "services/platform/storage/migrations.h"
#include "services/platform/storage/resource_table.h"
#include "services/releases/storage/release_record.pb.h"

// The resources of this service in their tables (see migrations/): which columns each has and what lists take.
namespace communique::releases {

// The service's own schema.
const platform::MigrationSet& ReleasesMigrations();

// Newsrooms belong to no newsroom: their rows have this for a newsroom_uid.
inline constexpr char kInstallation[] = "";

const platform::ResourceTable<v1::Newsroom>& NewsroomTable();
const platform::ResourceTable<v1::Section>& SectionTable();
const platform::ResourceTable<v1::Boilerplate>& BoilerplateTable();
const platform::ResourceTable<storage::ReleaseRecord>& ReleaseTable();

// For lists: whether a release counts as SCHEDULED or PUBLISHED is decided at `now`.
platform::ResourceTable<storage::ReleaseRecord> ReleaseTableAt(absl::Time now);

}  // namespace communique::releases
