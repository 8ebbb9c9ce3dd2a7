// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/extent.h"

#include <algorithm>

#include "services/releases/domain/importing/headings.h"
#include "services/releases/domain/importing/page_end.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

using Index = std::size_t;

// How far above its dateline or lead a release's head reaches, and its top above the head.
constexpr Index kHeadReach = 5;
constexpr Index kTopReach = 8;
// Lines of a letterhead at most; more are a page.
constexpr Index kLetterhead = 6;
// A headline has this many words or characters, where there is a choice.
constexpr std::size_t kWordsOfHeadline = 4;
constexpr std::size_t kLengthOfHeadline = 28;
constexpr std::size_t kLongestDeck = 420;

class ExtentFinder {
 public:
  ExtentFinder(const SourceText& source, const std::vector<Unit>& units, const std::vector<UnitFacts>& facts,
               std::string_view language, const Vocabulary& vocabulary)
      : source_(source), units_(units), facts_(facts), language_(language), vocabulary_(vocabulary) {}

  std::optional<Extent> Find() {
    FindDateline();
    if (extent_.dateline_unit.has_value()) {
      FindHeadByDateline();
    } else if (!FindHeadByTopMatter() && !FindHeadByText()) {
      return std::nullopt;
    }
    FindFirst();
    extent_.last = FindPageEnd(source_, units_, facts_, extent_.body, vocabulary_);
    return extent_;
  }

 private:
  std::string_view Text(Index i) const { return units_[i].In(source_.text()); }

  // "Press office | Example Relief" is a letterhead.
  bool IsHeadline(Index i) const {
    if (Text(i).find(" | ") != std::string_view::npos) return false;
    return facts_[i].words >= kWordsOfHeadline || units_[i].length >= kLengthOfHeadline;
  }

  // May belong to the head above a dateline: a headline, or the deck below it.
  bool MayBeInHead(Index i) const {
    const UnitFacts& facts = facts_[i];
    return !facts.list_item && facts.mark == MarkKind::kNone && !facts.of_the_page() && !facts.top_matter() &&
           !facts.contact && !facts.codes && facts.words > 0 && units_[i].length <= kLongestDeck &&
           !MatchHeading(Text(i), Cue::kContacts, vocabulary_).has_value();
  }

  // A dateline alone on its line is one where the release goes on below it.
  bool IsFollowedByText(Index i) const {
    for (Index j = i + 1; j < units_.size() && j <= i + 4; ++j) {
      if (facts_[j].paragraph_like && !facts_[j].contact) return true;
    }
    return false;
  }

  // Whether a date and place begin the text below unit `i`.
  bool HasDatelineBelow(Index i) const {
    for (Index j = i + 1; j < units_.size() && j <= i + kHeadReach; ++j) {
      if (facts_[j].of_the_page() || facts_[j].list_item || facts_[j].top_matter()) continue;
      const auto parsed = ParseDateline(Text(j), language_, vocabulary_);
      if (parsed.has_value() && parsed->dated && parsed->dateline.places_size() > 0) return true;
      if (facts_[j].paragraph_like) return false;
    }
    return false;
  }

  void FindDateline() {
    bool text_before = false;
    for (Index i = 0; i < units_.size(); ++i) {
      const bool possible = !facts_[i].of_the_page() && !facts_[i].list_item && facts_[i].mark == MarkKind::kNone &&
                            !facts_[i].embargo && !facts_[i].release_line && !facts_[i].stamp;
      // A page's own text is no sign that the release has begun.
      if (possible) {
        const auto parsed = ParseDateline(Text(i), language_, vocabulary_);
        const bool dated = parsed.has_value() && parsed->dated;
        const bool placed = dated && parsed->dateline.places_size() > 0;
        if ((placed || (dated && parsed->alone && !text_before)) && (!parsed->alone || IsFollowedByText(i))) {
          // A date alone is the page's where the text has a dateline of its own.
          if (!placed && HasDatelineBelow(i)) continue;
          extent_.dateline_unit = i;
          extent_.dateline = *parsed;
          return;
        }
        // "GENEVA – The …" without a date: the first running text only, or a place and agency alone above it.
        const bool above_text =
            parsed.has_value() && parsed->alone && IsFollowedByText(i) && !IsBlank(parsed->dateline.separator());
        if (parsed.has_value() && !dated && !text_before && (facts_[i].paragraph_like || above_text)) {
          extent_.dateline_unit = i;
          extent_.dateline = *parsed;
          return;
        }
      }
      if (facts_[i].paragraph_like && !facts_[i].of_the_page()) text_before = true;
      // Behind the copy's end there is no dateline to come.
      if (facts_[i].mark == MarkKind::kEnd && text_before) return;
    }
  }

