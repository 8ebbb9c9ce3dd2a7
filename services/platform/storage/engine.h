// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace communique::platform {

// The two databases a store runs on. Code above platform/storage does not ask which one it is on: SQL that differs is a
// defect unless a migration says so.
enum class Engine { kSqlite, kPostgres };

}  // namespace communique::platform
