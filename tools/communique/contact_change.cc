// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/contact_change.h"

#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "tools/communique/arguments.h"

namespace communique::command {

void AddContactChange(CLI::App& app, ContactChange& change) {
  app.add_option("NAME", change.name, "The contact")->required()->transform(ContactName());
  app.add_option("--etag", change.etag, "Only if the contact still has this etag; its present one when not given");
  app.add_flag("--validate-only", change.validate_only, "Check everything, change nothing");
}

absl::StatusOr<contacts::v1::Contact> FetchContact(Session& session, const std::string& name,
                                                   const std::vector<std::string>& fields) {
  contacts::v1::GetContactRequest request;
  request.set_name(name);
  for (const auto& field : fields) request.mutable_read_mask()->add_paths(field);
  return session.client.Call(&contacts::v1::ContactService::Stub::GetContact, request, Listener::kContacts);
}

absl::StatusOr<std::string> EtagFor(Session& session, const ContactChange& change) {
  if (!change.etag.empty()) return change.etag;
  const auto contact = FetchContact(session, change.name);
  if (!contact.ok()) return contact.status();
  return contact->etag();
}

}  // namespace communique::command
