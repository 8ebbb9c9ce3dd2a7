// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/body_blocks.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "services/releases/domain/importing/headings.h"
#include "services/releases/domain/importing/quote_parser.h"
#include "services/releases/domain/importing/speaker_parser.h"
#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/quotation_marks.h"

namespace communique::releases {
namespace {

using Index = std::size_t;

// A heading inside the body is at most this long.
constexpr std::size_t kWordsOfHeading = 14;
constexpr std::size_t kLongestHeading = 130;
constexpr std::size_t kWordsOfLabel = 4;
// The words that lead up to a quotation in the paragraph below.
constexpr std::size_t kLongestLeadUp = 300;

bool EndsWithColon(std::string_view text) { return text.ends_with(':') || text.ends_with("："); }

// The units from reading.next on whose first lines are list items of one list.
std::vector<TextSpan> ItemsOfList(const ReleaseReading& reading, Index end) {
  std::vector<TextSpan> items;
  const bool counting =
      IsCountingMarker(reading.Text(reading.next).substr(0, ListMarkerSize(reading.Text(reading.next))));
  for (Index i = reading.next; i < end && reading.facts[i].list_item; ++i) {
    const std::string_view text = reading.Text(i);
    if (IsCountingMarker(text.substr(0, ListMarkerSize(text))) != counting) break;
    items.push_back(reading.Span(i));
  }
  return items;
}

// Lines with tabs, one below the other. Behind a bullet a tab is white space.
std::optional<v1::Block> TableAt(const ReleaseReading& reading, Index end, TextSpan& span) {
  if (reading.facts[reading.next].list_item) return std::nullopt;
  Index last = reading.next;
  while (last < end && reading.Text(last).find('\t') != std::string_view::npos &&
         (last == reading.next || !reading.units[last].after_blank)) {
    ++last;
  }
  if (last < reading.next + 2) return std::nullopt;
  span = {reading.units[reading.next].begin, reading.units[last - 1].end};
  return MakeTable(reading.source.text().substr(span.begin, span.end - span.begin));
}

// "We offer:" before a list.
bool LeadsUpToList(const ReleaseReading& reading, Index i, Index end) {
  return i + 1 < end && reading.facts[i + 1].list_item && EndsWithColon(reading.Text(i));
}

bool OpensQuotation(std::string_view text) {
  const auto quoted = FindQuoted(text);
  return !quoted.empty() && quoted.front().begin == 0;
}

// "A. B., chair of X, said:" with the quotation in the paragraph below: one quote.
bool LeadsUpToQuotation(const ReleaseReading& reading, Index i, Index end) {
  if (i + 1 >= end || reading.units[i].length > kLongestLeadUp || !EndsWithColon(reading.Text(i))) return false;
  if (reading.facts[i + 1].list_item || !OpensQuotation(reading.Text(i + 1))) return false;
  const ParsedAttribution who = ParseAttribution(reading.Text(i), reading.known, reading.vocabulary);
  return !who.speaker.display_name().empty();
}

// "Background:" over running text.
bool IsLabelOverText(const ReleaseReading& reading, Index i, Index end) {
  return i + 1 < end && reading.units[i].after_blank && EndsWithColon(reading.Text(i)) &&
         reading.facts[i].words <= kWordsOfLabel && !reading.facts[i].list_item && !reading.facts[i].contact &&
         reading.facts[i + 1].paragraph_like && !reading.facts[i + 1].list_item && !OpensQuotation(reading.Text(i + 1));
}

bool HasWebAddress(std::string_view text) {
  const auto addresses = FindAddresses(text);
  return std::any_of(addresses.begin(), addresses.end(),
                     [](const Address& address) { return address.kind == Address::Kind::kUrl; });
}

// A short line that introduces running text.
bool IsHeading(const ReleaseReading& reading, Index end) {
  const Index i = reading.next;
  const UnitFacts& facts = reading.facts[i];
  if (IsLabelOverText(reading, i, end)) return true;
  if (!facts.title_like || facts.contact || facts.words > kWordsOfHeading ||
      reading.units[i].length > kLongestHeading) {
    return false;
  }
  if (i + 1 >= end || facts.of_the_page()) return false;
  // "Where: Press room III" is an answer.
  if (MatchHeading(reading.Text(i), Cue::kAdvisory, reading.vocabulary).has_value()) return false;
  const UnitFacts& below = reading.facts[i + 1];
  // "Related links" over addresses.
  const bool apart = reading.units[i].after_blank && facts.words <= kWordsOfLabel;
  if (apart && !below.contact && HasWebAddress(reading.Text(i + 1))) return true;
  return below.paragraph_like || below.list_item || LeadsUpToList(reading, i + 1, end);
}

}  // namespace

v1::Block ReadParagraph(ReleaseReading& reading, TextSpan span) {
  const std::string_view text = reading.source.text().substr(span.begin, span.end - span.begin);
  const v1::Block* before = reading.builder.last_block();
  const v1::Quote* quote_before = before != nullptr && before->has_quote() ? &before->quote() : nullptr;
  const std::size_t begin = reading.units[reading.extent.first].begin;
  reading.known.text_before = reading.source.text().substr(begin, span.begin - begin);
  auto parsed = ParseQuote(text, quote_before, reading.vocabulary, reading.known);
  if (!parsed.has_value()) return MakeParagraph(text);
  if (parsed->several_speakers) {
    reading.findings.Add(
        kSeveralSpeakersRule, v1::Finding::SEVERITY_HINT, span.begin, span.end,
        "This paragraph quotes more than one person. A quote has one speaker, so it was left a paragraph; "
        "one paragraph for each speaker would let both be found and cleared.");
    return MakeParagraph(text);
  }
  v1::Block block;
  *block.mutable_quote() = std::move(parsed->quote);
  return block;
}

void ReadBlock(ReleaseReading& reading, std::size_t end, std::size_t offset, const AddBlock& add) {
  const Index i = reading.next;
  const Unit& unit = reading.units[i];
  TextSpan span{unit.begin + offset, unit.end};
  if (offset == 0) {
    TextSpan table_span;
    if (auto table = TableAt(reading, end, table_span)) {
      while (reading.next < end && reading.units[reading.next].begin < table_span.end) ++reading.next;
      return add(*std::move(table), table_span);
    }
    if (reading.facts[i].list_item) {
      const std::vector<TextSpan> items = ItemsOfList(reading, end);
      reading.next += items.size();
      return add(MakeList(reading.source.text(), items), {items.front().begin, items.back().end});
    }
    if (IsHeading(reading, end)) {
      ++reading.next;
      return add(MakeHeading(reading.Text(i)), span);
    }
  }
  if (offset == 0 && LeadsUpToQuotation(reading, i, end)) {
    span.end = reading.units[i + 1].end;
    ++reading.next;
  }
  add(ReadParagraph(reading, span), span);
  ++reading.next;
  if (reading.next >= end) return;
  v1::Block* block = reading.builder.last_block();
  if (block == nullptr || !block->has_quote()) return;
  const TextSpan below = reading.Span(reading.next);
  const std::string_view gap = reading.source.text().substr(span.end, below.begin - span.end);
  if (AddAttributionLine(gap, reading.Text(reading.next), reading.vocabulary, reading.known, *block->mutable_quote())) {
    reading.builder.ExtendLast(below.end);
    ++reading.next;
  }
}

}  // namespace communique::releases
