// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <utility>

#include "absl/status/statusor.h"
#include "services/platform/rpc/reply_bytes.h"

namespace communique::platform {

class UnaryCall;

// The answer that an asynchronous handler owes. Call it once, from any thread, within the handler or later; further
// answers are ignored. Copies share the debt; when the last one goes without an answer, the caller gets INTERNAL.
class Responder {
 public:
  // For the chain. Takes over one reference to `call`.
  explicit Responder(UnaryCall* call) : call_(call) {}
  Responder(const Responder& other);
  Responder(Responder&& other) noexcept : call_(std::exchange(other.call_, nullptr)) {}
  Responder& operator=(Responder other) noexcept {
    std::swap(call_, other.call_);
    return *this;
  }
  ~Responder();

  void operator()(absl::StatusOr<ReplyBytes> reply) const;

 private:
  UnaryCall* call_;
};

}  // namespace communique::platform
