// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "communique/contacts/v1/exchange_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/consent_words.h"
#include "tools/communique/contact_fields.h"
#include "tools/communique/files.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using contacts::v1::ExchangeFormat;
using contacts::v1::ExchangeService;

const std::map<std::string, ExchangeFormat>& Formats() {
  static const std::map<std::string, ExchangeFormat> formats = {{"vcard", contacts::v1::EXCHANGE_FORMAT_VCARD_4},
                                                                {"vcard3", contacts::v1::EXCHANGE_FORMAT_VCARD_3},
                                                                {"jcard", contacts::v1::EXCHANGE_FORMAT_JCARD},
                                                                {"csv", contacts::v1::EXCHANGE_FORMAT_CSV}};
  return formats;
}

struct ImportArguments {
  std::string file;
  std::string newsroom;
  std::string format;
  std::string source;
  std::string basis;
  std::string relation = "own-staff";
  std::string visibility = "internal";
  std::string language;
  std::string region;
  bool allow_duplicates = false;
  bool all_or_nothing = false;
  bool validate_only = false;
};

struct ExportArguments {
  std::string newsroom;
  std::string format;
  std::string visibility = "public";
  std::string group;
  std::string filter;
  std::string purpose;
  std::string channel;
  std::vector<std::string> names;
  std::string page_token;
};

// "3:2", "3", or nothing where there are no lines.
std::string PlaceWords(int line, int column) {
  if (line == 0) return "";
  return column == 0 ? absl::StrCat(line) : absl::StrCat(line, ":", column);
}

void PrintReport(std::ostream& out, const contacts::v1::ImportContactsResponse& response) {
  out << CountWords(response.created_count(), "contact") << " made, ";
  if (response.would_create_count() > 0) out << response.would_create_count() << " would be, ";
  out << CountWords(response.duplicate_count(), "duplicate") << ", " << response.refused_count() << " refused\n";
  for (const auto& card : response.cards()) {
    Table table;
    std::string about = card.contact();
    if (card.duplicate_of() > 0) absl::StrAppend(&about, about.empty() ? "" : ", ", "card ", card.duplicate_of());
    table.Add({absl::StrCat(card.index()), EnumWords(card.outcome()), card.display_name(), about});
    table.Print(out);
    Table findings(4);
    for (const auto& finding : card.findings()) {
      findings.Add({PlaceWords(finding.line(), finding.column()), finding.field(), finding.message()});
    }
    findings.Print(out);
    if (card.more_findings() > 0) out << "    and " << CountWords(card.more_findings(), "more finding") << '\n';
  }
}

// An import that may have stored contacts says how to go on: with another id, those that share no address with anybody
// would be made again.
absl::Status BrokenOff(const absl::Status& status, const std::string& request_id) {
  switch (status.code()) {
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnavailable:
      break;
    default:
      return status;
  }
  absl::Status told(status.code(),
                    absl::StrCat(status.message(), "; some contacts may be made: run it again with --request-id ",
                                 request_id, ", and none is made twice"));
  status.ForEachPayload([&told](absl::string_view type, const absl::Cord& payload) { told.SetPayload(type, payload); });
  return told;
}

absl::Status ImportContacts(Session& session, const ImportArguments& arguments) {
  auto content = ReadInput(arguments.file, session.in);
  if (!content.ok()) return content.status();
  contacts::v1::ImportContactsRequest request;
  request.set_parent(arguments.newsroom);
  request.set_format(Formats().at(arguments.format));
  request.set_content(*std::move(content));
  request.set_source(arguments.source);
  request.set_basis(Bases().at(arguments.basis));
  request.set_relation(Relations().at(arguments.relation));
  request.set_visibility(Visibilities().at(arguments.visibility));
  request.set_language(arguments.language);
  request.set_region(arguments.region);
  request.set_allow_duplicates(arguments.allow_duplicates);
  request.set_all_or_nothing(arguments.all_or_nothing);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto response = session.client.Call(&ExchangeService::Stub::ImportContacts, request, Listener::kContacts);
  if (!response.ok()) {
    return arguments.validate_only ? response.status() : BrokenOff(response.status(), request.request_id());
  }
  PrintMessage(session.out, session.output, *response, [&](std::ostream& out) { PrintReport(out, *response); });
  return absl::OkStatus();
}

