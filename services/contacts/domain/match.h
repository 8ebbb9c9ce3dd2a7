// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <span>
#include <string>
#include <vector>

#include "communique/contacts/v1/contact.pb.h"
#include "communique/contacts/v1/match.pb.h"
#include "services/contacts/domain/contact_validation.h"
#include "services/contacts/domain/organization_match.h"

namespace communique::contacts {

// A contact that somebody in a text may be.
struct KnownContact {
  v1::Contact contact;
  // Its organization and those that one is a part of.
  std::vector<std::string> organizations;
  // Only what is PUBLIC of its addresses counts.
  bool printed_only = false;
};

// Who of `known` is meant by `candidate`, the best first, at most 5. What speaks for a contact adds up:
//
//   a person's own mailbox 6; a desk's mailbox, for the desk that has it, 7
//   a number 3
//   a name: the same 5, a similar one 3
//   the organisation 2; where that is not known, a person who has the desk's mailbox 2
//   the role 1
//   against: another name 4, another organisation 2
//
// From 3 points on a contact is told. From 7 on it is certain, when the next contact has at least 2 points less, so
// that two who are alike are never certain; and a person only by a name that agrees: an address says where it leads,
// not who is meant. A name with a mailbox, a number or the organisation is enough; a desk's mailbox identifies no
// person, whoever reads it.
//
// A person is never a desk; a candidate of no kind may be either. The result does not depend on the order of `known`,
// nor of what the candidate lists, but that the lists in it are in the candidate's order. Pure, from any thread.
v1::CandidateMatches MatchCandidate(const v1::ContactCandidate& candidate, const MeantOrganizations& organizations,
                                    std::span<const KnownContact> known, const ContactRules& rules);

}  // namespace communique::contacts
