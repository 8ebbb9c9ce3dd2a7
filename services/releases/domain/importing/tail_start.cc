// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/tail_start.h"

#include <string_view>
#include <vector>

#include "services/releases/domain/importing/contact_groups.h"
#include "services/releases/domain/importing/headings.h"

namespace communique::releases {
namespace {

using Index = std::size_t;

// Behind an ornament that ends the copy come this many paragraphs without a heading at most.
constexpr Index kTextBehindEnd = 3;

class TailFinder {
 public:
  explicit TailFinder(const ReleaseReading& reading) : reading_(reading), last_(reading.extent.last) {}

  Index Find() {
    LookFromBelow();
    for (Index i = reading_.next; i < last_; ++i) {
      if (reading_.facts[i].mark == MarkKind::kEnd || StartsSection(i)) return i;
      if (reading_.facts[i].mark == MarkKind::kOrnament && EndsCopy(i)) return i;
      // Contacts without a heading: only where no running text follows.
      const bool behind_lead = i > reading_.next;
      if (!behind_lead || text_below_[i]) continue;
      if (StartsContacts(reading_, i, last_) || BeginsContactBlock(reading_, i, last_)) return i;
    }
    return last_;
  }

 private:
  // For each unit: whether running text of the copy may follow.
  void LookFromBelow() {
    text_below_.assign(reading_.units.size() + 1, false);
    end_below_.assign(reading_.units.size() + 1, false);
    for (Index i = last_; i > reading_.next; --i) {
      const UnitFacts& facts = reading_.facts[i - 1];
      const bool ends = facts.mark == MarkKind::kEnd;
      end_below_[i - 1] = end_below_[i] || ends;
      // What stands below an end mark or heading is not the copy.
      const bool section = ends || StartsSection(i - 1);
      text_below_[i - 1] = !section && (text_below_[i] || (facts.paragraph_like && !facts.contact));
    }
    // What counts is what comes behind a unit, not the unit.
    for (Index i = reading_.next; i < last_; ++i) text_below_[i] = text_below_[i + 1];
  }

  std::string_view Below(Index i) const { return i + 1 < last_ ? reading_.Text(i + 1) : std::string_view(); }

  bool StartsSection(Index i) const {
    const std::string_view text = reading_.Text(i);
    if (MatchHeading(text, Cue::kNotes, reading_.vocabulary).has_value()) return true;
    if (i == reading_.next) return false;
    if (MatchAboutHeading(text, Below(i), reading_.vocabulary).has_value()) return true;
    return MatchHeading(text, Cue::kContacts, reading_.vocabulary).has_value() && StartsContacts(reading_, i, last_);
  }

  // "***" ends the copy where what follows is headed as something else, or is little and without an end of its own.
  bool EndsCopy(Index i) const {
    if (end_below_[i + 1]) return false;
    Index next = i + 1;
    while (next < last_ && reading_.facts[next].mark == MarkKind::kOrnament) ++next;
    Index texts = 0;
    for (; next < last_ && texts <= kTextBehindEnd; ++next) {
      if (StartsSection(next) || reading_.facts[next].mark != MarkKind::kNone) return true;
      if (MatchHeading(reading_.Text(next), Cue::kWeakNotes, reading_.vocabulary).has_value()) return true;
      if (StartsContacts(reading_, next, last_)) return true;
      ++texts;
    }
    return texts <= kTextBehindEnd;
  }

  const ReleaseReading& reading_;
  Index last_;
  std::vector<bool> text_below_;
  std::vector<bool> end_below_;
};

}  // namespace

std::size_t FindTail(const ReleaseReading& reading) { return TailFinder(reading).Find(); }

}  // namespace communique::releases
