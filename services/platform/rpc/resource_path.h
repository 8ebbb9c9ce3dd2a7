// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/message.h"

namespace communique::platform {

// Where a request names the resource it is about: the `resource` of an RPC's access rule ("name", "release.name",
// "requests.name"), resolved once against the request's descriptor. Immutable.
class ResourcePath {
 public:
  // The path of RPCs that are about no one resource.
  ResourcePath() = default;

  // INVALID_ARGUMENT when `path` does not lead to a string field of `request`. Fields on the way may be repeated.
  static absl::StatusOr<ResourcePath> Compile(const google::protobuf::Descriptor& request, std::string_view path);

  bool empty() const { return fields_.empty(); }

  // Calls `visit` with the path ("requests[1].name") and the value of each name in `request`; of a message on the way
  // that is not set, with an empty value; for an empty list, with the list's path and an empty value. Stops at the
  // first error and returns it.
  using Visit = std::function<absl::Status(const std::string& field, std::string_view resource)>;
  absl::Status ForEach(const google::protobuf::Message& request, const Visit& visit) const;

 private:
  std::vector<const google::protobuf::FieldDescriptor*> fields_;
};

}  // namespace communique::platform
