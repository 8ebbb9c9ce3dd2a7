// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace communique::platform {

// Expects that the file `path` (from the root of the repository, where CTest runs every test) holds exactly `actual`.
// With UPDATE_GOLDEN=1 in the environment it writes the file instead, so that the change is reviewed as a
// diff.
inline void ExpectGolden(const std::string& path, const std::string& actual) {
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << actual;
    return;
  }
  std::stringstream expected;
  expected << std::ifstream(path).rdbuf();
  EXPECT_EQ(expected.str(), actual) << "differs from " << path
                                    << "; if that is meant, run the test with UPDATE_GOLDEN=1";
}

}  // namespace communique::platform
