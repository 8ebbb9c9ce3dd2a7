// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/platform/storage/filter_fields.h"
#include "services/platform/storage/order_by.h"
#include "services/platform/storage/value.h"

namespace communique::platform {

// What a page token is bound to. A token made for one scope is refused in any other: a list continues only what it was.
struct PageScope {
  std::string method;    // "ListReleases"
  std::string parent;    // as the caller gave it
  std::string filter;    // the same
  std::string order_by;  // the same
  std::string audience;  // whose view of the rows it is ("anonymous", "staff")
};

// A token for the page after the row whose values of the order's columns are `key`: base64url (RFC 4648, no padding) of
// a version, the scope's fingerprint and the key. It is the same for the same input, and not signed: everything in it
// is checked, and it can name no row that the scope's own rules would not show.
std::string MakePageToken(const PageScope& scope, const std::vector<Value>& key);

// The key in `token`, with a value of the right type for each term of `order`: a UUID for a last term `uid`, which the
// orders of resources end in. PAGE_TOKEN_MISMATCH when it was made for another scope or is no token.
// Requires: `order` is not empty.
absl::StatusOr<std::vector<Value>> ParsePageToken(std::string_view token, const PageScope& scope,
                                                  const std::vector<OrderTerm>& order);

// The condition for the rows after the one with `key`, as SQL over t; adds its values to `params`.
std::string AfterKeyToSql(const std::vector<OrderTerm>& order, const std::vector<Value>& key, SqlParams& params);

}  // namespace communique::platform
