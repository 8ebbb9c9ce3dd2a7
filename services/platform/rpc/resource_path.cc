// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/resource_path.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string Join(const std::string& prefix, const FieldDescriptor& field) {
  return prefix.empty() ? field.name() : absl::StrCat(prefix, ".", field.name());
}

absl::Status VisitFrom(const Message& message, const std::vector<const FieldDescriptor*>& fields, std::size_t depth,
                       const std::string& prefix, const ResourcePath::Visit& visit) {
  const FieldDescriptor* field = fields[depth];
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  const std::string path = Join(prefix, *field);
  const bool last = depth + 1 == fields.size();
  std::string scratch;
  if (!field->is_repeated()) {
    if (last) return visit(path, reflection.GetStringReference(message, field, &scratch));
    return VisitFrom(reflection.GetMessage(message, field), fields, depth + 1, path, visit);
  }
  const int size = reflection.FieldSize(message, field);
  if (size == 0) return visit(path, {});
  for (int i = 0; i < size; ++i) {
    const std::string item = absl::StrCat(path, "[", i, "]");
    const absl::Status status =
        last ? visit(item, reflection.GetRepeatedStringReference(message, field, i, &scratch))
             : VisitFrom(reflection.GetRepeatedMessage(message, field, i), fields, depth + 1, item, visit);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ResourcePath> ResourcePath::Compile(const google::protobuf::Descriptor& request, std::string_view path) {
  const auto wrong = [&](std::string_view why) {
    return absl::InvalidArgumentError(
        absl::StrCat("access.resource \"", ToAbsl(path), "\" ", ToAbsl(why), " in ", request.full_name()));
  };
  ResourcePath compiled;
  const google::protobuf::Descriptor* message = &request;
  for (const std::string& name : std::vector<std::string>(absl::StrSplit(ToAbsl(path), '.'))) {
    if (message == nullptr) return wrong("leads through a field that is no message");
    const FieldDescriptor* field = message->FindFieldByName(name);
    if (field == nullptr) return wrong("does not exist");
    compiled.fields_.push_back(field);
    message = field->message_type();
  }
  if (compiled.fields_.back()->type() != FieldDescriptor::TYPE_STRING) return wrong("is not a string field");
  return compiled;
}

absl::Status ResourcePath::ForEach(const Message& request, const Visit& visit) const {
  return fields_.empty() ? absl::OkStatus() : VisitFrom(request, fields_, 0, "", visit);
}

}  // namespace communique::platform
