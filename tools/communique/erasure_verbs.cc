// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "communique/contacts/v1/erasure_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/erasure_text.h"
#include "tools/communique/pages.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using contacts::v1::ErasureService;

struct ListArguments {
  std::string newsroom;
  std::string filter;
  std::int32_t limit = 100;
};

absl::Status GetErasure(Session& session, const std::string& name) {
  contacts::v1::GetErasureRequest request;
  request.set_name(name);
  const auto erasure = session.client.Call(&ErasureService::Stub::GetErasure, request, Listener::kContacts);
  if (!erasure.ok()) return erasure.status();
  PrintMessage(session.out, session.output, *erasure, [&](std::ostream& out) { PrintErasure(out, *erasure); });
  return absl::OkStatus();
}

absl::Status ListErasures(Session& session, const ListArguments& arguments) {
  contacts::v1::ListErasuresRequest request;
  request.set_parent(arguments.newsroom);
  request.set_filter(arguments.filter);
  const auto list =
      ReadPages(session, &ErasureService::Stub::ListErasures, request,
                &contacts::v1::ListErasuresResponse::mutable_erasures, arguments.limit, Listener::kContacts);
  if (!list.ok()) return list.status();
  PrintList(session.out, session.output, *list, list->erasures(), [&](std::ostream& out) {
    Table table;
    for (const auto& erasure : list->erasures()) {
      table.Add({erasure.name(), EnumWords(erasure.state()), TimeWords(erasure.create_time()), erasure.contact()});
    }
    table.Print(out);
  });
  PrintMore(session, *list);
  return absl::OkStatus();
}

}  // namespace

void AddErasureVerbs(CLI::App& app, Verb& chosen) {
  auto* erasure =
      app.add_subcommand("erasure", "Contacts that were erased, and how far that is")->require_subcommand(1);

  auto* get = erasure->add_subcommand("get", "Show an erasure with its receipts");
  auto name = std::make_shared<std::string>();
  get->add_option("NAME", *name, "The erasure")->required()->transform(ErasureName());
  get->callback([&chosen, name] { chosen = [name](Session& session) { return GetErasure(session, *name); }; });

  auto* list = erasure->add_subcommand("list", "List the erasures of a newsroom, the newest first");
  auto arguments = std::make_shared<ListArguments>();
  list->add_option("--newsroom", arguments->newsroom, "The newsroom")->required()->transform(NewsroomName());
  list->add_option("--filter", arguments->filter, "Which ones: state = STATE_RUNNING");
  list->add_option("--limit", arguments->limit, "At most this many")->check(CLI::PositiveNumber)->capture_default_str();
  list->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return ListErasures(session, *arguments); }; });
}

}  // namespace communique::command
