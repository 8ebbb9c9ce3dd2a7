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

// What is asked of the contacts service for a line: its contact, and the addresses and numbers that it prints, a
// mailbox that is printed as "name(at)example.org" as the address that it is.
contacts::v1::ContactToPrint ToAsk(const v1::ContactLine& line);

// Whether the line has words of its own.
bool HasWords(const v1::ContactLine& line);

// Whether something was erased from it (erase_person.h).
bool HasGaps(const v1::ContactLine& line);

// Whether `answer` is one to `asked`: with a period, and with a standing for each value. The functions below require
// it.
bool IsAnswerTo(const contacts::v1::ContactToPrint& asked, const contacts::v1::ContactPrinting& answer);

// Which line of which edition, and the release's digest key.
struct LinePlace {
  const std::string& locale;
  const std::string& revision;
  const std::string& digest_key;
};

// How PrintedLine.vouched_values knows an address or number, as ToAsk gives it: a commitment under the release's digest
// key.
std::string VouchedAs(std::string_view value, std::string_view digest_key);

// What an edition shows for `line`, by the answer to ToAsk(line). `before` is what it has shown so far for the same
// contact in the same part, of whatever revision, or null: an address that was vouched for once is printed only as long
// as it is.
internal::PrintedLine PlanLine(const v1::ContactLine& line, const LinePlace& place,
                               const contacts::v1::ContactPrinting& answer, const internal::PrintedLine* before);

// Whether the line may be published so that readers first see it at `since`, by the answer to ToAsk(line). When not: a
// sentence that says why and what would be right, beginning with the part's id.
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

// Lines of `content` from which something was erased, as readers get them: what is left, joined anew, or nothing when
// that tells nobody whom to ask. `locale` is the content's.
void CloseGaps(const std::string& locale, v1::ReleaseContent& content);

// When after `now` a line changes by itself: the beginnings of periods.
std::vector<absl::Time> Boundaries(const PrintedLines& lines, absl::Time now);

// The words of a line for a contact, as `locale` joins them: "Milena Brkić, spokesperson, River Aid,
// press@example.org".
std::vector<v1::ContactSegment> ComposeLine(const contacts::v1::PrintableContact& contact);

}  // namespace communique::releases
