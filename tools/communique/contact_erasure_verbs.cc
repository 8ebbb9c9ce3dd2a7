// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <limits>
#include <map>
#include <memory>
#include <string>

#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "communique/contacts/v1/erasure_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/erasure_text.h"
#include "tools/communique/pages.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

using contacts::v1::ContactService;
using contacts::v1::Erasure;
using contacts::v1::ErasureService;

const std::map<std::string, Erasure::Reason>& Reasons() {
  static const std::map<std::string, Erasure::Reason> reasons = {
      {"requested", Erasure::REASON_REQUESTED},
      {"consent-withdrawn", Erasure::REASON_CONSENT_WITHDRAWN},
      {"objected", Erasure::REASON_OBJECTED},
      {"retention", Erasure::REASON_RETENTION},
      {"unlawful", Erasure::REASON_UNLAWFUL}};
  return reasons;
}

struct DataArguments {
  std::string name;
  bool identity_verified = false;
};

struct EraseArguments {
  std::string name;
  std::string etag;
  std::string reason;
  std::string plan;
  bool identity_verified = false;
  bool validate_only = false;
};

// All of it or an error: who asks for what is known of him gets no half.
absl::Status ExportData(Session& session, const DataArguments& arguments) {
  contacts::v1::ExportPersonalDataRequest request;
  request.set_contact(arguments.name);
  request.set_identity_verified(arguments.identity_verified);
  const auto list = ReadPages(session, &ErasureService::Stub::ExportPersonalData, request,
                              &contacts::v1::ExportPersonalDataResponse::mutable_records,
                              std::numeric_limits<std::int32_t>::max(), Listener::kContacts);
  if (!list.ok()) return list.status();
  PrintList(session.out, session.output, *list, list->records(), [&](std::ostream& out) {
    for (const auto& record : list->records()) {
      out << Printable(record.service()) << ' ' << Printable(record.kind()) << ' ' << Printable(record.resource())
          << '\n'
          << Printable(record.json()) << '\n';
    }
  });
  return absl::OkStatus();
}

// Without --etag, of the version there is now. One that was purged cannot be read, and needs none.
absl::StatusOr<std::string> EtagFor(Session& session, const EraseArguments& arguments) {
  if (!arguments.etag.empty()) return arguments.etag;
  contacts::v1::GetContactRequest get;
  get.set_name(arguments.name);
  const auto contact = session.client.Call(&ContactService::Stub::GetContact, get, Listener::kContacts);
  if (absl::IsNotFound(contact.status())) return std::string();
  if (!contact.ok()) return contact.status();
  return contact->etag();
}

absl::Status EraseContact(Session& session, const EraseArguments& arguments) {
  const auto etag = EtagFor(session, arguments);
  if (!etag.ok()) return etag.status();
  contacts::v1::EraseContactRequest request;
  request.set_name(arguments.name);
  request.set_etag(*etag);
  request.set_identity_verified(arguments.identity_verified);
  request.set_reason(Reasons().at(arguments.reason));
  request.set_plan(arguments.plan);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto erasure = session.client.Call(&ErasureService::Stub::EraseContact, request, Listener::kContacts);
  if (!erasure.ok()) return erasure.status();
  PrintMessage(session.out, session.output, *erasure, [&](std::ostream& out) {
    if (!arguments.validate_only) return PrintErasure(out, *erasure);
    out << "Nothing was changed. It would be so:\n";
    PrintPlan(out, erasure->plan());
  });
  return absl::OkStatus();
}

}  // namespace

void AddContactErasureVerbs(CLI::App& contact, Verb& chosen) {
  auto* data = contact.add_subcommand("data", "Everything that is stored about a contact, in all services");
  auto data_arguments = std::make_shared<DataArguments>();
  data->add_option("NAME", data_arguments->name, "The contact")->required()->transform(ContactName());
  data->add_flag("--identity-verified", data_arguments->identity_verified,
                 "You have made sure that it is this person who asks");
  data->callback([&chosen, data_arguments] {
    chosen = [data_arguments](Session& session) { return ExportData(session, *data_arguments); };
  });

  auto* erase = contact.add_subcommand("erase", "Erase a contact in all services, for good");
  auto arguments = std::make_shared<EraseArguments>();
  erase->add_option("NAME", arguments->name, "The contact")->required()->transform(ContactName());
  erase->add_option("--reason", arguments->reason, "requested, consent-withdrawn, objected, retention or unlawful")
      ->required()
      ->check(CLI::IsMember(Reasons()));
  erase->add_flag("--identity-verified", arguments->identity_verified,
                  "You have made sure that it is this person who asks; not needed for retention and unlawful");
  erase->add_option("--plan", arguments->plan, "Only if it does what the plan with this digest says");
  erase->add_option("--etag", arguments->etag,
                    "Only if the contact still has this etag; its present one when not given");
  erase->add_flag("--validate-only", arguments->validate_only, "Show the plan, change nothing");
  erase->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return EraseContact(session, *arguments); }; });
}

}  // namespace communique::command
