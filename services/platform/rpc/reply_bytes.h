// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message_lite.h"

namespace communique::platform {

// A reply, or one event of a stream, as serialised bytes: the concatenation of its slices. Slices are shared, not
// copied, all the way to the socket: a cached reply goes to a thousand readers from one buffer. Copying a ReplyBytes is
// cheap.
class ReplyBytes {
 public:
  using Slice = std::shared_ptr<const std::string>;
  using Slices = absl::InlinedVector<Slice, 2>;

  // An empty reply: the message with no field set.
  ReplyBytes() = default;
  explicit ReplyBytes(Slice slice) { Append(std::move(slice)); }
  explicit ReplyBytes(std::string bytes) : ReplyBytes(std::make_shared<const std::string>(std::move(bytes))) {}

  // Requires: `slice` is not null.
  void Append(Slice slice) {
    size_ += slice->size();
    slices_.push_back(std::move(slice));
  }

  const Slices& slices() const { return slices_; }
  std::size_t size() const { return size_; }

 private:
  Slices slices_;
  std::size_t size_ = 0;
};

// INTERNAL when `message` cannot be sent at all (2 GiB and more).
absl::StatusOr<ReplyBytes> SerializeReply(const google::protobuf::MessageLite& message);

}  // namespace communique::platform
