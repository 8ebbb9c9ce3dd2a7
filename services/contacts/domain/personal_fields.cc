// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/personal_fields.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "communique/common/v1/data.pb.h"
#include "google/api/field_behavior.pb.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/text.h"

namespace communique::contacts {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// What is printed of a person is shown to all who may see the contact.
bool IsShownToAll(const FieldDescriptor& field) {
  return field.containing_type() == v1::PersonName::descriptor() &&
         field.number() == v1::PersonName::kDisplayNameFieldNumber;
}

bool IsHidden(const FieldDescriptor& field) { return IsPersonal(field) && !IsShownToAll(field); }

bool HoldsHidden(const FieldDescriptor& field) {
  if (IsHidden(field)) return true;
  const Descriptor* type = field.message_type();
  for (int i = 0; type != nullptr && i < type->field_count(); ++i) {
    if (HoldsHidden(*type->field(i))) return true;
  }
  return false;
}

bool IsRequired(const FieldDescriptor& field) {
  const auto& options = field.options();
  for (int i = 0; i < options.ExtensionSize(google::api::field_behavior); ++i) {
    if (options.GetExtension(google::api::field_behavior, i) == google::api::REQUIRED) return true;
  }
  return false;
}

// Whether nothing is left of a message without what is personal in it.
bool IsAboutPersonal(const Descriptor& type) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (IsRequired(*type.field(i)) && IsHidden(*type.field(i))) return true;
  }
  return false;
}

absl::Status UnknownPath(const std::string& path) {
  return platform::InvalidField("read_mask", absl::StrCat("\"", platform::Excerpt(path, 100),
                                                          "\" is not a field of Contact; paths look like \"emails\" or "
                                                          "\"person_names.phonetic\", and \"*\" means all"));
}

// The fields along `path`; empty when it is not there.
std::vector<const FieldDescriptor*> Resolve(const std::string& path) {
  std::vector<const FieldDescriptor*> fields;
  const Descriptor* type = v1::Contact::descriptor();
  for (const std::string& name : std::vector<std::string>(absl::StrSplit(path, '.'))) {
    const FieldDescriptor* field = type == nullptr ? nullptr : type->FindFieldByName(name);
    if (field == nullptr) return {};
    fields.push_back(field);
    type = field->message_type();
  }
  return fields;
}

}  // namespace

bool IsPersonal(const FieldDescriptor& field) {
  return field.options().GetExtension(common::v1::data) == common::v1::DATA_PERSONAL;
}

bool HoldsPersonal(const FieldDescriptor& field) {
  if (IsPersonal(field)) return true;
  const Descriptor* type = field.message_type();
  for (int i = 0; type != nullptr && i < type->field_count(); ++i) {
    if (HoldsPersonal(*type->field(i))) return true;
  }
  return false;
}

void ContactReadMask::KeepImpersonal(const Descriptor& type, Node& node) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsHidden(field)) continue;
    if (field.message_type() == nullptr) {
      node.fields[field.number()].whole = true;
    } else if (!IsAboutPersonal(*field.message_type())) {
      KeepImpersonal(*field.message_type(), node.fields[field.number()]);
    }
  }
}

ContactReadMask::ContactReadMask() { KeepImpersonal(*v1::Contact::descriptor(), root_); }

absl::StatusOr<ContactReadMask> ContactReadMask::Parse(const google::protobuf::FieldMask& read_mask) {
  ContactReadMask mask;
  if (read_mask.paths().empty()) return mask;
  mask.root_ = Node();
  for (const std::string& path : read_mask.paths()) {
    if (path == "*") {
      mask.root_.whole = true;
      mask.personal_ = true;
      continue;
    }
    const auto fields = Resolve(path);
    if (fields.empty()) return UnknownPath(path);
    Node* node = &mask.root_;
    for (const FieldDescriptor* field : fields) node = &node->fields[field->number()];
    const FieldDescriptor& last = *fields.back();
    const bool personal = HoldsHidden(last);
    mask.personal_ = mask.personal_ || personal;
    if (personal || last.message_type() == nullptr) {
      node->whole = true;
    } else {
      KeepImpersonal(*last.message_type(), *node);
    }
  }
  return mask;
}

void ContactReadMask::KeepOnly(const Node& node, Message& message) {
  if (node.whole) return;
  const auto* reflection = message.GetReflection();
  reflection->MutableUnknownFields(&message)->Clear();
  std::vector<const FieldDescriptor*> set;
  reflection->ListFields(message, &set);
  for (const FieldDescriptor* field : set) {
    const auto kept = node.fields.find(field->number());
    if (kept == node.fields.end()) {
      reflection->ClearField(&message, field);
    } else if (field->message_type() != nullptr && field->is_repeated()) {
      for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
        KeepOnly(kept->second, *reflection->MutableRepeatedMessage(&message, field, i));
      }
    } else if (field->message_type() != nullptr) {
      KeepOnly(kept->second, *reflection->MutableMessage(&message, field));
    }
  }
}

void ContactReadMask::Apply(v1::Contact& contact) const { KeepOnly(root_, contact); }

}  // namespace communique::contacts
