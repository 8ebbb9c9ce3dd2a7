// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace communique::platform {

enum class ColumnType { kInt, kText };

struct OrderField {
  std::string column;
  ColumnType type = ColumnType::kInt;
};

// The fields that a List method can order by, as its documentation names them.
using OrderFields = std::map<std::string, OrderField, std::less<>>;

struct OrderTerm {
  std::string column;
  ColumnType type = ColumnType::kInt;
  bool descending = false;
};

// The order that an order_by means (AIP-132: "create_time desc, headline"), always ended by uid in the direction of the
// last field, so that it is total. INVALID_ARGUMENT naming the field order_by when it cannot be read.
absl::StatusOr<std::vector<OrderTerm>> ParseOrderBy(std::string_view order_by, const OrderFields& fields);

// "t.create_us DESC, t.uid DESC".
std::string OrderToSql(const std::vector<OrderTerm>& order);

}  // namespace communique::platform
