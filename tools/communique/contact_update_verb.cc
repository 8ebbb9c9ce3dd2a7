// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/contact_change.h"
#include "tools/communique/contact_fields.h"
#include "tools/communique/contact_text.h"
#include "tools/communique/files.h"
#include "tools/communique/update_fields.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

using contacts::v1::Contact;
using contacts::v1::ContactService;
using contacts::v1::EmailAddress;
using contacts::v1::PhoneNumber;
using contacts::v1::UpdateContactRequest;

const ClearableFields& Clearable() {
  static const ClearableFields fields = {{"email", "emails"},
                                         {"language", "languages"},
                                         {"note", "note"},
                                         {"organization", "organization"},
                                         {"phone", "phones"},
                                         {"role", "role_titles"},
                                         {"source", "source"},
                                         {"substitute", "substitute"},
                                         {"time-zone", "time_zone"},
                                         {"valid-from", "valid_from"},
                                         {"valid-until", "valid_until"},
                                         {"web-address", "web_addresses"}};
  return fields;
}

// Mailboxes or numbers: all of them, or some more and some less.
struct AddressArguments {
  std::vector<std::string> all;
  std::vector<std::string> added;
  std::vector<std::string> removed;
};

struct UpdateArguments {
  ContactChange change;
  std::string file;
  std::vector<std::string> persons;
  std::vector<std::string> desks;
  std::vector<std::string> languages;
  std::string organization;
  std::vector<std::string> roles;
  std::string relation;
  AddressArguments emails;
  AddressArguments phones;
  std::string substitute;
  std::string time_zone;
  std::string valid_from;
  std::string valid_until;
  std::string source;
  std::string note;
  std::string visibility;
  std::vector<std::string> clear;
};

bool IsSame(const EmailAddress& email, const std::string& address) {
  return absl::EqualsIgnoreCase(email.address(), address) || absl::EqualsIgnoreCase(email.ascii_address(), address);
}

bool IsSame(const PhoneNumber& phone, const std::string& number) {
  return phone.number() == number || phone.e164() == number;
}

// Takes the entries out that are given; each must be there.
template <typename Entries>
absl::Status Remove(const char* option, const std::vector<std::string>& removed, Entries* entries) {
  for (const auto& text : removed) {
    const auto found =
        std::find_if(entries->begin(), entries->end(), [&](const auto& entry) { return IsSame(entry, text); });
    if (found == entries->end()) {
      return LocalError(absl::StrCat(option, " ", text,
                                     ": the contact does not have it; what it has is shown by: "
                                     "communique contact get --personal"));
    }
    entries->erase(found);
  }
  return absl::OkStatus();
}

bool AreChangedOneByOne(const AddressArguments& arguments) {
  return !arguments.added.empty() || !arguments.removed.empty();
}

absl::Status SetAddresses(Session& session, const UpdateArguments& arguments, UpdateContactRequest& request) {
  auto& contact = *request.mutable_contact();
  const auto visibility = arguments.visibility.empty() ? contacts::v1::VISIBILITY_INTERNAL : contact.visibility();
  if (!arguments.emails.all.empty()) contact.clear_emails();
  AddEmails(arguments.emails.all, visibility, contact);
  if (!arguments.phones.all.empty()) contact.clear_phones();
  AddPhones(arguments.phones.all, visibility, contact);
  std::vector<std::string> fields;
  if (AreChangedOneByOne(arguments.emails)) fields.emplace_back("emails");
  if (AreChangedOneByOne(arguments.phones)) fields.emplace_back("phones");
  if (fields.empty()) return absl::OkStatus();

  // One list cannot be changed in part: what is there comes along, and the etag says that it still is.
  for (const auto& field : fields) NameField(field, *request.mutable_update_mask());
  fields.emplace_back("etag");
  const auto now = FetchContact(session, arguments.change.name, fields);
  if (!now.ok()) return now.status();
  if (contact.etag().empty()) contact.set_etag(now->etag());
  if (AreChangedOneByOne(arguments.emails)) {
    *contact.mutable_emails() = now->emails();
    const auto status = Remove("--remove-email", arguments.emails.removed, contact.mutable_emails());
    if (!status.ok()) return status;
    AddEmails(arguments.emails.added, visibility, contact);
  }
  if (AreChangedOneByOne(arguments.phones)) {
    *contact.mutable_phones() = now->phones();
    const auto status = Remove("--remove-phone", arguments.phones.removed, contact.mutable_phones());
    if (!status.ok()) return status;
    AddPhones(arguments.phones.added, visibility, contact);
  }
  return absl::OkStatus();
}

