// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/resources/field_mask.h"

#include <google/protobuf/util/field_mask_util.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "google/api/field_behavior.pb.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/text.h"

namespace communique::platform {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::util::FieldMaskUtil;

bool IsWritable(const FieldDescriptor& field) {
  if (field.name() == "etag") return false;
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    const auto behavior = options.GetExtension(google::api::field_behavior, i);
    if (behavior == google::api::OUTPUT_ONLY || behavior == google::api::IMMUTABLE ||
        behavior == google::api::IDENTIFIER) {
      return false;
    }
  }
  return true;
}

// Whether every field along the path may be written by callers.
absl::StatusOr<bool> IsWritablePath(const Message& message, const std::string& path) {
  std::vector<const FieldDescriptor*> fields;
  if (!FieldMaskUtil::GetFieldDescriptors(message.GetDescriptor(), path, &fields)) {
    return InvalidField("update_mask",
                        absl::StrCat("\"", Excerpt(path, 100), "\" is not a field of ", message.GetDescriptor()->name(),
                                     "; paths look like \"topics\" or \"content.headline\""));
  }
  for (const auto* field : fields) {
    if (!IsWritable(*field)) return false;
  }
  return true;
}

}  // namespace

absl::Status ApplyUpdate(const Message& source, const google::protobuf::FieldMask& mask, Message& target) {
  google::protobuf::FieldMask paths;
  if (mask.paths().empty()) {
    std::vector<const FieldDescriptor*> set;
    source.GetReflection()->ListFields(source, &set);
    for (const auto* field : set) {
      if (IsWritable(*field)) paths.add_paths(field->name());
    }
  } else if (mask.paths_size() == 1 && mask.paths(0) == "*") {
    for (int i = 0; i < source.GetDescriptor()->field_count(); ++i) {
      const auto* field = source.GetDescriptor()->field(i);
      if (IsWritable(*field)) paths.add_paths(field->name());
    }
  } else {
    for (const std::string& path : mask.paths()) {
      const auto writable = IsWritablePath(source, path);
      if (!writable.ok()) return writable.status();
      if (*writable) paths.add_paths(path);
    }
  }
  FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  FieldMaskUtil::MergeMessageTo(source, paths, options, &target);
  return absl::OkStatus();
}

}  // namespace communique::platform
