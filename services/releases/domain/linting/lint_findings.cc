// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/linting/lint_findings.h"

#include <algorithm>
#include <utility>

#include "services/releases/domain/linting/lint.h"
#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/text/line_index.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

constexpr std::size_t kMaxExcerptCharacters = 200;

v1::Finding MakeFinding(const LintRule& rule, std::string_view part_id, std::string message) {
  v1::Finding finding;
  finding.set_rule(std::string(rule.name));
  finding.set_severity(rule.severity);
  finding.set_source(v1::Finding::SOURCE_LINT);
  finding.set_part_id(std::string(part_id));
  finding.set_message(std::move(message));
  return finding;
}

}  // namespace

bool LintFindings::Wants(const LintRule& rule) const {
  const auto count = counts_.find(rule.name);
  return count == counts_.end() || count->second < kMaxFindingsPerRule;
}

void LintFindings::Add(const LintRule& rule, const Passage& passage, std::size_t begin, std::size_t end,
                       std::string message) {
  if (!Wants(rule)) return;
  ++counts_[rule.name];
  placed_.push_back(
      {passage.begin + begin, passage.begin + end, MakeFinding(rule, passage.part->id, std::move(message))});
}

void LintFindings::AddMissing(const LintRule& rule, std::string_view part_id, std::string message) {
  missing_.push_back(MakeFinding(rule, part_id, std::move(message)));
}

std::vector<v1::Finding> LintFindings::Take() {
  std::stable_sort(placed_.begin(), placed_.end(), [](const Placed& a, const Placed& b) { return a.begin < b.begin; });
  std::vector<v1::Finding> findings = std::move(missing_);
  missing_.clear();
  const LineIndex lines(text_.text());
  for (Placed& placed : placed_) {
    const TextPosition position = lines.Find(placed.begin);
    placed.finding.set_line(position.line);
    placed.finding.set_column(position.column);
    const std::string_view words = std::string_view(text_.text()).substr(placed.begin, placed.end - placed.begin);
    placed.finding.set_excerpt(std::string(FirstCodePoints(words, kMaxExcerptCharacters)));
    findings.push_back(std::move(placed.finding));
  }
  placed_.clear();
  return findings;
}

}  // namespace communique::releases
