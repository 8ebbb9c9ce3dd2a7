// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/organization_validation.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/field_problems.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/text/country.h"
#include "services/contacts/domain/text/mail_domain.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using platform::FieldViolations;

void CheckNames(const v1::Organization& organization, const OrganizationLimits& limits, FieldViolations& violations) {
  if (organization.names().empty())
    violations.Add("names", "must not be empty; give the name in at least one language");
  platform::CheckCount("names", organization.names_size(), limits.names, violations);
  std::set<std::string> locales;
  for (int i = 0; i < organization.names_size(); ++i) {
    const auto& name = organization.names(i);
    const std::string path = absl::StrCat("names[", i, "]");
    platform::CheckLanguage(path + ".locale", name.locale(), violations);
    if (!locales.insert(name.locale()).second) {
      violations.Add(path + ".locale", "is there twice; one name per language is enough");
    }
    CheckName(path + ".display_name", name.display_name(), {limits.name_characters, true}, violations);
    CheckName(path + ".acronym", name.acronym(), {limits.acronym_characters}, violations);
  }
}

void CheckParent(const v1::Organization& organization, FieldViolations& violations) {
  const std::string& parent = organization.parent_organization();
  if (parent.empty()) return;
  if (!OrganizationName::Parse(parent)) {
    violations.Merge("", InvalidName("parent_organization", parent, kOrganizationPattern));
  } else if (parent == organization.name()) {
    violations.Add("parent_organization", "is the organization itself; name the one above it");
  }
}

void CheckMailDomains(const v1::Organization& organization, const OrganizationLimits& limits,
                      FieldViolations& violations) {
  platform::CheckCount("mail_domains", organization.mail_domains_size(), limits.mail_domains, violations);
  std::set<std::string> seen;
  for (int i = 0; i < organization.mail_domains_size(); ++i) {
    const std::string path = absl::StrCat("mail_domains[", i, "]");
    const std::string& domain = organization.mail_domains(i);
    if (const auto parsed = ParseMailDomain(domain); !parsed.ok()) {
      AddProblem(path, parsed.problem(), violations);
    } else if (parsed->ascii != domain) {
      violations.Add(path, absl::StrCat("is not in ASCII form; write \"", parsed->ascii, "\""));
    }
    if (!seen.insert(domain).second) violations.Add(path, "is there twice");
  }
}

}  // namespace

void NormalizeOrganization(v1::Organization& organization) {
  for (auto& name : *organization.mutable_names()) platform::Canonicalize(*name.mutable_locale());
  for (auto& domain : *organization.mutable_mail_domains()) {
    if (auto parsed = ParseMailDomain(domain); parsed.ok()) domain = parsed->ascii;
  }
}

absl::Status ValidateOrganization(const v1::Organization& organization, const OrganizationLimits& limits) {
  FieldViolations violations;
  CheckNames(organization, limits, violations);
  if (!v1::Organization::Kind_IsValid(organization.kind())) {
    violations.Add("kind", absl::StrCat(static_cast<int>(organization.kind()), " is not a kind of organization"));
  }
  CheckParent(organization, violations);
  if (!organization.country().empty()) {
    if (const auto problem = CheckCountry(organization.country())) AddProblem("country", *problem, violations);
  }
  CheckMailDomains(organization, limits, violations);
  if (!organization.website().empty()) {
    platform::CheckUri("website", organization.website(), "https, http", violations);
  }
  if (!organization.logo().empty()) {
    violations.Merge("", platform::FieldNotSupported("logo", "assets cannot be referred to yet"));
  }
  return violations.ToStatus();
}

}  // namespace communique::contacts