// What the options say besides addresses, on top of what the file says.
void SetFields(const UpdateArguments& arguments, Contact& contact) {
  if (!arguments.persons.empty()) SetPersonNames(arguments.persons, contact);
  const auto set_texts = [](const std::vector<std::string>& texts, auto* field) {
    if (!texts.empty()) field->Clear();
    AddLocalizedTexts(texts, field);
  };
  set_texts(arguments.desks, contact.mutable_desk_names());
  set_texts(arguments.roles, contact.mutable_role_titles());
  if (!arguments.languages.empty()) {
    contact.mutable_languages()->Assign(arguments.languages.begin(), arguments.languages.end());
  }
  const auto set = [](const std::string& value, std::string* field) {
    if (!value.empty()) *field = value;
  };
  set(arguments.organization, contact.mutable_organization());
  set(arguments.substitute, contact.mutable_substitute());
  set(arguments.time_zone, contact.mutable_time_zone());
  set(arguments.source, contact.mutable_source());
  set(arguments.note, contact.mutable_note());
  if (!arguments.relation.empty()) contact.set_relation(Relations().at(arguments.relation));
  if (!arguments.visibility.empty()) contact.set_visibility(Visibilities().at(arguments.visibility));
  if (!arguments.valid_from.empty()) *contact.mutable_valid_from() = InstantOf(arguments.valid_from);
  if (!arguments.valid_until.empty()) *contact.mutable_valid_until() = InstantOf(arguments.valid_until);
}

// The file first, then what the command line says on top of it. The etag is that of --etag, or of the file.
absl::StatusOr<UpdateContactRequest> RequestFrom(Session& session, const CLI::App& app,
                                                 const UpdateArguments& arguments) {
  UpdateContactRequest request;
  auto& contact = *request.mutable_contact();
  if (!arguments.file.empty()) {
    const auto status = ReadJson(arguments.file, session.in, "contact", &contact);
    if (!status.ok()) return status;
    if (!contact.name().empty() && contact.name() != arguments.change.name) {
      return UsageError(absl::StrCat(arguments.file, " is of ", contact.name(), ", not of ", arguments.change.name));
    }
  }
  contact.set_name(arguments.change.name);
  if (!arguments.change.etag.empty()) contact.set_etag(arguments.change.etag);
  auto& mask = *request.mutable_update_mask();
  auto status = ClearFields(app, arguments.clear, Clearable(), contact, mask);
  if (!status.ok()) return status;
  SetFields(arguments, contact);
  if (status = SetAddresses(session, arguments, request); !status.ok()) return status;
  NameSetFields(contact, mask);
  if (mask.paths().empty()) return UsageError("say what to change, for instance --role or --email, or in a --file");
  return request;
}

// Whether something was changed that no answer to a change shows.
bool IsUnseen(const google::protobuf::FieldMask& mask) {
  static const std::set<std::string> kUnseen = {"emails", "phones", "web_addresses", "source", "note"};
  return std::any_of(mask.paths().begin(), mask.paths().end(),
                     [](const std::string& path) { return kUnseen.contains(path); });
}

absl::Status UpdateContact(Session& session, const CLI::App& app, const UpdateArguments& arguments) {
  auto request = RequestFrom(session, app, arguments);
  if (!request.ok()) return request.status();
  if (request->contact().etag().empty()) {
    const auto etag = EtagFor(session, arguments.change);
    if (!etag.ok()) return etag.status();
    request->mutable_contact()->set_etag(*etag);
  }
  request->set_request_id(session.client.options().request_id);
  request->set_validate_only(arguments.change.validate_only);
  const auto changed = session.client.Call(&ContactService::Stub::UpdateContact, *request, Listener::kContacts);
  if (!changed.ok()) return changed.status();
  PrintMessage(session.out, session.output, *changed, [&](std::ostream& out) {
    if (arguments.change.validate_only) out << "Nothing was changed. It would be so:\n";
    PrintContact(out, *changed);
  });
  if (session.output == Output::kText && !arguments.change.validate_only && IsUnseen(request->update_mask())) {
    session.err << "Addresses, numbers, source and note are not in the answer: see communique contact get --personal\n";
  }
  return absl::OkStatus();
}

