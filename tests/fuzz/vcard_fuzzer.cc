// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as vCards of any version: they are refused with a place and a sentence that can be sent, or become contacts
// that survive being written in every format and read again.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/contact_file_fuzzing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  communique::fuzz::FuzzContactFile(communique::contacts::v1::EXCHANGE_FORMAT_VCARD_4,
                                    {reinterpret_cast<const char*>(data), size});
  return 0;
}
