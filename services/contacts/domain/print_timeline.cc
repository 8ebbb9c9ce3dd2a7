// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/print_timeline.h"

#include <set>

#include "absl/strings/str_join.h"

namespace communique::contacts {

absl::StatusOr<PrintTimeline> PlanPrinting(const v1::Contact& asked, absl::Time at, const ContactLookup& lookup) {
  const ContactLookup once = Remembering(lookup);
  PrintTimeline timeline;
  std::set<std::string> passed;
  // Ends: each step is at a later beginning or end of a contact, and a walk passes only so many.
  for (std::optional<absl::Time> start = at; start;) {
    auto walk = WalkToPrinted(asked, *start, once);
    if (!walk.ok()) return walk.status();
    passed.insert(walk->passed.begin(), walk->passed.end());
    timeline.periods.push_back({*start, std::move(walk->found), walk->substitute, ""});
    PrintPeriod& period = timeline.periods.back();
    if (!period.contact) period.reason = absl::StrJoin(walk->reasons, "; ");
    start = walk->until;
  }
  timeline.depends_on.assign(passed.begin(), passed.end());
  return timeline;
}

}  // namespace communique::contacts
