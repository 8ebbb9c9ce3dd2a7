// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>

#include "absl/status/status.h"
#include "communique/contacts/v1/organization.pb.h"

// The rules of an organization by itself. Whether the organization above it exists, is near enough and does not lead
// back is for those to say who can look it up. Pure functions, from any thread.
namespace communique::contacts {

// From the configuration; the contract states the defaults.
struct OrganizationLimits {
  int names = 50;
  std::size_t name_characters = 300;
  std::size_t acronym_characters = 50;
  int mail_domains = 20;
};

// Makes of what a caller sent what is stored: canonical languages, domains in ASCII form. What is wrong stays as it is,
// for ValidateOrganization to say so.
void NormalizeOrganization(v1::Organization& organization);

// INVALID_ARGUMENT naming each field that is wrong, of an organization that is normalized.
absl::Status ValidateOrganization(const v1::Organization& organization, const OrganizationLimits& limits = {});

}  // namespace communique::contacts
