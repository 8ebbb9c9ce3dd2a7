// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <utility>

#include "services/releases/domain/importing/body_blocks.h"
#include "services/releases/domain/importing/headings.h"
#include "services/releases/domain/importing/release_parser.h"
#include "services/releases/domain/importing/tail_start.h"

namespace communique::releases {
namespace {

using Index = std::size_t;

class BodyReader {
 public:
  explicit BodyReader(ReleaseReading& reading) : reading_(reading), end_(FindTail(reading)) {}

  void Read() {
    ReadLead();
    while (reading_.next < end_) {
      const Index i = reading_.next;
      if (reading_.facts[i].mark != MarkKind::kNone) {
        reading_.builder.AddBody(MakeSeparator(reading_.Text(i)), reading_.Span(i));
        ++reading_.next;
        continue;
      }
      ReadBlock(reading_, end_, 0,
                [&](v1::Block block, TextSpan span) { reading_.builder.AddBody(std::move(block), span); });
      if (reading_.next == i + 1) Judge(i);
    }
  }

 private:
  // The first block: behind the dateline in the same paragraph, or the next one.
  void ReadLead() {
    const Extent& extent = reading_.extent;
    const bool run_in = extent.dateline_unit == reading_.next && !extent.dateline.alone;
    if (reading_.next >= end_ || reading_.facts[reading_.next].mark != MarkKind::kNone) return;
    if (!run_in && (reading_.facts[reading_.next].list_item || IsHeadingBeforeText())) return;
    const std::size_t offset = run_in ? extent.dateline.size : 0;
    TextSpan span = reading_.Span(reading_.next);
    span.begin += offset;
    reading_.builder.AddLead(ReadParagraph(reading_, span), span);
    ++reading_.next;
  }

  // A heading comes first: what follows it is a part of the body, and there is no lead to speak of.
  bool IsHeadingBeforeText() const {
    const Index i = reading_.next;
    return reading_.facts[i].title_like && i + 1 < end_ && reading_.facts[i + 1].list_item;
  }

  // A line that is neither a heading nor a sentence may belong to the page.
  void Judge(Index i) {
    const UnitFacts& facts = reading_.facts[i];
    const v1::Block* block = reading_.builder.last_block();
    if (block == nullptr || !block->has_paragraph() || !facts.title_like || facts.contact || facts.words > 8) return;
    if (MatchHeading(reading_.Text(i), Cue::kAdvisory, reading_.vocabulary).has_value()) return;
    reading_.findings.Add(
        kUnclassifiedRule, v1::Finding::SEVERITY_HINT, reading_.units[i].begin, reading_.units[i].end,
        "This short line is neither a sentence nor a heading over one. It was kept as a paragraph; take it "
        "out if it belongs to the page.");
  }

  ReleaseReading& reading_;
  Index end_;
};

}  // namespace

void ReadBody(ReleaseReading& reading) { BodyReader(reading).Read(); }

}  // namespace communique::releases
