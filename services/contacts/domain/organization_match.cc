// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/organization_match.h"

#include <algorithm>

#include "services/contacts/domain/text/email_address.h"
#include "services/contacts/domain/text/word_keys.h"

namespace communique::contacts {
namespace {

// How an organization is meant, the least first.
enum class Meant { kNot, kByDomain, kByName };

bool IsNamed(const v1::Organization& organization, const std::string& printed) {
  if (printed.empty()) return false;
  return std::any_of(organization.names().begin(), organization.names().end(), [&](const auto& name) {
    return NameKey(name.display_name()) == printed || NameKey(name.acronym()) == printed ||
           // "Example Relief (ER)"
           (!name.acronym().empty() && NameKey(name.display_name() + " " + name.acronym()) == printed);
  });
}

Meant HowMeant(const v1::Organization& organization, const std::string& printed, const std::set<std::string>& domains) {
  if (IsNamed(organization, printed)) return Meant::kByName;
  const bool by_domain = std::any_of(organization.mail_domains().begin(), organization.mail_domains().end(),
                                     [&](const std::string& domain) { return domains.contains(domain); });
  return by_domain ? Meant::kByDomain : Meant::kNot;
}

}  // namespace

std::vector<std::string> MailDomainsOf(std::string_view address) {
  const auto parsed = ParseEmailAddress(address);
  if (!parsed.ok()) return {};
  std::vector<std::string> domains = {parsed->domain_ascii};
  for (std::size_t dot = parsed->domain_ascii.find('.'); dot != std::string::npos;
       dot = parsed->domain_ascii.find('.', dot + 1)) {
    domains.push_back(parsed->domain_ascii.substr(dot + 1));
  }
  return domains;
}

MeantOrganizations MatchOrganizations(const v1::ContactCandidate& candidate, std::span<const v1::Organization> known) {
  const std::string printed = NameKey(candidate.organization_name());
  std::set<std::string> domains;
  for (const std::string& email : candidate.emails()) {
    for (std::string& domain : MailDomainsOf(email)) domains.insert(std::move(domain));
  }
  MeantOrganizations meant;
  std::vector<const v1::Organization*> by_name;
  std::vector<const v1::Organization*> by_domain;
  for (const v1::Organization& organization : known) {
    const Meant how = HowMeant(organization, printed, domains);
    if (how == Meant::kNot) continue;
    meant.names.insert(organization.name());
    (how == Meant::kByName ? by_name : by_domain).push_back(&organization);
  }
  meant.named = !by_name.empty();
  if (by_name.size() == 1) meant.certain = by_name.front();
  if (printed.empty() && by_domain.size() == 1) meant.certain = by_domain.front();
  return meant;
}

}  // namespace communique::contacts
