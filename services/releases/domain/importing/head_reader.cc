// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <string>

#include "services/releases/domain/importing/body_blocks.h"
#include "services/releases/domain/importing/contact_groups.h"
#include "services/releases/domain/importing/headings.h"
#include "services/releases/domain/importing/release_parser.h"
#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/fold.h"

namespace communique::releases {
namespace {

using Index = std::size_t;

constexpr std::size_t kLongestSubhead = 1000;
constexpr Index kLinesOfHeadline = 2;
constexpr std::size_t kWordsOfKind = 3;
constexpr Index kReachOfStamp = 3;
// "Subhead: …".
constexpr std::size_t kLongestLabel = 20;

class HeadReader {
 public:
  explicit HeadReader(ReleaseReading& reading) : reading_(reading), extent_(reading.extent) {}

  void Read() {
    reading_.next = extent_.first;
    const Index head = HeadBegin();
    while (reading_.next < head) ReadAbove(head);
    if (extent_.headline.has_value() && reading_.next == *extent_.headline) {
      const Index last = LastOfHeadline();
      reading_.builder.AddHeadline({reading_.units[reading_.next].begin, reading_.units[last].end});
      reading_.next = last + 1;
      SetKindByHeadline();
    }
    const bool dateline_below = extent_.dateline_unit.has_value() && *extent_.dateline_unit >= reading_.next;
    const Index body = dateline_below ? *extent_.dateline_unit : BodyBegin();
    while (reading_.next < body) ReadBelow(body);
    if (dateline_below) ReadDateline();
  }

 private:
  Index HeadBegin() const {
    Index head = extent_.headline.value_or(extent_.body);
    if (!extent_.headline.has_value() && extent_.dateline_unit.has_value()) head = *extent_.dateline_unit;
    return head;
  }

  // The unit a headline ends with: in a text broken into short lines by hand, it may go on in the next one. Where
  // subheads follow without an empty line between, nobody can tell, so that has to be how the text parts its
  // paragraphs.
  Index LastOfHeadline() const {
    const Index first = reading_.next;
    Index last = first;
    while (last < first + kLinesOfHeadline && WrapWidth(reading_.source) > 0 && GoesOnInHeadline(first, last + 1)) {
      ++last;
    }
    return last;
  }

  bool GoesOnInHeadline(Index first, Index i) const {
    if (i + 1 >= extent_.last || extent_.dateline_unit == i || !reading_.units[i + 1].after_blank) return false;
    const UnitFacts& facts = reading_.facts[i];
    const bool of_the_text = facts.title_like && !facts.contact && !facts.codes && !facts.top_matter() &&
                             !facts.of_the_page() && !reading_.units[i].after_blank;
    const bool labeled = reading_.Text(i).substr(0, kLongestLabel).find(": ") != std::string_view::npos;
    return of_the_text && !labeled && LooksAcronym(reading_.Text(first)) == LooksAcronym(reading_.Text(i));
  }

  // Behind what a page says about when, where it stands close below the headline; else right below it.
  Index BehindStamp() const {
    for (Index i = reading_.next; i < extent_.last && i < reading_.next + kReachOfStamp; ++i) {
      if (reading_.facts[i].codes) return i + 1;
      if (reading_.facts[i].list_item || reading_.facts[i].contact) break;
    }
    return reading_.next;
  }

  // Without a dateline, decks are told from running text by their form.
  Index BodyBegin() const {
    Index body = BehindStamp();
    const Index decks = body + 2;
    while (body < extent_.last && body < decks && IsDeck(body)) ++body;
    // What is known in points, then the text.
    Index points = body;
    while (points < extent_.last && reading_.facts[points].list_item) ++points;
    const bool text_below = points < extent_.last && reading_.facts[points].paragraph_like;
    return points > body && text_below ? points : body;
  }

  bool IsDeck(Index i) const {
    const UnitFacts& facts = reading_.facts[i];
    const bool text_below = i + 1 < extent_.last && (reading_.facts[i + 1].paragraph_like || IsDeck(i + 1));
    if (facts.embargo || facts.release_line) return text_below;
    return facts.title_like && !facts.contact && !facts.of_the_page() && !facts.list_item && text_below &&
           facts.words >= 3 && !MatchHeading(reading_.Text(i), Cue::kAdvisory, reading_.vocabulary).has_value();
  }

