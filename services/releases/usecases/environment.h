// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

#include "absl/time/time.h"
#include "services/platform/verbs/caller.h"
#include "services/platform/verbs/store_access.h"
#include "services/releases/domain/content_validation.h"
#include "services/releases/usecases/contact_directory.h"

namespace communique::releases {

// How much is taken and kept, from the configuration.
struct Limits {
  ContentLimits content;
  // limits.import_bytes: a file to import.
  std::size_t max_import_bytes = 1 << 20;
  // retention.deleted_releases: how long a deleted release can be taken back.
  absl::Duration kept_after_deletion = absl::Hours(30 * 24);
};

using platform::Caller;
using platform::Written;

// What the use cases work with. Everything in it outlives them and may be used from any thread. The clock is the
// database's: what decides about visibility.
struct Environment : platform::StoreAccess {
  Limits limits;
  // The contacts service; null where there is none.
  ContactDirectory* contacts = nullptr;
};

}  // namespace communique::releases
