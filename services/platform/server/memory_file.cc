// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

absl::Status Failed(const char* what) {
  return InternalError(absl::StrCat("a file in memory: ", what, ": ", std::strerror(errno)));
}

bool WriteAll(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

MemoryFile::~MemoryFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::string MemoryFile::path() const { return absl::StrCat("/proc/self/fd/", descriptor_); }

absl::Status MemoryFile::Replace(std::string_view content) {
  const int fresh = memfd_create("communique", MFD_CLOEXEC);
  if (fresh < 0) return Failed("cannot be made");
  const timespec time = {++generation_, 0};
  const timespec times[2] = {time, time};
  if (!WriteAll(fresh, content) || futimens(fresh, times) != 0) {
    const absl::Status failed = Failed("cannot be written");
    close(fresh);
    return failed;
  }
  if (descriptor_ < 0) {
    descriptor_ = fresh;
    return absl::OkStatus();
  }
  // The path names the descriptor, and this changes what the descriptor is in one step.
  const int replaced = dup3(fresh, descriptor_, O_CLOEXEC);
  const absl::Status status = replaced < 0 ? Failed("cannot be replaced") : absl::OkStatus();
  close(fresh);
  return status;
}

}  // namespace communique::platform
