// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "services/platform/testing/golden.h"
#include "services/platform/testing/schema_dump.h"
#include "services/platform/testing/test_database.h"
#include "services/releases/storage/tables.h"

namespace communique::releases {
namespace {

class ReleasesSchemaTest : public testing::TestWithParam<const char*> {};

TEST_P(ReleasesSchemaTest, IsTheSameOnEveryEngine) {
  platform::TestDatabase empty(GetParam());
  const absl::Time now = absl::Now();
  const absl::Status migrated = platform::Migrate(empty.db(), {&ReleasesMigrations()}, now, now + absl::Seconds(60));
  ASSERT_TRUE(migrated.ok()) << migrated;
  platform::ExpectGolden("services/releases/storage/testdata/releases.schema", platform::DumpSchema(empty.db()));
}

INSTANTIATE_TEST_SUITE_P(Engines, ReleasesSchemaTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::releases
