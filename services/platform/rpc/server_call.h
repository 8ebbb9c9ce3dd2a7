// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/arena.h"
#include "google/protobuf/message.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/rpc/bound_method.h"
#include "services/platform/rpc/call.h"
#include "services/platform/rpc/chain_state.h"

namespace communique::platform {

// A call as the chain sees it, from its arrival until both gRPC and the handler have let it go: two kinds of owners,
// one count of references. Everything a call needs is in this one allocation, the request included as long as it is
// small.
//
// gRPC's own objects (context, request bytes) are there until gRPC calls OnDone, which it does not before the call is
// answered. What may come later asks for them under the lock (CancelCore).
class ServerCall : public Call {
 public:
  using Call::Facts;

  // The metadata the chain reads, found in one pass. Views into gRPC's memory, for the steps of the chain only.
  struct Metadata {
    std::string_view request_id;
    std::string_view traceparent;
    std::string_view authorization;
    std::string_view at_least;
    bool two_authorizations = false;
  };

  ServerCall(const BoundMethod& method, grpc::CallbackServerContext& context, const grpc::ByteBuffer& bytes);
  virtual ~ServerCall();

  // Answers the call with an error. The first answer counts.
  virtual void Fail(absl::Status status) = 0;
  // The step "handler": runs it, or submits it to its executor.
  virtual absl::Status StartHandler() = 0;
  // Called every now and then for calls in LiveCalls.
  virtual void OnTick(absl::Time now) = 0;

  const BoundMethod& bound() const { return bound_; }
  ChainState& chain() const { return *bound_.chain; }
  grpc::CallbackServerContext& context() const { return *context_; }
  const grpc::ByteBuffer& request_bytes() const { return request_bytes_; }
  Facts& facts() { return facts_; }

  Metadata metadata;
  google::protobuf::Message* request = nullptr;  // from the step "parse" on
  // How many steps have run; the next one's index.
  std::size_t steps_done = 0;
  // Whether the chain has moved to the handler's executor already.
  bool on_executor = false;
  // What the step "in_flight_limit" has taken and the call's end gives back.
  std::atomic<int>* slot = nullptr;

  // Allocates the request next to the call.
  google::protobuf::Message* NewRequest() { return bound_.request->New(&arena_); }

  void Ref() { references_.fetch_add(1, std::memory_order_relaxed); }
  void Unref() {
    if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }

 protected:
  // The step "error_mapping", and the books: the status that leaves, counted and logged.
  grpc::Status MapError(const absl::Status& status);
  void SendTrailers();
  // gRPC is done with the call: gives back the slot and gRPC's reference.
  void Release();
  // Makes gRPC drop the call, if it is still there: its reader takes nothing.
  void CancelCore();
  void MarkCancelled() { cancelled_.store(true, std::memory_order_relaxed); }

 private:
  friend class LiveCalls;

  static constexpr std::size_t kInlineRequestBytes = 768;

  const BoundMethod& bound_;
  grpc::CallbackServerContext* const context_;
  const grpc::ByteBuffer& request_bytes_;
  const std::chrono::steady_clock::time_point arrived_ = std::chrono::steady_clock::now();
  std::atomic<int> references_{1};

  Mutex core_mutex_;
  bool core_done_ ABSL_GUARDED_BY(core_mutex_) = false;

  // LiveCalls' links, under its lock.
  ServerCall* live_next_ = nullptr;
  ServerCall* live_previous_ = nullptr;
  bool live_ = false;

  alignas(std::max_align_t) char inline_request_[kInlineRequestBytes];
  google::protobuf::Arena arena_;
};

}  // namespace communique::platform
