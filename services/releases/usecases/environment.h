// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
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
  // limits.personal_data_releases: how many releases one call looks through for a person.
  int personal_data_releases = 20;
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
  // Takes the replies kept for these editions out of the caches, where nothing is to be found of what was erased.
  // UNAVAILABLE when a cache that keeps them does not answer.
  std::function<absl::Status(const std::vector<std::string>& editions)> forget_replies = [](const auto&) {
    return absl::OkStatus();
  };
};

}  // namespace communique::releases
