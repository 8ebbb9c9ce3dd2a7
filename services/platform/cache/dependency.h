// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string_view>

#include "absl/container/inlined_vector.h"

namespace communique::platform {

// What a cached reply was made from: a change to it makes the reply old. A release's public page depends on
// Within(the release) and Exactly(its newsroom); a list of editions on Within(the newsroom).
//
// It holds a hash of the name, never the name: two names with the same hash share a floor, which costs a reload now and
// then and never shows anything old. The hash differs from process to process; do not store it.
class Dependency {
 public:
  // The resource itself.
  static Dependency Exactly(std::string_view resource);
  // The resource and everything below its name. Within("") is every resource there is.
  static Dependency Within(std::string_view resource);

  std::uint64_t hash() const { return hash_; }
  bool is_everything() const { return hash_ == kEverything; }

 private:
  static constexpr std::uint64_t kEverything = ~std::uint64_t{0};

  explicit Dependency(std::uint64_t hash) : hash_(hash) {}
  std::uint64_t hash_;
};

using Dependencies = absl::InlinedVector<Dependency, 3>;

}  // namespace communique::platform
