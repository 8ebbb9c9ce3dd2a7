// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"

namespace communique::platform {

// The text fields (string and bytes) of all messages that the services' files reach, in any number of imports within
// communique, that do not say what data they hold ((communique.common.v1.data)), and the other fields that do: as
// sentences, for a test that expects none. `text_fields` is how many there are, so that the test sees that it looked.
std::vector<std::string> DataMistakes(const std::vector<const google::protobuf::FileDescriptor*>& files,
                                      int& text_fields);

}  // namespace communique::platform
