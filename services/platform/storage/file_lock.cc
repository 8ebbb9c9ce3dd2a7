// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

// flock knows no time limit, so it is tried again and again.
constexpr absl::Duration kPause = absl::Milliseconds(20);

}  // namespace

absl::StatusOr<std::unique_ptr<FileLock>> FileLock::Acquire(const std::string& path, absl::Time deadline) {
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) {
    return Unavailable(
        Reason::ERROR_REASON_DATABASE_UNAVAILABLE,
        ToStd(absl::StrCat(path, " cannot be written: does its folder exist, and may this process write it?")),
        absl::Seconds(1));
  }
  while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (absl::Now() >= deadline) {
      close(fd);
      return Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE,
                         ToStd(absl::StrCat("another process uses the database (it holds ", path, ")")),
                         absl::Seconds(1));
    }
    absl::SleepFor(kPause);
  }
  return std::unique_ptr<FileLock>(new FileLock(fd));
}

FileLock::~FileLock() { close(fd_); }

}  // namespace communique::platform
