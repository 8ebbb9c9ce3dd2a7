// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <random>

#include "services/releases/testing/release_command.h"
#include "services/releases/testing/release_model.h"

namespace communique::releases {

// Makes up what happens next: mostly what makes sense as the releases stand, so that histories get far, and now and
// then anything at all. The same seed makes the same history on every machine.
class RandomCommands {
 public:
  explicit RandomCommands(std::uint32_t seed) : random_(seed) {}

  Command Next(const NewsroomModel& model);

  // From 0 to below `n`.
  int Below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }

 private:
  Command::Act SomeAct();
  Command::Act SensibleAct(const ReleaseModel& release, absl::Time now);
  void Fill(const NewsroomModel& model, Command& command);
  void Wait(const NewsroomModel& model, Command& command);
  int MinuteFrom(const NewsroomModel& model);

  std::mt19937 random_;
};

}  // namespace communique::releases
