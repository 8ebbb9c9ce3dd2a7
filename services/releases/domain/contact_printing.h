// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "communique/contacts/v1/printing.pb.h"
#include "communique/releases/v1/content.pb.h"
#include "services/releases/domain/contact_printing.pb.h"

// Contact lines that refer to contacts, from what is signed to what readers get. A line is shown exactly as signed
// while its contact may be printed and every address in it that the contact has, or had, is for everybody; otherwise
// the contact's stand-in has the line, or the contact with what is public of it now, or nobody. Pure functions, from
// any thread.
namespace communique::releases {

// Of one edition, or of all of a release.
using PrintedLines = std::vector<internal::PrintedLine>;

// What is asked of the contacts service for a line: its contact, and the addresses and numbers that it prints.
contacts::v1::ContactToPrint ToAsk(const v1::ContactLine& line);

// Whether the line has words of its own.
bool HasWords(const v1::ContactLine& line);

// What an edition in `locale` shows for `line` of `revision`, by the answer to ToAsk(line). `before` is what it has
// shown so far, or null: an address that was vouched for once is printed only as long as it is.
internal::PrintedLine PlanLine(const v1::ContactLine& line, const std::string& locale, const std::string& revision,
                               const contacts::v1::ContactPrinting& answer, const internal::PrintedLine* before);

// Whether the line may be published so that readers first see it at `since`. When not: a sentence that says why and
// what would be right, beginning with the part's id.
std::optional<std::string> WhyNotPrintable(const v1::ContactLine& line, const contacts::v1::ContactPrinting& answer,
                                           absl::Time since);

// The period that `at` lies in, and the one behind it; null where there is none.
std::pair<const internal::PrintedLine::Period*, const internal::PrintedLine::Period*> PeriodsAt(
    const internal::PrintedLine& printed, absl::Time at);

// The line as readers get it at `at`; nothing when it is left out.
std::optional<v1::ContactLine> LineAt(const v1::ContactLine& line, const internal::PrintedLine& printed, absl::Time at);

// Puts into `content`, an edition's in `locale` with the text of `revision`, its lines as readers get them at `at`.
void ApplyLines(const PrintedLines& lines, const std::string& locale, const std::string& revision, absl::Time at,
                v1::ReleaseContent& content);

// When after `now` a line changes by itself: the beginnings of periods.
std::vector<absl::Time> Boundaries(const PrintedLines& lines, absl::Time now);

// The words of a line for a contact, as `locale` joins them: "Milena Brkić, spokesperson, River Aid,
// press@example.org".
std::vector<v1::ContactSegment> ComposeLine(const contacts::v1::PrintableContact& contact);

}  // namespace communique::releases
