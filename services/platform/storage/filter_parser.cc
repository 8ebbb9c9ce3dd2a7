// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/storage/filter_parser.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/filter_lexer.h"

namespace communique::platform {
namespace {

constexpr std::array<std::string_view, 7> kComparators = {"=", "!=", "<", "<=", ">", ">=", ":"};

using Kind = FilterToken::Kind;

FilterNode Join(FilterNode::Kind kind, std::vector<FilterNode> nodes) {
  if (nodes.size() == 1) return std::move(nodes.front());
  FilterNode node;
  node.kind = kind;
  node.children = std::move(nodes);
  return node;
}

FilterNode Negate(FilterNode node) {
  FilterNode negation;
  negation.kind = FilterNode::Kind::kNot;
  negation.children.push_back(std::move(node));
  return negation;
}

// Recursive descent over the grammar of AIP-160; a method per rule. token_ is the next token.
class Parser {
 public:
  Parser(std::string_view filter, const FilterLimits& limits) : lexer_(filter), limits_(limits) {}

  absl::StatusOr<std::optional<FilterNode>> Run() {
    if (auto status = Advance(); !status.ok()) return status;
    if (token_.kind == Kind::kEnd) return std::nullopt;
    auto node = Expression();
    if (!node.ok()) return node.status();
    if (token_.kind != Kind::kEnd) return Unexpected("a comparison, AND, OR or the end");
    return *std::move(node);
  }

 private:
  absl::Status Advance() {
    auto token = lexer_.Next();
    if (token.ok()) token_ = *std::move(token);
    return token.status();
  }

  bool AtKeyword(std::string_view keyword) const { return token_.kind == Kind::kWord && token_.text == keyword; }

  bool AtTerm() const {
    return token_.kind == Kind::kLeftParenthesis || token_.kind == Kind::kString ||
           (token_.kind == Kind::kWord && token_.text != "AND" && token_.text != "OR");
  }

  absl::Status Unexpected(std::string_view wanted) const {
    if (token_.kind == Kind::kEnd) {
      return FilterInvalid(token_.position,
                           ToStd(absl::StrCat("the filter ends where ", ToAbsl(wanted), " should be")));
    }
    return FilterInvalid(token_.position,
                         ToStd(absl::StrCat("'", token_.text, "' stands where ", ToAbsl(wanted), " should be")));
  }

  // expression: sequence {AND sequence}, and sequence: factor {factor}
  absl::StatusOr<FilterNode> Expression() {
    std::vector<FilterNode> nodes;
    while (true) {
      auto node = Factor();
      if (!node.ok()) return node;
      nodes.push_back(*std::move(node));
      if (AtKeyword("AND")) {
        if (auto status = Advance(); !status.ok()) return status;
      } else if (!AtTerm()) {
        return Join(FilterNode::Kind::kAnd, std::move(nodes));
      }
    }
  }

  // factor: term {OR term}
  absl::StatusOr<FilterNode> Factor() {
    std::vector<FilterNode> nodes;
    while (true) {
      auto node = Term();
      if (!node.ok()) return node;
      nodes.push_back(*std::move(node));
      if (!AtKeyword("OR")) return Join(FilterNode::Kind::kOr, std::move(nodes));
      if (auto status = Advance(); !status.ok()) return status;
    }
  }

  // term: [NOT | -] simple
  absl::StatusOr<FilterNode> Term() {
    const bool minus = token_.kind == Kind::kWord && token_.text.front() == '-';
    if (!minus && !AtKeyword("NOT")) return Simple();
    if (++depth_ > limits_.max_depth) return TooDeep();
    if (minus && token_.text.size() > 1) {
      token_.text.erase(0, 1);
      ++token_.position;
    } else {
      if (auto status = Advance(); !status.ok()) return status;
      if (minus && token_.after_space) {
        return FilterInvalid(token_.position, "after '-' comes at once what it negates");
      }
    }
    auto node = Simple();
    --depth_;
    if (!node.ok()) return node;
    return Negate(*std::move(node));
  }

