// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/shutdown_signal.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace communique::platform {
namespace {

sigset_t Signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

std::chrono::steady_clock::time_point Deadline(absl::Duration timeout) {
  const auto patience = std::clamp(timeout, absl::ZeroDuration(), absl::Hours(24));
  return std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(patience);
}

}  // namespace

ShutdownSignal::ShutdownSignal() {
  const sigset_t set = Signals();
  pthread_sigmask(SIG_BLOCK, &set, &previous_mask_);
  thread_ = std::thread([this] { TakeSignals(); });
}

ShutdownSignal::~ShutdownSignal() {
  ending_ = true;
  pthread_kill(thread_.native_handle(), SIGTERM);
  thread_.join();
  pthread_sigmask(SIG_SETMASK, &previous_mask_, nullptr);
}

void ShutdownSignal::TakeSignals() {
  const sigset_t set = Signals();
  for (;;) {
    int signal = 0;
    if (sigwait(&set, &signal) != 0) continue;
    if (ending_) return;
    if (!armed_) std::_Exit(128 + signal);
    Request();
  }
}

void ShutdownSignal::Arm() { armed_ = true; }

void ShutdownSignal::Request() {
  const MutexLock lock(mutex_);
  ++count_;
  changed_.NotifyAll();
}

void ShutdownSignal::Poke() {
  const MutexLock lock(mutex_);
  changed_.NotifyAll();
}

void ShutdownSignal::WaitForFirst() {
  const MutexLock lock(mutex_);
  while (count_ < 1) changed_.Wait(mutex_);
}

bool ShutdownSignal::WaitForSecond(absl::Duration timeout, const std::function<bool()>& done) {
  const auto until = Deadline(timeout);
  const MutexLock lock(mutex_);
  while (count_ < 2) {
    if (done && done()) return false;
    if (!changed_.WaitUntil(mutex_, until)) return count_ >= 2;
  }
  return true;
}

bool ShutdownSignal::WaitForDone(absl::Duration timeout, const std::function<bool()>& done) {
  const auto until = Deadline(timeout);
  const MutexLock lock(mutex_);
  while (!done()) {
    if (!changed_.WaitUntil(mutex_, until)) return done();
  }
  return true;
}

}  // namespace communique::platform
