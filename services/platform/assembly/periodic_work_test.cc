// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/assembly/periodic_work.h"

#include <gtest/gtest.h>

#include <future>

namespace communique::platform {
namespace {

TEST(PeriodicWorkTest, WorksAgainAfterAFailureUntilItIsStopped) {
  int times = 0;
  std::promise<void> twice;
  PeriodicWork work("test", absl::Milliseconds(1), Log(), [&](absl::Time) {
    if (++times == 2) twice.set_value();
    return times == 1 ? absl::UnavailableError("first") : absl::OkStatus();
  });
  twice.get_future().wait();
  work.Stop();
  const int at_stop = times;
  work.Stop();
  EXPECT_EQ(times, at_stop);
}

TEST(PeriodicWorkTest, DoesNotWaitForTheIntervalToEnd) {
  PeriodicWork work("test", absl::Hours(1), Log(), [](absl::Time) { return absl::OkStatus(); });
}

TEST(PeriodicWorkTest, AHintIsNotWaitedForAndNotLost) {
  std::promise<void> once, twice;
  int times = 0;
  PeriodicWork* self = nullptr;
  PeriodicWork work("test", absl::Hours(1), Log(), [&](absl::Time) {
    if (++times == 1) {
      self->Hint();  // while it is at work: once more
      once.set_value();
    } else {
      twice.set_value();
    }
    return absl::OkStatus();
  });
  self = &work;
  work.Hint();
  once.get_future().wait();
  twice.get_future().wait();
  work.Stop();
  EXPECT_EQ(times, 2);
}

}  // namespace
}  // namespace communique::platform
