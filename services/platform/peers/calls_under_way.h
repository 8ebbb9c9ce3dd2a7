// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <utility>

#include "services/platform/concurrency/mutex.h"

namespace communique::platform {

// Counts what gRPC's threads still hold of calls on a channel, so that its owner lets go of the channel last. In gRPC
// 1.51 the last channel of a process that goes ends the threads that run callbacks; when one of them drops it, that
// thread waits for itself in vain, goes on with a queue that is gone, and the process aborts. Thread-safe.
class CallsUnderWay {
 public:
  // While it lives, something of a call does.
  class Token {
   public:
    explicit Token(CallsUnderWay& calls) : calls_(calls) {
      const MutexLock lock(calls_.mutex_);
      ++calls_.count_;
    }
    ~Token() {
      const MutexLock lock(calls_.mutex_);
      if (--calls_.count_ == 0) calls_.ended_.NotifyAll();
    }
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;

   private:
    CallsUnderWay& calls_;
  };

  // Until there is none. Calls end at their deadline at the latest, and those that were cancelled at once.
  void WaitUntilNone() {
    const MutexLock lock(mutex_);
    while (count_ > 0) ended_.Wait(mutex_);
  }

 private:
  Mutex mutex_;
  Condition ended_;
  int count_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace communique::platform
