// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/passages.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace communique::command {
namespace {

using releases::v1::Block;
using releases::v1::Quote;
using releases::v1::QuoteSpan;
using releases::v1::ReleaseContent;

// What is the same for all passages of a block.
Passage InBlock(const Passage& origin, std::vector<Piece> pieces) {
  Passage passage = origin;
  passage.pieces = std::move(pieces);
  return passage;
}

Passage QuotePassage(const Passage& origin, Quote& quote) {
  Passage passage = origin;
  for (auto& span : *quote.mutable_spans()) {
    // A mutable accessor would turn one kind of span into the other.
    if (span.kind_case() == QuoteSpan::kNarrative) {
      passage.pieces.push_back({span.mutable_narrative()});
    } else if (span.kind_case() == QuoteSpan::kQuotation) {
      auto* quotation = span.mutable_quotation();
      passage.pieces.push_back({quotation->mutable_opening()});
      passage.pieces.push_back({quotation->mutable_text()});
      passage.pieces.push_back({quotation->mutable_closing()});
    }
  }
  if (quote.has_speaker()) {
    auto* speaker = quote.mutable_speaker();
    passage.echoes = {speaker->mutable_display_name(), speaker->mutable_honorific()};
    for (auto& role : *speaker->mutable_roles()) {
      passage.echoes.push_back(role.mutable_title());
      passage.echoes.push_back(role.mutable_organization());
    }
  }
  return passage;
}

void AddBlock(std::vector<Passage>& passages, const Passage& origin, Block& block) {
  switch (block.kind_case()) {
    case Block::kParagraph: {
      auto* paragraph = block.mutable_paragraph();
      passages.push_back(InBlock(origin, {{paragraph->mutable_text(), paragraph->mutable_markup()}}));
      break;
    }
    case Block::kHeading:
      passages.push_back(InBlock(origin, {{block.mutable_heading()->mutable_text()}}));
      break;
    case Block::kList:
      for (auto& item : *block.mutable_list()->mutable_items()) {
        passages.push_back(InBlock(origin, {{item.mutable_marker()}, {item.mutable_text(), item.mutable_markup()}}));
      }
      break;
    case Block::kQuote:
      passages.push_back(QuotePassage(origin, *block.mutable_quote()));
      break;
    case Block::kTable:
      for (auto& row : *block.mutable_table()->mutable_rows()) {
        for (auto& cell : *row.mutable_cells()) passages.push_back(InBlock(origin, {{&cell}}));
      }
      break;
    case Block::kSeparator:
      passages.push_back(InBlock(origin, {{block.mutable_separator()->mutable_text()}}));
      break;
    case Block::KIND_NOT_SET:
      break;
  }
}

void AddText(std::vector<Passage>& passages, const char* part_id, const char* mask, std::string* text) {
  passages.push_back({part_id, mask, {{text}}, nullptr, "", {}});
}

void AddDateline(std::vector<Passage>& passages, releases::v1::Dateline& dateline) {
  Passage passage{"dateline", "dateline", {{dateline.mutable_prefix()}}, nullptr, "", {}};
  const bool date_first = !dateline.date_joint().empty();
  if (date_first) {
    passage.pieces.push_back({dateline.mutable_date_text()});
    passage.pieces.push_back({dateline.mutable_date_joint()});
  }
  for (auto& place : *dateline.mutable_places()) {
    passage.pieces.push_back({place.mutable_label()});
    passage.pieces.push_back({place.mutable_joint()});
  }
  if (!date_first) passage.pieces.push_back({dateline.mutable_date_text()});
  passage.pieces.push_back({dateline.mutable_separator()});
  passages.push_back(std::move(passage));
}

void AddBlocks(std::vector<Passage>& passages, const char* mask, google::protobuf::RepeatedPtrField<Block>& blocks) {
  for (auto& block : blocks) AddBlock(passages, {block.block_id(), mask, {}, &block, "", {}}, block);
}

void AddAbouts(std::vector<Passage>& passages, ReleaseContent& content) {
  for (auto& about : *content.mutable_abouts()) {
    const Passage origin{about.part_id(), "abouts", {}, nullptr, about.boilerplate(), {}};
    Passage heading = InBlock(origin, {{about.mutable_heading()}});
    heading.part_id = absl::StrCat(about.part_id(), "-heading");
    passages.push_back(std::move(heading));
    for (auto& block : *about.mutable_blocks()) AddBlock(passages, origin, block);
  }
}

void AddContactLines(std::vector<Passage>& passages, ReleaseContent& content) {
  for (auto& line : *content.mutable_contact_lines()) {
    Passage passage{line.part_id(), "contact_lines", {}, nullptr, "", {}};
    for (auto& segment : *line.mutable_segments()) passage.pieces.push_back({segment.mutable_value()});
    passages.push_back(std::move(passage));
  }
}

}  // namespace

std::string Passage::Text() const {
  std::string text;
  for (const auto& piece : pieces) text += *piece.text;
  return text;
}

std::vector<Passage> PassagesOf(ReleaseContent& content) {
  std::vector<Passage> passages;
  AddText(passages, "release-line", "release_line", content.mutable_release_line());
  AddText(passages, "headline", "headline", content.mutable_headline());
  AddText(passages, "subhead", "subhead", content.mutable_subhead());
  if (content.has_dateline()) AddDateline(passages, *content.mutable_dateline());
  if (content.has_lead()) {
    auto& lead = *content.mutable_lead();
    AddBlock(passages, {lead.block_id(), "lead", {}, &lead, "", {}}, lead);
  }
  AddBlocks(passages, "body", *content.mutable_body());
  for (auto& mark : *content.mutable_end_marks()) {
    passages.push_back({mark.part_id(), "end_marks", {{mark.mutable_text()}}, nullptr, "", {}});
  }
  AddText(passages, "notes-heading", "notes_heading", content.mutable_notes_heading());
  AddBlocks(passages, "notes", *content.mutable_notes());
  AddAbouts(passages, content);
  AddText(passages, "contacts-heading", "contacts_heading", content.mutable_contacts_heading());
  AddContactLines(passages, content);
  for (auto& issuer : *content.mutable_issuers()) {
    AddText(passages, "issuers", "issuers", issuer.mutable_display_name());
  }
  for (auto& event : *content.mutable_events()) {
    for (auto* text : {event.mutable_title(), event.mutable_place(), event.mutable_details()}) {
      passages.push_back({event.event_id(), "events", {{text}}, nullptr, "", {}});
    }
  }
  for (auto& link : *content.mutable_links()) {
    AddText(passages, "links", "links", link.mutable_title());
    AddText(passages, "links", "links", link.mutable_uri());
  }
  return passages;
}

}  // namespace communique::command
