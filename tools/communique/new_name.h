// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/App.hpp>
#include <string>

#include "absl/status/statusor.h"

// How a verb that makes a resource in a newsroom takes its name.
namespace communique::command {

// The whole name, or a newsroom when the server is to make the id.
struct NewName {
  std::string name;
  std::string newsroom;
};

// What Create requests want: "newsrooms/igh-de" and "press", which is empty when the server makes it.
struct ParentAndId {
  std::string parent;
  std::string id;
};

// NAME, which `validator` makes whole, or --newsroom. `what` is made: "contact".
void AddNewName(CLI::App& app, NewName& name, CLI::Validator validator, const std::string& what);

// A usage error when neither was given.
absl::StatusOr<ParentAndId> Split(const NewName& name);

// "newsrooms/igh-de" of "newsrooms/igh-de/contacts/press".
std::string NewsroomOf(const std::string& name);

}  // namespace communique::command
