// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>
#include <utility>

#include "communique/contacts/v1/consent_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/consent_words.h"
#include "tools/communique/errors.h"
#include "tools/communique/pages.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using contacts::v1::ConsentService;
using contacts::v1::Suppression;

struct AddressArguments {
  std::string newsroom;
  std::string email;
  std::string phone;
};

struct AddArguments {
  AddressArguments address;
  std::string contact;
  std::string channel;
  std::string reason;
  bool validate_only = false;
};

struct ListArguments {
  std::string newsroom;
  std::string filter;
  std::int32_t limit = 100;
  bool show_lifted = false;
};

struct LiftArguments {
  std::string name;
  bool validate_only = false;
};

// "by officer, 2026-10-16 08:00:00 UTC"; nothing when that was not told.
std::string MadeWords(const Suppression& suppression) {
  if (!suppression.has_create_time()) return "";
  return TimeWords(suppression.create_time()) + " by " + suppression.creator();
}

std::string LiftedWords(const Suppression& suppression) {
  if (!suppression.has_lift_time()) return "";
  return "lifted " + TimeWords(suppression.lift_time()) + " by " + suppression.lifter();
}

template <typename Suppressions>
void PrintSuppressions(std::ostream& out, const Suppressions& suppressions) {
  Table table;
  for (const Suppression& suppression : suppressions) {
    table.Add({suppression.name(), EnumWords(suppression.channel()), EnumWords(suppression.reason()),
               MadeWords(suppression), LiftedWords(suppression)});
  }
  table.Print(out);
}

absl::StatusOr<contacts::v1::SuppressedAddress> AddressFrom(const AddressArguments& arguments) {
  contacts::v1::SuppressedAddress address;
  if (arguments.newsroom.empty()) return UsageError("say in which newsroom: --newsroom");
  if (arguments.email.empty() == arguments.phone.empty()) return UsageError("give one of --email and --phone");
  if (!arguments.email.empty()) address.set_email(arguments.email);
  if (!arguments.phone.empty()) address.set_phone(arguments.phone);
  return address;
}

template <typename Message, typename Suppressions>
void PrintMade(Session& session, bool validate_only, const Message& message, const Suppressions& suppressions) {
  PrintMessage(session.out, session.output, message, [&](std::ostream& out) {
    if (validate_only) out << "Nothing was changed. It would be so:\n";
    PrintSuppressions(out, suppressions);
  });
}

absl::Status AddContact(Session& session, const AddArguments& arguments) {
  if (!arguments.address.email.empty() || !arguments.address.phone.empty()) {
    return UsageError("give a --contact, or an address: not both");
  }
  contacts::v1::SuppressContactRequest request;
  request.set_contact(arguments.contact);
  if (!arguments.channel.empty()) request.set_channel(Channels().at(arguments.channel));
  request.set_reason(SuppressionReasons().at(arguments.reason));
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto made = session.client.Call(&ConsentService::Stub::SuppressContact, request, Listener::kContacts);
  if (!made.ok()) return made.status();
  PrintMade(session, arguments.validate_only, *made, made->suppressions());
  return absl::OkStatus();
}

absl::Status Add(Session& session, const AddArguments& arguments) {
  if (!arguments.contact.empty()) return AddContact(session, arguments);
  if (!arguments.channel.empty()) return UsageError("--channel goes with --contact: an address says its channel");
  auto address = AddressFrom(arguments.address);
  if (!address.ok()) return address.status();
  contacts::v1::CreateSuppressionRequest request;
  request.set_parent(arguments.address.newsroom);
  *request.mutable_address() = *std::move(address);
  request.mutable_suppression()->set_reason(SuppressionReasons().at(arguments.reason));
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto made = session.client.Call(&ConsentService::Stub::CreateSuppression, request, Listener::kContacts);
  if (!made.ok()) return made.status();
  PrintMade(session, arguments.validate_only, *made, std::vector<Suppression>{*made});
  return absl::OkStatus();
}

absl::Status List(Session& session, const ListArguments& arguments) {
  contacts::v1::ListSuppressionsRequest request;
  request.set_parent(arguments.newsroom);
  request.set_filter(arguments.filter);
  request.set_show_lifted(arguments.show_lifted);
  const auto list =
      ReadPages(session, &ConsentService::Stub::ListSuppressions, std::move(request),
                &contacts::v1::ListSuppressionsResponse::mutable_suppressions, arguments.limit, Listener::kContacts);
  if (!list.ok()) return list.status();
  PrintList(session.out, session.output, *list, list->suppressions(),
            [&](std::ostream& out) { PrintSuppressions(out, list->suppressions()); });
  PrintMore(session, *list);
  return absl::OkStatus();
}

