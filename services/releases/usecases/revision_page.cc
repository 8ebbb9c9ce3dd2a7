// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/revision_page.h"

#include <charconv>

#include "services/platform/errors/error.h"
#include "services/platform/storage/order_by.h"
#include "services/platform/storage/page_token.h"

namespace communique::releases {
namespace {

constexpr std::int32_t kDefaultPageSize = 50;
constexpr std::int32_t kMaxPageSize = 1000;

platform::PageScope ScopeOf(std::string_view method, const std::string& parent) {
  return {std::string(method), parent, "", "", "staff"};
}

}  // namespace

absl::StatusOr<RevisionPage> ParseRevisionPage(std::string_view method, const std::string& parent,
                                               std::int32_t page_size, const std::string& page_token) {
  if (page_size < 0) return platform::InvalidField("page_size", "must not be negative; 0 means the default");
  RevisionPage page;
  page.size = page_size == 0 ? kDefaultPageSize : std::min(page_size, kMaxPageSize);
  if (page_token.empty()) return page;
  const auto key =
      platform::ParsePageToken(page_token, ScopeOf(method, parent), {{"number", platform::ColumnType::kInt, true}});
  if (!key.ok()) return key.status();
  page.before = std::get<std::int64_t>(key->front());
  return page;
}

std::string NextRevisionPage(std::string_view method, const std::string& parent, const std::string& last) {
  const std::string_view digits = std::string_view(last).substr(last.rfind('/') + 1);
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return platform::MakePageToken(ScopeOf(method, parent), {platform::Value(number)});
}

}  // namespace communique::releases
