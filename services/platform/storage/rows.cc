// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/rows.h"

#include <cstdio>
#include <cstdlib>

namespace communique::platform {
namespace {

constexpr const char* kTypeNames[] = {"a number", "text", "bytes"};

}  // namespace

template <typename T>
const T& Row::Get(std::size_t column, const char* wanted) const {
  if (column >= width_) {
    std::fprintf(stderr, "a row has %zu columns, column %zu was asked for\n", width_, column);
    std::abort();
  }
  const T* value = std::get_if<T>(cells_ + column);
  if (value == nullptr) {
    std::fprintf(stderr, "column %zu of a row holds %s, not %s\n", column, kTypeNames[cells_[column].index()], wanted);
    std::abort();
  }
  return *value;
}

std::int64_t Row::Int(std::size_t column) const { return Get<std::int64_t>(column, kTypeNames[0]); }

const std::string& Row::Text(std::size_t column) const { return Get<std::string>(column, kTypeNames[1]); }

const std::string& Row::Bytes(std::size_t column) const { return Get<platform::Bytes>(column, kTypeNames[2]).data; }

}  // namespace communique::platform
