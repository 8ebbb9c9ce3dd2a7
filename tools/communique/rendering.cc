// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/rendering.h"

#include <map>
#include <string>

namespace communique::command {

CLI::Option* AddFormat(CLI::App& app, releases::v1::RenderFormat& format) {
  static const std::map<std::string, releases::v1::RenderFormat> formats = {
      {"text", releases::v1::RENDER_FORMAT_PLAIN_TEXT}, {"markdown", releases::v1::RENDER_FORMAT_MARKDOWN}};
  format = releases::v1::RENDER_FORMAT_PLAIN_TEXT;
  return app
      .add_option_function<std::string>(
          "--format", [&format](const std::string& name) { format = formats.at(name); },
          "text or markdown; text when not given")
      ->check(CLI::IsMember({"text", "markdown"}));
}

void PrintRendering(Session& session, const releases::v1::Rendering& rendering) {
  PrintMessage(session.out, session.output, rendering, [&](std::ostream& out) { out << rendering.text(); });
}

}  // namespace communique::command
