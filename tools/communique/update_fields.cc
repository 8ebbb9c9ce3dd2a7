// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/update_fields.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tools/communique/arguments.h"
#include "tools/communique/consent_words.h"
#include "tools/communique/errors.h"

namespace communique::command {
namespace {

using google::protobuf::FieldMask;
using google::protobuf::Message;

}  // namespace

void AddClear(CLI::App& app, std::vector<std::string>& words, const ClearableFields& clearable) {
  AddRepeated(app, "--clear", words, "Leave these without: " + Words(clearable))->check(CLI::IsMember(clearable));
}

absl::Status ClearFields(const CLI::App& app, const std::vector<std::string>& words, const ClearableFields& clearable,
                         Message& message, FieldMask& mask) {
  for (const auto& word : words) {
    for (const char* prefix : {"--", "--add-", "--remove-"}) {
      const std::string name = absl::StrCat(prefix, word);
      const auto* option = app.get_option_no_throw(name);
      if (option == nullptr || option->count() == 0) continue;
      return UsageError(absl::StrCat("--clear ", word, " and ", name, " exclude each other; say one of them"));
    }
    const std::string& field = clearable.at(word);
    message.GetReflection()->ClearField(&message, message.GetDescriptor()->FindFieldByName(field));
    NameField(field, mask);
  }
  return absl::OkStatus();
}

void NameField(const std::string& field, FieldMask& mask) {
  if (std::find(mask.paths().begin(), mask.paths().end(), field) == mask.paths().end()) mask.add_paths(field);
}

void NameSetFields(const Message& message, FieldMask& mask) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const auto* field : fields) {
    if (field->name() != "name" && field->name() != "etag") NameField(field->name(), mask);
  }
}

}  // namespace communique::command
