// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/blocks.h"

#include <algorithm>
#include <string>

#include "services/platform/errors/error.h"
#include "services/platform/resources/field_checks.h"
#include "services/releases/domain/importing/marks.h"
#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

// What Paragraph.markup and Markup.uri may hold.
constexpr int kMaxMarkup = 500;
constexpr char kSchemes[] = "https, http, mailto, tel";

// "https://" alone looks like an address and is none.
bool IsLinkTarget(const std::string& target) {
  platform::FieldViolations violations;
  platform::CheckUri("uri", target, kSchemes, violations);
  return violations.ToStatus().ok();
}

template <typename Message>
void MarkLinks(std::string_view text, Message& message) {
  std::size_t counted = 0;
  std::size_t characters = 0;
  for (const Address& address : FindAddresses(text)) {
    if (message.markup_size() == kMaxMarkup) return;
    const std::string_view printed = text.substr(address.begin, address.end - address.begin);
    const bool mail = address.kind == Address::Kind::kEmail && printed.find('@') != std::string_view::npos;
    if (!mail && address.kind != Address::Kind::kUrl) continue;
    const std::string target = mail ? "mailto:" + std::string(printed) : LinkTarget(printed);
    if (!IsLinkTarget(target)) continue;
    characters += CountCodePoints(text.substr(counted, address.begin - counted));
    const std::size_t length = CountCodePoints(printed);
    v1::Markup* markup = message.add_markup();
    markup->set_kind(v1::Markup::KIND_LINK);
    markup->set_start(static_cast<std::int32_t>(characters));
    markup->set_end(static_cast<std::int32_t>(characters + length));
    markup->set_uri(target);
    characters += length;
    counted = address.end;
  }
}

}  // namespace

v1::Block MakeParagraph(std::string_view text) {
  v1::Block block;
  block.mutable_paragraph()->set_text(std::string(text));
  MarkLinks(text, *block.mutable_paragraph());
  return block;
}

v1::Block MakeHeading(std::string_view text) {
  v1::Block block;
  block.mutable_heading()->set_text(std::string(text));
  block.mutable_heading()->set_level(1);
  return block;
}

v1::Block MakeSeparator(std::string_view text) {
  v1::Block block;
  block.mutable_separator()->set_text(std::string(text));
  return block;
}

v1::Block MakeList(std::string_view text, const std::vector<TextSpan>& items) {
  v1::Block block;
  v1::List& list = *block.mutable_list();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string_view printed = text.substr(items[i].begin, items[i].end - items[i].begin);
    const std::size_t marker = ListMarkerSize(printed);
    if (i == 0) list.set_ordered(IsCountingMarker(printed.substr(0, marker)));
    v1::ListItem* item = list.add_items();
    item->set_marker(std::string(printed.substr(0, marker)));
    item->set_text(std::string(printed.substr(marker)));
    MarkLinks(printed.substr(marker), *item);
    if (i == 0) continue;
    const std::string_view gap = text.substr(items[i - 1].end, items[i].begin - items[i - 1].end);
    if (gap != "\n") item->set_gap(std::string(gap));
  }
  return block;
}

std::optional<v1::Block> MakeTable(std::string_view text) {
  // A cell is one line, and Unicode knows more line breaks than the one that ends a row.
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = CodePointAt(text, at);
    const bool other_break = (point.value >= '\v' && point.value <= '\r') || point.value == 0x85 ||
                             point.value == 0x2028 || point.value == 0x2029;
    if (other_break) return std::nullopt;
    at += point.size;
  }
  v1::Block block;
  v1::Table& table = *block.mutable_table();
  std::ptrdiff_t tabs = -1;
  for (std::string_view rest = text;;) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    const std::ptrdiff_t count = std::count(line.begin(), line.end(), '\t');
    if (count == 0 || (tabs >= 0 && count != tabs)) return std::nullopt;
    tabs = count;
    v1::TableRow* row = table.add_rows();
    while (true) {
      const std::size_t tab = line.find('\t');
      row->add_cells(std::string(line.substr(0, tab)));
      if (tab == std::string_view::npos) break;
      line.remove_prefix(tab + 1);
    }
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  if (table.rows_size() < 2) return std::nullopt;
  table.set_has_header(true);
  return block;
}

}  // namespace communique::releases
