// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

// Resource names (AIP-122): what those of all services share. A service declares its own names as structs of their
// parts with Parse and ToString, made of these pieces. Ids are never used again after a resource is gone.
namespace communique::platform {

struct NewsroomName {
  std::string newsroom;

  static std::optional<NewsroomName> Parse(std::string_view name);
  std::string ToString() const;
};

// The parent of a list: a newsroom or, as "-", all of them (AIP-159).
struct NewsroomParent {
  std::string newsroom;  // empty: all

  static std::optional<NewsroomParent> Parse(std::string_view name);
};

// Whether `id` is one that callers choose: [a-z]([a-z0-9-]{0,61}[a-z0-9])?.
bool IsId(std::string_view id);
// The same for ids that may also begin with a digit, such as those that begin with a date.
bool IsIdOrDated(std::string_view id);

// INVALID_ARGUMENT naming `field` unless IsId and IsIdOrDated.
absl::Status CheckId(std::string_view field, std::string_view id);
absl::Status CheckIdOrDated(std::string_view field, std::string_view id);

// Splits "a/x/b/y" into its variable parts {x, y}, when its fixed parts are `collections` {a, b}.
template <std::size_t kParts>
std::optional<std::array<std::string_view, kParts>> MatchName(std::string_view name,
                                                              const std::array<std::string_view, kParts>& collections) {
  std::array<std::string_view, kParts> ids;
  for (std::size_t i = 0; i < kParts; ++i) {
    const std::string_view collection = collections[i];
    if (!name.starts_with(collection) || name.size() <= collection.size() || name[collection.size()] != '/') return {};
    name.remove_prefix(collection.size() + 1);
    const std::size_t slash = name.find('/');
    const bool last = i + 1 == kParts;
    if (last != (slash == std::string_view::npos)) return {};
    ids[i] = name.substr(0, slash);
    if (!last) name.remove_prefix(slash + 1);
  }
  return ids;
}

// The error for a name that does not parse: says what a name of that form looks like.
absl::Status InvalidName(std::string_view field, std::string_view name, std::string_view pattern);

inline constexpr std::string_view kNewsroomPattern = "newsrooms/{newsroom}";

}  // namespace communique::platform
