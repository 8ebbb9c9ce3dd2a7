// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "tools/communique/arguments.h"
#include "tools/communique/pages.h"
#include "tools/communique/table.h"
#include "tools/communique/verbs.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

using contacts::v1::ContactService;
using releases::v1::ContactUsage;

struct UsagesArguments {
  std::string name;
  std::int32_t limit = 100;
};

std::string ShownWords(const ContactUsage& usage) {
  if (usage.shown_contact().empty()) return "nobody";
  return usage.substitute() ? absl::StrCat(usage.shown_contact(), " stands in") : usage.shown_contact();
}

std::string FieldWords(const ContactUsage& usage) {
  std::string words;
  for (const int field : usage.fields()) {
    absl::StrAppend(&words, words.empty() ? "" : ", ", EnumWords(static_cast<ContactUsage::Field>(field)));
  }
  return words;
}

absl::Status ListUsages(Session& session, const UsagesArguments& arguments) {
  contacts::v1::ListUsagesRequest request;
  request.set_name(arguments.name);
  const auto list = ReadPages(session, &ContactService::Stub::ListUsages, request,
                              &contacts::v1::ListUsagesResponse::mutable_usages, arguments.limit, Listener::kContacts);
  if (!list.ok()) return list.status();
  PrintList(session.out, session.output, *list, list->usages(), [&](std::ostream& out) {
    Table table;
    for (const ContactUsage& usage : list->usages()) {
      table.Add({usage.edition(), ShownWords(usage), FieldWords(usage),
                 usage.has_show_until() ? absl::StrCat("until ", TimeWords(usage.show_until())) : ""});
    }
    table.Print(out);
  });
  PrintMore(session, *list);
  return absl::OkStatus();
}

}  // namespace

void AddContactUsagesVerb(CLI::App& contact, Verb& chosen) {
  auto* usages = contact.add_subcommand("usages", "Show where a contact is printed, and what readers see of it there");
  auto arguments = std::make_shared<UsagesArguments>();
  usages->add_option("NAME", arguments->name, "The contact")->required()->transform(ContactName());
  usages->add_option("--limit", arguments->limit, "At most this many")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  usages->callback(
      [&chosen, arguments] { chosen = [arguments](Session& session) { return ListUsages(session, *arguments); }; });
}

}  // namespace communique::command