  void ReadAbove(Index head) {
    const Index i = reading_.next;
    if (extent_.dateline_unit.has_value() && i == *extent_.dateline_unit) return ReadDateline();
    const UnitFacts& facts = reading_.facts[i];
    if (IsAboutDocument(i) && reading_.builder.content().release_line().empty()) return ReadReleaseLine(head);
    if (StartsContacts(reading_, i, head)) return ReadContacts(reading_, head);
    reading_.builder.AddBody(MakeParagraph(reading_.Text(i)), reading_.Span(i));
    if (!facts.top_matter()) AddUnclassified(i, "stands above the headline");
    ++reading_.next;
  }

  bool IsAboutDocument(Index i) const {
    if (extent_.dateline_unit == i) return false;
    // "PERSBERICHT", in a language whose words are not known.
    if (i == extent_.first && reading_.vocabulary.of_all_languages() && reading_.facts[i].words <= kWordsOfKind &&
        LooksAcronym(reading_.Text(i))) {
      return true;
    }
    return reading_.facts[i].top_matter() || reading_.facts[i].codes || IsDateAlone(i);
  }

  bool IsDateAlone(Index i) const {
    const auto parsed = ParseDateline(reading_.Text(i), reading_.language, reading_.vocabulary);
    return parsed.has_value() && parsed->dated && parsed->alone;
  }

  // The lines about the document that stand together are one part.
  void ReadReleaseLine(Index head) {
    const Index first = reading_.next;
    Index last = first;
    for (Index i = first; i < head && IsAboutDocument(i); ++i) {
      if (reading_.facts[i].document) SetKind(reading_.facts[i].document_kind);
      last = i;
      reading_.next = i + 1;
    }
    reading_.builder.AddReleaseLine({reading_.units[first].begin, reading_.units[last].end});
  }

  void SetKind(v1::ReleaseKind kind) {
    if (kind != v1::RELEASE_KIND_UNSPECIFIED) reading_.builder.content().set_kind(kind);
  }

  // "Joint statement by ..." says it in the headline.
  void SetKindByHeadline() {
    v1::ReleaseContent& content = reading_.builder.content();
    if (content.kind() != v1::RELEASE_KIND_PRESS_RELEASE) return;
    const FoldedTokens tokens = reading_.vocabulary.Tokens(std::string_view(content.headline()).substr(0, 120));
    const auto match = reading_.vocabulary.Match(Cue::kDocument, tokens, 0);
    if (match.has_value()) SetKind(static_cast<v1::ReleaseKind>(match->value));
  }

  // Between headline and dateline: the subhead, points, and what else stands there.
  void ReadBelow(Index body) {
    const Index i = reading_.next;
    const UnitFacts& facts = reading_.facts[i];
    if (facts.list_item) {
      return ReadBlock(reading_, body, 0,
                       [&](v1::Block block, TextSpan span) { reading_.builder.AddBody(std::move(block), span); });
    }
    const bool subhead = reading_.builder.content().subhead().empty() && !facts.of_the_page() && !facts.top_matter() &&
                         !facts.codes && !facts.contact && reading_.units[i].length <= kLongestSubhead;
    if (subhead) {
      reading_.builder.AddSubhead(reading_.Span(i));
    } else if ((facts.top_matter() || facts.codes) && reading_.builder.content().release_line().empty()) {
      return ReadReleaseLine(body);
    } else {
      reading_.builder.AddBody(MakeParagraph(reading_.Text(i)), reading_.Span(i));
      AddUnclassified(i, "stands between the headline and the text");
    }
    ++reading_.next;
  }

  void ReadDateline() {
    const Index i = *extent_.dateline_unit;
    const std::size_t begin = reading_.units[i].begin;
    reading_.builder.AddDateline(extent_.dateline.dateline, {begin, begin + extent_.dateline.size});
    for (const v1::DatelinePlace& place : extent_.dateline.dateline.places()) {
      reading_.known.places.insert(Fold(place.label()));
    }
    reading_.next = i;
    if (extent_.dateline.alone) ++reading_.next;
  }

  void AddUnclassified(Index i, const std::string& where) {
    reading_.findings.Add(
        kUnclassifiedRule, v1::Finding::SEVERITY_HINT, reading_.units[i].begin, reading_.units[i].end,
        "This line " + where +
            " and was not recognised as anything. It was kept as a paragraph; take it out if it belongs to "
            "the page or the letterhead.");
  }

  ReleaseReading& reading_;
  const Extent& extent_;
};

}  // namespace

void ReadHead(ReleaseReading& reading) { HeadReader(reading).Read(); }

}  // namespace communique::releases
