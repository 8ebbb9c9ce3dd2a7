// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

namespace communique::platform {

// The second level: a store of bytes that all replicas share and that may be lost, slow, or wrong at any moment. It
// answers "there is nothing" in place of an error. All methods may be called from any thread and never block.
class SharedStore {
 public:
  using Fetched = absl::AnyInvocable<void(std::optional<std::string> value) &&>;

  virtual ~SharedStore() = default;

  // True: `fetched` will be called once, on one of the store's threads, within a bounded time. False: the store is not
  // to be asked now, and `fetched` has been dropped.
  virtual bool Fetch(std::string key, Fetched fetched) = 0;

  // Keeps `value` for `ttl` if it can.
  virtual void Store(std::string key, std::string value, absl::Duration ttl) = 0;

  using Removed = absl::AnyInvocable<void(bool removed) &&>;

  // True: `removed` will be called once, on one of the store's threads, within a bounded time, and told whether the
  // store has confirmed that it holds nothing under `key`. False: the store is not to be asked now, and `removed` has
  // been dropped.
  virtual bool Remove(std::string key, Removed removed) = 0;
};

}  // namespace communique::platform
