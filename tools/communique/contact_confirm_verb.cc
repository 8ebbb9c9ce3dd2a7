// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/contact_text.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

using contacts::v1::Contact;
using contacts::v1::ContactService;

struct ConfirmArguments {
  std::string name;
  bool is_public = false;
};

template <typename Entries>
void MakePublic(Entries* entries) {
  for (auto& entry : *entries) entry.set_visibility(contacts::v1::VISIBILITY_PUBLIC);
}

// Any update confirms a contact that was only proposed.
absl::Status Confirm(Session& session, const ConfirmArguments& arguments) {
  contacts::v1::GetContactRequest get;
  get.set_name(arguments.name);
  if (arguments.is_public) get.mutable_read_mask()->add_paths("*");
  auto contact = session.client.Call(&ContactService::Stub::GetContact, get, Listener::kContacts);
  if (!contact.ok()) return contact.status();
  contacts::v1::UpdateContactRequest request;
  request.mutable_update_mask()->add_paths("visibility");
  if (arguments.is_public) {
    contact->set_visibility(contacts::v1::VISIBILITY_PUBLIC);
    MakePublic(contact->mutable_emails());
    MakePublic(contact->mutable_phones());
    MakePublic(contact->mutable_web_addresses());
    for (const char* path : {"emails", "phones", "web_addresses"}) request.mutable_update_mask()->add_paths(path);
  }
  request.mutable_contact()->Swap(&*contact);
  request.set_request_id(session.client.options().request_id);
  const auto confirmed = session.client.Call(&ContactService::Stub::UpdateContact, request, Listener::kContacts);
  if (!confirmed.ok()) return confirmed.status();
  PrintMessage(session.out, session.output, *confirmed, [&](std::ostream& out) { PrintContactState(out, *confirmed); });
  return absl::OkStatus();
}

}  // namespace

void AddContactConfirmVerb(CLI::App& contact, Verb& chosen) {
  auto* confirm = contact.add_subcommand("confirm", "Take a contact that was only proposed into use");
  auto arguments = std::make_shared<ConfirmArguments>();
  confirm->add_option("NAME", arguments->name, "The contact")->required()->transform(ContactName());
  confirm->add_flag("--public", arguments->is_public,
                    "Everybody may be shown it, with all its addresses and numbers: look at it first");
  confirm->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return Confirm(session, *arguments); }; });
}

}  // namespace communique::command
