// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/personal_data.h"

#include "absl/strings/str_cat.h"
#include "communique/common/v1/data.pb.h"
#include "services/contacts/domain/personal_fields.h"

namespace communique::contacts {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsText(const FieldDescriptor& field) {
  return IsPersonal(field) || field.options().GetExtension(common::v1::data) == common::v1::DATA_PUBLIC;
}

std::vector<const FieldDescriptor*> SetFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  return fields;
}

// Adds the paths of the set fields that `wanted` names; `prefix` ends in a dot or is empty.
void AddPaths(const Message& message, const std::string& prefix, bool (*wanted)(const FieldDescriptor&),
              std::vector<std::string>& paths) {
  const Reflection& reflection = *message.GetReflection();
  for (const FieldDescriptor* field : SetFields(message)) {
    const std::string path = absl::StrCat(prefix, field->name());
    const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const std::string one = field->is_repeated() ? absl::StrCat(path, "[", i, "]") : path;
      if (wanted(*field)) {
        paths.push_back(one);
      } else if (field->message_type() != nullptr) {
        const Message& inner = field->is_repeated() ? reflection.GetRepeatedMessage(message, field, i)
                                                    : reflection.GetMessage(message, field);
        AddPaths(inner, absl::StrCat(one, "."), wanted, paths);
      }
    }
  }
  if (!reflection.GetUnknownFields(message).empty()) paths.push_back(absl::StrCat(prefix, "(unknown)"));
}

}  // namespace

std::vector<std::string> PersonalPaths(const Message& message) {
  std::vector<std::string> paths;
  AddPaths(message, "", IsPersonal, paths);
  return paths;
}

std::vector<std::string> TextPaths(const Message& message) {
  std::vector<std::string> paths;
  AddPaths(message, "", IsText, paths);
  return paths;
}

void ErasePersonal(Message& message) {
  const Reflection& reflection = *message.GetReflection();
  reflection.MutableUnknownFields(&message)->Clear();
  for (const FieldDescriptor* field : SetFields(message)) {
    if (IsPersonal(*field)) {
      reflection.ClearField(&message, field);
    } else if (field->message_type() != nullptr && field->is_repeated()) {
      for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
        ErasePersonal(*reflection.MutableRepeatedMessage(&message, field, i));
      }
    } else if (field->message_type() != nullptr) {
      ErasePersonal(*reflection.MutableMessage(&message, field));
    }
  }
}

}  // namespace communique::contacts
