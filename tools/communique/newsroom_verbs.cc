// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "communique/releases/v1/newsroom_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/files.h"
#include "tools/communique/pages.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using releases::v1::Newsroom;
using releases::v1::NewsroomPolicy;
using releases::v1::NewsroomService;

struct CreateArguments {
  std::string id;
  std::string file;
  std::string display_name;
  std::string language;
  std::vector<std::string> languages;
  std::vector<std::string> required_languages;
  std::string time_zone;
  std::string parent;
  std::string web_address_template;
  std::string end_mark;
  bool allow_self_approval = false;
  bool as_ready = false;
  bool validate_only = false;
};

struct ListArguments {
  std::string filter;
  std::string order_by;
  std::int32_t limit = 100;
};

void PrintNewsroom(std::ostream& out, const Newsroom& newsroom) {
  out << Printable(newsroom.name()) << '\n';
  Table facts(2);
  const auto add = [&facts](const char* label, const std::string& value) {
    if (!value.empty()) facts.Add({label, value});
  };
  add("Name", newsroom.display_name());
  add("Above", newsroom.parent_newsroom());
  add("Languages", absl::StrCat(newsroom.source_language(), " (source)", newsroom.languages().empty() ? "" : ", all: ",
                                absl::StrJoin(newsroom.languages(), ", ")));
  add("Required", absl::StrJoin(newsroom.required_languages(), ", "));
  add("Time zone", newsroom.time_zone());
  add("Addresses", newsroom.web_address_template());
  add("End mark", newsroom.end_mark());
  add("Self-approval", newsroom.policy().allow_self_approval() ? "allowed" : "");
  if (newsroom.policy().publication() != NewsroomPolicy::PUBLICATION_UNSPECIFIED) {
    add("Publication", EnumWords(newsroom.policy().publication()));
  }
  add("Created", TimeWords(newsroom.create_time()));
  add("Changed", TimeWords(newsroom.update_time()));
  add("Etag", newsroom.etag());
  facts.Print(out);
}

// The file first, then what the command line says on top of it.
absl::StatusOr<Newsroom> NewsroomFrom(const CreateArguments& arguments, Session& session) {
  Newsroom newsroom;
  if (!arguments.file.empty()) {
    const auto status = ReadJson(arguments.file, session.in, "newsroom", &newsroom);
    if (!status.ok()) return status;
  }
  const auto set = [](const std::string& value, std::string* field) {
    if (!value.empty()) *field = value;
  };
  set(arguments.display_name, newsroom.mutable_display_name());
  set(arguments.language, newsroom.mutable_source_language());
  set(arguments.time_zone, newsroom.mutable_time_zone());
  set(arguments.parent, newsroom.mutable_parent_newsroom());
  set(arguments.web_address_template, newsroom.mutable_web_address_template());
  set(arguments.end_mark, newsroom.mutable_end_mark());
  if (!arguments.languages.empty())
    newsroom.mutable_languages()->Assign(arguments.languages.begin(), arguments.languages.end());
  if (!arguments.required_languages.empty()) {
    newsroom.mutable_required_languages()->Assign(arguments.required_languages.begin(),
                                                  arguments.required_languages.end());
  }
  if (arguments.allow_self_approval) newsroom.mutable_policy()->set_allow_self_approval(true);
  if (arguments.as_ready) newsroom.mutable_policy()->set_publication(NewsroomPolicy::PUBLICATION_AS_READY);
  return newsroom;
}

absl::Status CreateNewsroom(Session& session, const CreateArguments& arguments) {
  auto newsroom = NewsroomFrom(arguments, session);
  if (!newsroom.ok()) return newsroom.status();
  releases::v1::CreateNewsroomRequest request;
  request.set_newsroom_id(arguments.id);
  *request.mutable_newsroom() = *std::move(newsroom);
  request.set_request_id(session.client.options().request_id);
  request.set_validate_only(arguments.validate_only);
  const auto created = session.client.Call(&NewsroomService::Stub::CreateNewsroom, request);
  if (!created.ok()) return created.status();
  PrintMessage(session.out, session.output, *created, [&](std::ostream& out) { PrintNewsroom(out, *created); });
  return absl::OkStatus();
}

