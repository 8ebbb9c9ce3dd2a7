// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <cstdlib>

#include "absl/strings/numbers.h"

// Which random histories a test plays: the same ones always, unless the environment says otherwise.
namespace communique::releases {

inline std::uint32_t FromEnvironment(const char* name, std::uint32_t otherwise) {
  const char* value = std::getenv(name);
  std::uint32_t number = 0;
  return value != nullptr && absl::SimpleAtoi(value, &number) ? number : otherwise;
}

// COMMUNIQUE_TEST_SEED: of the first history; each further one has the next.
inline std::uint32_t TestSeed() { return FromEnvironment("COMMUNIQUE_TEST_SEED", 1); }

// COMMUNIQUE_TEST_HISTORIES: how many.
inline std::uint32_t TestHistories(std::uint32_t otherwise) {
  return FromEnvironment("COMMUNIQUE_TEST_HISTORIES", otherwise);
}

}  // namespace communique::releases
