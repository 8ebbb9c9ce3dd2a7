// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/dependency.h"

#include "absl/hash/hash.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {

Dependency Dependency::Exactly(std::string_view resource) { return Dependency(absl::HashOf('=', ToAbsl(resource))); }

Dependency Dependency::Within(std::string_view resource) {
  return Dependency(resource.empty() ? kEverything : absl::HashOf('/', ToAbsl(resource)));
}

}  // namespace communique::platform
