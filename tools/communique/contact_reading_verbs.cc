// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/contact_text.h"
#include "tools/communique/new_name.h"
#include "tools/communique/pages.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using contacts::v1::ContactService;

struct GetArguments {
  std::string name;
  bool personal = false;
};

struct ListArguments {
  std::string newsroom;
  std::string query;  // of a search
  std::string filter;
  std::string order_by;
  std::int32_t limit = 100;
  bool personal = false;
  bool show_deleted = false;
};

struct PrintableArguments {
  std::string name;
  std::string newsroom;
  std::string language;
  std::string at;
};

template <typename Request>
void AskForPersonal(bool personal, Request& request) {
  if (personal) request.mutable_read_mask()->add_paths("*");
}

void AddPersonal(CLI::App& app, bool& personal) {
  app.add_flag("--personal", personal,
               "With addresses, numbers and notes; needs the permission to read what is personal");
}

absl::Status GetContact(Session& session, const GetArguments& arguments) {
  contacts::v1::GetContactRequest request;
  request.set_name(arguments.name);
  AskForPersonal(arguments.personal, request);
  const auto contact = session.client.Call(&ContactService::Stub::GetContact, request, Listener::kContacts);
  if (!contact.ok()) return contact.status();
  PrintMessage(session.out, session.output, *contact, [&](std::ostream& out) { PrintContact(out, *contact); });
  return absl::OkStatus();
}

template <typename List>
void PrintContacts(Session& session, const List& list) {
  PrintList(session.out, session.output, list, list.contacts(), [&](std::ostream& out) {
    Table table;
    for (const auto& contact : list.contacts()) {
      table.Add({contact.name(), EnumWords(contact.state()), FirstName(contact), FirstRole(contact)});
    }
    table.Print(out);
  });
  PrintMore(session, list);
}

absl::Status ListContacts(Session& session, const ListArguments& arguments) {
  contacts::v1::ListContactsRequest request;
  request.set_parent(arguments.newsroom);
  request.set_filter(arguments.filter);
  request.set_order_by(arguments.order_by);
  request.set_show_deleted(arguments.show_deleted);
  AskForPersonal(arguments.personal, request);
  const auto list =
      ReadPages(session, &ContactService::Stub::ListContacts, std::move(request),
                &contacts::v1::ListContactsResponse::mutable_contacts, arguments.limit, Listener::kContacts);
  if (!list.ok()) return list.status();
  PrintContacts(session, *list);
  return absl::OkStatus();
}

absl::Status SearchContacts(Session& session, const ListArguments& arguments) {
  contacts::v1::SearchContactsRequest request;
  request.set_parent(arguments.newsroom);
  request.set_query(arguments.query);
  AskForPersonal(arguments.personal, request);
  const auto found =
      ReadPages(session, &ContactService::Stub::SearchContacts, std::move(request),
                &contacts::v1::SearchContactsResponse::mutable_contacts, arguments.limit, Listener::kContacts);
  if (!found.ok()) return found.status();
  PrintContacts(session, *found);
  return absl::OkStatus();
}

absl::Status GetPrintable(Session& session, const PrintableArguments& arguments) {
  contacts::v1::GetPrintableContactRequest request;
  request.set_contact(arguments.name);
  request.set_newsroom(arguments.newsroom.empty() ? NewsroomOf(arguments.name) : arguments.newsroom);
  request.set_locale(arguments.language);
  if (!arguments.at.empty()) *request.mutable_at_time() = InstantOf(arguments.at);
  const auto contact = session.client.Call(&ContactService::Stub::GetPrintableContact, request, Listener::kContacts);
  if (!contact.ok()) return contact.status();
  PrintMessage(session.out, session.output, *contact, [&](std::ostream& out) { PrintPrintable(out, *contact); });
  return absl::OkStatus();
}

void AddList(CLI::App& contact, Verb& chosen) {
  auto* list = contact.add_subcommand("list", "List the contacts of a newsroom");
  auto listing = std::make_shared<ListArguments>();
  list->add_option("--newsroom", listing->newsroom, "Of this newsroom")->required()->transform(NewsroomName());
  list->add_option("--filter", listing->filter, "Which ones (AIP-160), for instance state=\"ACTIVE\"");
  list->add_option("--order-by", listing->order_by, "name, create_time or update_time, each with desc behind it");
  list->add_option("--limit", listing->limit, "At most this many")->check(CLI::PositiveNumber)->capture_default_str();
  list->add_flag("--show-deleted", listing->show_deleted, "Deleted ones, too");
  AddPersonal(*list, listing->personal);
  list->callback(
      [&chosen, listing] { chosen = [listing](Session& session) { return ListContacts(session, *listing); }; });
}

void AddSearch(CLI::App& contact, Verb& chosen) {
  auto* search = contact.add_subcommand("search", "Find contacts across scripts and spellings, those above included");
  auto searching = std::make_shared<ListArguments>();
  search
      ->add_option("QUERY", searching->query,
                   "Words that a name, role or organization begins with; or a whole mail address or telephone number")
      ->required();
  search->add_option("--newsroom", searching->newsroom, "For this newsroom")->required()->transform(NewsroomName());
  search->add_option("--limit", searching->limit, "At most this many")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  AddPersonal(*search, searching->personal);
  search->callback(
      [&chosen, searching] { chosen = [searching](Session& session) { return SearchContacts(session, *searching); }; });
}

void AddPrintable(CLI::App& contact, Verb& chosen) {
  auto* printable = contact.add_subcommand("printable", "Show what may be printed of a contact, or who stands in");
  auto arguments = std::make_shared<PrintableArguments>();
  printable->add_option("NAME", arguments->name, "The contact")->required()->transform(ContactName());
  printable->add_option("--language", arguments->language, "The language to print it in (BCP 47)")->required();
  printable->add_option("--newsroom", arguments->newsroom, "The newsroom that prints it; its own when not given")
      ->transform(NewsroomName());
  printable
      ->add_option("--at", arguments->at, "When it is shown, for instance 2026-10-16T08:00:00Z; now when not given")
      ->check(Instant());
  printable->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return GetPrintable(session, *arguments); }; });
}

}  // namespace

void AddContactReadingVerbs(CLI::App& contact, Verb& chosen) {
  auto* get = contact.add_subcommand("get", "Show a contact");
  auto arguments = std::make_shared<GetArguments>();
  get->add_option("NAME", arguments->name, "The contact")->required()->transform(ContactName());
  AddPersonal(*get, arguments->personal);
  get->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return GetContact(session, *arguments); }; });
  AddList(contact, chosen);
  AddSearch(contact, chosen);
  AddPrintable(contact, chosen);
}

}  // namespace communique::command
