// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "services/releases/testing/release_command.h"
#include "services/releases/testing/releases_store.h"

namespace communique::releases {

// Plays the commands of a history on the use cases, in a newsroom of a store. Release n is newsrooms/*/releases/rn.
class CommandRunner {
 public:
  // One request, to be sent as often as wanted.
  using Call = std::function<absl::StatusOr<Written<v1::Release>>(bool validate_only, const std::string& request_id)>;

  // When a history begins that begins now: at the next whole minute, to which the clock is moved.
  static absl::Time Begin(ReleasesStore& store);

  // Minutes are counted from `start`.
  CommandRunner(ReleasesStore& store, std::string newsroom, absl::Time start)
      : store_(store), newsroom_(std::move(newsroom)), start_(start) {}

  // The request of a command that is a verb, for the release as it is now.
  Call Prepare(const Command& command) const;

  // For kWriteBoilerplate: makes it, or gives it other words.
  absl::Status WriteBoilerplate(int words) const;

  // Tells the public feed what has begun.
  void Announce() const;

  // For kWait: when the clock is to stand at.
  absl::Time TimeOf(const Command& command) const { return MinuteOf(start_, command.n) + command.shift; }

  const std::string& newsroom() const { return newsroom_; }
  std::string Prefix() const { return newsroom_ + "/releases/r"; }
  std::string NameOf(int release) const { return Prefix() + std::to_string(release); }
  absl::StatusOr<v1::Release> Read(int release) const;

 private:
  void SetTime(int minute, common::v1::CivilTime& time) const;
  std::string BoilerplateName() const;

  ReleasesStore& store_;
  const std::string newsroom_;
  const absl::Time start_;
};

}  // namespace communique::releases
