// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/new_name.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/communique/arguments.h"
#include "tools/communique/errors.h"

namespace communique::command {

void AddNewName(CLI::App& app, NewName& name, CLI::Validator validator, const std::string& what) {
  auto* whole = app.add_option("NAME", name.name, absl::StrCat("The ", what, ": NEWSROOM and an id of your choice"))
                    ->transform(std::move(validator));
  app.add_option("--newsroom", name.newsroom, "Instead of NAME: in this newsroom, with an id that the server makes")
      ->transform(NewsroomName())
      ->excludes(whole);
}

absl::StatusOr<ParentAndId> Split(const NewName& name) {
  if (!name.newsroom.empty()) return ParentAndId{name.newsroom, ""};
  if (name.name.empty()) return UsageError("give a NAME, or --newsroom and the server makes one");
  return ParentAndId{NewsroomOf(name.name), name.name.substr(name.name.rfind('/') + 1)};
}

std::string NewsroomOf(const std::string& name) {
  const auto newsroom = name.find('/');
  return name.substr(0, name.find('/', newsroom + 1));
}

}  // namespace communique::command
