// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/descriptor.h"
#include "services/platform/storage/filter_parser.h"
#include "services/platform/storage/value.h"

namespace communique::platform {

// Turns what was searched for into the form that is stored in a key column (case folded, for example).
using FoldText = std::function<std::string(std::string_view)>;

// Collects the parameters of a statement that is being put together.
class SqlParams {
 public:
  // Adds a value; returns how the statement names it (":p3").
  std::string Add(Value value) {
    const std::string name = "p" + std::to_string(params_.size());
    params_.emplace_back(name, std::move(value));
    return ":" + name;
  }
  void Add(const Params& params) { params_.insert(params_.end(), params.begin(), params.end()); }
  const Params& params() const { return params_; }

 private:
  Params params_;
};

// What a field in a filter stands for. Columns are those of the listed table; in the SQL it is called t.
class FilterField {
 public:
  // Writes the condition of a restriction as SQL over t and parameters; for a field that depends on the time, on the
  // caller, or on several columns. An error should be a FilterInvalid.
  using Compile = std::function<absl::StatusOr<std::string>(const FilterRestriction&, SqlParams&)>;

  // Text, compared by its bytes: = != < <= > >=, `:` is the same as =, "abc*" finds what begins with abc.
  static FilterField Text(std::string column, FoldText fold = nullptr);
  // A whole number: = != < <= > >=.
  static FilterField Int(std::string column);
  // Microseconds since 1970, 0 for none: = != < <= > >= with an RFC 3339 text in quotes. None is neither earlier nor
  // later than any.
  static FilterField Timestamp(std::string column);
  // An enum's number: = and != with a value's name, with or without the prefix the values share ("STATE_").
  static FilterField Enum(std::string column, const google::protobuf::EnumDescriptor* type);
  // 0 or 1: = and != with true or false.
  static FilterField Bool(std::string column);
  // A repeated text field kept in a child table (newsroom_uid, uid, value): `:` only.
  static FilterField RepeatedText(std::string child_table, FoldText fold = nullptr);
  // Anything else.
  static FilterField Computed(Compile compile);

  absl::StatusOr<std::string> ToSql(const FilterRestriction& restriction, SqlParams& params) const {
    return compile_(restriction, params);
  }

 private:
  explicit FilterField(Compile compile) : compile_(std::move(compile)) {}

  Compile compile_;
};

// The fields that a List method can filter by, as its documentation names them ("create_time", "origin.newsroom").
using FilterFields = std::map<std::string, FilterField, std::less<>>;

// The condition that `filter` means, as SQL in parentheses over t, with its values in `params`; "" for an empty filter.
absl::StatusOr<std::string> FilterToSql(std::string_view filter, const FilterFields& fields, SqlParams& params,
                                        const FilterLimits& limits = {});

}  // namespace communique::platform
