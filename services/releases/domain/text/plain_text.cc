// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/plain_text.h"

#include <utility>

namespace communique::releases {

std::string JoinParts(const std::vector<Part>& outline) {
  std::string text;
  for (const Part& part : outline) {
    text += part.gap;
    text += part.text;
  }
  return text;
}

std::string WithLineBreak(std::string text, std::string_view line_break) {
  if (line_break.empty() || line_break == "\n") return text;
  std::string result;
  result.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    if (c == '\n') {
      result += line_break;
    } else {
      result += c;
    }
  }
  return result;
}

std::string RenderPlainText(const v1::ReleaseContent& content, const v1::EditionLabels& labels) {
  return WithLineBreak(JoinParts(MakeOutline(content, labels)), content.layout().line_break());
}

}  // namespace communique::releases
