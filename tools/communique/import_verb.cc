// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "communique/releases/v1/release_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/files.h"
#include "tools/communique/import_report.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

using releases::v1::ReleaseService;

struct ImportArguments {
  std::string file;
  std::string newsroom;
  std::string language;
  std::string release_id;
  bool with_sections = false;
  bool create_contacts = false;
  bool validate_only = false;
};

absl::Status ImportRelease(Session& session, const ImportArguments& arguments) {
  auto text = ReadInput(arguments.file, session.in);
  if (!text.ok()) return text.status();
  releases::v1::ImportReleaseRequest request;
  request.set_parent(arguments.newsroom);
  request.set_text(*std::move(text));
  request.set_language(arguments.language);
  request.set_release_id(arguments.release_id);
  request.set_with_sections(arguments.with_sections);
  request.set_create_contacts(arguments.create_contacts);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto response = session.client.Call(&ReleaseService::Stub::ImportRelease, request);
  if (!response.ok()) return response.status();
  PrintMessage(session.out, session.output, *response, [&](std::ostream& out) { PrintImport(out, *response); });
  return absl::OkStatus();
}

}  // namespace

void AddImportVerb(CLI::App& app, Verb& chosen) {
  auto* import =
      app.add_subcommand("import", "Make a release of a text as a page or a mail gives it, and report what was found");
  auto arguments = std::make_shared<ImportArguments>();
  import->add_option("FILE", arguments->file, "Plain text in UTF-8, - for standard input")->required();
  import->add_option("--newsroom", arguments->newsroom, "The newsroom it belongs to")
      ->required()
      ->transform(NewsroomName());
  import->add_option("--language", arguments->language, "The language of the text; the newsroom's when not given");
  import->add_option("--release-id", arguments->release_id,
                     "The last part of its name; made by the server when not given");
  import->add_flag("--with-sections", arguments->with_sections,
                   "Make the sections that the page's navigation proposes, too");
  import->add_flag("--create-contacts", arguments->create_contacts,
                   "Make the contacts that contact lines propose, UNCONFIRMED, too");
  import->add_flag("--validate-only", arguments->validate_only, "Give the report and store nothing");
  import->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return ImportRelease(session, *arguments);
};
}  // namespace communique::command
);
}

}  // namespace communique::command
