// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/peers/pending_call.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/random/random.h"
#include "absl/time/clock.h"
#include "services/platform/errors/error.h"
#include "services/platform/peers/peer_errors.h"
#include "services/platform/rpc/call_errors.h"
#include "services/platform/rpc/grpc_status.h"

namespace communique::platform {
namespace {

// CANCELLED, too: that is how gRPC 1.51's server ends calls that reach it while it shuts down, and we did not cancel.
bool WasNotThere(const absl::Status& answer) { return absl::IsUnavailable(answer) || absl::IsCancelled(answer); }

}  // namespace

PendingCall::PendingCall(Peer& peer, PeerCall call, std::string request, Send send)
    : peer_(&peer),
      call_(std::move(call)),
      request_(std::move(request)),
      send_(std::move(send)),
      deadline_(std::min(call_.deadline, absl::Now() + call_.timeout.value_or(peer.options().timeout))) {
  Begin();
}

PendingCall::~PendingCall() {
  if (attempt_ != nullptr) attempt_->context.TryCancel();
}

void PendingCall::Begin() {
  attempt_ = std::make_shared<Attempt>(peer_->calls_under_way());
  attempt_->began = absl::Now();
  attempt_->context.set_deadline(absl::ToChronoTime(deadline_));
  peer_->Prepare(attempt_->context, call_);
  attempt_->kept = send_(attempt_->context, [attempt = attempt_](const grpc::Status& end) {
    {
      const MutexLock lock(attempt->mutex);
      attempt->end = end;
    }
    attempt->changed.NotifyAll();
  });
}

absl::Status PendingCall::Wait() {
  absl::Status answer = WaitForAttempt();
  if (call_.repeatable && WasNotThere(answer) && PauseBeforeRetry(answer)) {
    peer_->CountRetry();
    Begin();
    answer = WaitForAttempt();
  }
  attempt_.reset();
  if (call_.stop.stop_requested() && absl::IsCancelled(answer)) return CallerLeft();
  if (absl::IsDeadlineExceeded(answer) && absl::Now() >= call_.deadline)
    return DeadlinePassed("nothing was changed here");
  return FromPeer(peer_->name(), answer);
}

absl::Status PendingCall::WaitForAttempt() {
  const std::stop_callback on_stop(call_.stop, [this] { attempt_->context.TryCancel(); });
  absl::Status answer;
  {
    const MutexLock lock(attempt_->mutex);
    // The deadline ends it.
    while (!attempt_->end) attempt_->changed.Wait(attempt_->mutex);
    answer = FromGrpcStatus(*attempt_->end);
  }
  // What we have cut off says nothing about the peer.
  if (!call_.stop.stop_requested() && !(absl::IsDeadlineExceeded(answer) && absl::Now() >= call_.deadline)) {
    peer_->Observe(request_, answer, absl::Now() - attempt_->began);
  }
  return answer;
}

bool PendingCall::PauseBeforeRetry(const absl::Status& answer) const {
  thread_local absl::BitGen random;
  const absl::Duration pause = std::max(peer_->options().retry_pause * absl::Uniform(random, 0.5, 1.5),
                                        RetryAfterOf(answer).value_or(absl::ZeroDuration()));
  if (absl::Now() + pause >= deadline_) return false;
  const auto until = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(pause);
  Mutex mutex;
  Condition stopped;
  const std::stop_callback on_stop(call_.stop, [&] {
    const MutexLock lock(mutex);
    stopped.NotifyAll();
  });
  const MutexLock lock(mutex);
  while (!call_.stop.stop_requested() && stopped.WaitUntil(mutex, until)) {
  }
  return !call_.stop.stop_requested();
}

}  // namespace communique::platform
