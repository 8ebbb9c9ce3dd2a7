// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/byte_buffers.h"

#include <grpcpp/support/slice.h>

#include "absl/container/inlined_vector.h"

namespace communique::platform {
namespace {

// Below this, copying is cheaper than keeping count.
constexpr std::size_t kCopiedBytes = 256;

grpc::Slice ToSlice(const ReplyBytes::Slice& bytes) {
  if (bytes->size() <= kCopiedBytes) return {bytes->data(), bytes->size()};
  // gRPC does not write into slices it sends.
  return {const_cast<char*>(bytes->data()), bytes->size(),
          [](void* held) { delete static_cast<ReplyBytes::Slice*>(held); }, new ReplyBytes::Slice(bytes)};
}

}  // namespace

grpc::ByteBuffer ToByteBuffer(const ReplyBytes& reply) {
  absl::InlinedVector<grpc::Slice, 2> slices;
  for (const ReplyBytes::Slice& slice : reply.slices()) slices.push_back(ToSlice(slice));
  // An empty reply is one empty slice: a buffer without any is no message to gRPC.
  if (slices.empty()) slices.emplace_back();
  return {slices.data(), slices.size()};
}

}  // namespace communique::platform
