// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/contacts/usecases/environment.h"

namespace communique::contacts {

// Empties deleted contacts, with those that went into them and their memberships, and deleted organizations and groups
// whose purge time has come, and tells the feed. Good to be done by several replicas at once.
absl::Status PurgeDeleted(const Environment& environment, absl::Time deadline);

}  // namespace communique::contacts
