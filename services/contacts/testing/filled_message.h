// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/message.h"
#include "services/contacts/domain/personal_fields.h"

// Messages with something in every field there is, for tests that must not forget one.
namespace communique::contacts {

// Sets every field on every level, repeated ones twice; texts each to one of its own, of which `personal` gets those of
// DATA_PERSONAL fields. Messages that hold themselves are not followed: there are none.
class MessageFiller {
 public:
  void Fill(google::protobuf::Message& message) {
    using google::protobuf::FieldDescriptor;
    const auto& reflection = *message.GetReflection();
    for (int f = 0; f < message.GetDescriptor()->field_count(); ++f) {
      const FieldDescriptor* field = message.GetDescriptor()->field(f);
      for (int i = 0; i < (field->is_repeated() ? 2 : 1); ++i) {
        switch (field->cpp_type()) {
          case FieldDescriptor::CPPTYPE_MESSAGE:
            Fill(field->is_repeated() ? *reflection.AddMessage(&message, field)
                                      : *reflection.MutableMessage(&message, field));
            break;
          case FieldDescriptor::CPPTYPE_STRING:
            if (field->is_repeated()) {
              reflection.AddString(&message, field, Text(*field));
            } else {
              reflection.SetString(&message, field, Text(*field));
            }
            break;
          default:
            FillNumber(message, *field);
        }
      }
    }
    // What a later version has added.
    const std::string unknown = absl::StrCat("unknown-", ++count_, "-value");
    personal.push_back(unknown);
    reflection.MutableUnknownFields(&message)->AddLengthDelimited(9999, unknown);
  }

  std::vector<std::string> personal;
  int personal_fields = 0;

 private:
  std::string Text(const google::protobuf::FieldDescriptor& field) {
    const bool is_personal = IsPersonal(field);
    std::string text = absl::StrCat(is_personal ? "personal-" : "other-", ++count_, "-value");
    if (is_personal) {
      personal.push_back(text);
      ++personal_fields;
    }
    return text;
  }

  static void FillNumber(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& field) {
    using google::protobuf::FieldDescriptor;
    if (field.is_repeated()) return;
    const auto& reflection = *message.GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_ENUM:
        reflection.SetEnumValue(&message, &field,
                                field.enum_type()->value(field.enum_type()->value_count() - 1)->number());
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        reflection.SetBool(&message, &field, true);
        break;
      case FieldDescriptor::CPPTYPE_INT32:
        reflection.SetInt32(&message, &field, 1);
        break;
      case FieldDescriptor::CPPTYPE_INT64:
        reflection.SetInt64(&message, &field, 1);
        break;
      default:
        break;
    }
  }

  int count_ = 0;
};

}  // namespace communique::contacts
