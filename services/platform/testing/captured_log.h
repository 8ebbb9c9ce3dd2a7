// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "services/platform/concurrency/mutex.h"
#include "services/platform/observability/log.h"

namespace communique::platform {

// A log whose lines a test can read. Thread-safe.
class CapturedLog {
 public:
  explicit CapturedLog(Severity severity = Severity::kDebug) {
    LogOptions options;
    options.service = "test";
    options.severity = severity;
    writer_ = LogWriter::ToFunction(options, [this](std::string_view line) {
      const MutexLock lock(mutex_);
      text_.append(line).append("\n");
    });
  }

  Log log() { return writer_->log(); }
  const std::shared_ptr<LogWriter>& writer() const { return writer_; }

  // All lines so far.
  std::string Text() {
    writer_->Flush(absl::Seconds(30));
    const MutexLock lock(mutex_);
    return text_;
  }

 private:
  Mutex mutex_;
  std::string text_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<LogWriter> writer_;  // last: its thread ends before what it writes to
};

}  // namespace communique::platform
