// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "communique/contacts/v1/consent_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/consent_words.h"
#include "tools/communique/new_name.h"
#include "tools/communique/pages.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using contacts::v1::ConsentService;
using contacts::v1::Permission;
using contacts::v1::ProcessingRecord;

struct RecordArguments {
  std::string contact;
  std::string event;
  std::string purpose;
  std::vector<std::string> channels;
  std::string basis;
  std::string at;
  std::string until;
  std::string notice;
  std::string notice_language;
  std::string method;
  std::string evidence;
  std::string ip_address;
  std::string user_agent;
  std::string form_sha256;
  bool validate_only = false;
};

struct ListArguments {
  std::string contact;
  std::string filter;
  std::int32_t limit = 100;
};

struct MayArguments {
  std::vector<std::string> contacts;
  std::string purpose;
  std::string channel;
  std::string newsroom;
};

std::string ChannelWords(const ProcessingRecord& record) {
  std::string words;
  for (const int channel : record.channels()) {
    words += (words.empty() ? "" : ", ") + EnumWords(static_cast<contacts::v1::Channel>(channel));
  }
  return words.empty() ? "every channel" : words;
}

std::string PurposeWords(const ProcessingRecord& record) {
  return record.purpose() == contacts::v1::PURPOSE_UNSPECIFIED ? "everything" : EnumWords(record.purpose());
}

void PrintRecord(std::ostream& out, const ProcessingRecord& record) {
  out << Printable(record.name()) << '\n';
  Table table(2);
  table.Add({"Happened", EnumWords(record.event()) + ", " + TimeWords(record.event_time())});
  table.Add({"For", PurposeWords(record) + ", " + ChannelWords(record)});
  if (record.basis() != contacts::v1::PROCESSING_BASIS_UNSPECIFIED) table.Add({"Basis", EnumWords(record.basis())});
  if (record.has_expire_time()) table.Add({"Until", TimeWords(record.expire_time())});
  if (!record.notice_version().empty()) {
    table.Add({"Notice", record.notice_version() + ", " + record.notice_locale()});
  }
  if (!record.method().empty()) table.Add({"By", record.method()});
  if (!record.evidence().text().empty()) table.Add({"Evidence", record.evidence().text()});
  table.Add({"Recorded", TimeWords(record.create_time()) + " by " + record.recorder()});
  table.Print(out);
}

ProcessingRecord RecordFrom(const RecordArguments& arguments) {
  ProcessingRecord record;
  record.set_event(ProcessingEvents().at(arguments.event));
  if (!arguments.purpose.empty()) record.set_purpose(Purposes().at(arguments.purpose));
  for (const auto& channel : arguments.channels) record.add_channels(Channels().at(channel));
  if (!arguments.basis.empty()) record.set_basis(Bases().at(arguments.basis));
  if (!arguments.at.empty()) *record.mutable_event_time() = InstantOf(arguments.at);
  if (!arguments.until.empty()) *record.mutable_expire_time() = InstantOf(arguments.until);
  record.set_notice_version(arguments.notice);
  record.set_notice_locale(arguments.notice_language);
  record.set_method(arguments.method);
  const auto set = [&](const std::string& value, void (*setter)(contacts::v1::ConsentEvidence&, const std::string&)) {
    if (!value.empty()) setter(*record.mutable_evidence(), value);
  };
  set(arguments.evidence, [](auto& evidence, const auto& value) { evidence.set_text(value); });
  set(arguments.ip_address, [](auto& evidence, const auto& value) { evidence.set_ip_address(value); });
  set(arguments.user_agent, [](auto& evidence, const auto& value) { evidence.set_user_agent(value); });
  set(arguments.form_sha256, [](auto& evidence, const auto& value) { evidence.set_form_sha256(value); });
  return record;
}

absl::Status Record(Session& session, const RecordArguments& arguments) {
  contacts::v1::CreateProcessingRecordRequest request;
  request.set_parent(arguments.contact);
  *request.mutable_processing_record() = RecordFrom(arguments);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto made = session.client.Call(&ConsentService::Stub::CreateProcessingRecord, request, Listener::kContacts);
  if (!made.ok()) return made.status();
  PrintMessage(session.out, session.output, *made, [&](std::ostream& out) {
    if (arguments.validate_only) out << "Nothing was recorded. It would be so:\n";
    PrintRecord(out, *made);
  });
  return absl::OkStatus();
}

absl::Status List(Session& session, const ListArguments& arguments) {
  contacts::v1::ListProcessingRecordsRequest request;
  request.set_parent(arguments.contact);
  request.set_filter(arguments.filter);
  const auto list = ReadPages(session, &ConsentService::Stub::ListProcessingRecords, std::move(request),
                              &contacts::v1::ListProcessingRecordsResponse::mutable_processing_records, arguments.limit,
                              Listener::kContacts);
  if (!list.ok()) return list.status();
  PrintList(session.out, session.output, *list, list->processing_records(), [&](std::ostream& out) {
    for (const auto& record : list->processing_records()) PrintRecord(out, record);
  });
  PrintMore(session, *list);
  return absl::OkStatus();
}

