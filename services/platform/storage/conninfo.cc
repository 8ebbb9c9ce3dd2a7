// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/conninfo.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

std::string Quoted(std::string_view value) {
  std::string quoted = "'";
  for (char c : value) {
    if (c == '\'' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  return quoted + "'";
}

}  // namespace

absl::StatusOr<std::string> CompleteConninfo(std::string_view conninfo, absl::Duration connect_timeout,
                                             std::string_view application_name) {
  char* message = nullptr;
  PQconninfoOption* options = PQconninfoParse(std::string(conninfo).c_str(), &message);
  PQfreemem(message);  // repeats parts of the string
  if (options == nullptr) {
    return InvalidField("storage.postgres",
                        "is not a libpq connection string; write \"host=… port=… dbname=… user=…\" or "
                        "\"postgresql://user@host:port/dbname\"");
  }
  // libpq takes whole seconds and waits at least two.
  const auto seconds =
      std::max<std::int64_t>(static_cast<std::int64_t>(std::ceil(absl::ToDoubleSeconds(connect_timeout))), 2);
  std::map<std::string, std::string> values = {
      {"connect_timeout", absl::StrCat(seconds)},
      {"client_encoding", "UTF8"},
      {"application_name", std::string(application_name)},
      {"gssencmode", "disable"},
      {"keepalives_idle", "30"},
      {"keepalives_interval", "10"},
      {"keepalives_count", "3"},
  };
  for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
    if (option->val != nullptr) values[option->keyword] = option->val;
  }
  PQconninfoFree(options);
  std::string complete;
  for (const auto& [keyword, value] : values) {
    absl::StrAppend(&complete, complete.empty() ? "" : " ", keyword, "=", Quoted(value));
  }
  return complete;
}

}  // namespace communique::platform
