// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

#include "services/platform/testing/temporary_folder.h"

namespace communique::platform {

// A disk of a few megabytes, in memory; only root can have one:
//
//   SmallDisk disk;
//   if (!disk.mounted()) GTEST_SKIP() << SmallDisk::kNeedsRoot;
class SmallDisk {
 public:
  static constexpr char kNeedsRoot[] = "mounting a small disk needs root";

  explicit SmallDisk(std::string size = "2m")
      : mounted_(mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0) {}
  ~SmallDisk() {
    if (mounted_) umount(folder_.path().c_str());
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  const std::string& path() const { return folder_.path(); }
  std::string File(std::string_view name) const { return folder_.File(name); }

  // Gives it another size ("8m"), or makes it read-only (MS_RDONLY).
  bool Remount(unsigned long flags, const std::string& size) {
    return mount("tmpfs", folder_.path().c_str(), "tmpfs", MS_REMOUNT | flags, ("size=" + size).c_str()) == 0;
  }
  // Leaves only so much room, by a file.
  void FillBut(std::uintmax_t bytes) {
    const std::uintmax_t free = std::filesystem::space(folder_.path()).available;
    std::ofstream(File("ballast"), std::ios::binary) << std::string(free > bytes ? free - bytes : 0, 'x');
  }
  void RemoveFill() { std::filesystem::remove(File("ballast")); }

 private:
  TemporaryFolder folder_;
  bool mounted_;
};

}  // namespace communique::platform
