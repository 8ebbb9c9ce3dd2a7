// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/filter_fields.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "services/platform/base/string_view.h"
#include "services/platform/storage/storable_text.h"

namespace communique::platform {
namespace {

// Sorts after every character that text can hold.
constexpr char kLastCharacter[] = "\xF4\x8F\xBF\xBF";

absl::Status WrongValue(const FilterRestriction& restriction, std::string_view wanted) {
  return FilterInvalid(restriction.value_position,
                       ToStd(absl::StrCat("'", restriction.value, "' is no value for ", restriction.field,
                                          ", which is ", ToAbsl(wanted))));
}

absl::Status WrongComparator(const FilterRestriction& restriction, std::string_view allowed) {
  return FilterInvalid(restriction.field_position,
                       ToStd(absl::StrCat(restriction.field, " cannot be compared by '",
                                          ToAbsl(ToText(restriction.comparator)), "'; it takes ", ToAbsl(allowed))));
}

// `field:*` asks whether the field is set.
bool AsksForPresence(const FilterRestriction& restriction) {
  return restriction.comparator == Comparator::kHas && !restriction.quoted && restriction.value == "*";
}

bool IsEquality(const FilterRestriction& restriction) {
  return restriction.comparator == Comparator::kEqual || restriction.comparator == Comparator::kNotEqual ||
         restriction.comparator == Comparator::kHas;
}

std::string Compared(const std::string& column, Comparator comparator, const std::string& parameter) {
  const std::string_view sql = comparator == Comparator::kHas        ? "="
                               : comparator == Comparator::kNotEqual ? "<>"
                                                                     : ToText(comparator);
  return absl::StrCat("t.", column, " ", ToAbsl(sql), " ", parameter);
}

absl::StatusOr<std::string> CheckedText(const FilterRestriction& restriction, const FoldText& fold) {
  if (!IsStorableText(restriction.value)) return WrongValue(restriction, "UTF-8 text without U+0000");
  return fold == nullptr ? restriction.value : fold(restriction.value);
}

std::vector<std::string> NamesOf(const google::protobuf::EnumDescriptor& type, std::string& prefix) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) names.push_back(type.value(i)->name());
  // buf's rule: the value 0 is PREFIX_UNSPECIFIED.
  constexpr std::string_view kUnspecified = "UNSPECIFIED";
  const std::string& zero = names.front();
  const std::size_t at = zero.rfind(kUnspecified);
  if (at != std::string::npos && at + kUnspecified.size() == zero.size()) prefix = zero.substr(0, at);
  return names;
}

absl::StatusOr<std::string> NodeToSql(const FilterNode& node, const FilterFields& fields, SqlParams& params) {
  if (node.kind == FilterNode::Kind::kRestriction) {
    const auto field = fields.find(node.restriction.field);
    if (field == fields.end()) {
      const std::string known =
          absl::StrJoin(fields, ", ", [](std::string* out, const auto& entry) { absl::StrAppend(out, entry.first); });
      return FilterInvalid(node.restriction.field_position,
                           ToStd(absl::StrCat("there is no field '", node.restriction.field, "'; there are ", known)));
    }
    return field->second.ToSql(node.restriction, params);
  }
  std::string sql = node.kind == FilterNode::Kind::kNot ? "NOT (" : "(";
  const char* const joint = node.kind == FilterNode::Kind::kOr ? " OR " : " AND ";
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    auto child = NodeToSql(node.children[i], fields, params);
    if (!child.ok()) return child;
    absl::StrAppend(&sql, i == 0 ? "" : joint, *child);
  }
  return sql + ")";
}

}  // namespace

FilterField FilterField::Text(std::string column, FoldText fold) {
  return FilterField(
      [column, fold](const FilterRestriction& restriction, SqlParams& params) -> absl::StatusOr<std::string> {
        if (AsksForPresence(restriction)) return absl::StrCat("t.", column, " <> ''");
        const bool prefix = IsEquality(restriction) && restriction.value.size() > 1 && restriction.value.back() == '*';
        FilterRestriction bare = restriction;
        if (prefix) bare.value.pop_back();
        if (IsEquality(restriction) && bare.value.find('*') != std::string::npos) {
          return FilterInvalid(restriction.value_position, "'*' can only stand at the end of a value");
        }
        auto text = CheckedText(bare, fold);
        if (!text.ok()) return text;
        if (!prefix) return Compared(column, restriction.comparator, params.Add(*text));
        const std::string begins =
            absl::StrCat("(", Compared(column, Comparator::kGreaterOrEqual, params.Add(*text)), " AND ",
                         Compared(column, Comparator::kLess, params.Add(*text + kLastCharacter)), ")");
        return restriction.comparator == Comparator::kNotEqual ? "NOT " + begins : begins;
      });
}

