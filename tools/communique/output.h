// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ostream>
#include <string>

#include "google/protobuf/message.h"

namespace communique::command {

// --output: for people, or protobuf's JSON for programs, as one indented document or with one document per line.
enum class Output { kText, kJson, kJsonLines };

// The message as protobuf JSON (field names in lowerCamelCase), ending in a line break.
std::string ToJson(const google::protobuf::Message& message, Output output);

// The answer of a verb that answers with one message: JSON of it, or what `text` writes.
template <typename Text>
void PrintMessage(std::ostream& out, Output output, const google::protobuf::Message& message, Text text) {
  if (output == Output::kText) {
    text(out);
  } else {
    out << ToJson(message, output);
  }
}

// The answer of a verb that lists: all of `list` as one document, one document per item, or what `text` writes.
template <typename Items, typename Text>
void PrintList(std::ostream& out, Output output, const google::protobuf::Message& list, const Items& items, Text text) {
  if (output != Output::kJsonLines) return PrintMessage(out, output, list, text);
  for (const auto& item : items) out << ToJson(item, output);
}

}  // namespace communique::command
