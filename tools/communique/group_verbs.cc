// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "communique/contacts/v1/group_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/contact_text.h"
#include "tools/communique/new_name.h"
#include "tools/communique/pages.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using contacts::v1::ContactGroup;
using contacts::v1::GroupService;

struct CreateArguments {
  NewName name;
  std::string display_name;
  std::string description;
  bool validate_only = false;
};

struct ChangeArguments {
  std::string name;
  std::string etag;
  std::string display_name;
  std::string description;
  std::vector<std::string> contacts;
  bool validate_only = false;
};

struct ListArguments {
  std::string newsroom;
  std::string member;
  std::string order_by;
  std::int32_t limit = 100;
  bool show_deleted = false;
};

struct MembersArguments {
  std::string name;
  std::int32_t limit = 100;
  bool personal = false;
};

void PrintGroup(std::ostream& out, const ContactGroup& group) {
  out << Printable(group.name()) << '\n';
  Table table(2);
  table.Add({"Called", group.display_name()});
  if (!group.description().empty()) table.Add({"For", group.description()});
  table.Add({"Members", std::to_string(group.member_count())});
  if (group.has_delete_time()) table.Add({"Deleted", TimeWords(group.delete_time())});
  table.Add({"Etag", group.etag()});
  table.Print(out);
}

void PrintChanged(Session& session, bool validate_only, const ContactGroup& group) {
  PrintMessage(session.out, session.output, group, [&](std::ostream& out) {
    if (validate_only) out << "Nothing was changed. It would be so:\n";
    PrintGroup(out, group);
  });
}

absl::StatusOr<ContactGroup> Read(Session& session, const std::string& name) {
  contacts::v1::GetGroupRequest request;
  request.set_name(name);
  return session.client.Call(&GroupService::Stub::GetGroup, request, Listener::kContacts);
}

// Without --etag, a verb acts on the version there is now.
absl::StatusOr<std::string> EtagFor(Session& session, const ChangeArguments& arguments) {
  if (!arguments.etag.empty()) return arguments.etag;
  const auto group = Read(session, arguments.name);
  if (!group.ok()) return group.status();
  return group->etag();
}

absl::Status CreateGroup(Session& session, const CreateArguments& arguments) {
  const auto name = Split(arguments.name);
  if (!name.ok()) return name.status();
  contacts::v1::CreateGroupRequest request;
  request.set_parent(name->parent);
  request.set_group_id(name->id);
  request.mutable_group()->set_display_name(arguments.display_name);
  request.mutable_group()->set_description(arguments.description);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto created = session.client.Call(&GroupService::Stub::CreateGroup, request, Listener::kContacts);
  if (!created.ok()) return created.status();
  PrintChanged(session, arguments.validate_only, *created);
  return absl::OkStatus();
}

absl::Status GetGroup(Session& session, const std::string& name) {
  const auto group = Read(session, name);
  if (!group.ok()) return group.status();
  PrintChanged(session, false, *group);
  return absl::OkStatus();
}

absl::Status ListGroups(Session& session, const ListArguments& arguments) {
  contacts::v1::ListGroupsRequest request;
  request.set_parent(arguments.newsroom);
  request.set_member(arguments.member);
  request.set_order_by(arguments.order_by);
  request.set_show_deleted(arguments.show_deleted);
  const auto list = ReadPages(session, &GroupService::Stub::ListGroups, std::move(request),
                              &contacts::v1::ListGroupsResponse::mutable_groups, arguments.limit, Listener::kContacts);
  if (!list.ok()) return list.status();
  PrintList(session.out, session.output, *list, list->groups(), [&](std::ostream& out) {
    Table table;
    for (const auto& group : list->groups()) {
      table.Add({group.name(), CountWords(group.member_count(), "member"), group.display_name()});
    }
    table.Print(out);
  });
  PrintMore(session, *list);
  return absl::OkStatus();
}

