// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace communique::platform {

// The exclusive right to a file, between processes and within one; given up when destroyed or when the process ends in
// whatever way. It is kept on `path`, which stays behind empty.
class FileLock {
 public:
  // Waits until `deadline` for another holder.
  static absl::StatusOr<std::unique_ptr<FileLock>> Acquire(const std::string& path, absl::Time deadline);

  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  explicit FileLock(int fd) : fd_(fd) {}

  const int fd_;
};

}  // namespace communique::platform
