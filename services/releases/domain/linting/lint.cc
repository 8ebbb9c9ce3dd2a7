// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/linting/lint.h"

#include "services/releases/domain/linting/lint_findings.h"
#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/linting/lint_text.h"

namespace communique::releases {
namespace {

using Check = void (*)(const LintText& text, LintFindings& findings);

// Findings at one place come in this order.
constexpr Check kChecks[] = {
    LintRequiredParts,   LintQuoteMarks,    LintSpeakers,       LintDateline,  LintWeekdays,
    LintImpossibleDates, LintRelativeDates, LintContactDomains, LintAddresses, LintDoubledWords,
    LintPlaceholders,    LintPunctuation,   LintEncoding,
};

}  // namespace

std::vector<v1::Finding> Lint(const v1::ReleaseContent& content, const LintContext&) {
  const LintText text(content);
  LintFindings findings(text);
  for (const Check check : kChecks) check(text, findings);
  return findings.Take();
}

}  // namespace communique::releases
