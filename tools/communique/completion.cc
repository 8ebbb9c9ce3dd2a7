// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/completion.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"

namespace communique::command {
namespace {

// The path is how far the words so far lead into the tree of verbs; options, and what belongs to them, lead nowhere.
constexpr char kScript[] = R"(_communique() {
  local word path=communique choices
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $word" in
@PATHS@) path="$path $word" ;;
    esac
  done
  case "$path" in
@CHOICES@
  esac
  mapfile -t COMPREPLY < <(compgen -W "$choices" -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _communique communique
)";

std::vector<std::string> LongOptions(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back(absl::StrCat("--", name));
  }
  return names;
}

struct Cases {
  std::vector<std::string> paths;
  std::vector<std::string> choices;
};

void AddCases(const CLI::App& app, const std::string& path, const std::vector<std::string>& global, Cases& cases) {
  std::vector<std::string> words;
  for (const auto* verb : app.get_subcommands([](const CLI::App*) { return true; })) {
    words.push_back(verb->get_name());
    const std::string below = absl::StrCat(path, " ", verb->get_name());
    cases.paths.push_back(absl::StrCat("\"", below, "\""));
    AddCases(*verb, below, global, cases);
  }
  for (auto& option : LongOptions(app)) words.push_back(std::move(option));
  if (app.get_parent() != nullptr) words.insert(words.end(), global.begin(), global.end());
  cases.choices.push_back(absl::StrCat("    \"", path, "\") choices=\"", absl::StrJoin(words, " "), "\" ;;"));
}

}  // namespace

std::string BashCompletion(const CLI::App& app) {
  Cases cases;
  AddCases(app, "communique", LongOptions(app), cases);
  return absl::StrReplaceAll(kScript, {{"@PATHS@", absl::StrCat("      ", absl::StrJoin(cases.paths, " | \\\n      "))},
                                       {"@CHOICES@", absl::StrJoin(cases.choices, "\n")}});
}

}  // namespace communique::command
