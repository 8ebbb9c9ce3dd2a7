// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/testing/import_summary.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "services/releases/domain/text/part_ids.h"
#include "services/releases/domain/text/plain_text.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

std::string OneLine(std::string text) {
  std::replace(text.begin(), text.end(), '\n', '~');
  std::replace(text.begin(), text.end(), '\r', '~');
  return text;
}

std::string Short(std::string_view text) {
  const std::string_view head = FirstCodePoints(text, 60);
  return OneLine(std::string(head)) + (head.size() < text.size() ? "…" : "");
}

std::string ShowDate(const google::type::Date& date) {
  return std::to_string(date.year()) + "-" + std::to_string(date.month()) + "-" + std::to_string(date.day());
}

std::string ShowDateline(const v1::Dateline& dateline) {
  std::string text;
  for (const v1::DatelinePlace& place : dateline.places()) text += " <" + place.label() + ">";
  if (dateline.has_date()) text += " " + ShowDate(dateline.date());
  return text + " separator \"" + OneLine(dateline.separator()) + "\"";
}

std::string ShowSpeaker(const v1::Speaker& speaker) {
  if (speaker.display_name().empty()) return "nobody";
  std::string text =
      speaker.honorific().empty() ? speaker.display_name() : speaker.honorific() + " " + speaker.display_name();
  for (const v1::SpeakerRole& role : speaker.roles()) {
    text += " | " + role.title();
    if (!role.organization().empty()) text += " @ " + role.organization();
  }
  return text;
}

std::string ShowQuote(const v1::Quote& quote) {
  std::string placement = v1::Quote::Placement_Name(quote.placement()).substr(10);
  if (quote.continued()) placement += " continued";
  std::string text = "\n      " + placement + " by " + ShowSpeaker(quote.speaker());
  for (const v1::QuoteSpan& span : quote.spans()) {
    if (!span.has_quotation()) continue;
    const v1::Quotation& quotation = span.quotation();
    text +=
        "\n      " + OneLine(quotation.opening()) + " " + Short(quotation.text()) + " " + OneLine(quotation.closing());
  }
  return text;
}

std::string ShowContact(const v1::ContactLine& line) {
  std::string text;
  for (const v1::ContactSegment& segment : line.segments()) {
    if (segment.kind() == v1::ContactSegment::KIND_TEXT) continue;
    text += "\n      " + v1::ContactSegment::Kind_Name(segment.kind()).substr(5) + " " + segment.value();
  }
  return text;
}

std::string ShowBlock(const v1::Block& block) {
  if (block.has_quote()) return ShowQuote(block.quote());
  if (block.has_list()) return " of " + std::to_string(block.list().items_size());
  if (block.has_table()) return " of " + std::to_string(block.table().rows_size()) + " rows";
  std::string links;
  for (const v1::Markup& markup : block.paragraph().markup()) links += "\n      link " + markup.uri();
  return links;
}

std::string ShowPart(const v1::RecognizedPart& part, const v1::ReleaseContent& content) {
  std::string text = "  " + std::to_string(part.line()) + ":" + std::to_string(part.column()) + " " + part.kind();
  if (const v1::Block* block = FindBlock(content, part.part_id())) {
    if (part.kind() == "lead" || part.kind() == "note" || part.kind() == "about") {
      text += block->has_list() ? " list" : block->has_heading() ? " heading" : block->has_table() ? " table" : "";
    }
    text += " " + Short(part.excerpt()) + ShowBlock(*block);
    return text;
  }
  text += " " + Short(part.excerpt());
  if (part.kind() == "dateline") text += "\n     " + ShowDateline(content.dateline());
  for (const v1::ContactLine& line : content.contact_lines()) {
    if (line.part_id() == part.part_id()) text += ShowContact(line);
  }
  return text;
}

std::string ShowFragments(const v1::ImportReport& report) {
  std::string text;
  for (const v1::Fragment& fragment : report.fragments()) {
    if (fragment.role() == v1::Fragment::ROLE_SPACE) continue;
    text += "fragment " + v1::Fragment::Role_Name(fragment.role()).substr(5) + " from line " +
            std::to_string(fragment.line()) + "\n";
  }
  return text;
}

}  // namespace

std::string Summarize(const ImportResult& result) {
  const v1::ReleaseContent& content = result.content;
  std::string text = "kind " + v1::ReleaseKind_Name(content.kind()).substr(13) + "\n";
  if (!result.reference_number.empty()) text += "reference number " + result.reference_number + "\n";
  if (result.embargo.has_value()) {
    text += "embargo until " + result.embargo->end().local() + " " + result.embargo->end().time_zone() + "\n";
  }
  text += ShowFragments(result.report);
  for (const v1::RecognizedPart& part : result.report.parts()) text += ShowPart(part, content) + "\n";
  for (const v1::Event& event : content.events()) {
    text += "event " + event.title() + " | " + event.place() + " | " + ShowDate(event.start_date()) + " | " +
            event.details() + "\n";
  }
  for (const v1::Section& section : result.report.proposed_sections()) {
    text += "section " + section.name();
    if (!section.parent_section().empty()) text += " below " + section.parent_section();
    text += " \"" + section.texts(0).title() + "\" " + Short(section.texts(0).text()) + "\n";
  }
  for (const v1::Finding& finding : result.report.findings()) {
    text += "finding " + std::to_string(finding.line()) + ":" + std::to_string(finding.column()) + " " +
            finding.rule() + " " + Short(finding.excerpt()) + "\n";
  }
  return text;
}

std::string Reassemble(const ImportResult& result) {
  std::string file;
  for (const v1::Fragment& fragment : result.report.fragments()) {
    if (fragment.role() == v1::Fragment::ROLE_RELEASE) {
      file += RenderPlainText(result.content);
    } else {
      file += fragment.text();
    }
  }
  return file;
}

std::vector<std::string> FilesIn(const std::string& folder, std::string_view ending) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().string().ends_with(ending)) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string ReadFile(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string LanguageOf(const std::string& path) {
  const std::string stem = std::filesystem::path(path).stem().string();
  return stem.substr(stem.rfind('.') + 1);
}

}  // namespace communique::releases