// --email, --add-email and --remove-email; or the same for --phone.
void AddAddresses(CLI::App& app, const std::string& word, const char* what, const char* all_of_them,
                  AddressArguments& arguments, CLI::Option* file) {
  auto* all =
      AddTexts(app, "--" + word, arguments.all,
               absl::StrCat("All its ", all_of_them, ", most wanted first: they take the place of those it has"));
  auto* added = AddTexts(app, "--add-" + word, arguments.added,
                         absl::StrCat("A ", what, " more, behind those it has; they are read first"));
  auto* removed = AddTexts(app, "--remove-" + word, arguments.removed, absl::StrCat("A ", what, " to take out"));
  for (auto* option : {added, removed}) option->excludes(all)->excludes(file);
}

}  // namespace

void AddContactUpdateVerb(CLI::App& contact, Verb& chosen) {
  auto* app = contact.add_subcommand(
      "update", "Change fields of a contact, each as a whole; one that was only proposed is in use from then on");
  auto arguments = std::make_shared<UpdateArguments>();
  AddContactChange(*app, arguments->change);
  auto* person = AddTexts(*app, "--person", arguments->persons,
                          "A person's name as the person writes it; LANGUAGE=NAME for another language or script. "
                          "Takes the place of all its names, and of how they are said and sorted");
  AddTexts(*app, "--desk", arguments->desks, "A desk's name, LANGUAGE=NAME for each: takes the place of all its names")
      ->check(LocalizedText())
      ->excludes(person);
  AddRepeated(*app, "--language", arguments->languages,
              "The languages it answers in, best first (BCP 47): take the place of those it has");
  app->add_option("--organization", arguments->organization, "The organization it speaks for")
      ->transform(OrganizationName());
  AddTexts(*app, "--role", arguments->roles,
           "The role there, LANGUAGE=TEXT for each: takes the place of its roles in all languages")
      ->check(LocalizedText());
  app->add_option("--relation", arguments->relation, "What it is to the newsroom: own-staff, partner or journalist")
      ->check(CLI::IsMember(Relations()));
  auto* file = app->add_option("--file", arguments->file,
                               "A contact in protobuf JSON, - for standard input: the fields in it are changed, and "
                               "its etag is compared; take one that was read with --personal");
  AddAddresses(*app, "email", "mailbox", "mailboxes", arguments->emails, file);
  AddAddresses(*app, "phone", "telephone number", "telephone numbers", arguments->phones, file);
  app->add_option("--substitute", arguments->substitute, "Who is shown when this contact is not")
      ->transform(ContactName());
  app->add_option("--time-zone", arguments->time_zone, "Where it works: an IANA time zone, for instance Europe/Zurich")
      ->check(NotEmpty());
  app->add_option("--valid-from", arguments->valid_from, "Not printed before: 2026-10-16T08:00:00Z")->check(Instant());
  app->add_option("--valid-until", arguments->valid_until, "Not printed from then on: its substitute is")
      ->check(Instant());
  app->add_option("--source", arguments->source, "How the data came here")->check(NotEmpty());
  app->add_option("--note", arguments->note, "For the house")->check(NotEmpty());
  auto* visibility =
      app->add_option("--visibility", arguments->visibility,
                      "Who may be shown name, role and the addresses and numbers given here: internal, media-only or "
                      "public; addresses and numbers given without it are for the house")
          ->check(CLI::IsMember(Visibilities()));
  app->add_flag_callback(
         "--public", [arguments] { arguments->visibility = "public"; }, "As --visibility public")
      ->excludes(visibility);
  AddClear(*app, arguments->clear, Clearable());
  app->callback([&chosen, app, arguments] {
    chosen = [app, arguments](Session& session) { return UpdateContact(session, *app, *arguments); };
  });
}

}  // namespace communique::command
