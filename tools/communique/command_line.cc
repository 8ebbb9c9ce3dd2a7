// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/command_line.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/base/uuid.h"
#include "tools/communique/completion.h"
#include "tools/communique/files.h"
#include "tools/communique/verbs.h"

namespace communique::command {
namespace {

constexpr char kDescription[] =
    "Works with a Communique newsroom: imports, clears, publishes and reads press releases, and keeps contacts.";

constexpr char kFooter[] = R"(
Names may be written whole (newsrooms/igh-de/releases/20261016-abcdef) or by their ids alone (igh-de/20261016-abcdef).

Environment:
  COMMUNIQUE_SERVER            as --server
  COMMUNIQUE_CONTACTS_SERVER   as --contacts-server
  COMMUNIQUE_TOKEN             as --token, where others on this machine cannot see it

Exit codes:
  0  done
  1  the call failed; standard error says why and what to do
  2  the command line, or a file it names, cannot be used; nothing was called
  3  what was named does not exist)";

// The options that stand before or behind any verb.
struct GlobalArguments {
  ClientOptions client;
  std::string token_file;
  std::string deadline;
  Output output = Output::kText;
};

CLI::Validator PositiveDuration() {
  return CLI::Validator(
      [](std::string& text) -> std::string {
        absl::Duration duration;
        if (absl::ParseDuration(text, &duration) && duration > absl::ZeroDuration()) return "";
        return absl::StrCat("\"", text, "\" is no duration: give, for instance, 500ms, 10s or 2m");
      },
      "");
}

CLI::Validator Uuid() {
  return CLI::Validator(
      [](std::string& text) -> std::string {
        return platform::IsUuid(text) ? "" : absl::StrCat("\"", text, "\" is no UUID");
      },
      "");
}

void AddGlobalArguments(CLI::App& app, GlobalArguments& arguments) {
  static const std::map<std::string, Output> outputs = {
      {"text", Output::kText}, {"json", Output::kJson}, {"jsonl", Output::kJsonLines}};
  auto& client = arguments.client;
  auto& connection = client.connection;
  app.add_option("--server", connection.server,
                 "HOST:PORT or unix:PATH; when not given 127.0.0.1:7401, for editions 127.0.0.1:7400");
  app.add_option(
      "--contacts-server", client.contacts_server,
      "The same for organization, contact, group, suppression and erasure; when not given 127.0.0.1:7411, if "
      "--server is on this machine");
  auto* token =
      app.add_option("--token", client.token, "Who you are, to the server; better in a file or the environment");
  app.add_option("--token-file", arguments.token_file, "A file with the token, - for standard input")->excludes(token);
  app.add_option_function<std::string>(
         "--output", [&arguments](const std::string& name) { arguments.output = outputs.at(name); },
         "text, json (one document) or jsonl (one per line)")
      ->check(CLI::IsMember({"text", "json", "jsonl"}));
  app.add_option("--deadline", arguments.deadline,
                 "How long a call may take; 30s when not given. For watch: when to end")
      ->check(PositiveDuration());
  app.add_option("--retries", client.retries, "How often to try again when the server is not available")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  app.add_option("--request-id", client.request_id, "A UUID: a change repeated with the same one happens once")
      ->check(Uuid());
  app.add_option("--ca-file", connection.ca_file, "Use TLS and trust these authorities (PEM)");
  auto* tls = app.add_flag("--tls", connection.tls, "Use TLS on this machine, too");
  app.add_flag("--plaintext", connection.plaintext,
               "Use no TLS outside this machine either: tokens can be read on the way")
      ->excludes(tls);
}

void AddCompletionVerb(CLI::App& app, Verb& chosen) {
  auto* completion = app.add_subcommand("completion", "Print a script that completes this command line");
  completion->require_subcommand(1);
  completion->add_subcommand("bash", "For bash: source <(communique completion bash)")->callback([&app, &chosen] {
    chosen = [&app](Session& session) {
      session.out << BashCompletion(app);
      return absl::OkStatus();
    };
  });
}

absl::Status Complete(GlobalArguments& arguments, const Surroundings& surroundings) {
  auto& client = arguments.client;
  client.sleep = surroundings.sleep;
  if (client.connection.server.empty()) client.connection.server = surroundings.environment("COMMUNIQUE_SERVER");
  if (client.contacts_server.empty()) client.contacts_server = surroundings.environment("COMMUNIQUE_CONTACTS_SERVER");
  if (!arguments.token_file.empty()) {
    const auto token = ReadInput(arguments.token_file, surroundings.in);
    if (!token.ok()) return token.status();
    client.token = std::string(absl::StripAsciiWhitespace(*token));
    if (client.token.empty()) return UsageError(absl::StrCat("--token-file ", arguments.token_file, ": is empty"));
  } else if (client.token.empty()) {
    client.token = surroundings.environment("COMMUNIQUE_TOKEN");
  }
  // gRPC ends the process on metadata that is no printable ASCII.
  if (!std::all_of(client.token.begin(), client.token.end(), [](char c) { return c > ' ' && c <= '~'; })) {
    return UsageError("the token has characters other than printable ASCII");
  }
  if (!arguments.deadline.empty()) {
    absl::ParseDuration(arguments.deadline, &client.deadline);
    client.deadline_given = true;
  }
  if (client.request_id.empty()) client.request_id = platform::MakeUuidV7(absl::Now());
  return absl::OkStatus();
}

absl::Status Run(GlobalArguments& arguments, const Verb& verb, const Surroundings& surroundings) {
  if (const auto status = Complete(arguments, surroundings); !status.ok()) return status;
  Client client(std::move(arguments.client));
  Session session{client, arguments.output, surroundings.in, surroundings.out, surroundings.err};
  return verb(session);
}

// What a command line asks for that cannot be read as a whole: programs read mistakes, too.
Output OutputIn(const std::vector<std::string>& arguments) {
  constexpr std::string_view kOption = "--output";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string_view value = arguments[i];
    if (value == kOption && i + 1 < arguments.size()) {
      value = arguments[i + 1];
    } else if (value.starts_with("--output=")) {
      value.remove_prefix(kOption.size() + 1);
    } else {
      continue;
    }
    if (value == "json") return Output::kJson;
    if (value == "jsonl") return Output::kJsonLines;
  }
  return Output::kText;
}

}  // namespace

