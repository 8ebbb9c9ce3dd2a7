// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

#include "absl/time/time.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

// Hears SIGTERM and SIGINT: the first asks the process to end in order, the second to hurry. The signals are blocked in
// all threads and taken by one that waits for them, so no code runs in a signal handler.
//
// Until Arm, while stores are opened and migrated, there is nothing to end in order: a signal then ends the process at
// once, with 128 + its number, however long the start hangs.
//
// Must be made before any other thread, as threads inherit what is blocked: the first line of main. One at a time.
class ShutdownSignal {
 public:
  ShutdownSignal();
  ~ShutdownSignal();
  ShutdownSignal(const ShutdownSignal&) = delete;
  ShutdownSignal& operator=(const ShutdownSignal&) = delete;

  // From now on signals are counted.
  void Arm();

  // Waits for the first signal. Requires: Arm has been called.
  void WaitForFirst();

  // Waits for the second signal, for `timeout`, or for `done`, whichever comes first; true for the second signal.
  // `done` is asked at the beginning and after each Poke; it must not call back.
  bool WaitForSecond(absl::Duration timeout, const std::function<bool()>& done = nullptr);
  // The same for `done` or `timeout` alone; true for `done`.
  bool WaitForDone(absl::Duration timeout, const std::function<bool()>& done);

  // Lets waiters look again whether they are done.
  void Poke();

  // As if a signal had come: for a process that decides by itself to end, and for tests.
  void Request();

 private:
  void TakeSignals();

  sigset_t previous_mask_{};
  std::atomic<bool> armed_ = false;
  std::atomic<bool> ending_ = false;
  Mutex mutex_;
  Condition changed_;
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
  std::thread thread_;
};

}  // namespace communique::platform
