// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

class ServerCall;

// The calls that somebody has to look after while they are open: all streams, and the unary calls whose deadline the
// client does not keep itself. A list through the calls: adding and removing allocates nothing. Thread-safe.
class LiveCalls {
 public:
  // Requires: `call` is removed before it goes.
  void Add(ServerCall& call);
  // Does nothing when `call` is not in the list.
  void Remove(ServerCall& call);

  // The calls of this moment, with a reference each that the caller gives back by ServerCall::Unref.
  std::vector<ServerCall*> Referenced();

 private:
  Mutex mutex_;
  ServerCall* first_ ABSL_GUARDED_BY(mutex_) = nullptr;
  std::size_t size_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace communique::platform
