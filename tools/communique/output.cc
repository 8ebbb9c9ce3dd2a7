// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/output.h"

#include <google/protobuf/util/json_util.h>

namespace communique::command {

std::string ToJson(const google::protobuf::Message& message, Output output) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = output == Output::kJson;
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json, options);
  // Only an Any of an unknown type has no JSON; then what is known of it is better than nothing.
  if (!status.ok()) json = message.ShortDebugString();
  if (json.empty() || json.back() != '\n') json += '\n';
  return json;
}

}  // namespace communique::command
