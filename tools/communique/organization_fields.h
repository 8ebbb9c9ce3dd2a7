// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "communique/contacts/v1/organization.pb.h"

// What the options of the command line say of an organization, for the verbs that make one and that change one.
namespace communique::command {

struct OrganizationFields {
  std::string file;
  std::string language;
  std::vector<std::string> names;
  std::vector<std::string> acronyms;
  std::string kind;
  std::string parent;
  std::string country;
  std::vector<std::string> mail_domains;
  std::string website;
};

// The options of all these fields but --file, which means something else to each verb.
void AddOrganizationFields(CLI::App& app, OrganizationFields& fields);

// Gives `organization` what the options say, on top of what is there: names take the place of all names, and an acronym
// goes to the name in its language. A usage error where there is none, or where nobody has said the language.
absl::Status SetOrganizationFields(const OrganizationFields& fields, contacts::v1::Organization& organization);

}  // namespace communique::command
