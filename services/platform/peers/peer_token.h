// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <sys/stat.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/observability/log.h"

namespace communique::platform {

// The token by which a peer knows this service, from a file that may be replaced at any time (as Kubernetes does with a
// mounted Secret, or whoever rotates it). While a new one cannot be used the last good one holds, and the log says once
// what is wrong. Thread-safe; reads the file when it has changed, so it is for threads that may block.
class PeerToken {
 public:
  // Reads the file: a service does not start without the token it was told to have. `path` empty: no token.
  static absl::StatusOr<std::unique_ptr<PeerToken>> Open(std::string path, Log log);

  // "Bearer …"; empty without a token.
  std::string Authorization();

 private:
  PeerToken(std::string path, Log log) : path_(std::move(path)), log_(std::move(log)) {}
  absl::Status Read(const struct stat& state) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::string path_;
  const Log log_;
  Mutex mutex_;
  struct stat seen_ ABSL_GUARDED_BY(mutex_) = {};  // of the content last looked at, good or bad
  bool missing_ ABSL_GUARDED_BY(mutex_) = false;
  std::string authorization_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace communique::platform
