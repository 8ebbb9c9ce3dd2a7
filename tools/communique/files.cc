// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/files.h"

#include <google/protobuf/util/json_util.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "tools/communique/errors.h"

namespace communique::command {
namespace {

absl::StatusOr<std::string> ReadAll(std::istream& in, const std::string& name) {
  std::ostringstream bytes;
  // An empty input sets failbit on the receiving stream; only the reading side says whether reading went wrong.
  if (in.peek() != std::istream::traits_type::eof()) bytes << in.rdbuf();
  if (in.bad()) return UsageError(absl::StrCat(name, " cannot be read: ", std::strerror(errno)));
  return std::move(bytes).str();
}

}  // namespace

absl::StatusOr<std::string> ReadInput(const std::string& path, std::istream& in) {
  if (path == "-") return ReadAll(in, "standard input");
  std::ifstream file(path, std::ios::binary);
  if (!file) return UsageError(absl::StrCat(path, " cannot be opened: ", std::strerror(errno)));
  return ReadAll(file, path);
}

absl::Status ReadJson(const std::string& path, std::istream& in, const std::string& what,
                      google::protobuf::Message* message) {
  const auto json = ReadInput(path, in);
  if (!json.ok()) return json.status();
  const auto status = google::protobuf::util::JsonStringToMessage(*json, message);
  if (status.ok()) return absl::OkStatus();
  return UsageError(absl::StrCat(path, " is no ", what,
                                 " in protobuf JSON: ", std::string(status.message().data(), status.message().size())));
}

}  // namespace communique::command