absl::Status ListMembers(Session& session, const MembersArguments& arguments) {
  contacts::v1::ListGroupMembersRequest request;
  request.set_parent(arguments.name);
  if (arguments.personal) request.mutable_read_mask()->add_paths("*");
  const auto list =
      ReadPages(session, &GroupService::Stub::ListGroupMembers, std::move(request),
                &contacts::v1::ListGroupMembersResponse::mutable_contacts, arguments.limit, Listener::kContacts);
  if (!list.ok()) return list.status();
  PrintList(session.out, session.output, *list, list->contacts(), [&](std::ostream& out) {
    Table table;
    for (const auto& contact : list->contacts()) {
      table.Add({contact.name(), EnumWords(contact.state()), FirstName(contact), FirstRole(contact)});
    }
    table.Print(out);
  });
  PrintMore(session, *list);
  return absl::OkStatus();
}

absl::Status UpdateGroup(Session& session, const ChangeArguments& arguments) {
  const auto etag = EtagFor(session, arguments);
  if (!etag.ok()) return etag.status();
  contacts::v1::UpdateGroupRequest request;
  request.mutable_group()->set_name(arguments.name);
  request.mutable_group()->set_etag(*etag);
  request.mutable_group()->set_display_name(arguments.display_name);
  request.mutable_group()->set_description(arguments.description);
  if (!arguments.display_name.empty()) request.mutable_update_mask()->add_paths("display_name");
  if (!arguments.description.empty()) request.mutable_update_mask()->add_paths("description");
  if (request.update_mask().paths().empty()) return UsageError("say what to change: --display-name or --description");
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto changed = session.client.Call(&GroupService::Stub::UpdateGroup, request, Listener::kContacts);
  if (!changed.ok()) return changed.status();
  PrintChanged(session, arguments.validate_only, *changed);
  return absl::OkStatus();
}

// Completes a request by name, etag, request id and validate_only, and calls the verb.
template <typename Request>
absl::Status Change(Session& session, const ChangeArguments& arguments, Request request,
                    grpc::Status (GroupService::Stub::*method)(grpc::ClientContext*, const Request&, ContactGroup*)) {
  const auto etag = EtagFor(session, arguments);
  if (!etag.ok()) return etag.status();
  request.set_name(arguments.name);
  request.set_etag(*etag);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto changed = session.client.Call(method, request, Listener::kContacts);
  if (!changed.ok()) return changed.status();
  PrintChanged(session, arguments.validate_only, *changed);
  return absl::OkStatus();
}

absl::Status AddMembers(Session& session, const ChangeArguments& arguments) {
  contacts::v1::ModifyGroupMembersRequest request;
  request.mutable_add()->Assign(arguments.contacts.begin(), arguments.contacts.end());
  return Change(session, arguments, std::move(request), &GroupService::Stub::ModifyGroupMembers);
}

absl::Status RemoveMembers(Session& session, const ChangeArguments& arguments) {
  contacts::v1::ModifyGroupMembersRequest request;
  request.mutable_remove()->Assign(arguments.contacts.begin(), arguments.contacts.end());
  return Change(session, arguments, std::move(request), &GroupService::Stub::ModifyGroupMembers);
}

absl::Status DeleteGroup(Session& session, const ChangeArguments& arguments) {
  return Change(session, arguments, contacts::v1::DeleteGroupRequest(), &GroupService::Stub::DeleteGroup);
}

absl::Status UndeleteGroup(Session& session, const ChangeArguments& arguments) {
  return Change(session, arguments, contacts::v1::UndeleteGroupRequest(), &GroupService::Stub::UndeleteGroup);
}

CLI::App* AddChange(CLI::App& group, Verb& chosen, const char* name, const char* description,
                    absl::Status (*run)(Session&, const ChangeArguments&),
                    const std::shared_ptr<ChangeArguments>& arguments) {
  auto* app = group.add_subcommand(name, description);
  app->add_option("NAME", arguments->name, "The group")->required()->transform(GroupName());
  app->add_option("--etag", arguments->etag, "Only if the group still has this etag; its present one when not given");
  app->add_flag("--validate-only", arguments->validate_only, "Check everything, change nothing");
  app->callback(
      [&chosen, run, arguments] { chosen = [run, arguments](Session& session) { return run(session, *arguments); }; });
  return app;
}

