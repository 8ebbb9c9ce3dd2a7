// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "communique/contacts/v1/organization_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/contact_text.h"
#include "tools/communique/files.h"
#include "tools/communique/new_name.h"
#include "tools/communique/organization_fields.h"
#include "tools/communique/pages.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

using contacts::v1::Organization;
using contacts::v1::OrganizationService;

struct CreateArguments {
  NewName name;
  OrganizationFields fields;
  bool validate_only = false;
};

struct ListArguments {
  std::string newsroom;
  std::string query;
  std::string filter;
  std::string order_by;
  std::int32_t limit = 100;
  bool include_ancestors = false;
  bool show_deleted = false;
};

// The file first, then what the command line says on top of it.
absl::StatusOr<Organization> OrganizationFrom(const OrganizationFields& fields, Session& session) {
  Organization organization;
  if (!fields.file.empty()) {
    const auto status = ReadJson(fields.file, session.in, "organization", &organization);
    if (!status.ok()) return status;
  }
  if (const auto status = SetOrganizationFields(fields, organization); !status.ok()) return status;
  if (organization.names().empty()) return UsageError("say what it is called: --name de=\"…\", or a --file");
  return organization;
}

absl::Status CreateOrganization(Session& session, const CreateArguments& arguments) {
  const auto name = Split(arguments.name);
  if (!name.ok()) return name.status();
  auto organization = OrganizationFrom(arguments.fields, session);
  if (!organization.ok()) return organization.status();
  contacts::v1::CreateOrganizationRequest request;
  request.set_parent(name->parent);
  request.set_organization_id(name->id);
  *request.mutable_organization() = *std::move(organization);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto created =
      session.client.Call(&OrganizationService::Stub::CreateOrganization, request, Listener::kContacts);
  if (!created.ok()) return created.status();
  PrintMessage(session.out, session.output, *created, [&](std::ostream& out) {
    if (arguments.validate_only) out << "Nothing was made. It would be so:\n";
    PrintOrganization(out, *created);
  });
  return absl::OkStatus();
}

absl::Status GetOrganization(Session& session, const std::string& name) {
  contacts::v1::GetOrganizationRequest request;
  request.set_name(name);
  const auto organization =
      session.client.Call(&OrganizationService::Stub::GetOrganization, request, Listener::kContacts);
  if (!organization.ok()) return organization.status();
  PrintMessage(session.out, session.output, *organization,
               [&](std::ostream& out) { PrintOrganization(out, *organization); });
  return absl::OkStatus();
}

absl::Status ListOrganizations(Session& session, const ListArguments& arguments) {
  contacts::v1::ListOrganizationsRequest request;
  request.set_parent(arguments.newsroom);
  request.set_query(arguments.query);
  request.set_filter(arguments.filter);
  request.set_order_by(arguments.order_by);
  request.set_include_ancestors(arguments.include_ancestors);
  request.set_show_deleted(arguments.show_deleted);
  const auto list =
      ReadPages(session, &OrganizationService::Stub::ListOrganizations, std::move(request),
                &contacts::v1::ListOrganizationsResponse::mutable_organizations, arguments.limit, Listener::kContacts);
  if (!list.ok()) return list.status();
  PrintList(session.out, session.output, *list, list->organizations(), [&](std::ostream& out) {
    Table table;
    for (const auto& organization : list->organizations()) {
      table.Add({organization.name(), organization.names().empty() ? "" : organization.names(0).acronym(),
                 FirstName(organization)});
    }
    table.Print(out);
  });
  PrintMore(session, *list);
  return absl::OkStatus();
}

void AddCreate(CLI::App& organization, Verb& chosen) {
  auto* app = organization.add_subcommand("create", "Make an organization");
  auto arguments = std::make_shared<CreateArguments>();
  AddNewName(*app, arguments->name, OrganizationName(), "organization");
  AddOrganizationFields(*app, arguments->fields);
  app->add_option("--file", arguments->fields.file,
                  "An organization in protobuf JSON to start from, - for standard input");
  app->add_flag("--validate-only", arguments->validate_only, "Check everything, make nothing");
  app->callback([&chosen, arguments] {
    chosen = [arguments](Session& session) { return CreateOrganization(session, *arguments); };
  });
}

}  // namespace

void AddOrganizationVerbs(CLI::App& app, Verb& chosen) {
  auto* organization = app.add_subcommand("organization", "The bodies that contacts speak for")->require_subcommand(1);
  AddCreate(*organization, chosen);
  AddOrganizationChangeVerbs(*organization, chosen);

  auto* get = organization->add_subcommand("get", "Show an organization");
  auto name = std::make_shared<std::string>();
  get->add_option("NAME", *name, "The organization")->required()->transform(OrganizationName());
  get->callback([&chosen, name] { chosen = [name](Session& session) { return GetOrganization(session, *name); }; });

  auto* list = organization->add_subcommand("list", "List the organizations of a newsroom");
  auto arguments = std::make_shared<ListArguments>();
  list->add_option("--newsroom", arguments->newsroom, "Of this newsroom")->required()->transform(NewsroomName());
  list->add_option("--query", arguments->query, "Words that a name or acronym begins with, in any script and spelling");
  list->add_option("--filter", arguments->filter, "Which ones (AIP-160), for instance country=\"CH\"");
  list->add_option("--order-by", arguments->order_by, "name, create_time or update_time, each with desc behind it");
  list->add_option("--limit", arguments->limit, "At most this many")->check(CLI::PositiveNumber)->capture_default_str();
  list->add_flag("--include-ancestors", arguments->include_ancestors, "Those of the newsrooms above, too");
  list->add_flag("--show-deleted", arguments->show_deleted, "Deleted ones, too");
  list->callback([&chosen, arguments] {
    chosen = [arguments](Session& session) { return ListOrganizations(session, *arguments); };
  });
}

}  // namespace communique::command
