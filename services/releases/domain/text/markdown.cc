// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/markdown.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "services/releases/domain/text/markdown_inlines.h"
#include "services/releases/domain/text/outline.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

using Lines = MarkdownInlines::Lines;

std::string Joined(std::string_view text) {
  MarkdownInlines inlines(Lines::kJoined);
  inlines.Text(text);
  return inlines.Take();
}

std::string HeadingLine(int level, std::string_view text) {
  const std::string words = Joined(text);
  return words.empty() ? words : std::string(static_cast<std::size_t>(level), '#') + " " + words;
}

// "3." of "3. ", where Markdown counts the same.
std::optional<int> NumberOf(std::string_view marker) {
  const std::string_view trimmed = TrimWhiteSpace(marker);
  if (trimmed.size() < 2 || trimmed.size() > 5 || (trimmed.back() != '.' && trimmed.back() != ')')) return std::nullopt;
  int number = 0;
  for (const char c : trimmed.substr(0, trimmed.size() - 1)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

bool IsBullet(std::string_view marker) {
  constexpr std::array<std::string_view, 9> kBullets = {"", "-", "•", "*", "–", "—", "·", "▪", "‣"};
  const std::string_view trimmed = TrimWhiteSpace(marker);
  return std::find(kBullets.begin(), kBullets.end(), trimmed) != kBullets.end();
}

// Whether every item has the number that Markdown will give it.
bool CountsLikeMarkdown(const v1::List& list) {
  std::optional<int> next;
  for (const v1::ListItem& item : list.items()) {
    std::optional<int> number = NumberOf(item.marker());
    if (!number.has_value() && TrimWhiteSpace(item.marker()).empty() && list.ordered()) number = next.value_or(1);
    if (!number.has_value() || (next.has_value() && *number != *next)) return false;
    next = *number + 1;
  }
  return next.has_value();
}

class MarkdownWriter {
 public:
  void Write(const Part& part, const Part* next) {
    if (part.kind != PartKind::kContactLine || !IsBelow(part)) FinishContacts();
    switch (part.kind) {
      case PartKind::kHeadline:
        Put(HeadingLine(1, part.text));
        return;
      case PartKind::kSubhead: {
        MarkdownInlines inlines;
        inlines.Strong(part.text);
        Put(inlines.Take());
        return;
      }
      case PartKind::kNotesHeading:
      case PartKind::kAboutHeading:
      case PartKind::kContactsHeading:
        Put(HeadingLine(2, part.text));
        return;
      case PartKind::kDateline:
        run_in_.Text(part.text);
        if (next == nullptr || !RunsIn(*next)) Put(run_in_.Take());
        return;
      case PartKind::kContactLine:
        WriteContact(*part.contact_line);
        return;
      case PartKind::kLink:
        WriteLink(*part.link);
        return;
      default:
        break;
    }
    if (part.block != nullptr) {
      // The dateline before it, on the same line.
      if (RunsIn(part)) run_in_.Text(part.gap);
      WriteBlock(*part.block);
    } else {
      run_in_.Text(part.text);
      Put(run_in_.Take());
    }
  }

  std::string Take() {
    FinishContacts();
    return std::move(out_);
  }

 private:
  // Whether a lead stands on the line of the dateline before it.
  static bool RunsIn(const Part& part) {
    if (part.kind != PartKind::kLead || part.gap.find('\n') != std::string::npos) return false;
    return part.block->has_paragraph() ||
           (part.block->has_quote() && part.block->quote().placement() != v1::Quote::PLACEMENT_BLOCK);
  }

  // Whether a contact line stands right below the one before it.
  bool IsBelow(const Part& part) const {
    return in_contacts_ && std::count(part.gap.begin(), part.gap.end(), '\n') == 1;
  }

  void FinishContacts() {
    if (!in_contacts_) return;
    in_contacts_ = false;
    Put(contacts_.Take());
  }

  void Put(std::string_view block) {
    if (block.empty()) return;
    if (!out_.empty()) out_ += '\n';
    out_ += block;
    out_ += '\n';
    last_list_ = List::kNone;
  }

  void WriteContact(const v1::ContactLine& line) {
    if (in_contacts_) contacts_.LineBreak();
    in_contacts_ = true;
    for (const v1::ContactSegment& segment : line.segments()) {
      if (segment.value().empty()) continue;
      if (segment.kind() == v1::ContactSegment::KIND_EMAIL || segment.kind() == v1::ContactSegment::KIND_URL) {
        contacts_.Address(segment.value());
      } else {
        contacts_.Text(segment.value());
      }
    }
  }

  void WriteLink(const v1::Link& link) {
    MarkdownInlines inlines;
    if (!link.title().empty()) inlines.Text(link.title() + ": ");
    inlines.Address(link.uri());
    Put(inlines.Take());
  }

  void WriteBlock(const v1::Block& block) {
    switch (block.kind_case()) {
      case v1::Block::kParagraph:
        run_in_.Marked(block.paragraph().text(), block.paragraph().markup());
        Put(run_in_.Take());
        return;
      case v1::Block::kHeading:
        Put(HeadingLine(std::clamp(block.heading().level(), 1, 3) + 1, block.heading().text()));
        return;
      case v1::Block::kQuote:
        WriteQuote(block.quote());
        return;
      case v1::Block::kList:
        WriteList(block.list());
        return;
      case v1::Block::kTable:
        WriteTable(block.table());
        return;
      case v1::Block::kSeparator:
        run_in_.Text(block.separator().text());
        Put(run_in_.Take());
        return;
      case v1::Block::KIND_NOT_SET:
        return;
    }
  }

  void WriteQuote(const v1::Quote& quote) {
    for (const v1::QuoteSpan& span : quote.spans()) {
      run_in_.Text(span.narrative());
      run_in_.Text(span.quotation().opening());
      run_in_.Text(span.quotation().text());
      run_in_.Text(span.quotation().closing());
    }
    const std::string text = run_in_.Take();
    const bool apart = quote.placement() == v1::Quote::PLACEMENT_BLOCK && !text.empty();
    Put(apart ? BlockQuote(text) : text);
  }

  // A list right behind a list of its kind would be read as one with it: the next one gets the other marker.
  void WriteList(const v1::List& list) {
    const bool counted = CountsLikeMarkdown(list);
    const bool other = last_list_ == (counted ? List::kCounted : List::kBullets);
    int number = counted ? NumberOf(list.items(0).marker()).value_or(1) : 0;
    std::string text;
    for (const v1::ListItem& item : list.items()) {
      MarkdownInlines inlines;
      if (!counted && !IsBullet(item.marker())) inlines.Text(item.marker());
      inlines.Marked(item.text(), item.markup());
      const std::string marker = counted ? std::to_string(number++) + (other ? ")" : ".") : other ? "*" : "-";
      if (!text.empty()) text += '\n';
      const std::string words = inlines.Take();
      text += words.empty() ? marker : Prefixed(words, marker + " ", std::string(marker.size() + 1, ' '), "");
    }
    Put(text);
    if (text.empty() || other) return;
    last_list_ = counted ? List::kCounted : List::kBullets;
  }

  void WriteTable(const v1::Table& table) {
    MarkdownInlines inlines;
    for (const v1::TableRow& row : table.rows()) {
      for (int i = 0; i < row.cells_size(); ++i) {
        if (i > 0) inlines.Text(" | ");
        inlines.Text(row.cells(i));
      }
      inlines.LineBreak();
    }
    Put(inlines.Take());
  }

  enum class List { kNone, kBullets, kCounted };

  std::string out_;
  // The paragraph being written: a dateline waits in it for its lead.
  MarkdownInlines run_in_;
  MarkdownInlines contacts_;
  bool in_contacts_ = false;
  List last_list_ = List::kNone;
};

}  // namespace

std::string RenderMarkdown(const v1::ReleaseContent& content, const v1::EditionLabels& labels) {
  const std::vector<Part> outline = MakeOutline(content, labels);
  MarkdownWriter writer;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    writer.Write(outline[i], i + 1 < outline.size() ? &outline[i + 1] : nullptr);
  }
  return writer.Take();
}

}  // namespace communique::releases
