// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/support/byte_buffer.h>

#include "services/platform/rpc/reply_bytes.h"

namespace communique::platform {

// The bytes for gRPC to send, which share those of `reply`: each slice keeps its string alive until it has left.
grpc::ByteBuffer ToByteBuffer(const ReplyBytes& reply);

}  // namespace communique::platform
