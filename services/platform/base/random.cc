// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/base/random.h"

#include <openssl/rand.h>

#include <cstdlib>

namespace communique::platform {

std::string RandomBytes(std::size_t size) {
  std::string bytes(size, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) != 1) std::abort();
  return bytes;
}

std::string RandomId(std::size_t size) {
  constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
  std::string id = RandomBytes(size);
  for (char& c : id) c = kAlphabet[static_cast<unsigned char>(c) & 31U];
  return id;
}

}  // namespace communique::platform
