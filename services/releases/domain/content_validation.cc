// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/content_validation.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/locale/text.h"
#include "services/platform/resources/field_checks.h"
#include "services/releases/domain/blocks.h"
#include "services/releases/domain/digest.h"
#include "services/releases/domain/gap_check.h"
#include "services/releases/domain/names.h"
#include "services/releases/domain/text/part_ids.h"

namespace communique::releases {
namespace {

using platform::FieldViolations;

constexpr std::size_t kMaxTextCharacters = 20'000;
// The longest id of a part: 40 characters, and the "-heading" of an about text's.
constexpr std::size_t kMaxPartIdCharacters = 48;

std::string At(const std::string& path, std::string_view field) {
  return absl::StrCat(path, ".", platform::ToAbsl(field));
}
std::string At(const std::string& path, std::string_view field, int index) {
  return absl::StrCat(path, ".", platform::ToAbsl(field), "[", index, "]");
}

// Values that this version does not know are kept by protobuf, and would be printed as nobody meant.
template <typename Enum>
void CheckEnum(const std::string& path, Enum value, FieldViolations& violations) {
  const google::protobuf::EnumDescriptor& type = *google::protobuf::GetEnumDescriptor<Enum>();
  if (type.FindValueByNumber(value) != nullptr) return;
  std::vector<std::string> known;
  for (int i = 1; i < type.value_count(); ++i) known.push_back(type.value(i)->name());
  violations.Add(path, absl::StrCat("has no value ", static_cast<int>(value), "; use ", absl::StrJoin(known, ", ")));
}

// Each part may be 0 where the text does not say it; without a month, a day says nothing.
void CheckDate(const std::string& path, const google::type::Date& date, FieldViolations& violations) {
  const bool plausible = date.year() >= 0 && date.year() <= 9999 && date.month() >= 0 && date.month() <= 12 &&
                         date.day() >= 0 && date.day() <= 31 && (date.day() == 0 || date.month() != 0);
  if (!plausible) violations.Add(path, "is no date");
}

void CheckMarkup(const std::string& path, const google::protobuf::RepeatedPtrField<v1::Markup>& markup,
                 std::string_view text, FieldViolations& violations) {
  CheckCount(At(path, "markup"), markup.size(), 500, violations);
  const auto length = static_cast<std::int64_t>(platform::CountCharacters(text));
  std::int64_t free_from = 0;
  for (int i = 0; i < markup.size(); ++i) {
    const std::string at = At(path, "markup", i);
    const auto& mark = markup[i];
    if (mark.kind() == v1::Markup::KIND_UNSPECIFIED) violations.Add(At(at, "kind"), "must be set");
    CheckEnum(At(at, "kind"), mark.kind(), violations);
    if (mark.start() < free_from || mark.end() <= mark.start() || mark.end() > length) {
      violations.Add(
          at, absl::StrCat("covers characters ", mark.start(), " to ", mark.end(), "; stretches lie within the text (",
                           length, " characters), in order, and do not overlap"));
    }
    free_from = mark.end();
    if (mark.kind() == v1::Markup::KIND_LINK) {
      CheckUri(At(at, "uri"), mark.uri(), "https, http, mailto, tel", violations);
    } else if (!mark.uri().empty()) {
      violations.Add(At(at, "uri"), "only links have one");
    }
  }
}

void CheckQuote(const std::string& path, const v1::Quote& quote, FieldViolations& violations) {
  CheckEnum(At(path, "placement"), quote.placement(), violations);
  CheckCount(At(path, "spans"), quote.spans_size(), 100, violations);
  bool says_something = false;
  for (int i = 0; i < quote.spans_size(); ++i) {
    const std::string at = At(path, "spans", i);
    const auto& span = quote.spans(i);
    if (span.has_quotation()) {
      says_something = true;
      CheckText(At(at, "quotation.opening"), span.quotation().opening(), {10}, violations);
      CheckText(At(at, "quotation.text"), span.quotation().text(), {kMaxTextCharacters}, violations);
      CheckText(At(at, "quotation.closing"), span.quotation().closing(), {10}, violations);
    } else {
      CheckText(At(at, "narrative"), span.narrative(), {kMaxTextCharacters}, violations);
    }
  }
  if (!says_something)
    violations.Add(At(path, "spans"), "a quote needs a quotation; use a paragraph for narrative alone");
  const auto& speaker = quote.speaker();
  CheckText(At(path, "speaker.display_name"), speaker.display_name(), {200, false, true}, violations);
  CheckText(At(path, "speaker.honorific"), speaker.honorific(), {100, false, true}, violations);
  CheckCount(At(path, "speaker.roles"), speaker.roles_size(), 10, violations);
  for (int i = 0; i < speaker.roles_size(); ++i) {
    const std::string at = At(path, "speaker.roles", i);
    CheckText(At(at, "title"), speaker.roles(i).title(), {300}, violations);
    CheckText(At(at, "organization"), speaker.roles(i).organization(), {300}, violations);
  }
  if (!speaker.contact().empty()) {
    violations.Merge("",
                     platform::FieldNotSupported(At(path, "speaker.contact"), "contacts cannot be referred to yet"));
  }
  if (!quote.original_language().empty()) {
    CheckLanguage(At(path, "original_language"), quote.original_language(), violations);
  }
}

void CheckTable(const std::string& path, const v1::Table& table, FieldViolations& violations) {
  CheckCount(At(path, "rows"), table.rows_size(), 500, violations);
  if (table.rows().empty()) violations.Add(At(path, "rows"), "a table needs a row");
  for (int r = 0; r < table.rows_size(); ++r) {
    const std::string row = At(path, "rows", r);
    CheckCount(At(row, "cells"), table.rows(r).cells_size(), 50, violations);
    for (int c = 0; c < table.rows(r).cells_size(); ++c) {
      const std::string& cell = table.rows(r).cells(c);
      CheckText(At(row, "cells", c), cell, {5000, false, true}, violations);
      if (cell.find('\t') != std::string::npos) violations.Add(At(row, "cells", c), "must not hold a tab");
    }
  }
}

void CheckBlock(const std::string& path, const v1::Block& block, FieldViolations& violations) {
  if (!block.block_id().empty()) CheckKey(At(path, "block_id"), block.block_id(), 40, violations);
  switch (block.kind_case()) {
    case v1::Block::kParagraph:
      CheckText(At(path, "paragraph.text"), block.paragraph().text(), {kMaxTextCharacters, true}, violations);
      CheckMarkup(At(path, "paragraph"), block.paragraph().markup(), block.paragraph().text(), violations);
      break;
    case v1::Block::kHeading:
      CheckText(At(path, "heading.text"), block.heading().text(), {500, true}, violations);
      if (block.heading().level() < 0 || block.heading().level() > 3) {
        violations.Add(At(path, "heading.level"), "must be 1, 2 or 3 (0 means 1)");
      }
      break;
    case v1::Block::kList: {
      const auto& items = block.list().items();
      if (items.empty()) violations.Add(At(path, "list.items"), "a list needs an item");
      CheckCount(At(path, "list.items"), items.size(), 500, violations);
      for (int i = 0; i < items.size(); ++i) {
        const std::string at = At(path, "list.items", i);
        CheckText(At(at, "marker"), items[i].marker(), {20}, violations);
        CheckText(At(at, "text"), items[i].text(), {kMaxTextCharacters}, violations);
        CheckMarkup(at, items[i].markup(), items[i].text(), violations);
        CheckGap(At(at, "gap"), items[i].gap(), 200, violations);
      }
      break;
    }
    case v1::Block::kQuote:
      CheckQuote(At(path, "quote"), block.quote(), violations);
      break;
    case v1::Block::kTable:
      CheckTable(At(path, "table"), block.table(), violations);
      break;
    case v1::Block::kSeparator:
      CheckText(At(path, "separator.text"), block.separator().text(), {100, true, true}, violations);
      break;
    case v1::Block::KIND_NOT_SET:
      violations.Add(path, "say what the block is: paragraph, heading, list, quote, table or separator");
  }
}

void CheckDateline(const std::string& path, const v1::Dateline& dateline, FieldViolations& violations) {
  CheckCount(At(path, "places"), dateline.places_size(), 10, violations);
  for (int i = 0; i < dateline.places_size(); ++i) {
    CheckText(At(At(path, "places", i), "label"), dateline.places(i).label(), {100, true}, violations);
    CheckText(At(At(path, "places", i), "joint"), dateline.places(i).joint(), {20}, violations);
  }
  CheckText(At(path, "prefix"), dateline.prefix(), {100}, violations);
  CheckText(At(path, "date_text"), dateline.date_text(), {100}, violations);
  CheckText(At(path, "date_joint"), dateline.date_joint(), {20}, violations);
  CheckText(At(path, "separator"), dateline.separator(), {100}, violations);
  CheckDate(At(path, "date"), dateline.date(), violations);
}

void CheckContactLine(const std::string& path, const v1::ContactLine& line, FieldViolations& violations) {
  const bool refers = !line.contact().empty();
  if (refers && !ContactName::Parse(line.contact())) {
    violations.Merge("", InvalidName(At(path, "contact"), line.contact(), kContactPattern));
  }
  CheckCount(At(path, "segments"), line.segments_size(), 50, violations);
  bool says_something = false;
  for (int i = 0; i < line.segments_size(); ++i) {
    CheckEnum(At(At(path, "segments", i), "kind"), line.segments(i).kind(), violations);
    CheckText(At(At(path, "segments", i), "value"), line.segments(i).value(), {500}, violations);
    // Where a line was erased, the rest of the text can be edited all the same.
    says_something = says_something || !platform::IsBlank(line.segments(i).value()) || line.segments(i).erased();
  }
  if (!says_something && !refers) violations.Add(At(path, "segments"), "a contact line needs words, or a contact");
}

void CheckAbout(const std::string& path, const v1::About& about, const v1::Newsroom& newsroom,
                FieldViolations& violations) {
  if (about.boilerplate().empty()) {
    CheckText(At(path, "heading"), about.heading(), {300}, violations);
    CheckCount(At(path, "blocks"), about.blocks_size(), 50, violations);
    for (int i = 0; i < about.blocks_size(); ++i) CheckBlock(At(path, "blocks", i), about.blocks(i), violations);
    if (!about.boilerplate_revision().empty()) {
      violations.Add(At(path, "boilerplate_revision"), "goes with a boilerplate only");
    }
    return;
  }
  const auto name = BoilerplateName::Parse(about.boilerplate());
  if (!name) {
    violations.Merge("", InvalidName(At(path, "boilerplate"), about.boilerplate(), kBoilerplatePattern));
  } else if (NewsroomName{name->newsroom}.ToString() != newsroom.name()) {
    violations.Add(At(path, "boilerplate"), absl::StrCat("must be one of ", newsroom.name()));
  }
  if (!about.boilerplate_revision().empty() && name &&
      !BoilerplateRevisionName::Parse(absl::StrCat(about.boilerplate(), "/revisions/", about.boilerplate_revision()))) {
    violations.Add(At(path, "boilerplate_revision"), "must be a number from 1");
  }
}

void CheckLists(const std::string& path, const v1::ReleaseContent& content, FieldViolations& violations) {
  CheckCount(At(path, "end_marks"), content.end_marks_size(), 20, violations);
  for (int i = 0; i < content.end_marks_size(); ++i) {
    CheckText(At(At(path, "end_marks", i), "text"), content.end_marks(i).text(), {100, true}, violations);
  }
  CheckCount(At(path, "issuers"), content.issuers_size(), 20, violations);
  for (int i = 0; i < content.issuers_size(); ++i) {
    const std::string at = At(path, "issuers", i);
    CheckText(At(at, "display_name"), content.issuers(i).display_name(), {300, true, true}, violations);
    CheckEnum(At(at, "role"), content.issuers(i).role(), violations);
    if (!content.issuers(i).organization().empty()) {
      violations.Merge("",
                       platform::FieldNotSupported(At(at, "organization"), "organizations cannot be referred to yet"));
    }
  }
  CheckCount(At(path, "events"), content.events_size(), 50, violations);
  for (int i = 0; i < content.events_size(); ++i) {
    const std::string at = At(path, "events", i);
    CheckText(At(at, "title"), content.events(i).title(), {300, true}, violations);
    CheckText(At(at, "place"), content.events(i).place(), {300}, violations);
    CheckText(At(at, "details"), content.events(i).details(), {2000}, violations);
    CheckDate(At(at, "start_date"), content.events(i).start_date(), violations);
    CheckDate(At(at, "end_date"), content.events(i).end_date(), violations);
  }
  CheckCount(At(path, "links"), content.links_size(), 100, violations);
  for (int i = 0; i < content.links_size(); ++i) {
    CheckEnum(At(At(path, "links", i), "relation"), content.links(i).relation(), violations);
    CheckText(At(At(path, "links", i), "title"), content.links(i).title(), {500}, violations);
    CheckUri(At(At(path, "links", i), "uri"), content.links(i).uri(), "https, http", violations);
  }
  if (!content.media().empty()) {
    violations.Merge("", platform::FieldNotSupported(At(path, "media"), "pictures and galleries cannot be used yet"));
  }
}

void CheckLayout(const std::string& path, const v1::Layout& layout, FieldViolations& violations) {
  CheckCount(At(path, "entries"), layout.entries_size(), 5000, violations);
  for (int i = 0; i < layout.entries_size(); ++i) {
    CheckKey(At(At(path, "entries", i), "part_id"), layout.entries(i).part_id(), kMaxPartIdCharacters, violations);
    CheckGap(At(At(path, "entries", i), "gap"), layout.entries(i).gap(), 10'000, violations);
  }
  CheckGap(At(path, "block_gap"), layout.block_gap(), 20, violations);
  const std::string& line_break = layout.line_break();
  if (!line_break.empty() && line_break != "\n" && line_break != "\r\n" && line_break != "\r") {
    violations.Add(At(path, "line_break"), "must be LF, CR LF or CR");
  }
}

}  // namespace

std::int64_t NormalizeContent(const v1::Newsroom& newsroom, std::int64_t last_number, v1::ReleaseContent& content) {
  if (content.language().empty()) content.set_language(newsroom.source_language());
  platform::Canonicalize(*content.mutable_language());
  ClearBlockEtags(content);
  for (auto& line : *content.mutable_contact_lines()) line.clear_written_for();
  for (auto& about : *content.mutable_abouts()) {
    if (about.boilerplate().empty()) continue;
    about.clear_heading();
    about.clear_blocks();
  }
  return FillPartIds(content, last_number);
}

absl::Status ValidateContent(std::string_view root, const v1::ReleaseContent& content, const v1::Newsroom& newsroom,
                             const ContentLimits& limits) {
  const std::string path(root);
  if (content.ByteSizeLong() > limits.max_bytes) {
    return platform::InvalidField(path, absl::StrCat("has ", content.ByteSizeLong(), " bytes; at most ",
                                                     limits.max_bytes, " are allowed (limits.content_bytes)"));
  }
  FieldViolations violations;
  CheckEnum(At(path, "kind"), content.kind(), violations);
  CheckLanguage(At(path, "language"), content.language(), violations);
  bool offered = content.language() == newsroom.source_language();
  for (const auto& language : newsroom.languages()) offered = offered || language == content.language();
  if (!offered) {
    violations.Add(At(path, "language"),
                   absl::StrCat("\"", content.language(), "\" is not a language of ", newsroom.name()));
  }
  CheckText(At(path, "release_line"), content.release_line(), {500}, violations);
  CheckText(At(path, "headline"), content.headline(), {500}, violations);
  CheckText(At(path, "subhead"), content.subhead(), {1000}, violations);
  CheckText(At(path, "notes_heading"), content.notes_heading(), {300}, violations);
  CheckText(At(path, "contacts_heading"), content.contacts_heading(), {300}, violations);
  CheckDateline(At(path, "dateline"), content.dateline(), violations);

  CheckCount(At(path, "body"), content.body_size(), limits.max_blocks, violations);
  CheckCount(At(path, "notes"), content.notes_size(), limits.max_blocks, violations);
  if (content.has_lead()) {
    CheckBlock(At(path, "lead"), content.lead(), violations);
    if (!content.lead().has_paragraph() && !content.lead().has_quote()) {
      violations.Add(At(path, "lead"), "must be a paragraph or a quote");
    }
  }
  for (int i = 0; i < content.body_size(); ++i) CheckBlock(At(path, "body", i), content.body(i), violations);
  for (int i = 0; i < content.notes_size(); ++i) CheckBlock(At(path, "notes", i), content.notes(i), violations);
  CheckCount(At(path, "abouts"), content.abouts_size(), 20, violations);
  for (int i = 0; i < content.abouts_size(); ++i) {
    CheckAbout(At(path, "abouts", i), content.abouts(i), newsroom, violations);
  }
  CheckCount(At(path, "contact_lines"), content.contact_lines_size(), 50, violations);
  for (int i = 0; i < content.contact_lines_size(); ++i) {
    CheckContactLine(At(path, "contact_lines", i), content.contact_lines(i), violations);
  }
  CheckLists(path, content, violations);
  CheckLayout(At(path, "layout"), content.layout(), violations);
  violations.Merge(path, CheckPartIds(content));
  return violations.ToStatus();
}

absl::Status ValidateBlock(std::string_view path, const v1::Block& block) {
  FieldViolations violations;
  CheckBlock(std::string(path), block, violations);
  return violations.ToStatus();
}

absl::Status CheckComplete(std::string_view release, const v1::ReleaseContent& content) {
  std::vector<std::string> missing;
  if (platform::IsBlank(content.headline())) missing.emplace_back("a headline (content.headline)");
  if (!content.has_lead()) missing.emplace_back("a lead (content.lead)");
  if (missing.empty()) return absl::OkStatus();
  return platform::FailedPrecondition(
      platform::Reason::ERROR_REASON_CONTENT_INCOMPLETE, release,
      absl::StrCat(platform::ToAbsl(release), " cannot be submitted: it needs ", absl::StrJoin(missing, " and ")));
}

}  // namespace communique::releases