FilterField FilterField::Int(std::string column) {
  return FilterField([column](const FilterRestriction& restriction, SqlParams& params) -> absl::StatusOr<std::string> {
    if (AsksForPresence(restriction)) return absl::StrCat("t.", column, " <> 0");
    std::int64_t number = 0;
    if (!absl::SimpleAtoi(restriction.value, &number)) return WrongValue(restriction, "a whole number");
    return Compared(column, restriction.comparator, params.Add(number));
  });
}

FilterField FilterField::Timestamp(std::string column) {
  return FilterField([column](const FilterRestriction& restriction, SqlParams& params) -> absl::StatusOr<std::string> {
    if (AsksForPresence(restriction)) return absl::StrCat("t.", column, " <> 0");
    absl::Time time;
    std::string ignored;
    if (!absl::ParseTime(absl::RFC3339_full, restriction.value, &time, &ignored) || time == absl::InfiniteFuture() ||
        time == absl::InfinitePast()) {
      return WrongValue(restriction, "a time in quotes: \"2026-01-31T12:00:00Z\"");
    }
    const std::string compared =
        Compared(column, restriction.comparator, params.Add(std::int64_t{absl::ToUnixMicros(time)}));
    if (restriction.comparator == Comparator::kNotEqual) return compared;
    return absl::StrCat("(", compared, " AND t.", column, " <> 0)");
  });
}

FilterField FilterField::Enum(std::string column, const google::protobuf::EnumDescriptor* type) {
  return FilterField(
      [column, type](const FilterRestriction& restriction, SqlParams& params) -> absl::StatusOr<std::string> {
        if (AsksForPresence(restriction)) return absl::StrCat("t.", column, " <> 0");
        if (!IsEquality(restriction)) return WrongComparator(restriction, "= and !=");
        std::string prefix;
        const std::vector<std::string> names = NamesOf(*type, prefix);
        const auto* value = type->FindValueByName(restriction.value);
        if (value == nullptr) value = type->FindValueByName(prefix + restriction.value);
        if (value == nullptr)
          return WrongValue(restriction, ToStd(absl::StrCat("one of ", absl::StrJoin(names, ", "))));
        return Compared(column, restriction.comparator, params.Add(std::int64_t{value->number()}));
      });
}

FilterField FilterField::Bool(std::string column) {
  return FilterField([column](const FilterRestriction& restriction, SqlParams& params) -> absl::StatusOr<std::string> {
    if (AsksForPresence(restriction)) return absl::StrCat("t.", column, " <> 0");
    if (!IsEquality(restriction)) return WrongComparator(restriction, "= and !=");
    if (restriction.value != "true" && restriction.value != "false") return WrongValue(restriction, "true or false");
    return Compared(column, restriction.comparator, params.Add(std::int64_t{restriction.value == "true"}));
  });
}

FilterField FilterField::RepeatedText(std::string child_table, FoldText fold) {
  return FilterField(
      [child_table, fold](const FilterRestriction& restriction, SqlParams& params) -> absl::StatusOr<std::string> {
        if (restriction.comparator != Comparator::kHas)
          return WrongComparator(restriction, "':' (has), for it is a list");
        const std::string any = absl::StrCat("EXISTS (SELECT 1 FROM ", child_table,
                                             " c WHERE c.newsroom_uid = t.newsroom_uid AND c.uid = t.uid");
        if (AsksForPresence(restriction)) return any + ")";
        auto text = CheckedText(restriction, fold);
        if (!text.ok()) return text;
        return absl::StrCat(any, " AND c.value = ", params.Add(*text), ")");
      });
}

FilterField FilterField::Computed(Compile compile) { return FilterField(std::move(compile)); }

absl::StatusOr<std::string> FilterToSql(std::string_view filter, const FilterFields& fields, SqlParams& params,
                                        const FilterLimits& limits) {
  auto tree = ParseFilter(filter, limits);
  if (!tree.ok()) return tree.status();
  if (!tree->has_value()) return std::string();
  auto sql = NodeToSql(**tree, fields, params);
  if (!sql.ok()) return sql;
  return absl::StrCat("(", *sql, ")");
}

}  // namespace communique::platform
