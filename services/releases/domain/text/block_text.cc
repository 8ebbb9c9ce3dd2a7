// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/block_text.h"

#include "services/releases/domain/text/date_names.h"

namespace communique::releases {
namespace {

std::string EventDates(const v1::Event& event, const std::string& language) {
  std::string dates;
  if (event.has_start_date()) dates = FormatDate(event.start_date(), language);
  if (event.has_end_date()) {
    if (!dates.empty()) dates += " – ";
    dates += FormatDate(event.end_date(), language);
  }
  return dates;
}

}  // namespace

std::string BlockText(const v1::Block& block) {
  switch (block.kind_case()) {
    case v1::Block::kParagraph:
      return block.paragraph().text();
    case v1::Block::kHeading:
      return block.heading().text();
    case v1::Block::kList:
      return ListText(block.list());
    case v1::Block::kQuote:
      return QuoteText(block.quote());
    case v1::Block::kTable:
      return TableText(block.table());
    case v1::Block::kSeparator:
      return block.separator().text();
    case v1::Block::KIND_NOT_SET:
      break;
  }
  return {};
}

std::string ListText(const v1::List& list) {
  std::string text;
  bool first = true;
  for (const v1::ListItem& item : list.items()) {
    if (!first) text += item.gap().empty() ? "\n" : item.gap();
    first = false;
    text += item.marker();
    text += item.text();
  }
  return text;
}

std::string QuoteText(const v1::Quote& quote) {
  std::string text;
  for (const v1::QuoteSpan& span : quote.spans()) {
    text += span.narrative();
    text += span.quotation().opening();
    text += span.quotation().text();
    text += span.quotation().closing();
  }
  return text;
}

std::string TableText(const v1::Table& table) {
  std::string text;
  for (int row = 0; row < table.rows_size(); ++row) {
    if (row > 0) text += '\n';
    const auto& cells = table.rows(row).cells();
    for (int cell = 0; cell < cells.size(); ++cell) {
      if (cell > 0) text += '\t';
      text += cells[cell];
    }
  }
  return text;
}

std::string DatelineWithoutSeparator(const v1::Dateline& dateline) {
  const bool date_first = !dateline.date_joint().empty();
  std::string text = dateline.prefix();
  if (date_first) text += dateline.date_text() + dateline.date_joint();
  for (const v1::DatelinePlace& place : dateline.places()) text += place.label() + place.joint();
  if (!date_first) text += dateline.date_text();
  return text;
}

std::string DatelineText(const v1::Dateline& dateline) {
  return DatelineWithoutSeparator(dateline) + dateline.separator();
}

std::string ContactLineText(const v1::ContactLine& line) {
  std::string text;
  for (const v1::ContactSegment& segment : line.segments()) text += segment.value();
  return text;
}

std::string EventText(const v1::Event& event, const std::string& language) {
  std::string text = event.title();
  std::string second = EventDates(event, language);
  if (!event.place().empty()) second += (second.empty() ? "" : ", ") + event.place();
  for (const std::string& line : {second, event.details()}) {
    if (line.empty()) continue;
    if (!text.empty()) text += '\n';
    text += line;
  }
  return text;
}

std::string LinkText(const v1::Link& link) {
  return link.title().empty() ? link.uri() : link.title() + ": " + link.uri();
}

}  // namespace communique::releases
