// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "communique/common/v1/data.pb.h"
#include "google/protobuf/message.h"

// Texts in every field for words that a message has, for tests that must not forget one.
namespace communique::releases {

// Whether it holds words of people or about them: not names of resources, keys and languages.
inline bool IsText(const google::protobuf::FieldDescriptor& field) {
  const auto data = field.options().GetExtension(common::v1::data);
  return data == common::v1::DATA_PUBLIC || data == common::v1::DATA_PERSONAL;
}

// The fields for words that a message of the type has on any level. Messages do not hold themselves.
inline void AddTextFields(const google::protobuf::Descriptor& type,
                          std::set<const google::protobuf::FieldDescriptor*>& fields) {
  for (int f = 0; f < type.field_count(); ++f) {
    const auto* field = type.field(f);
    if (IsText(*field)) fields.insert(field);
    if (field->message_type() != nullptr) AddTextFields(*field->message_type(), fields);
  }
}

inline bool HoldsTexts(const google::protobuf::FieldDescriptor& field) {
  std::set<const google::protobuf::FieldDescriptor*> fields;
  if (field.message_type() != nullptr) AddTextFields(*field.message_type(), fields);
  return IsText(field) || !fields.empty();
}

// Calls `visit(path, holder, field, text)` for each text of a message: `holder` is the part whose field it is, `path`
// the names of the fields that lead there, each with a dot before it.
template <typename Visit>
void VisitTexts(const google::protobuf::Message& message, const Visit& visit, const std::string& above = "") {
  const auto& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  for (const auto* field : set) {
    const bool list = field->is_repeated();
    const std::string path = absl::StrCat(above, ".", field->name());
    for (int i = 0; i < (list ? reflection.FieldSize(message, field) : 1); ++i) {
      if (IsText(*field)) {
        visit(path, message, *field,
              list ? reflection.GetRepeatedString(message, field, i) : reflection.GetString(message, field));
      } else if (field->message_type() != nullptr) {
        VisitTexts(list ? reflection.GetRepeatedMessage(message, field, i) : reflection.GetMessage(message, field),
                   visit, path);
      }
    }
  }
}

// Puts a text of its own into each, and leaves everything else as it is: names, numbers, times, which of a choice it
// is.
class TextFiller {
 public:
  // Every text is these words and a number.
  explicit TextFiller(std::string words) : words_(std::move(words)) {}

  // On every level. What is missing is added, and to a list whose items are a choice one of each.
  void Fill(google::protobuf::Message& message) {
    const auto& reflection = *message.GetReflection();
    for (int f = 0; f < message.GetDescriptor()->field_count(); ++f) {
      const auto* field = message.GetDescriptor()->field(f);
      const auto* choice = field->real_containing_oneof();
      const bool other =
          choice != nullptr && reflection.HasOneof(message, choice) && !reflection.HasField(message, field);
      if (other || !HoldsTexts(*field)) continue;
      if (field->is_repeated()) {
        FillList(message, *field);
      } else if (IsText(*field)) {
        reflection.SetString(&message, field, Text(*field));
      } else {
        Fill(*reflection.MutableMessage(&message, field));
      }
    }
  }

  // The fields that have been given a text.
  const std::set<const google::protobuf::FieldDescriptor*>& fields() const { return fields_; }

 private:
  void FillList(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& list) {
    const auto& reflection = *message.GetReflection();
    if (IsText(list)) {
      if (reflection.FieldSize(message, &list) == 0) reflection.AddString(&message, &list, "");
      for (int i = 0; i < reflection.FieldSize(message, &list); ++i) {
        reflection.SetRepeatedString(&message, &list, i, Text(list));
      }
      return;
    }
    for (int o = 0; o < list.message_type()->real_oneof_decl_count(); ++o) {
      AddChoices(message, list, *list.message_type()->oneof_decl(o));
    }
    if (reflection.FieldSize(message, &list) == 0) reflection.AddMessage(&message, &list);
    for (int i = 0; i < reflection.FieldSize(message, &list); ++i) {
      Fill(*reflection.MutableRepeatedMessage(&message, &list, i));
    }
  }

  static void AddChoices(google::protobuf::Message& message, const google::protobuf::FieldDescriptor& list,
                         const google::protobuf::OneofDescriptor& choice) {
    for (int f = 0; f < choice.field_count(); ++f) {
      if (!HoldsTexts(*choice.field(f))) continue;
      auto& item = *message.GetReflection()->AddMessage(&message, &list);
      if (IsText(*choice.field(f))) {
        item.GetReflection()->SetString(&item, choice.field(f), "");
      } else {
        item.GetReflection()->MutableMessage(&item, choice.field(f));
      }
    }
  }

  std::string Text(const google::protobuf::FieldDescriptor& field) {
    fields_.insert(&field);
    // The end tells 1 from 11.
    return absl::StrCat(words_, " ", ++count_, ".");
  }

  const std::string words_;
  int count_ = 0;
  std::set<const google::protobuf::FieldDescriptor*> fields_;
};

}  // namespace communique::releases
