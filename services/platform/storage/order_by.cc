// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/order_by.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr std::size_t kMaxBytes = 500;

absl::Status Invalid(std::string_view description) { return InvalidField("order_by", description); }

}  // namespace

absl::StatusOr<std::vector<OrderTerm>> ParseOrderBy(std::string_view order_by, const OrderFields& fields) {
  if (order_by.size() > kMaxBytes) return Invalid(ToStd(absl::StrCat("must not be longer than ", kMaxBytes, " bytes")));
  std::vector<OrderTerm> order;
  for (absl::string_view part : absl::StrSplit(ToAbsl(order_by), ',')) {
    const std::vector<absl::string_view> words = absl::StrSplit(part, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    if (words.empty()) {
      return Invalid(
          "must be fields separated by commas, each with or without \" desc\": \"create_time desc, headline\"");
    }
    const auto field = fields.find(ToStd(words[0]));
    if (field == fields.end()) {
      const std::string known =
          absl::StrJoin(fields, ", ", [](std::string* out, const auto& entry) { absl::StrAppend(out, entry.first); });
      return Invalid(ToStd(absl::StrCat("there is no field '", words[0], "' to order by; there are ", known)));
    }
    if (words.size() > 2 || (words.size() == 2 && words[1] != "desc" && words[1] != "asc")) {
      return Invalid(ToStd(absl::StrCat("after ", words[0], " may come \" desc\" and nothing else")));
    }
    const std::string& column = field->second.column;
    if (std::any_of(order.begin(), order.end(), [&](const OrderTerm& term) { return term.column == column; })) {
      return Invalid(ToStd(absl::StrCat(words[0], " must not stand twice")));
    }
    order.push_back({column, field->second.type, words.size() == 2 && words[1] == "desc"});
  }
  order.push_back({"uid", ColumnType::kText, order.back().descending});
  return order;
}

std::string OrderToSql(const std::vector<OrderTerm>& order) {
  return absl::StrJoin(order, ", ", [](std::string* out, const OrderTerm& term) {
    absl::StrAppend(out, "t.", term.column, term.descending ? " DESC" : " ASC");
  });
}

}  // namespace communique::platform
