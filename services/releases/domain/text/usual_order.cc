// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/usual_order.h"

#include <utility>

#include "services/releases/domain/text/block_text.h"
#include "services/releases/domain/text/part_ids.h"

namespace communique::releases {
namespace {

class PartList {
 public:
  // The part just added, for what else there is to say about it; a scratch part when it has no text.
  Part& Add(PartKind kind, std::string_view id, std::string text) {
    scratch_ = Part{};
    if (text.empty()) return scratch_;
    Part& part = parts_.emplace_back();
    part.kind = kind;
    part.id = id;
    part.text = std::move(text);
    return part;
  }

  void AddBlock(PartKind kind, const v1::Block& block) { Add(kind, block.block_id(), BlockText(block)).block = &block; }

  std::vector<Part> Take() { return std::move(parts_); }

 private:
  std::vector<Part> parts_;
  Part scratch_;
};

bool HasText(const google::protobuf::RepeatedPtrField<v1::Block>& blocks) {
  for (const v1::Block& block : blocks) {
    if (!BlockText(block).empty()) return true;
  }
  return false;
}

bool HasText(const google::protobuf::RepeatedPtrField<v1::ContactLine>& lines) {
  for (const v1::ContactLine& line : lines) {
    if (!ContactLineText(line).empty()) return true;
  }
  return false;
}

void AddHeading(PartKind kind, std::string_view id, const std::string& own, const std::string& standing, bool has_parts,
                PartList& parts) {
  parts.Add(kind, id, own.empty() && has_parts ? standing : own);
}

}  // namespace

std::vector<Part> PartsInUsualOrder(const v1::ReleaseContent& content, const v1::EditionLabels& labels) {
  PartList parts;
  parts.Add(PartKind::kReleaseLine, kReleaseLineId, content.release_line());
  parts.Add(PartKind::kHeadline, kHeadlineId, content.headline());
  parts.Add(PartKind::kSubhead, kSubheadId, content.subhead());
  parts.Add(PartKind::kDateline, kDatelineId, DatelineText(content.dateline()));
  if (content.has_lead()) parts.AddBlock(PartKind::kLead, content.lead());
  for (const v1::Block& block : content.body()) parts.AddBlock(PartKind::kBody, block);
  for (const v1::Event& event : content.events()) {
    if (event.in_text()) continue;
    parts.Add(PartKind::kEvent, event.event_id(), EventText(event, content.language())).event = &event;
  }
  for (const v1::Link& link : content.links()) {
    parts.Add(PartKind::kLink, link.link_id(), LinkText(link)).link = &link;
  }
  const auto add_end_mark = [&](const v1::EndMark& mark) {
    parts.Add(PartKind::kEndMark, mark.part_id(), mark.text());
  };
  if (content.end_marks_size() > 0) add_end_mark(content.end_marks(0));
  AddHeading(PartKind::kNotesHeading, kNotesHeadingId, content.notes_heading(), labels.notes_heading(),
             HasText(content.notes()), parts);
  for (const v1::Block& block : content.notes()) parts.AddBlock(PartKind::kNote, block);
  for (int i = 1; i < content.end_marks_size(); ++i) add_end_mark(content.end_marks(i));
  for (const v1::About& about : content.abouts()) {
    parts.Add(PartKind::kAboutHeading, AboutHeadingId(about.part_id()), about.heading());
    for (const v1::Block& block : about.blocks()) parts.AddBlock(PartKind::kAbout, block);
  }
  AddHeading(PartKind::kContactsHeading, kContactsHeadingId, content.contacts_heading(), labels.contacts_heading(),
             HasText(content.contact_lines()), parts);
  for (const v1::ContactLine& line : content.contact_lines()) {
    parts.Add(PartKind::kContactLine, line.part_id(), ContactLineText(line)).contact_line = &line;
  }
  return parts.Take();
}

std::string_view UsualGap(const Part& before, const Part& after, const v1::ReleaseContent& content) {
  if (before.kind == PartKind::kDateline && after.kind == PartKind::kLead) {
    return content.dateline().separator().empty() ? " " : "";
  }
  const bool below_heading = before.kind == PartKind::kNotesHeading || before.kind == PartKind::kAboutHeading ||
                             before.kind == PartKind::kContactsHeading;
  const bool among_contacts = before.kind == PartKind::kContactLine && after.kind == PartKind::kContactLine;
  if (below_heading || among_contacts) return "\n";
  return content.layout().block_gap().empty() ? std::string_view("\n\n") : content.layout().block_gap();
}

}  // namespace communique::releases
