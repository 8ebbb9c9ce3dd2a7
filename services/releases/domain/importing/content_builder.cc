// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/content_builder.h"

#include <algorithm>
#include <map>
#include <utility>

#include "services/releases/domain/text/part_ids.h"
#include "services/releases/domain/text/plain_text.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

// What RecognizedPart.excerpt and Layout.block_gap may hold.
constexpr std::size_t kExcerpt = 80;
constexpr std::size_t kMaxBlockGap = 20;

// The gap that most blocks have before them: what a block that is added later gets.
std::string UsualBlockGap(const std::map<std::string, int>& counts) {
  std::string usual;
  int most = 0;
  for (const auto& [gap, count] : counts) {
    if (count > most && CountCodePoints(gap) <= kMaxBlockGap) usual = gap, most = count;
  }
  return usual == "\n\n" ? std::string() : usual;
}

}  // namespace

ContentBuilder::ContentBuilder(const SourceText& source, std::string_view language) : source_(source) {
  content_.set_kind(v1::RELEASE_KIND_PRESS_RELEASE);
  content_.set_language(std::string(language));
}

std::string ContentBuilder::Text(TextSpan span) const {
  return std::string(source_.text().substr(span.begin, span.end - span.begin));
}

void ContentBuilder::Add(PartKind kind, TextSpan span, int index, int inner) {
  pieces_.push_back({kind, span, index, inner});
}

void ContentBuilder::AddReleaseLine(TextSpan span) {
  content_.set_release_line(Text(span));
  Add(PartKind::kReleaseLine, span);
}

void ContentBuilder::AddHeadline(TextSpan span) {
  content_.set_headline(Text(span));
  Add(PartKind::kHeadline, span);
}

void ContentBuilder::AddSubhead(TextSpan span) {
  content_.set_subhead(Text(span));
  Add(PartKind::kSubhead, span);
}

void ContentBuilder::AddDateline(const v1::Dateline& dateline, TextSpan span) {
  *content_.mutable_dateline() = dateline;
  Add(PartKind::kDateline, span);
}

void ContentBuilder::AddLead(v1::Block block, TextSpan span) {
  *content_.mutable_lead() = std::move(block);
  Add(PartKind::kLead, span);
}

void ContentBuilder::AddNotesHeading(TextSpan span) {
  content_.set_notes_heading(Text(span));
  Add(PartKind::kNotesHeading, span);
}

void ContentBuilder::AddContactsHeading(TextSpan span) {
  content_.set_contacts_heading(Text(span));
  Add(PartKind::kContactsHeading, span);
}

void ContentBuilder::AddBody(v1::Block block, TextSpan span) {
  *content_.add_body() = std::move(block);
  Add(PartKind::kBody, span, content_.body_size() - 1);
}

void ContentBuilder::AddEndMark(TextSpan span) {
  content_.add_end_marks()->set_text(Text(span));
  Add(PartKind::kEndMark, span, content_.end_marks_size() - 1);
}

void ContentBuilder::AddNote(v1::Block block, TextSpan span) {
  *content_.add_notes() = std::move(block);
  Add(PartKind::kNote, span, content_.notes_size() - 1);
}

void ContentBuilder::BeginAbout(TextSpan heading) {
  v1::About* about = content_.add_abouts();
  if (heading.begin == heading.end) return;
  about->set_heading(Text(heading));
  Add(PartKind::kAboutHeading, heading, content_.abouts_size() - 1);
}

void ContentBuilder::AddAbout(v1::Block block, TextSpan span) {
  v1::About* about = content_.mutable_abouts(content_.abouts_size() - 1);
  *about->add_blocks() = std::move(block);
  Add(PartKind::kAbout, span, content_.abouts_size() - 1, about->blocks_size() - 1);
}

void ContentBuilder::AddContact(v1::ContactLine line, TextSpan span) {
  *content_.add_contact_lines() = std::move(line);
  Add(PartKind::kContactLine, span, content_.contact_lines_size() - 1);
}

const v1::Block* ContentBuilder::BlockOf(const Piece& piece) const {
  switch (piece.kind) {
    case PartKind::kLead:
      return &content_.lead();
    case PartKind::kBody:
      return &content_.body(piece.index);
    case PartKind::kNote:
      return &content_.notes(piece.index);
    case PartKind::kAbout:
      return &content_.abouts(piece.index).blocks(piece.inner);
    default:
      return nullptr;
  }
}

