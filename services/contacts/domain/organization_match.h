// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "communique/contacts/v1/match.pb.h"
#include "communique/contacts/v1/organization.pb.h"

namespace communique::contacts {

// Which organizations somebody that a text shows may speak for.
struct MeantOrganizations {
  // The one that is meant for certain; null when there is none, or two are alike. Points into what was given.
  const v1::Organization* certain = nullptr;
  // The names of all that may be meant.
  std::set<std::string> names;
  // Whether the text names one of them: then others are others.
  bool named = false;
};

// By the name or short form that is printed, in any spelling, or by the domain of a mailbox. A domain by itself is
// certain only where no organisation is printed beside it: the text may be wrong, and so may the address. Whatever the
// order of `known`. Pure, from any thread.
MeantOrganizations MatchOrganizations(const v1::ContactCandidate& candidate, std::span<const v1::Organization> known);

// The domains that mail_domains of an organization may have for a mailbox, in ASCII form: of "press@a.example.org"
// "a.example.org", "example.org" and "org"; none for what is no address.
std::vector<std::string> MailDomainsOf(std::string_view address);

}  // namespace communique::contacts
