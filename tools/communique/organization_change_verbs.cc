// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "communique/contacts/v1/organization_service.grpc.pb.h"
#include "services/platform/base/string_view.h"
#include "tools/communique/arguments.h"
#include "tools/communique/contact_text.h"
#include "tools/communique/files.h"
#include "tools/communique/organization_fields.h"
#include "tools/communique/update_fields.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

using contacts::v1::Organization;
using contacts::v1::OrganizationService;
using contacts::v1::UpdateOrganizationRequest;

const ClearableFields& Clearable() {
  static const ClearableFields fields = {{"country", "country"},
                                         {"kind", "kind"},
                                         {"mail-domain", "mail_domains"},
                                         {"parent", "parent_organization"},
                                         {"website", "website"}};
  return fields;
}

struct ChangeArguments {
  std::string name;
  std::string etag;
  OrganizationFields fields;
  std::vector<std::string> clear;
  bool validate_only = false;
};

absl::StatusOr<Organization> Fetch(Session& session, const std::string& name) {
  contacts::v1::GetOrganizationRequest request;
  request.set_name(name);
  return session.client.Call(&OrganizationService::Stub::GetOrganization, request, Listener::kContacts);
}

absl::Status PrintChanged(Session& session, const ChangeArguments& arguments,
                          const absl::StatusOr<Organization>& organization) {
  if (!organization.ok()) return organization.status();
  PrintMessage(session.out, session.output, *organization, [&](std::ostream& out) {
    if (arguments.validate_only) out << "Nothing was changed. It would be so:\n";
    PrintOrganization(out, *organization);
  });
  return absl::OkStatus();
}

// An acronym without a name goes to the one there is.
absl::Status TakeNames(Session& session, const OrganizationFields& fields, Organization& organization) {
  for (const auto& text : fields.acronyms) {
    if (TextInLanguage(text, fields.language).locale().empty()) return NoLanguage("--acronym", text);
  }
  const auto now = Fetch(session, organization.name());
  if (!now.ok()) return now.status();
  *organization.mutable_names() = now->names();
  if (organization.etag().empty()) organization.set_etag(now->etag());
  return absl::OkStatus();
}

// The file first, then what the command line says on top of it. The etag is that of --etag, of the file, or, without
// them, of the version there is now.
absl::StatusOr<UpdateOrganizationRequest> RequestFrom(Session& session, const CLI::App& app,
                                                      const ChangeArguments& arguments) {
  const auto& fields = arguments.fields;
  UpdateOrganizationRequest request;
  auto& organization = *request.mutable_organization();
  if (!fields.file.empty()) {
    const auto status = ReadJson(fields.file, session.in, "organization", &organization);
    if (!status.ok()) return status;
    if (!organization.name().empty() && organization.name() != arguments.name) {
      return UsageError(absl::StrCat(fields.file, " is of ", organization.name(), ", not of ", arguments.name));
    }
  }
  organization.set_name(arguments.name);
  if (!arguments.etag.empty()) organization.set_etag(arguments.etag);
  auto status = ClearFields(app, arguments.clear, Clearable(), organization, *request.mutable_update_mask());
  if (!status.ok()) return status;
  const bool lacks_names = !fields.acronyms.empty() && fields.names.empty() && organization.names().empty();
  if (lacks_names) {
    if (status = TakeNames(session, fields, organization); !status.ok()) return status;
  }
  if (status = SetOrganizationFields(fields, organization); !status.ok()) {
    return lacks_names ? LocalError(platform::ToStd(status.message())) : status;
  }
  NameSetFields(organization, *request.mutable_update_mask());
  if (request.update_mask().paths().empty()) {
    return UsageError("say what to change, for instance --name or --website, or in a --file");
  }
  if (organization.etag().empty()) {
    const auto now = Fetch(session, arguments.name);
    if (!now.ok()) return now.status();
    organization.set_etag(now->etag());
  }
  return request;
}

absl::Status Update(Session& session, const CLI::App& app, const ChangeArguments& arguments) {
  auto request = RequestFrom(session, app, arguments);
  if (!request.ok()) return request.status();
  request->set_request_id(session.client.options().request_id);
  request->set_validate_only(arguments.validate_only);
  return PrintChanged(
      session, arguments,
      session.client.Call(&OrganizationService::Stub::UpdateOrganization, *request, Listener::kContacts));
}

// Completes a request by name, etag, request id and validate_only, and calls the verb.
template <typename Request>
absl::Status Change(Session& session, const ChangeArguments& arguments, Request request,
                    grpc::Status (OrganizationService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                      Organization*)) {
  request.set_name(arguments.name);
  request.set_etag(arguments.etag);
  if (arguments.etag.empty()) {
    const auto now = Fetch(session, arguments.name);
    if (!now.ok()) return now.status();
    request.set_etag(now->etag());
  }
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  return PrintChanged(session, arguments, session.client.Call(method, request, Listener::kContacts));
}

absl::Status Delete(Session& session, const ChangeArguments& arguments) {
  return Change(session, arguments, contacts::v1::DeleteOrganizationRequest(),
                &OrganizationService::Stub::DeleteOrganization);
}

absl::Status Undelete(Session& session, const ChangeArguments& arguments) {
  return Change(session, arguments, contacts::v1::UndeleteOrganizationRequest(),
                &OrganizationService::Stub::UndeleteOrganization);
}

void AddChange(CLI::App& app, ChangeArguments& arguments) {
  app.add_option("NAME", arguments.name, "The organization")->required()->transform(OrganizationName());
  app.add_option("--etag", arguments.etag,
                 "Only if the organization still has this etag; its present one when not given");
  app.add_flag("--validate-only", arguments.validate_only, "Check everything, change nothing");
}

void AddUpdate(CLI::App& organization, Verb& chosen) {
  auto* app = organization.add_subcommand(
      "update",
      "Change fields of an organization; names, with their acronyms, and mail domains take the place of all there are");
  auto arguments = std::make_shared<ChangeArguments>();
  AddChange(*app, *arguments);
  AddOrganizationFields(*app, arguments->fields);
  for (const char* option : {"--country", "--website"}) app->get_option(option)->check(NotEmpty());
  app->add_option(
      "--file", arguments->fields.file,
      "An organization in protobuf JSON, - for standard input: the fields in it are changed, and its etag is "
      "compared");
  AddClear(*app, arguments->clear, Clearable());
  app->callback([&chosen, app, arguments] {
    chosen = [app, arguments](Session& session) { return Update(session, *app, *arguments); };
  });
}

void AddVerb(CLI::App& organization, Verb& chosen, const char* name, const char* description,
             absl::Status (*run)(Session&, const ChangeArguments&)) {
  auto* app = organization.add_subcommand(name, description);
  auto arguments = std::make_shared<ChangeArguments>();
  AddChange(*app, *arguments);
  app->callback(
      [&chosen, run, arguments] { chosen = [run, arguments](Session& session) { return run(session, *arguments); }; });
}

}  // namespace

void AddOrganizationChangeVerbs(CLI::App& organization, Verb& chosen) {
  AddUpdate(organization, chosen);
  AddVerb(organization, chosen, "delete", "Delete an organization that nobody belongs to any more", &Delete);
  AddVerb(organization, chosen, "undelete", "Take a deletion back", &Undelete);
}

}  // namespace communique::command
