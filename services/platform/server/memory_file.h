// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace communique::platform {

// A file that exists in the memory of this process alone, for libraries that insist on a path. Its content is replaced
// as a whole: a reader sees the old or the new, and the modification time differs by a second at least, so that one who
// compares it notices. Not thread-safe for writers.
class MemoryFile {
 public:
  MemoryFile() = default;
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  absl::Status Replace(std::string_view content);

  // Where this process (and no other) can open it; the same for all contents. Requires: Replace has succeeded.
  std::string path() const;

 private:
  int descriptor_ = -1;
  int generation_ = 0;
};

}  // namespace communique::platform
