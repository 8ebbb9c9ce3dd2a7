// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/contacts/domain/print_choice.h"

// Who is printed for a contact from now on, as far as it is decided: the contact until it ends, then who stands in, and
// so on. Pure functions over a lookup, from any thread.
namespace communique::contacts {

struct PrintPeriod {
  absl::Time start;                    // of the first one: the instant asked about
  std::optional<v1::Contact> contact;  // who is printed; nothing: nobody
  bool substitute = false;             // that is one who stands in
  std::string reason;                  // why nobody is printed
};

struct PrintTimeline {
  std::vector<PrintPeriod> periods;     // in order of time, at least one
  std::vector<std::string> depends_on;  // whoever may change this by being changed, sorted
};

absl::StatusOr<PrintTimeline> PlanPrinting(const v1::Contact& asked, absl::Time at, const ContactLookup& lookup);

}  // namespace communique::contacts
