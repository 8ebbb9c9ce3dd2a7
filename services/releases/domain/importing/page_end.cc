// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/page_end.h"

#include "services/releases/domain/importing/headings.h"

namespace communique::releases {
namespace {

// A paragraph of this many words behind a share button is still the release.
constexpr std::size_t kWordsOfText = 25;
// How far below its heading a contact's address may stand.
constexpr std::size_t kReachOfHeading = 7;

// Whether the lines from unit `i` on, up to the next empty one, say how to reach somebody.
bool HasContactBelow(const std::vector<Unit>& units, const std::vector<UnitFacts>& facts, std::size_t i) {
  for (const std::size_t first = i; i < units.size() && i < first + kReachOfHeading; ++i) {
    if (i > first && units[i].after_blank) return false;
    if (facts[i].contact) return true;
  }
  return false;
}

}  // namespace

std::size_t FindPageEnd(const SourceText& source, const std::vector<Unit>& units, const std::vector<UnitFacts>& facts,
                        std::size_t body, const Vocabulary& vocabulary) {
  // From the end upwards: whether something that only a release has, or running text, follows.
  bool release_follows = false;
  bool text_follows = false;
  std::size_t end = units.size();
  for (std::size_t i = units.size(); i > body; --i) {
    const UnitFacts& unit = facts[i - 1];
    const std::string_view text = units[i - 1].In(source.text());
    // "Contact:" is over something, "Contact" may be an entry of a menu.
    const bool contacts_heading =
        (!unit.navigation || text.ends_with(':')) && MatchHeading(text, Cue::kContacts, vocabulary).has_value();
    const bool data_below = HasContactBelow(units, facts, i);
    // A footer has contacts, too; but under no heading, and with none of the marks of a release.
    // "Who we are" over a text is no entry of a menu.
    const bool about = i < units.size() && facts[i].paragraph_like && !facts[i].of_the_page() &&
                       MatchAboutHeading(text, units[i].In(source.text()), vocabulary).has_value();
    if ((unit.mark == MarkKind::kEnd || MatchHeading(text, Cue::kNotes, vocabulary).has_value()) ||
        (contacts_heading && (unit.contact || data_below)) || about) {
      release_follows = true;
    }
    if (release_follows) break;
    const bool behind_text = i - 1 > body;
    if (unit.page_end && behind_text) {
      end = i - 1;
      continue;
    }
    if (unit.paragraph_like && unit.words >= kWordsOfText && !unit.furniture) text_follows = true;
    if (unit.of_the_page() && !text_follows && !unit.list_item) end = i - 1;
  }
  return end;
}

}  // namespace communique::releases