std::string AnswerWords(const Permission& permission) {
  if (permission.allowed()) {
    std::string words = "yes";
    for (const auto& address : permission.addresses()) words += (words == "yes" ? ": " : ", ") + address;
    return words;
  }
  std::string words = "no";
  for (const int reason : permission.reasons()) {
    words += (words == "no" ? ": " : ", ") + EnumWords(static_cast<contacts::v1::PermissionReason>(reason));
  }
  return words;
}

absl::Status May(Session& session, const MayArguments& arguments) {
  contacts::v1::BatchCheckPermissionsRequest request;
  request.set_newsroom(arguments.newsroom.empty() ? NewsroomOf(arguments.contacts.front()) : arguments.newsroom);
  for (const auto& contact : arguments.contacts) {
    auto& check = *request.add_checks();
    check.set_contact(contact);
    check.set_purpose(Purposes().at(arguments.purpose));
    if (!arguments.channel.empty()) check.set_channel(Channels().at(arguments.channel));
  }
  const auto answers = session.client.Call(&ConsentService::Stub::BatchCheckPermissions, request, Listener::kContacts);
  if (!answers.ok()) return answers.status();
  PrintList(session.out, session.output, *answers, answers->permissions(), [&](std::ostream& out) {
    Table table;
    for (const Permission& permission : answers->permissions()) {
      table.Add({permission.contact(), AnswerWords(permission),
                 permission.has_valid_until() ? "until " + TimeWords(permission.valid_until()) : ""});
    }
    table.Print(out);
  });
  return absl::OkStatus();
}

void AddRecord(CLI::App& consent, Verb& chosen) {
  auto* app =
      consent.add_subcommand("record", "Record that a ground was given or taken away; never changed afterwards");
  auto arguments = std::make_shared<RecordArguments>();
  app->add_option("CONTACT", arguments->contact, "The contact")->required()->transform(ContactName());
  app->add_option("--event", arguments->event, "What happened: " + Words(ProcessingEvents()))
      ->required()
      ->check(CLI::IsMember(ProcessingEvents()));
  app->add_option("--purpose", arguments->purpose,
                  "What it is for: " + Words(Purposes()) + "; without it, a refusal is of everything")
      ->check(CLI::IsMember(Purposes()));
  AddRepeated(*app, "--channel", arguments->channels, "By which ways: " + Words(Channels()) + "; all when not given")
      ->check(CLI::IsMember(Channels()));
  app->add_option("--basis", arguments->basis, "Of declared and reviewed: on what ground, any but consent")
      ->check(CLI::IsMember(Bases()));
  app->add_option("--at", arguments->at, "When it happened, RFC 3339; now when not given")->check(Instant());
  app->add_option("--until", arguments->until, "When the ground ends by itself, RFC 3339")->check(Instant());
  app->add_option("--notice", arguments->notice, "Of granted: which version of the privacy notice was shown");
  app->add_option("--notice-language", arguments->notice_language, "Of granted: the language it was shown in");
  app->add_option("--method", arguments->method, "How it came about: \"accreditation form\"");
  app->add_option("--evidence", arguments->evidence, "What was said or signed, or where it is filed");
  app->add_option("--ip-address", arguments->ip_address, "The address that the form came from");
  app->add_option("--user-agent", arguments->user_agent, "The program that it came from");
  app->add_option("--form-sha256", arguments->form_sha256, "SHA-256 of the form as it was sent");
  app->add_flag("--validate-only", arguments->validate_only, "Check everything, record nothing");
  app->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return Record(session, *arguments); }; });
}

}  // namespace

void AddContactConsentVerbs(CLI::App& contact, Verb& chosen) {
  auto* consent = contact.add_subcommand("consent", "On what ground a contact is written to")->require_subcommand(1);
  AddRecord(*consent, chosen);
  auto* list = consent->add_subcommand("list", "List what was recorded, the newest first");
  auto listing = std::make_shared<ListArguments>();
  list->add_option("CONTACT", listing->contact, "The contact")->required()->transform(ContactName());
  list->add_option("--filter", listing->filter, "Which ones: \"purpose = SURVEYS\"");
  list->add_option("--limit", listing->limit, "At most this many")->check(CLI::PositiveNumber)->capture_default_str();
  list->callback([&chosen, listing] { chosen = [listing](Session& session) { return List(session, *listing); }; });

  auto* may =
      contact.add_subcommand("may", "Say whether contacts may be written to or printed now, and by which addresses");
  auto asked = std::make_shared<MayArguments>();
  may->add_option("CONTACT", asked->contacts, "The contacts")->required()->transform(ContactName());
  may->add_option("--purpose", asked->purpose, "What for: " + Words(Purposes()))
      ->required()
      ->check(CLI::IsMember(Purposes()));
  may->add_option("--channel", asked->channel, "By which way: " + Words(Channels()) + "; not for printing")
      ->check(CLI::IsMember(Channels()));
  may->add_option("--newsroom", asked->newsroom, "Who writes: the contacts' newsroom, or one below it")
      ->transform(NewsroomName());
  may->callback([&chosen, asked] { chosen = [asked](Session& session) { return May(session, *asked); }; });
}

}  // namespace communique::command
