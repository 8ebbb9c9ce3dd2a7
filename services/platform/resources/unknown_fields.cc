// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/resources/unknown_fields.h"

#include <vector>

#include "absl/strings/str_cat.h"

namespace communique::platform {

std::string FindUnknownField(const google::protobuf::Message& message) {
  const auto* reflection = message.GetReflection();
  const auto& unknown = reflection->GetUnknownFields(message);
  if (!unknown.empty()) return absl::StrCat("#", unknown.field(0).number());
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      const std::string below = FindUnknownField(reflection->GetMessage(message, field));
      if (!below.empty()) return absl::StrCat(field->name(), ".", below);
      continue;
    }
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      const std::string below = FindUnknownField(reflection->GetRepeatedMessage(message, field, i));
      if (!below.empty()) return absl::StrCat(field->name(), "[", i, "].", below);
    }
  }
  return {};
}

}  // namespace communique::platform
