// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/content_text.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/locale/text.h"
#include "tools/communique/table.h"
#include "tools/communique/words.h"

namespace communique::command {
namespace {

constexpr std::size_t kExcerptCharacters = 72;

std::string QuoteText(const releases::v1::Quote& quote) {
  std::string text;
  for (const auto& span : quote.spans()) {
    absl::StrAppend(&text, span.narrative(), span.quotation().opening(), span.quotation().text(),
                    span.quotation().closing());
  }
  return text;
}

void AddPart(Table& table, const std::string& id, const std::string& kind, const std::string& text) {
  if (!text.empty()) table.Add({id, kind, platform::Excerpt(text, kExcerptCharacters)});
}

void AddBlock(Table& table, const releases::v1::Block& block, const std::string& role) {
  const std::string kind = BlockKind(block);
  AddPart(table, block.block_id(), role.empty() ? kind : absl::StrCat(role, " (", kind, ")"), BlockText(block));
}

}  // namespace

std::string DatelineText(const releases::v1::Dateline& dateline) {
  std::string places;
  for (const auto& place : dateline.places()) absl::StrAppend(&places, place.label(), place.joint());
  const bool date_first = !dateline.date_joint().empty();
  return date_first ? absl::StrCat(dateline.prefix(), dateline.date_text(), dateline.date_joint(), places)
                    : absl::StrCat(dateline.prefix(), places, dateline.date_text());
}

std::string ContactLineText(const releases::v1::ContactLine& line) {
  std::string text;
  for (const auto& segment : line.segments()) text += segment.value();
  return text;
}

std::string BlockText(const releases::v1::Block& block) {
  using releases::v1::Block;
  switch (block.kind_case()) {
    case Block::kParagraph:
      return block.paragraph().text();
    case Block::kHeading:
      return block.heading().text();
    case Block::kList:
      return absl::StrJoin(block.list().items(), " ", [](std::string* out, const auto& item) {
        absl::StrAppend(out, item.marker(), item.text());
      });
    case Block::kQuote:
      return QuoteText(block.quote());
    case Block::kTable:
      return absl::StrJoin(block.table().rows(), " ", [](std::string* out, const auto& row) {
        absl::StrAppend(out, absl::StrJoin(row.cells(), " "));
      });
    case Block::kSeparator:
      return block.separator().text();
    case Block::KIND_NOT_SET:
      break;
  }
  return "";
}

std::string BlockKind(const releases::v1::Block& block) {
  const auto* oneof = releases::v1::Block::descriptor()->FindOneofByName("kind");
  const auto* field = releases::v1::Block::GetReflection()->GetOneofFieldDescriptor(block, oneof);
  return field == nullptr ? "unknown" : field->name();
}

void PrintParts(std::ostream& out, const releases::v1::ReleaseContent& content) {
  Table table(2);
  AddPart(table, "release-line", "release line", content.release_line());
  AddPart(table, "headline", "headline", content.headline());
  AddPart(table, "subhead", "subhead", content.subhead());
  AddPart(table, "dateline", "dateline", DatelineText(content.dateline()));
  if (content.has_lead()) AddBlock(table, content.lead(), "lead");
  for (const auto& block : content.body()) AddBlock(table, block, "");
  for (const auto& mark : content.end_marks()) AddPart(table, mark.part_id(), "end mark", mark.text());
  AddPart(table, "notes-heading", "heading", content.notes_heading());
  for (const auto& block : content.notes()) AddBlock(table, block, "note");
  for (const auto& about : content.abouts()) {
    AddPart(table, absl::StrCat(about.part_id(), "-heading"), "heading", about.heading());
    for (const auto& block : about.blocks()) AddBlock(table, block, "about");
  }
  AddPart(table, "contacts-heading", "heading", content.contacts_heading());
  for (const auto& line : content.contact_lines()) {
    AddPart(table, line.part_id(), "contact line", ContactLineText(line));
  }
  if (table.empty()) return;
  out << "Parts\n";
  table.Print(out);
}

void PrintFindings(std::ostream& out, const google::protobuf::RepeatedPtrField<releases::v1::Finding>& findings) {
  if (findings.empty()) return;
  out << "Findings\n";
  for (const auto& finding : findings) {
    out << "  ";
    if (finding.line() > 0) out << finding.line() << ':' << finding.column() << "  ";
    out << absl::AsciiStrToLower(EnumWords(finding.severity())) << "  " << Printable(finding.rule()) << '\n'
        << "    " << Printable(finding.message()) << '\n';
    if (!finding.excerpt().empty()) {
      out << "    > " << Printable(platform::Excerpt(finding.excerpt(), kExcerptCharacters)) << '\n';
    }
  }
}

}  // namespace communique::command
