// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/App.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact.pb.h"
#include "tools/communique/session.h"

// What all verbs that change a contact have in common.
namespace communique::command {

struct ContactChange {
  std::string name;
  std::string etag;
  bool validate_only = false;
};

// NAME, --etag and --validate-only.
void AddContactChange(CLI::App& app, ContactChange& change);

// The contact as it is now: these fields of it, or, when none is named, all that is not personal.
absl::StatusOr<contacts::v1::Contact> FetchContact(Session& session, const std::string& name,
                                                   const std::vector<std::string>& fields = {});

// Without --etag, a verb acts on the version there is now: its etag is fetched.
absl::StatusOr<std::string> EtagFor(Session& session, const ContactChange& change);

}  // namespace communique::command
