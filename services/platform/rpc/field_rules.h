// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace communique::platform {

// What google.api.field_behavior (AIP-203) says about a request, worked out once from its descriptor:
//
//   OUTPUT_ONLY  is cleared before the handler sees it: a client may send back what it has read.
//   REQUIRED     must be there and not be the default value, at any depth below a message that is there itself.
//
// An update with a field mask sends part of a resource: of the resource's own fields, those that a non-empty
// update_mask names are required; without a mask, those that are absent are left alone, so none is. Immutable.
class FieldRules {
 public:
  FieldRules();
  ~FieldRules();
  FieldRules(FieldRules&&) noexcept;
  FieldRules& operator=(FieldRules&&) noexcept;

  // `resource` is the path of the RPC's access rule: its first field is the resource that an update_mask is about.
  static FieldRules Compile(const google::protobuf::Descriptor& request, std::string_view resource);

  // INVALID_ARGUMENT naming every required field that is missing.
  absl::Status Apply(google::protobuf::Message& request) const;

 private:
  struct Type;
  struct Child {
    const google::protobuf::FieldDescriptor* field;
    const Type* type;
  };
  struct Type {
    std::vector<const google::protobuf::FieldDescriptor*> required;
    std::vector<const google::protobuf::FieldDescriptor*> output_only;
    std::vector<Child> children;
    bool matters = false;  // something is to do here or below
  };
  class Compiler;
  class Application;

  std::vector<std::unique_ptr<Type>> types_;
  const Type* request_ = nullptr;
  const google::protobuf::FieldDescriptor* update_mask_ = nullptr;
  const google::protobuf::FieldDescriptor* updated_ = nullptr;
};

}  // namespace communique::platform
