// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cmark.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {

// What a real CommonMark reader makes of a text: its words with white space taken out, its links, and the names of
// nodes.
struct MarkdownReading {
  std::string words;
  std::vector<std::string> links;
  std::vector<std::string> nodes;
};

inline std::string WithoutSpace(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = CodePointAt(text, at);
    if (!IsInvisible(point.value)) result += text.substr(at, point.size);
    at += point.size;
  }
  return result;
}

inline MarkdownReading ReadMarkdown(const std::string& markdown) {
  MarkdownReading reading;
  const std::unique_ptr<cmark_node, void (*)(cmark_node*)> document(
      cmark_parse_document(markdown.data(), markdown.size(), CMARK_OPT_DEFAULT), cmark_node_free);
  const std::unique_ptr<cmark_iter, void (*)(cmark_iter*)> iterator(cmark_iter_new(document.get()), cmark_iter_free);
  for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    if (event != CMARK_EVENT_ENTER) continue;
    cmark_node* node = cmark_iter_get_node(iterator.get());
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT) reading.words += WithoutSpace(cmark_node_get_literal(node));
    if (type == CMARK_NODE_LINK) reading.links.emplace_back(cmark_node_get_url(node));
    reading.nodes.emplace_back(cmark_node_get_type_string(node));
  }
  return reading;
}

}  // namespace communique::releases
