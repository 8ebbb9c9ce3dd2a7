// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/contacts/v1/contact.pb.h"

// Who is printed when a contact should be: itself, the one that it was merged into, or whoever stands in for it. Pure
// functions over a lookup, from any thread.
namespace communique::contacts {

// Gives a contact by its name; nothing when there is none that may be seen from where it is printed. An error ends what
// asked for it.
using ContactLookup = std::function<absl::StatusOr<std::optional<v1::Contact>>(const std::string& name)>;

// How many substitutes of substitutes are followed, and how many merges of merged contacts.
inline constexpr int kMaxSubstitutesInARow = 5;

struct PrintChoice {
  std::string asked;    // the contact that was asked for
  v1::Contact contact;  // the one that is printed
  // Until when that holds if nothing is changed: then the contact ends, or one that would be printed in its place
  // begins. Unset: without end.
  std::optional<absl::Time> until;
  std::string stand_in;  // who is printed from then on; empty when nobody is
};

// Whether `contact` itself may be printed at `at`: in use, PUBLIC and valid then. Values that this version does not
// know mean no.
bool IsPrintable(const v1::Contact& contact, absl::Time at);

// The way from a contact to the one that is printed for it at an instant.
struct PrintWalk {
  std::optional<v1::Contact> found;  // nothing: nobody is printed
  bool substitute = false;           // it stands in; not so the contact itself, or what it was merged into
  // When another walk may end elsewhere, if nothing is changed: somebody on the way ends or begins then.
  std::optional<absl::Time> until;
  std::vector<std::string> passed;   // every contact that was looked for, in order, found or not
  std::vector<std::string> reasons;  // of each contact on the way that is not printed
};
absl::StatusOr<PrintWalk> WalkToPrinted(const v1::Contact& asked, absl::Time at, const ContactLookup& lookup);

// Asks `lookup` once for each name: several walks go much of the same way. Not longer than `lookup`.
ContactLookup Remembering(const ContactLookup& lookup);

// FAILED_PRECONDITION (NOT_PRINTABLE) when nobody is; it says of each contact on the way why not.
absl::StatusOr<PrintChoice> ChoosePrinted(const v1::Contact& asked, absl::Time at, const ContactLookup& lookup);

// Whether the substitute that `contact` has may be kept: FAILED_PRECONDITION (SUBSTITUTE_CYCLE) when substitutes lead
// back to it, or more than kMaxSubstitutesInARow follow each other.
absl::Status CheckSubstitutes(const v1::Contact& contact, const ContactLookup& lookup);

}  // namespace communique::contacts