absl::Status GetNewsroom(Session& session, const std::string& name) {
  releases::v1::GetNewsroomRequest request;
  request.set_name(name);
  const auto newsroom = session.client.Call(&NewsroomService::Stub::GetNewsroom, request);
  if (!newsroom.ok()) return newsroom.status();
  PrintMessage(session.out, session.output, *newsroom, [&](std::ostream& out) { PrintNewsroom(out, *newsroom); });
  return absl::OkStatus();
}

absl::Status ListNewsrooms(Session& session, const ListArguments& arguments) {
  releases::v1::ListNewsroomsRequest request;
  request.set_filter(arguments.filter);
  request.set_order_by(arguments.order_by);
  const auto list =
      ReadPages(session, &NewsroomService::Stub::ListNewsrooms, std::move(request),
                &releases::v1::ListNewsroomsResponse::mutable_newsrooms, arguments.limit, Listener::kInternal);
  if (!list.ok()) return list.status();
  PrintList(session.out, session.output, *list, list->newsrooms(), [&](std::ostream& out) {
    Table table;
    for (const auto& newsroom : list->newsrooms()) {
      table.Add({newsroom.name(), newsroom.source_language(), newsroom.display_name()});
    }
    table.Print(out);
  });
  PrintMore(session, *list);
  return absl::OkStatus();
}

void AddCreate(CLI::App& newsroom, Verb& chosen) {
  auto* app = newsroom.add_subcommand("create", "Make a newsroom");
  auto arguments = std::make_shared<CreateArguments>();
  app->add_option("ID", arguments->id, "The last part of its name: a-z, 0-9 and dashes")->required();
  app->add_option("--display-name", arguments->display_name, "The name readers see");
  app->add_option("--language", arguments->language, "The language releases are written in (BCP 47)");
  AddRepeated(*app, "--languages", arguments->languages, "All languages it publishes in");
  AddRepeated(*app, "--required-languages", arguments->required_languages, "Languages a first publication must have");
  app->add_option("--time-zone", arguments->time_zone, "IANA time zone, for instance Europe/Berlin");
  app->add_option("--parent", arguments->parent, "The newsroom above")->transform(NewsroomName());
  app->add_option("--web-address-template", arguments->web_address_template,
                  "Address of an edition, with {locale}, {release} and {slug}");
  app->add_option("--end-mark", arguments->end_mark, "The mark that ends a copy, for instance ***");
  app->add_flag("--allow-self-approval", arguments->allow_self_approval, "The last editor may approve a text");
  app->add_flag("--publish-as-ready", arguments->as_ready, "Languages may go out one by one");
  app->add_option("--file", arguments->file, "A newsroom in protobuf JSON to start from, - for standard input");
  app->add_flag("--validate-only", arguments->validate_only, "Check everything, make nothing");
  app->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return CreateNewsroom(session, *arguments); }; });
}

}  // namespace

void AddNewsroomVerbs(CLI::App& app, Verb& chosen) {
  auto* newsroom = app.add_subcommand("newsroom", "Press offices")->require_subcommand(1);
  AddCreate(*newsroom, chosen);

  auto* get = newsroom->add_subcommand("get", "Show a newsroom");
  auto name = std::make_shared<std::string>();
  get->add_option("NAME", *name, "The newsroom")->required()->transform(NewsroomName());
  get->callback([&chosen, name] { chosen = [name](Session& session) { return GetNewsroom(session, *name); }; });

  auto* list = newsroom->add_subcommand("list", "List newsrooms");
  auto arguments = std::make_shared<ListArguments>();
  list->add_option("--filter", arguments->filter, "Which ones (AIP-160), for instance source_language=\"de\"");
  list->add_option("--order-by", arguments->order_by, "name, create_time or update_time, each with desc behind it");
  list->add_option("--limit", arguments->limit, "At most this many")->check(CLI::PositiveNumber)->capture_default_str();
  list->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return ListNewsrooms(session, *arguments); }; });
}

}  // namespace communique::command
