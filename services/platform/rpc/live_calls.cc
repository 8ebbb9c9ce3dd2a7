// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/live_calls.h"

#include "services/platform/rpc/server_call.h"

namespace communique::platform {

void LiveCalls::Add(ServerCall& call) {
  const MutexLock lock(mutex_);
  call.live_ = true;
  call.live_next_ = first_;
  call.live_previous_ = nullptr;
  if (first_ != nullptr) first_->live_previous_ = &call;
  first_ = &call;
  ++size_;
}

void LiveCalls::Remove(ServerCall& call) {
  const MutexLock lock(mutex_);
  if (!call.live_) return;
  call.live_ = false;
  (call.live_previous_ != nullptr ? call.live_previous_->live_next_ : first_) = call.live_next_;
  if (call.live_next_ != nullptr) call.live_next_->live_previous_ = call.live_previous_;
  --size_;
}

std::vector<ServerCall*> LiveCalls::Referenced() {
  const MutexLock lock(mutex_);
  std::vector<ServerCall*> calls;
  calls.reserve(size_);
  for (ServerCall* call = first_; call != nullptr; call = call->live_next_) {
    call->Ref();
    calls.push_back(call);
  }
  return calls;
}

}  // namespace communique::platform