int RunCommandLine(std::vector<std::string> arguments, const Surroundings& surroundings) {
  CLI::App app(kDescription, "communique");
  app.fallthrough();
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return absl::StrCat("communique: ", error.what(), "\nRun with --help for more information.\n");
  });
  GlobalArguments global;
  Verb chosen;
  AddGlobalArguments(app, global);
  AddNewsroomVerbs(app, chosen);
  AddImportVerb(app, chosen);
  AddReleaseVerbs(app, chosen);
  AddEditionVerbs(app, chosen);
  AddOrganizationVerbs(app, chosen);
  AddContactVerbs(app, chosen);
  AddGroupVerbs(app, chosen);
  AddSuppressionVerbs(app, chosen);
  AddErasureVerbs(app, chosen);
  AddWatchVerb(app, chosen);
  AddCompletionVerb(app, chosen);
  app.footer(kFooter);  // last: subcommands copy what is set before
  const Output output = OutputIn(arguments);
  try {
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
    app.parse(std::move(arguments));
  } catch (const CLI::ParseError& error) {
    // Help is an "error", too, and the only one that succeeds.
    if (error.get_exit_code() == 0) return app.exit(error, surroundings.out, surroundings.err);
    if (output == Output::kText) {
      app.exit(error, surroundings.out, surroundings.err);
    } else {
      PrintError(surroundings.err, output, UsageError(error.what()));
    }
    return kExitUsage;
  }
  const absl::Status status = Run(global, chosen, surroundings);
  PrintError(surroundings.err, global.output, status);
  return ExitCodeOf(status);
}

}  // namespace communique::command
