// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/testing/contract.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "communique/common/v1/data.pb.h"

namespace communique::platform {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

void Collect(const FileDescriptor& file, std::set<const FileDescriptor*>& found) {
  if (file.package().find("communique.") != 0 || !found.insert(&file).second) return;
  for (int i = 0; i < file.dependency_count(); ++i) Collect(*file.dependency(i), found);
}

void Look(const Descriptor& message, std::vector<std::string>& mistakes, int& text_fields) {
  // The entries of maps are made by protoc; their strings are described by the map's own field.
  if (message.options().map_entry()) return;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    const bool is_text = field.type() == FieldDescriptor::TYPE_STRING || field.type() == FieldDescriptor::TYPE_BYTES;
    const common::v1::Data data = field.options().GetExtension(common::v1::data);
    if (is_text) {
      ++text_fields;
      if (data == common::v1::DATA_UNSPECIFIED || !common::v1::Data_IsValid(data)) {
        mistakes.push_back(absl::StrCat(field.full_name(), " does not say what data it holds"));
      }
    } else if (!field.is_map() && data != common::v1::DATA_UNSPECIFIED) {
      mistakes.push_back(absl::StrCat(field.full_name(), " is no text"));
    }
  }
  for (int i = 0; i < message.nested_type_count(); ++i) Look(*message.nested_type(i), mistakes, text_fields);
}

}  // namespace

std::vector<std::string> DataMistakes(const std::vector<const FileDescriptor*>& files, int& text_fields) {
  std::set<const FileDescriptor*> reached;
  for (const FileDescriptor* file : files) Collect(*file, reached);
  std::vector<std::string> mistakes;
  text_fields = 0;
  for (const FileDescriptor* file : reached) {
    for (int i = 0; i < file->message_type_count(); ++i) Look(*file->message_type(i), mistakes, text_fields);
  }
  return mistakes;
}

}  // namespace communique::platform
