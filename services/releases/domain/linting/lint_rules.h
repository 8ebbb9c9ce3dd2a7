// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "communique/releases/v1/finding.pb.h"
#include "services/releases/domain/linting/lint_findings.h"
#include "services/releases/domain/linting/lint_text.h"

// The rules of the linter, each with its stable name and its weight. Errors are what SubmitRelease refuses.
namespace communique::releases {

struct LintRule {
  std::string_view name;
  v1::Finding::Severity severity;
};

// What a release needs (required_parts.cc).
inline constexpr LintRule kHeadlineMissing{"headline-missing", v1::Finding::SEVERITY_ERROR};
inline constexpr LintRule kBodyMissing{"body-missing", v1::Finding::SEVERITY_ERROR};
inline constexpr LintRule kLeadMissing{"lead-missing", v1::Finding::SEVERITY_ERROR};
inline constexpr LintRule kLanguageMissing{"language-missing", v1::Finding::SEVERITY_ERROR};
inline constexpr LintRule kContactsMissing{"contacts-missing", v1::Finding::SEVERITY_HINT};
void LintRequiredParts(const LintText& text, LintFindings& findings);

// Quotation marks and who is quoted (quotes.cc).
inline constexpr LintRule kQuoteMarksMismatched{"quote-marks-mismatched", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kQuoteUnclosed{"quote-unclosed", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kQuoteMarksMixed{"quote-marks-mixed", v1::Finding::SEVERITY_HINT};
inline constexpr LintRule kQuoteWithoutSpeaker{"quote-without-speaker", v1::Finding::SEVERITY_HINT};
void LintQuoteMarks(const LintText& text, LintFindings& findings);
void LintSpeakers(const LintText& text, LintFindings& findings);

// Dates (dates.cc, impossible_dates.cc, relative_dates.cc).
inline constexpr LintRule kDatelineYearMissing{"dateline-year-missing", v1::Finding::SEVERITY_HINT};
inline constexpr LintRule kDatelineDateImpossible{"dateline-date-impossible", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kDatelineDateDiffers{"dateline-date-differs", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kDateImpossible{"date-impossible", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kWeekdayDateMismatch{"weekday-date-mismatch", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kRelativeDate{"relative-date", v1::Finding::SEVERITY_HINT};
void LintDateline(const LintText& text, LintFindings& findings);
void LintWeekdays(const LintText& text, LintFindings& findings);
void LintImpossibleDates(const LintText& text, LintFindings& findings);
void LintRelativeDates(const LintText& text, LintFindings& findings);

// Whom to ask, and where (contact_domains.cc, addresses.cc).
inline constexpr LintRule kContactDomainMismatch{"contact-domain-mismatch", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kEmailMalformed{"email-malformed", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kUrlMalformed{"url-malformed", v1::Finding::SEVERITY_WARNING};
void LintContactDomains(const LintText& text, LintFindings& findings);
void LintAddresses(const LintText& text, LintFindings& findings);

// Slips of the hand and of programs (doubled_words.cc, placeholders.cc, punctuation.cc, encoding.cc).
inline constexpr LintRule kDoubledWord{"doubled-word", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kDoubledParagraph{"doubled-paragraph", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kPlaceholderLeft{"placeholder-left", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kSpaceBeforePunctuation{"space-before-punctuation", v1::Finding::SEVERITY_HINT};
inline constexpr LintRule kBracketsUnbalanced{"brackets-unbalanced", v1::Finding::SEVERITY_WARNING};
inline constexpr LintRule kEncodingDamaged{"encoding-damaged", v1::Finding::SEVERITY_WARNING};
void LintDoubledWords(const LintText& text, LintFindings& findings);
void LintPlaceholders(const LintText& text, LintFindings& findings);
void LintPunctuation(const LintText& text, LintFindings& findings);
void LintEncoding(const LintText& text, LintFindings& findings);

}  // namespace communique::releases
