// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/platform/auth/principal.h"
#include "services/platform/observability/log.h"
#include "services/platform/rpc/method_info.h"

namespace communique::platform {

// What a handler knows about the call it serves. Made by the chain, valid until the handler has answered. Everything
// but AddTrailer may be read from any thread; AddTrailer belongs to the thread that answers.
class Call {
 public:
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  const MethodInfo& method() const { return *facts_.method; }

  // The caller's x-request-id, or a UUID made for the call. In every log line, error and audit entry.
  std::string_view request_id() const { return facts_.request_id; }

  // Who calls. On an RPC of AUDIENCE_PUBLIC it is always the anonymous caller, so that no answer can depend on it.
  const Principal& principal() const { return *facts_.principal; }

  // The id of the newsroom in which the caller's permission was asked for; of a batch, the first item's. Empty on RPCs
  // of AUDIENCE_PUBLIC and on those above all newsrooms.
  std::string_view newsroom() const { return facts_.newsroom; }

  // When the caller gives up, or the server does: never in the infinite future. Work that has not begun by then must
  // not begin.
  absl::Time deadline() const { return facts_.deadline; }

  // Whether nobody waits for the answer any more. A long handler looks now and then.
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

  // The consistency token that the answer must not be older than (metadata communique-at-least); empty for none.
  std::string_view at_least() const { return facts_.at_least; }

  // The W3C trace context to pass on to peers; empty when the caller sent none.
  std::string_view traceparent() const { return facts_.traceparent; }

  // Sends trailing metadata with the answer, be it a reply or an error. `key` is lower-case, `value` printable ASCII.
  void AddTrailer(std::string_view key, std::string_view value) { facts_.trailers.emplace_back(key, value); }

  // Writes lines with this call's request id, trace, method and caller.
  Log log() const;

  // The rule of this RPC for one more resource: for the items of a batch. `field` is the path of `resource` in the
  // request. INVALID_ARGUMENT, UNAUTHENTICATED or PERMISSION_DENIED.
  absl::Status CheckPermission(std::string_view field, std::string_view resource) const;

 protected:
  // What the steps of the chain find out, in their order.
  struct Facts {
    const MethodInfo* method = nullptr;
    std::string request_id;
    std::string traceparent;
    const Log* log = nullptr;  // the chain's, without this call's fields
    absl::Time deadline = absl::InfiniteFuture();
    std::string at_least;
    // Who calls; and as whom it is treated, which differs on public RPCs.
    std::shared_ptr<const Principal> caller;
    std::shared_ptr<const Principal> principal = Principal::Anonymous();
    std::string newsroom;
    absl::InlinedVector<std::pair<std::string, std::string>, 1> trailers;
  };

  Call() = default;
  ~Call() = default;

  Facts facts_;
  std::atomic<bool> cancelled_{false};
};

}  // namespace communique::platform
