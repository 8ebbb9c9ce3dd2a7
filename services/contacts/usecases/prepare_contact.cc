// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/prepare_contact.h"

#include <string>

#include "services/contacts/domain/contact_validation.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/suppressed_fields.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using platform::Session;

// The country that numbers without one belong to.
absl::StatusOr<std::string> RegionOf(Session& session, const std::vector<Newsroom>& line, const v1::Contact& contact) {
  if (contact.organization().empty()) return std::string();
  const auto organization = FindOrganizationIn(session, line, contact.organization());
  if (absl::IsNotFound(organization.status())) return std::string();
  if (!organization.ok()) return organization.status();
  return organization->country();
}

}  // namespace

absl::Status PrepareContact(const Environment& environment, Session& session, const std::vector<Newsroom>& line,
                            const v1::Contact& before, v1::Contact& contact) {
  const auto region = RegionOf(session, line, contact);
  if (!region.ok()) return region.status();
  NormalizeContact(environment.rules, *region, contact);
  platform::FieldViolations violations;
  violations.Merge("contact", ValidateContact(environment.rules, *region, contact));
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  if (auto status = CheckNotErased(environment, session, line, before, contact); !status.ok()) return status;
  if (contact.organization() != before.organization()) {
    if (auto status = CheckOrganization(session, line, "contact.organization", contact); !status.ok()) return status;
  }
  if (contact.substitute() == before.substitute()) return absl::OkStatus();
  return CheckSubstitute(session, line, "contact.substitute", contact);
}

}  // namespace communique::contacts