absl::Status Lookup(Session& session, const AddressArguments& arguments) {
  auto address = AddressFrom(arguments);
  if (!address.ok()) return address.status();
  contacts::v1::LookupSuppressionsRequest request;
  request.set_parent(arguments.newsroom);
  *request.mutable_address() = *std::move(address);
  const auto found = session.client.Call(&ConsentService::Stub::LookupSuppressions, request, Listener::kContacts);
  if (!found.ok()) return found.status();
  PrintList(session.out, session.output, *found, found->suppressions(), [&](std::ostream& out) {
    if (found->suppressions().empty()) out << "Nothing suppresses it.\n";
    PrintSuppressions(out, found->suppressions());
  });
  return absl::OkStatus();
}

absl::Status Lift(Session& session, const LiftArguments& arguments) {
  contacts::v1::DeleteSuppressionRequest request;
  request.set_name(arguments.name);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto lifted = session.client.Call(&ConsentService::Stub::DeleteSuppression, request, Listener::kContacts);
  if (!lifted.ok()) return lifted.status();
  PrintMade(session, arguments.validate_only, *lifted, std::vector<Suppression>{*lifted});
  return absl::OkStatus();
}

void AddAddress(CLI::App& app, AddressArguments& arguments) {
  app.add_option("--newsroom", arguments.newsroom, "In this newsroom and those below it")->transform(NewsroomName());
  app.add_option("--email", arguments.email, "The mailbox");
  app.add_option("--phone", arguments.phone, "The telephone number, with its country");
}

}  // namespace

void AddSuppressionVerbs(CLI::App& app, Verb& chosen) {
  auto* suppression = app.add_subcommand("suppression", "Addresses that are not written to")->require_subcommand(1);
  auto* add = suppression->add_subcommand("add", "Suppress an address, or those of a contact");
  auto adding = std::make_shared<AddArguments>();
  AddAddress(*add, adding->address);
  add->add_option("--contact", adding->contact, "Instead: all addresses that this contact has now")
      ->transform(ContactName());
  add->add_option("--channel", adding->channel, "With --contact: only its mailboxes (email) or numbers (phone)")
      ->check(CLI::IsMember({"email", "phone"}));
  add->add_option("--reason", adding->reason, "Why: " + Words(SuppressionReasons()))
      ->required()
      ->check(CLI::IsMember(SuppressionReasons()));
  add->add_flag("--validate-only", adding->validate_only, "Check everything, change nothing");
  add->callback([&chosen, adding] { chosen = [adding](Session& session) { return Add(session, *adding); }; });

  auto* list = suppression->add_subcommand("list", "List the suppressions of a newsroom; whose they are is not known");
  auto listing = std::make_shared<ListArguments>();
  list->add_option("--newsroom", listing->newsroom, "Of this newsroom")->required()->transform(NewsroomName());
  list->add_option("--filter", listing->filter, "Which ones: \"reason = ERASED\"");
  list->add_option("--limit", listing->limit, "At most this many")->check(CLI::PositiveNumber)->capture_default_str();
  list->add_flag("--show-lifted", listing->show_lifted, "Lifted ones, too");
  list->callback([&chosen, listing] { chosen = [listing](Session& session) { return List(session, *listing); }; });

  auto* lookup =
      suppression->add_subcommand("lookup", "Say what suppresses an address, here and in the newsrooms above");
  auto looked = std::make_shared<AddressArguments>();
  AddAddress(*lookup, *looked);
  lookup->callback([&chosen, looked] { chosen = [looked](Session& session) { return Lookup(session, *looked); }; });

  auto* lift = suppression->add_subcommand("lift", "Allow an address again, as far as this suppression goes");
  auto lifting = std::make_shared<LiftArguments>();
  lift->add_option("NAME", lifting->name, "The suppression")->required()->transform(SuppressionName());
  lift->add_flag("--validate-only", lifting->validate_only, "Check everything, change nothing");
  lift->callback([&chosen, lifting] { chosen = [lifting](Session& session) { return Lift(session, *lifting); }; });
}

}  // namespace communique::command