  // The titles and decks right above unit `end`, topmost first.
  std::vector<Index> HeadAbove(Index end, bool titles_only) const {
    std::vector<Index> head;
    for (Index i = end; i > 0 && head.size() < kHeadReach && end - i < kTopReach; --i) {
      if (facts_[i - 1].codes && !facts_[i - 1].of_the_page()) continue;
      if (!MayBeInHead(i - 1) || (titles_only && !facts_[i - 1].title_like)) break;
      head.insert(head.begin(), i - 1);
    }
    return head;
  }

  // The topmost line of a head that is long enough; the last one when none is.
  std::optional<Index> HeadlineOf(const std::vector<Index>& head) const {
    for (const Index i : head) {
      if (facts_[i].title_like && IsHeadline(i)) return i;
    }
    for (auto i = head.rbegin(); i != head.rend(); ++i) {
      if (facts_[*i].title_like) return *i;
    }
    return std::nullopt;
  }

  void FindHeadByDateline() {
    const Index at = *extent_.dateline_unit;
    std::vector<Index> head = HeadAbove(at, false);
    // Points in a list between headline and dateline.
    Index points = at;
    while (head.empty() && points > 0 && facts_[points - 1].list_item && at - points < kTopReach) --points;
    if (head.empty() && points < at) head = HeadAbove(points, true);
    const bool long_enough =
        std::any_of(head.begin(), head.end(), [&](Index i) { return IsHeadline(i) && !IsLetterhead(i); });
    const bool document_below = at + 1 < units_.size() && facts_[at + 1].top_matter();
    // A letter's head: place and date stand above the headline.
    if (extent_.dateline.alone && (!long_enough || document_below)) {
      const auto below = HeadlineBelow(at + 1);
      if (below.has_value()) {
        extent_.headline = below;
        extent_.body = *below + 1;
        return;
      }
    }
    extent_.headline = HeadlineOf(head);
    extent_.body = extent_.headline.has_value() ? *extent_.headline + 1 : at;
  }

  // Begins with a word for an organisation: "Service de la communication". Above place and date, with a title below
  // them, that is who writes.
  bool IsLetterhead(Index i) const {
    const FoldedTokens tokens = vocabulary_.Tokens(Text(i));
    return tokens.IsWord(0) && vocabulary_.Has(Cue::kOrganization, tokens.Folded(0));
  }

  // The title at unit `i` or behind lines about the document there.
  std::optional<Index> HeadlineBelow(Index i) const {
    while (i + 1 < units_.size() && ((facts_[i].top_matter() && facts_[i + 1].title_like) || facts_[i].codes)) ++i;
    if (i >= units_.size() || !facts_[i].title_like || facts_[i].of_the_page() || facts_[i].contact)
      return std::nullopt;
    return i + 1 < units_.size() ? std::optional(i) : std::nullopt;
  }

  bool FindHeadByTopMatter() {
    Index top = 0;
    while (top < units_.size() && !facts_[top].top_matter()) ++top;
    // Far down, or below running text, such a line is not the top of anything.
    for (Index i = 0; i < top && i < units_.size(); ++i) {
      if (facts_[i].paragraph_like && !facts_[i].of_the_page()) return false;
    }
    if (top >= units_.size()) return false;
    Index behind = top;
    while (behind < units_.size() && IsAboveHeadline(behind)) ++behind;
    if (behind < units_.size() && facts_[behind].title_like && !facts_[behind].of_the_page()) {
      extent_.headline = behind;
      extent_.body = behind + 1;
      return true;
    }
    // "Statement by A. B." is the headline itself, even with the embargo below it.
    for (Index i = behind; i > top && !extent_.headline.has_value(); --i) {
      const UnitFacts& facts = facts_[i - 1];
      const bool names_itself = facts.title_like && facts.document && !facts.embargo && !facts.release_line;
      if (names_itself && (i == behind || IsHeadline(i - 1))) extent_.headline = i - 1;
    }
    extent_.body = extent_.headline.has_value() ? *extent_.headline + 1 : behind;
    return behind < units_.size();
  }

