// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as a List method's filter: it is refused with a position inside it, or becomes SQL that consists of our own
// words alone, with every value in a parameter; and a tree written out and read again is the same tree.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "google/protobuf/descriptor.pb.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/filter_fields.h"

namespace {

namespace platform = communique::platform;

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "violated: %s\n", what);
  std::abort();
}

const platform::FilterFields& Fields() {
  using platform::FilterField;
  static const platform::FilterFields fields = {
      {"a", FilterField::Text("a")},
      {"b", FilterField::Int("b")},
      {"c.d", FilterField::Timestamp("c")},
      {"e", FilterField::Enum("e", google::protobuf::FieldDescriptorProto::Type_descriptor())},
      {"f", FilterField::Bool("f")},
      {"g", FilterField::RepeatedText("g")},
  };
  return fields;
}

std::string Write(const platform::FilterNode& node) {
  if (node.kind == platform::FilterNode::Kind::kRestriction) {
    const platform::FilterRestriction& r = node.restriction;
    const std::string value = absl::StrReplaceAll(r.value, {{"\\", "\\\\"}, {"\"", "\\\""}});
    return absl::StrCat(r.field, platform::ToAbsl(platform::ToText(r.comparator)), r.quoted ? "\"" : "",
                        r.quoted ? value : r.value, r.quoted ? "\"" : "");
  }
  if (node.kind == platform::FilterNode::Kind::kNot) return absl::StrCat("NOT (", Write(node.children[0]), ")");
  std::string text = "(";
  for (const platform::FilterNode& child : node.children) {
    if (text.size() > 1) text += node.kind == platform::FilterNode::Kind::kAnd ? " AND " : " OR ";
    text += Write(child);
  }
  return text + ")";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view filter(reinterpret_cast<const char*>(data), size);
  platform::SqlParams params;
  const auto sql = platform::FilterToSql(filter, Fields(), params);
  if (sql.ok()) {
    Require(sql->find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.: ()<>='") ==
                std::string::npos,
            "SQL holds nothing but our own words");
    Require(
        sql->find('\'') == std::string::npos || absl::StrReplaceAll(*sql, {{"''", ""}}).find('\'') == std::string::npos,
        "the only literal is the empty text");
  } else {
    std::size_t position = 0;
    Require(platform::ReasonOf(sql.status()) == platform::Reason::ERROR_REASON_FILTER_INVALID,
            "the reason is FILTER_INVALID");
    Require(absl::SimpleAtoi(platform::ErrorMetadataValue(sql.status(), "position"), &position) && position >= 1 &&
                position <= size + 1,
            "the position is in the filter");
  }

  platform::FilterLimits unbounded;
  unbounded.max_bytes = 1 << 20;
  unbounded.max_terms = 1 << 20;
  unbounded.max_depth = 1000;
  const auto tree = platform::ParseFilter(filter);
  if (!tree.ok() || !tree->has_value()) return 0;
  const std::string written = Write(**tree);
  const auto again = platform::ParseFilter(written, unbounded);
  Require(again.ok() && again->has_value(), "what is written out can be read");
  Require(Write(**again) == written, "it is the same tree");
  return 0;
}