absl::Status ExportContacts(Session& session, const ExportArguments& arguments) {
  contacts::v1::ExportContactsRequest request;
  request.set_parent(arguments.newsroom);
  request.set_format(Formats().at(arguments.format));
  request.set_min_visibility(Visibilities().at(arguments.visibility));
  request.set_group(arguments.group);
  request.set_filter(arguments.filter);
  if (!arguments.purpose.empty()) request.set_purpose(Purposes().at(arguments.purpose));
  if (!arguments.channel.empty()) request.set_channel(Channels().at(arguments.channel));
  request.mutable_names()->Assign(arguments.names.begin(), arguments.names.end());
  request.set_page_token(arguments.page_token);
  const auto response = session.client.Call(&ExchangeService::Stub::ExportContacts, request, Listener::kContacts);
  if (!response.ok()) return response.status();
  // The file, byte for byte; what is to be said about it stands beside it.
  PrintMessage(session.out, session.output, *response, [&](std::ostream& out) { out << response->content(); });
  if (session.output != Output::kText) return absl::OkStatus();
  session.err << CountWords(response->contact_count(), "contact") << ", " << response->left_out_count() << " left out";
  if (!arguments.purpose.empty()) {
    session.err << ", of which " << response->not_permitted_count() << " because they may not be written to for this";
  }
  session.err << '\n';
  Table table;
  for (const auto& finding : response->findings()) {
    table.Add({finding.contact(), finding.field(), finding.message()});
  }
  table.Print(session.err);
  if (!response->next_page_token().empty()) {
    session.err << "There are more; the next file: --page-token " << response->next_page_token() << '\n';
  }
  return absl::OkStatus();
}

void AddImport(CLI::App& contact, Verb& chosen) {
  auto* app = contact.add_subcommand("import", "Make contacts of a file of cards, and report on each card");
  auto arguments = std::make_shared<ImportArguments>();
  app->add_option("FILE", arguments->file, "vCard, jCard or CSV in UTF-8, - for standard input")->required();
  app->add_option("--newsroom", arguments->newsroom, "The newsroom that keeps them")
      ->required()
      ->transform(NewsroomName());
  app->add_option("--format", arguments->format, "vcard (2.1, 3.0 or 4.0, as each card says), jcard or csv")
      ->required()
      ->check(CLI::IsMember(Formats()));
  app->add_option("--source", arguments->source, "How the data came here: \"Accreditation 2026\"")->required();
  app->add_option("--basis", arguments->basis,
                  "On what ground it is kept: consent, contract, legal-obligation, vital-interest, public-task, "
                  "legitimate-interest or organization-mandate")
      ->required()
      ->check(CLI::IsMember(Bases()));
  app->add_option("--relation", arguments->relation, "What they are to the newsroom: own-staff, partner or journalist")
      ->check(CLI::IsMember(Relations()))
      ->capture_default_str();
  app->add_option("--visibility", arguments->visibility, "Who may be shown them: internal, media-only or public")
      ->check(CLI::IsMember(Visibilities()))
      ->capture_default_str();
  app->add_option("--language", arguments->language,
                  "The language of desks and roles that say none; the newsroom's when not given");
  app->add_option("--region", arguments->region,
                  "The country of numbers without + whose organization says none, two letters");
  app->add_flag("--allow-duplicates", arguments->allow_duplicates,
                "Make those, too, who share a mailbox or number with a contact that is there");
  app->add_flag("--all-or-nothing", arguments->all_or_nothing, "Make nothing when a card is refused");
  app->add_flag("--validate-only", arguments->validate_only, "Give the report and make nothing");
  app->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return ImportContacts(session, *arguments); }; });
}

void AddExport(CLI::App& contact, Verb& chosen) {
  auto* app = contact.add_subcommand("export", "Write contacts as a file, to standard output");
  auto arguments = std::make_shared<ExportArguments>();
  app->add_option("NAME", arguments->names, "These contacts; all of the newsroom when none is given")
      ->transform(ContactName());
  app->add_option("--newsroom", arguments->newsroom, "Of this newsroom")->required()->transform(NewsroomName());
  app->add_option("--format", arguments->format, "vcard (4.0), vcard3, jcard or csv")
      ->required()
      ->check(CLI::IsMember(Formats()));
  app->add_option("--for", arguments->visibility,
                  "Whom the file is for, which says how much is in it: internal, media-only or public")
      ->check(CLI::IsMember(Visibilities()))
      ->capture_default_str();
  app->add_option("--group", arguments->group, "The members of this group")->transform(GroupName());
  app->add_option("--filter", arguments->filter, "Which ones (AIP-160), for instance relation=\"JOURNALIST\"");
  app->add_option("--purpose", arguments->purpose,
                  "Only those who may be written to for this now, by what may be used: " + Words(Purposes()))
      ->check(CLI::IsMember(Purposes()));
  app->add_option("--channel", arguments->channel, "By which way: " + Words(Channels()) + "; not for printing")
      ->check(CLI::IsMember(Channels()));
  app->add_option("--page-token", arguments->page_token, "Go on behind the file that said this");
  app->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return ExportContacts(session, *arguments); }; });
}

}  // namespace

void AddContactExchangeVerbs(CLI::App& contact, Verb& chosen) {
  AddImport(contact, chosen);
  AddExport(contact, chosen);
}

}  // namespace communique::command