void AddMembersVerb(CLI::App& group, Verb& chosen, const char* name, const char* description,
                    absl::Status (*run)(Session&, const ChangeArguments&)) {
  auto arguments = std::make_shared<ChangeArguments>();
  AddChange(group, chosen, name, description, run, arguments)
      ->add_option("CONTACT", arguments->contacts, "The contacts")
      ->required()
      ->transform(ContactName());
}

void AddReading(CLI::App& group, Verb& chosen) {
  auto* get = group.add_subcommand("get", "Show a group");
  auto name = std::make_shared<std::string>();
  get->add_option("NAME", *name, "The group")->required()->transform(GroupName());
  get->callback([&chosen, name] { chosen = [name](Session& session) { return GetGroup(session, *name); }; });

  auto* list = group.add_subcommand("list", "List the groups of a newsroom");
  auto listing = std::make_shared<ListArguments>();
  list->add_option("--newsroom", listing->newsroom, "Of this newsroom")->required()->transform(NewsroomName());
  list->add_option("--member", listing->member, "Only those that this contact is in")->transform(ContactName());
  list->add_option("--order-by", listing->order_by, "name, create_time or update_time, each with desc behind it");
  list->add_option("--limit", listing->limit, "At most this many")->check(CLI::PositiveNumber)->capture_default_str();
  list->add_flag("--show-deleted", listing->show_deleted, "Deleted ones, too");
  list->callback(
      [&chosen, listing] { chosen = [listing](Session& session) { return ListGroups(session, *listing); }; });

  auto* members = group.add_subcommand("members", "List who is in a group");
  auto asked = std::make_shared<MembersArguments>();
  members->add_option("NAME", asked->name, "The group")->required()->transform(GroupName());
  members->add_option("--limit", asked->limit, "At most this many")->check(CLI::PositiveNumber)->capture_default_str();
  members->add_flag("--personal", asked->personal,
                    "With addresses, numbers and notes; needs the permission to read what is personal");
  members->callback([&chosen, asked] { chosen = [asked](Session& session) { return ListMembers(session, *asked); }; });
}

}  // namespace

void AddGroupVerbs(CLI::App& app, Verb& chosen) {
  auto* group = app.add_subcommand("group", "Contacts that are listed and written to together")->require_subcommand(1);
  auto* create = group->add_subcommand("create", "Make a group");
  auto creation = std::make_shared<CreateArguments>();
  AddNewName(*create, creation->name, GroupName(), "group");
  create->add_option("--display-name", creation->display_name, "What it is called")->required();
  create->add_option("--description", creation->description, "What it is for");
  create->add_flag("--validate-only", creation->validate_only, "Check everything, make nothing");
  create->callback(
      [&chosen, creation] { chosen = [creation](Session& session) { return CreateGroup(session, *creation); }; });

  AddReading(*group, chosen);
  auto update = std::make_shared<ChangeArguments>();
  auto* app_update = AddChange(*group, chosen, "update", "Change what a group is called and for", &UpdateGroup, update);
  app_update->add_option("--display-name", update->display_name, "What it is called");
  app_update->add_option("--description", update->description, "What it is for");
  AddMembersVerb(*group, chosen, "add", "Put contacts into a group", &AddMembers);
  AddMembersVerb(*group, chosen, "remove", "Take contacts out of a group", &RemoveMembers);
  AddChange(*group, chosen, "delete", "Delete a group, never its members", &DeleteGroup,
            std::make_shared<ChangeArguments>());
  AddChange(*group, chosen, "undelete", "Take a deletion back", &UndeleteGroup, std::make_shared<ChangeArguments>());
}

}  // namespace communique::command
