// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "google/protobuf/message.h"

namespace communique::platform {

// `message` as JSON that may be logged. What each string and bytes field shows is decided by its
// (communique.common.v1.data) option:
//   DATA_NONE                     as it is
//   DATA_PUBLIC, PERSONAL, SECRET "<public, 12 bytes>": the class and the length
//   without the option, unknown   "<unclassified, 12 bytes>", "<unknown, 3 fields>"
// The option on a field of message type (google.protobuf.FieldMask, a map) counts for the strings inside that have none
// of their own. Numbers, enums, times and the shape of the message are shown. Fields are named as in the proto file.
// Bounded: after 200 values the rest is left out, and the text says so.
std::string RedactedJson(const google::protobuf::Message& message);

}  // namespace communique::platform
