// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/linting/lint_text.h"

#include <algorithm>
#include <iterator>

#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/icu_bridge.h"
#include "services/releases/domain/text/plain_text.h"

namespace communique::releases {
namespace {

PassageKind KindOf(PartKind kind) {
  switch (kind) {
    case PartKind::kDateline:
      return PassageKind::kDateline;
    case PartKind::kContactLine:
      return PassageKind::kContact;
    case PartKind::kEvent:
      return PassageKind::kEvent;
    default:
      return PassageKind::kTitle;
  }
}

void AddQuoted(std::string_view text, std::size_t begin, std::vector<QuotedStretch>& quoted) {
  for (QuotedStretch stretch : FindQuoted(text)) {
    stretch.begin += begin;
    stretch.text_begin += begin;
    stretch.text_end += begin;
    stretch.end += begin;
    quoted.push_back(stretch);
  }
}

std::vector<QuotedStretch> QuotedIn(const v1::Quote& quote) {
  std::vector<QuotedStretch> quoted;
  std::size_t at = 0;
  for (const v1::QuoteSpan& span : quote.spans()) {
    AddQuoted(span.narrative(), at, quoted);
    at += span.narrative().size();
    if (!span.has_quotation()) continue;
    const v1::Quotation& quotation = span.quotation();
    QuotedStretch& stretch = quoted.emplace_back();
    stretch.begin = at;
    stretch.text_begin = at + quotation.opening().size();
    stretch.text_end = stretch.text_begin + quotation.text().size();
    stretch.end = stretch.text_end + quotation.closing().size();
    at = stretch.end;
  }
  return quoted;
}

}  // namespace

bool Passage::IsQuoted(std::size_t offset) const {
  const auto behind = std::upper_bound(quoted.begin(), quoted.end(), offset,
                                       [](std::size_t at, const QuotedStretch& stretch) { return at < stretch.begin; });
  return behind != quoted.begin() && offset < std::prev(behind)->end;
}

LintText::LintText(const v1::ReleaseContent& content)
    : content_(content),
      language_(Fold(LanguageSubtag(content.language()))),
      parts_(MakeOutline(content, {})),
      text_(JoinParts(parts_)) {
  std::size_t at = 0;
  for (const Part& part : parts_) {
    at += part.gap.size();
    AddBlock(part, at);
    at += part.text.size();
  }
}

Passage& LintText::Add(PassageKind kind, const Part& part, std::size_t begin, std::size_t size) {
  Passage& passage = passages_.emplace_back();
  passage.kind = kind;
  passage.part = &part;
  passage.begin = begin;
  passage.text = std::string_view(text_).substr(begin, size);
  passage.tokens = Tokenize(passage.text);
  if (kind != PassageKind::kContact && kind != PassageKind::kDateline) AddQuoted(passage.text, 0, passage.quoted);
  return passage;
}

void LintText::AddBlock(const Part& part, std::size_t begin) {
  if (part.kind == PartKind::kEndMark || part.kind == PartKind::kLink) return;
  if (part.block == nullptr) {
    Add(KindOf(part.kind), part, begin, part.text.size());
    return;
  }
  switch (part.block->kind_case()) {
    case v1::Block::kParagraph:
      Add(PassageKind::kParagraph, part, begin, part.text.size());
      return;
    case v1::Block::kQuote:
      Add(PassageKind::kParagraph, part, begin, part.text.size()).quoted = QuotedIn(part.block->quote());
      return;
    case v1::Block::kHeading:
      Add(PassageKind::kTitle, part, begin, part.text.size());
      return;
    case v1::Block::kList:
      AddList(part, begin);
      return;
    case v1::Block::kTable:
      AddTable(part, begin);
      return;
    case v1::Block::kSeparator:
    case v1::Block::KIND_NOT_SET:
      return;
  }
}

// The items as ListText prints them.
void LintText::AddList(const Part& part, std::size_t begin) {
  std::size_t at = begin;
  for (const v1::ListItem& item : part.block->list().items()) {
    if (&item != &part.block->list().items(0)) at += item.gap().empty() ? 1 : item.gap().size();
    at += item.marker().size();
    Add(PassageKind::kListItem, part, at, item.text().size());
    at += item.text().size();
  }
}

// The cells as TableText prints them.
void LintText::AddTable(const Part& part, std::size_t begin) {
  std::size_t at = begin;
  for (const v1::TableRow& row : part.block->table().rows()) {
    for (const std::string& cell : row.cells()) {
      Add(PassageKind::kCell, part, at, cell.size());
      at += cell.size() + 1;
    }
    // A row without cells is an empty line.
    if (row.cells().empty()) ++at;
  }
}

}  // namespace communique::releases
