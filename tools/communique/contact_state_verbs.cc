// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/contact_change.h"
#include "tools/communique/contact_text.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

using contacts::v1::Contact;
using contacts::v1::ContactService;

struct StateArguments {
  ContactChange change;
  std::string substitute;
  std::string reason;
};

// Calls the verb with `request` completed by name, etag, request id and validate_only, and prints what it led to.
template <typename Request>
absl::Status ChangeState(Session& session, const StateArguments& arguments, Request request,
                         grpc::Status (ContactService::Stub::*method)(grpc::ClientContext*, const Request&, Contact*)) {
  const auto etag = EtagFor(session, arguments.change);
  if (!etag.ok()) return etag.status();
  request.set_name(arguments.change.name);
  request.set_etag(*etag);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.change.validate_only);
  const auto changed = session.client.Call(method, request, Listener::kContacts);
  if (!changed.ok()) return changed.status();
  PrintMessage(session.out, session.output, *changed, [&](std::ostream& out) {
    if (arguments.change.validate_only) out << "Nothing was changed. It would be so:\n";
    PrintContactState(out, *changed);
  });
  return absl::OkStatus();
}

absl::Status Deactivate(Session& session, const StateArguments& arguments) {
  contacts::v1::DeactivateContactRequest request;
  request.set_substitute(arguments.substitute);
  request.set_reason(arguments.reason);
  return ChangeState(session, arguments, std::move(request), &ContactService::Stub::DeactivateContact);
}

absl::Status Reactivate(Session& session, const StateArguments& arguments) {
  return ChangeState(session, arguments, contacts::v1::ReactivateContactRequest(),
                     &ContactService::Stub::ReactivateContact);
}

absl::Status Delete(Session& session, const StateArguments& arguments) {
  return ChangeState(session, arguments, contacts::v1::DeleteContactRequest(), &ContactService::Stub::DeleteContact);
}

absl::Status Undelete(Session& session, const StateArguments& arguments) {
  return ChangeState(session, arguments, contacts::v1::UndeleteContactRequest(),
                     &ContactService::Stub::UndeleteContact);
}

CLI::App* AddVerb(CLI::App& contact, Verb& chosen, const char* name, const char* description,
                  absl::Status (*run)(Session&, const StateArguments&),
                  const std::shared_ptr<StateArguments>& arguments) {
  auto* app = contact.add_subcommand(name, description);
  AddContactChange(*app, arguments->change);
  app->callback(
      [&chosen, run, arguments] { chosen = [run, arguments](Session& session) { return run(session, *arguments); }; });
  return app;
}

}  // namespace

void AddContactStateVerbs(CLI::App& contact, Verb& chosen) {
  auto deactivation = std::make_shared<StateArguments>();
  auto* deactivate = AddVerb(contact, chosen, "deactivate", "End the printing of a contact, everywhere and at once",
                             &Deactivate, deactivation);
  deactivate
      ->add_option("--substitute", deactivation->substitute, "Who is shown instead; its own substitute when not given")
      ->transform(ContactName());
  deactivate->add_option("--reason", deactivation->reason, "Why, for the house");

  AddVerb(contact, chosen, "reactivate", "Take a deactivation back", &Reactivate, std::make_shared<StateArguments>());
  AddVerb(contact, chosen, "delete", "Delete a contact; where it was printed, its substitute is shown from then on",
          &Delete, std::make_shared<StateArguments>());
  AddVerb(contact, chosen, "undelete", "Take a deletion back: it is in the state it was deleted in", &Undelete,
          std::make_shared<StateArguments>());
}

}  // namespace communique::command
