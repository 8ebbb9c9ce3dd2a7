// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>
#include <vector>

#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/consent_words.h"
#include "tools/communique/contact_fields.h"
#include "tools/communique/contact_text.h"
#include "tools/communique/files.h"
#include "tools/communique/new_name.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

using contacts::v1::Contact;
using contacts::v1::ContactService;
using contacts::v1::Visibility;

struct CreateArguments {
  NewName name;
  std::string file;
  std::vector<std::string> persons;
  std::vector<std::string> desks;
  std::vector<std::string> languages;
  std::string organization;
  std::vector<std::string> roles;
  std::string relation;
  std::vector<std::string> emails;
  std::vector<std::string> phones;
  std::string substitute;
  std::string source;
  std::string basis;
  bool is_public = false;
  bool unconfirmed = false;
  bool validate_only = false;
};

using Texts = google::protobuf::RepeatedPtrField<common::v1::LocalizedText>;

// The texts of the command line take the place of the file's.
absl::Status SetTexts(const char* option, const std::vector<std::string>& texts, const std::string& language,
                      Texts* field) {
  if (!texts.empty()) field->Clear();
  for (const auto& text : texts) {
    auto named = TextInLanguage(text, language);
    if (named.locale().empty()) return NoLanguage(option, text);
    *field->Add() = std::move(named);
  }
  return absl::OkStatus();
}

absl::Status SetNames(const CreateArguments& arguments, const std::string& language, Contact& contact) {
  if (!arguments.persons.empty()) {
    contact.set_kind(Contact::KIND_PERSON);
    SetPersonNames(arguments.persons, contact);
  }
  if (!arguments.desks.empty()) contact.set_kind(Contact::KIND_DESK);
  return SetTexts("--desk", arguments.desks, language, contact.mutable_desk_names());
}

void SetAddresses(const CreateArguments& arguments, Contact& contact) {
  const Visibility visibility =
      arguments.is_public ? contacts::v1::VISIBILITY_PUBLIC : contacts::v1::VISIBILITY_INTERNAL;
  if (!arguments.emails.empty()) contact.clear_emails();
  AddEmails(arguments.emails, visibility, contact);
  if (!arguments.phones.empty()) contact.clear_phones();
  AddPhones(arguments.phones, visibility, contact);
}

// The file first, then what the command line says on top of it.
absl::StatusOr<Contact> ContactFrom(const CreateArguments& arguments, Session& session) {
  Contact contact;
  if (!arguments.file.empty()) {
    const auto status = ReadJson(arguments.file, session.in, "contact", &contact);
    if (!status.ok()) return status;
  }
  const std::string language = arguments.languages.empty() ? "" : arguments.languages.front();
  if (const auto status = SetNames(arguments, language, contact); !status.ok()) return status;
  if (contact.person_names().empty() && contact.desk_names().empty()) {
    return UsageError("say who it is: --person NAME, --desk NAME, or a --file");
  }
  if (const auto status = SetTexts("--role", arguments.roles, language, contact.mutable_role_titles()); !status.ok()) {
    return status;
  }
  SetAddresses(arguments, contact);
  const auto set = [](const std::string& value, std::string* field) {
    if (!value.empty()) *field = value;
  };
  set(arguments.organization, contact.mutable_organization());
  set(arguments.substitute, contact.mutable_substitute());
  set(arguments.source, contact.mutable_source());
  if (!arguments.languages.empty()) {
    contact.mutable_languages()->Assign(arguments.languages.begin(), arguments.languages.end());
  }
  if (!arguments.relation.empty()) contact.set_relation(Relations().at(arguments.relation));
  if (arguments.is_public) contact.set_visibility(contacts::v1::VISIBILITY_PUBLIC);
  return contact;
}

absl::Status CreateContact(Session& session, const CreateArguments& arguments) {
  const auto name = Split(arguments.name);
  if (!name.ok()) return name.status();
  auto contact = ContactFrom(arguments, session);
  if (!contact.ok()) return contact.status();
  contacts::v1::CreateContactRequest request;
  request.set_parent(name->parent);
  request.set_contact_id(name->id);
  *request.mutable_contact() = *std::move(contact);
  request.set_unconfirmed(arguments.unconfirmed);
  if (!arguments.basis.empty()) request.set_basis(Bases().at(arguments.basis));
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto created = session.client.Call(&ContactService::Stub::CreateContact, request, Listener::kContacts);
  if (!created.ok()) return created.status();
  PrintMessage(session.out, session.output, *created, [&](std::ostream& out) {
    if (arguments.validate_only) out << "Nothing was made. It would be so:\n";
    PrintContact(out, *created);
  });
  return absl::OkStatus();
}

}  // namespace

void AddContactCreateVerb(CLI::App& contact, Verb& chosen) {
  auto* app = contact.add_subcommand("create", "Make a contact: a person or a desk in a role");
  auto arguments = std::make_shared<CreateArguments>();
  AddNewName(*app, arguments->name, ContactName(), "contact");
  auto* person = AddTexts(*app, "--person", arguments->persons,
                          "A person's name as the person writes it; LANGUAGE=NAME for another language or script");
  AddTexts(*app, "--desk", arguments->desks, "A desk's name, in the first --language, or LANGUAGE=NAME for each")
      ->excludes(person);
  AddRepeated(*app, "--language", arguments->languages, "The languages it answers in, best first (BCP 47)");
  app->add_option("--organization", arguments->organization, "The organization it speaks for")
      ->transform(OrganizationName());
  AddTexts(*app, "--role", arguments->roles, "The role there, in the first --language, or LANGUAGE=TEXT for each");
  app->add_option("--relation", arguments->relation, "What it is to the newsroom: own-staff, partner or journalist")
      ->check(CLI::IsMember(Relations()));
  AddTexts(*app, "--email", arguments->emails, "A mailbox, most wanted first");
  AddTexts(*app, "--phone", arguments->phones, "A telephone number; without + one of the organization's country");
  app->add_option("--substitute", arguments->substitute, "Who is shown when this contact is not")
      ->transform(ContactName());
  app->add_option("--source", arguments->source, "How the data came here; required for a journalist");
  app->add_option("--basis", arguments->basis,
                  "On what ground it is kept, any but consent; required for a journalist: " + Words(Bases()))
      ->check(CLI::IsMember(Bases()));
  app->add_flag("--public", arguments->is_public,
                "Name, role and the addresses and numbers given here may be printed; else they are for the house");
  app->add_flag("--unconfirmed", arguments->unconfirmed, "Found somewhere, and nobody has looked at it yet");
  app->add_option("--file", arguments->file, "A contact in protobuf JSON to start from, - for standard input");
  app->add_flag("--validate-only", arguments->validate_only, "Check everything, make nothing");
  app->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return CreateContact(session, *arguments); }; });
}

}  // namespace communique::command
