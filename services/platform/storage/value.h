// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace communique::platform {

// Bytes as opposed to text: a serialised message, a digest. Any bytes, zero included.
struct Bytes {
  std::string data;
  friend bool operator==(const Bytes&, const Bytes&) = default;
};

// What a column holds and a parameter carries: a BIGINT, a TEXT (UTF-8 without U+0000) or bytes. There is no NULL:
// every column is NOT NULL, "none" is 0 or "".
using Value = std::variant<std::int64_t, std::string, Bytes>;

// A named parameter: {"uid", uid} is what :uid in the statement stands for.
struct Param {
  template <std::integral T>
  Param(std::string_view param_name, T number) : name(param_name), value(static_cast<std::int64_t>(number)) {}
  Param(std::string_view param_name, const char* text) : name(param_name), value(std::string(text)) {}
  Param(std::string_view param_name, std::string_view text) : name(param_name), value(std::string(text)) {}
  Param(std::string_view param_name, std::string text) : name(param_name), value(std::move(text)) {}
  Param(std::string_view param_name, Bytes bytes) : name(param_name), value(std::move(bytes)) {}
  Param(std::string_view param_name, Value any) : name(param_name), value(std::move(any)) {}

  std::string name;
  Value value;
};

using Params = std::vector<Param>;

}  // namespace communique::platform
