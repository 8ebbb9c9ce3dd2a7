// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <cstddef>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace communique::platform {

// Parses the bytes of a request into `request`. RESOURCE_EXHAUSTED (TOO_LARGE) for more than `max_bytes`;
// INVALID_ARGUMENT (MALFORMED_REQUEST, metadata `field`) for bytes that are not the message, or none at all; for a
// mutation also INVALID_ARGUMENT (UNKNOWN_FIELD, metadata `field`) for fields that this server does not have, at any
// depth: it would store the message without knowing what it stores.
absl::Status ParseBytes(const grpc::ByteBuffer& bytes, std::size_t max_bytes, bool mutation,
                        google::protobuf::Message& request);

}  // namespace communique::platform
