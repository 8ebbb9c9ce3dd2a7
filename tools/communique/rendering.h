// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <CLI/App.hpp>

#include "absl/status/status.h"
#include "communique/releases/v1/rendering.pb.h"
#include "tools/communique/session.h"

namespace communique::command {

// --format text|markdown.
CLI::Option* AddFormat(CLI::App& app, releases::v1::RenderFormat& format);

// The text exactly as it came, without a line break of ours behind it; or the whole message as JSON.
void PrintRendering(Session& session, const releases::v1::Rendering& rendering);

}  // namespace communique::command
