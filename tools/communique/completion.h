// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/App.hpp>
#include <string>

namespace communique::command {

// A bash script that completes verbs and options, and files everywhere else. Made from the command line itself, so that
// it knows what the command knows: source <(communique completion bash).
std::string BashCompletion(const CLI::App& app);

}  // namespace communique::command