  // simple: restriction | (expression)
  absl::StatusOr<FilterNode> Simple() {
    if (token_.kind != Kind::kLeftParenthesis) return Restriction();
    const std::size_t open = token_.position;
    if (++depth_ > limits_.max_depth) return TooDeep();
    if (auto status = Advance(); !status.ok()) return status;
    auto node = Expression();
    if (!node.ok()) return node;
    if (token_.kind == Kind::kEnd) return FilterInvalid(open, "this parenthesis is not closed");
    if (token_.kind != Kind::kRightParenthesis) return Unexpected("a comparison, AND, OR or ')'");
    --depth_;
    if (auto status = Advance(); !status.ok()) return status;
    return node;
  }

  // restriction: field {. field} comparator value
  absl::StatusOr<FilterNode> Restriction() {
    FilterNode node;
    FilterRestriction& restriction = node.restriction;
    restriction.field_position = token_.position;
    if (!AtTerm() || AtKeyword("NOT") || (token_.kind == Kind::kWord && token_.text.front() == '-')) {
      return Unexpected("a field");
    }
    if (token_.kind == Kind::kString) {
      return FilterInvalid(token_.position, "a text alone is not searched for; write field = \"text\"");
    }
    if (++terms_ > limits_.max_terms) {
      return FilterInvalid(token_.position,
                           ToStd(absl::StrCat("there are more than ", limits_.max_terms, " comparisons")));
    }
    if (auto status = Dotted(restriction.field); !status.ok()) return status;
    if (token_.kind == Kind::kLeftParenthesis && !token_.after_space) {
      return FilterInvalid(restriction.field_position, "functions are not supported");
    }
    if (token_.kind != Kind::kComparator) {
      return FilterInvalid(restriction.field_position,
                           ToStd(absl::StrCat("'", restriction.field,
                                              "' has no comparison; write field = value (also != < <= > >= :)")));
    }
    for (std::size_t i = 0; i < kComparators.size(); ++i) {
      if (token_.text == kComparators[i]) restriction.comparator = static_cast<Comparator>(i);
    }
    if (auto status = Advance(); !status.ok()) return status;
    restriction.value_position = token_.position;
    if (token_.kind == Kind::kString) {
      restriction.quoted = true;
      restriction.value = token_.text;
      if (auto status = Advance(); !status.ok()) return status;
      return node;
    }
    if (token_.kind != Kind::kWord || !AtTerm() || AtKeyword("NOT")) {
      return Unexpected("a value (quote it when it holds special characters)");
    }
    if (auto status = Dotted(restriction.value); !status.ok()) return status;
    if (token_.kind == Kind::kComparator || (token_.kind == Kind::kLeftParenthesis && !token_.after_space)) {
      return FilterInvalid(token_.position,
                           ToStd(absl::StrCat("'", token_.kind == Kind::kComparator ? token_.text : "(",
                                              "' cannot stand in a value without quotes")));
    }
    return node;
  }

  // Appends words joined by dots.
  absl::Status Dotted(std::string& out) {
    while (true) {
      if (token_.kind != Kind::kWord) return Unexpected("a word");
      out += token_.text;
      if (auto status = Advance(); !status.ok()) return status;
      if (token_.kind != Kind::kDot) return absl::OkStatus();
      out += '.';
      if (auto status = Advance(); !status.ok()) return status;
    }
  }

  absl::Status TooDeep() const {
    return FilterInvalid(token_.position, ToStd(absl::StrCat("parentheses and negations stand more than ",
                                                             limits_.max_depth, " deep in each other")));
  }

  FilterLexer lexer_;
  const FilterLimits& limits_;
  FilterToken token_;
  std::size_t depth_ = 0;
  std::size_t terms_ = 0;
};

}  // namespace

std::string_view ToText(Comparator comparator) { return kComparators[static_cast<std::size_t>(comparator)]; }

absl::StatusOr<std::optional<FilterNode>> ParseFilter(std::string_view filter, const FilterLimits& limits) {
  if (filter.size() > limits.max_bytes) {
    return FilterInvalid(
        1, ToStd(absl::StrCat("it is ", filter.size(), " bytes long; at most ", limits.max_bytes, " are read")));
  }
  return Parser(filter, limits).Run();
}

absl::Status FilterInvalid(std::size_t position, std::string_view description) {
  const std::string where = absl::StrCat(position);
  return MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_FILTER_INVALID,
                   ToStd(absl::StrCat("filter, position ", where, ": ", ToAbsl(description))), {{"position", where}});
}

}  // namespace communique::platform
