// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/contacts/v1/organization.pb.h"
#include "services/contacts/storage/contact_search.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/platform/storage/session.h"

// The contacts and organizations of `line` (a newsroom and those above it) that somebody in a text may be, in no order:
// domain/match.h says who is. At most kMostLookedUp are looked at for words, and as many for the rest: those that have
// the most in common with what is looked for.
namespace communique::contacts {

inline constexpr std::size_t kMostLookedUp = 50;

// Those that have one of the words (keys, domain/text/word_keys.h) in their names or roles, or one of the addresses
// (domain/search_keys.h). Of the first newsroom all that are neither deleted nor merged, of those above what may be
// printed `now` as far as the contacts say; people's refusals are for the caller to ask about.
absl::StatusOr<std::vector<FoundContact>> FindContactsLike(platform::Session& session,
                                                           const std::vector<Newsroom>& line,
                                                           const std::vector<std::string>& words,
                                                           const std::vector<std::string>& addresses, absl::Time now);

// Those that have one of the words in their names, or one of the domains. Not the deleted ones.
absl::StatusOr<std::vector<v1::Organization>> FindOrganizationsLike(platform::Session& session,
                                                                    const std::vector<Newsroom>& line,
                                                                    const std::vector<std::string>& words,
                                                                    const std::vector<std::string>& mail_domains);

}  // namespace communique::contacts