  // Lines about the document, and contacts that stand above the headline.
  bool IsAboveHeadline(Index i) const {
    const UnitFacts& facts = facts_[i];
    if (facts.codes) return true;
    if (facts.top_matter()) {
      // The last one is the headline when running text follows at once.
      const bool title_follows = i + 1 < units_.size() && !facts_[i + 1].paragraph_like;
      return facts.embargo || facts.release_line || title_follows || facts.words <= 3;
    }
    return InContactsAbove(i);
  }

  // A contact, or a short line between the beginning of contacts and one.
  bool InContactsAbove(Index i) const {
    if (facts_[i].contact && !facts_[i].paragraph_like) return true;
    if (MatchHeading(Text(i), Cue::kContacts, vocabulary_).has_value()) return true;
    if (i == 0 || units_[i].after_blank || units_[i].length > 120) return false;
    for (Index j = i; j > 0 && !units_[j].after_blank; --j) {
      if (facts_[j - 1].contact || MatchHeading(Text(j - 1), Cue::kContacts, vocabulary_).has_value()) return true;
    }
    return false;
  }

  bool FindHeadByText() {
    Index text = 0;
    while (text < units_.size() &&
           (!facts_[text].paragraph_like || facts_[text].of_the_page() || facts_[text].list_item)) {
      ++text;
    }
    if (text == units_.size()) return FindAnyTitle();
    // A salutation between title and text belongs to the text.
    Index body = text;
    while (body > 0 && text - body < 3 && MayBeInHead(body - 1) && !facts_[body - 1].title_like) --body;
    const std::vector<Index> head = HeadAbove(body, true);
    extent_.headline = HeadlineOf(head);
    extent_.body = extent_.headline.has_value() ? *extent_.headline + 1 : body;
    return true;
  }

  // No running text at all: the first line that is not of a page.
  bool FindAnyTitle() {
    for (Index i = 0; i < units_.size(); ++i) {
      if (facts_[i].of_the_page() || facts_[i].lone_bullet) continue;
      const bool in_menu = facts_[i].list_item && AnyOfThePage(0, units_.size());
      if (in_menu) continue;
      if (facts_[i].title_like) extent_.headline = i;
      extent_.body = facts_[i].title_like ? i + 1 : i;
      return true;
    }
    return false;
  }

  bool AnyOfThePage(Index begin, Index end) const {
    for (Index i = begin; i < end; ++i) {
      if (facts_[i].of_the_page()) return true;
    }
    return false;
  }

  // Reads upwards from the head: lines about the document and contacts belong to the release, menus do not.
  void FindFirst() {
    Index first = extent_.headline.value_or(extent_.body);
    if (extent_.dateline_unit.has_value()) first = std::min(first, *extent_.dateline_unit);
    for (Index i = first; i > 0 && first - i < kTopReach; --i) {
      const UnitFacts& facts = facts_[i - 1];
      if (facts.of_the_page() && !facts.contact) break;
      const bool belongs =
          facts.top_matter() || facts.codes || facts.contact || IsContactsHeading(i - 1) || IsDateAlone(i - 1);
      if (belongs) first = i - 1;
    }
    extent_.first = LooksLikePage(first) ? first : 0;
  }

  bool IsContactsHeading(Index i) const {
    return units_[i].length <= 80 && MatchHeading(Text(i), Cue::kContacts, vocabulary_).has_value();
  }

  bool IsDateAlone(Index i) const {
    const auto parsed = ParseDateline(Text(i), language_, vocabulary_);
    return parsed.has_value() && parsed->dated && parsed->alone;
  }

  // Whether units [0, end) are a page's head rather than a letterhead.
  bool LooksLikePage(Index end) const {
    if (end == 0) return true;
    if (end > kLetterhead || AnyOfThePage(0, end)) return true;
    const auto items = std::count_if(facts_.begin(), facts_.begin() + static_cast<std::ptrdiff_t>(end),
                                     [](const UnitFacts& facts) { return facts.list_item; });
    return items >= 2;
  }

  const SourceText& source_;
  const std::vector<Unit>& units_;
  const std::vector<UnitFacts>& facts_;
  std::string_view language_;
  const Vocabulary& vocabulary_;
  Extent extent_;
};

}  // namespace

std::optional<Extent> FindExtent(const SourceText& source, const std::vector<Unit>& units,
                                 const std::vector<UnitFacts>& facts, std::string_view language,
                                 const Vocabulary& vocabulary) {
  return ExtentFinder(source, units, facts, language, vocabulary).Find();
}

}  // namespace communique::releases