v1::Block* ContentBuilder::last_block() {
  return pieces_.empty() ? nullptr : const_cast<v1::Block*>(BlockOf(pieces_.back()));
}

std::string ContentBuilder::IdOf(const Piece& piece) const {
  if (const v1::Block* block = BlockOf(piece)) return block->block_id();
  switch (piece.kind) {
    case PartKind::kReleaseLine:
      return std::string(kReleaseLineId);
    case PartKind::kHeadline:
      return std::string(kHeadlineId);
    case PartKind::kSubhead:
      return std::string(kSubheadId);
    case PartKind::kDateline:
      return std::string(kDatelineId);
    case PartKind::kNotesHeading:
      return std::string(kNotesHeadingId);
    case PartKind::kContactsHeading:
      return std::string(kContactsHeadingId);
    case PartKind::kEndMark:
      return content_.end_marks(piece.index).part_id();
    case PartKind::kAboutHeading:
      return AboutHeadingId(content_.abouts(piece.index).part_id());
    case PartKind::kContactLine:
      return content_.contact_lines(piece.index).part_id();
    default:
      return {};
  }
}

void ContentBuilder::FillLayout() {
  v1::Layout& layout = *content_.mutable_layout();
  if (source_.line_break() != "\n") layout.set_line_break(source_.line_break());
  std::map<std::string, int> gaps;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    v1::LayoutEntry* entry = layout.add_entries();
    entry->set_part_id(IdOf(pieces_[i]));
    if (i == 0) continue;
    entry->set_gap(Text({pieces_[i - 1].span.end, pieces_[i].span.begin}));
    if (pieces_[i].kind == PartKind::kBody || pieces_[i].kind == PartKind::kNote) ++gaps[entry->gap()];
  }
  layout.set_block_gap(UsualBlockGap(gaps));
}

bool ContentBuilder::Finish() {
  FillPartIds(content_, 0);
  for (std::size_t i = 1; i < pieces_.size(); ++i) {
    if (pieces_[i - 1].span.end > pieces_[i].span.begin) return false;
    if (!IsBlank(Text({pieces_[i - 1].span.end, pieces_[i].span.begin}))) return false;
  }
  FillLayout();
  return JoinParts(MakeOutline(content_, {})) == Text({begin(), end()});
}

std::string ContentBuilder::RecognizedKind(const Piece& piece) const {
  switch (piece.kind) {
    case PartKind::kReleaseLine:
      return "release-line";
    case PartKind::kHeadline:
      return "headline";
    case PartKind::kSubhead:
      return "subhead";
    case PartKind::kDateline:
      return "dateline";
    case PartKind::kLead:
      return "lead";
    case PartKind::kEndMark:
      return "end-mark";
    case PartKind::kNotesHeading:
      return "notes-heading";
    case PartKind::kNote:
      return "note";
    case PartKind::kAboutHeading:
      return "about-heading";
    case PartKind::kAbout:
      return "about";
    case PartKind::kContactsHeading:
      return "contacts-heading";
    case PartKind::kContactLine:
      return "contact-line";
    default:
      break;
  }
  switch (BlockOf(piece)->kind_case()) {
    case v1::Block::kHeading:
      return "heading";
    case v1::Block::kList:
      return "list";
    case v1::Block::kQuote:
      return "quote";
    case v1::Block::kTable:
      return "table";
    case v1::Block::kSeparator:
      return "separator";
    default:
      return "paragraph";
  }
}

std::vector<v1::RecognizedPart> ContentBuilder::Recognized() const {
  std::vector<v1::RecognizedPart> parts;
  parts.reserve(pieces_.size());
  for (const Piece& piece : pieces_) {
    v1::RecognizedPart& part = parts.emplace_back();
    part.set_part_id(IdOf(piece));
    part.set_kind(RecognizedKind(piece));
    const TextPosition position = source_.Position(piece.span.begin);
    part.set_line(position.line);
    part.set_column(position.column);
    const std::string_view text = source_.text().substr(piece.span.begin, piece.span.end - piece.span.begin);
    part.set_excerpt(std::string(FirstCodePoints(text, kExcerpt)));
  }
  return parts;
}

std::string ContentBuilder::PartAt(std::size_t offset) const {
  const auto after = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                      [](std::size_t at, const Piece& piece) { return at < piece.span.begin; });
  if (after == pieces_.begin()) return {};
  const Piece& piece = *(after - 1);
  return offset < piece.span.end ? IdOf(piece) : std::string();
}

}  // namespace communique::releases
