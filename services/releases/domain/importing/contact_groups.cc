// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/contact_groups.h"

#include <algorithm>
#include <string_view>

#include "services/releases/domain/importing/contact_parser.h"
#include "services/releases/domain/importing/headings.h"
#include "services/releases/domain/text/addresses.h"

namespace communique::releases {
namespace {

using Index = std::size_t;

// A line of a contact is shorter; a longer one with an address in it is a sentence of its own.
constexpr std::size_t kWordsOfLine = 40;
// How far below its heading a contact's address may stand.
constexpr Index kReach = 7;
constexpr std::size_t kWordsOfShortLine = 12;

bool HasAddress(std::string_view line) {
  const auto addresses = FindAddresses(line.substr(0, 2000));
  return std::any_of(addresses.begin(), addresses.end(),
                     [](const Address& address) { return address.kind != Address::Kind::kUrl; });
}

bool IsWebAddressOnly(std::string_view line) {
  const auto addresses = FindAddresses(line.substr(0, 2000));
  return !addresses.empty() && !HasAddress(line);
}

class ContactsReader {
 public:
  ContactsReader(ReleaseReading& reading, Index end) : reading_(reading), end_(std::min(end, reading.extent.last)) {}

  void Read() {
    ReadHeading();
    while (reading_.next < end_ && GoesOn(reading_.next)) ReadOne();
  }

 private:
  void ReadHeading() {
    const Index i = reading_.next;
    const auto heading = MatchHeading(reading_.Text(i), Cue::kContacts, reading_.vocabulary);
    const TextSpan span = reading_.Span(i);
    if (!reading_.builder.content().contacts_heading().empty()) return ReadOne();
    if (!heading.has_value()) {
      if (!IsLabelOverContact(i)) return ReadOne();
      ++reading_.next;
      return reading_.builder.AddContactsHeading(span);
    }
    reading_.builder.AddContactsHeading({span.begin, span.begin + heading->size});
    if (heading->rest < span.end - span.begin) return ReadFrom(span.begin + heading->rest);
    ++reading_.next;
  }

  // "Informações à imprensa:" over a name.
  bool IsLabelOverContact(Index i) const {
    return reading_.Text(i).ends_with(':') && !reading_.facts[i].contact && i + 1 < end_ &&
           !reading_.units[i + 1].after_blank;
  }

  void ReadOne() { ReadFrom(reading_.units[reading_.next].begin); }

  // One contact from offset `begin` in unit reading.next on, with the lines that belong to it.
  void ReadFrom(std::size_t begin) {
    Index last = reading_.next;
    bool reachable = HasAddress(reading_.source.text().substr(begin, reading_.units[last].end - begin));
    while (last + 1 < end_ && Joins(last + 1, reachable)) {
      ++last;
      reachable = reachable || HasAddress(reading_.Text(last));
    }
    const TextSpan span{begin, reading_.units[last].end};
    const std::string_view text = reading_.source.text().substr(span.begin, span.end - span.begin);
    reading_.builder.AddContact(ParseContact(text, ReleaseText(), reading_.known, reading_.vocabulary), span);
    reading_.next = last + 1;
  }

  // The text of the release, to tell the names it speaks of.
  std::string_view ReleaseText() const {
    const std::size_t body = reading_.extent.headline.value_or(reading_.extent.body);
    if (body >= reading_.units.size()) return {};
    std::string_view text = reading_.source.text().substr(reading_.units[body].begin);
    const std::size_t contact = reading_.units[reading_.next].begin;
    if (contact > reading_.units[body].begin) text = text.substr(0, contact - reading_.units[body].begin);
    return text;
  }

  // Whether unit `i` is another line of the contact before it.
  bool Joins(Index i, bool reachable) const {
    if (reading_.units[i].after_blank || !GoesOn(i)) return false;
    return !reachable || ContinuesContact(reading_.Text(i), reading_.vocabulary);
  }

  bool GoesOn(Index i) const {
    const UnitFacts& facts = reading_.facts[i];
    if (facts.mark != MarkKind::kNone || facts.top_matter()) return false;
    if (reading_.extent.headline == i || reading_.extent.dateline_unit == i) return false;
    const std::string_view text = reading_.Text(i);
    if (MatchHeading(text, Cue::kNotes, reading_.vocabulary).has_value()) return false;
    const std::string_view below = i + 1 < end_ ? reading_.Text(i + 1) : std::string_view();
    if (MatchAboutHeading(text, below, reading_.vocabulary).has_value()) return false;
    if (facts.words > kWordsOfLine && !facts.contact) return false;
    if (facts.contact) return true;
    // Running text is none; a name, an office, a street are, while something to reach them by follows or went before.
    if (facts.paragraph_like) return false;
    for (Index j = i + 1; j < end_ && j <= i + kReach; ++j) {
      if (reading_.facts[j].contact) return true;
      if (reading_.facts[j].mark != MarkKind::kNone || reading_.facts[j].paragraph_like) break;
    }
    return !reading_.units[i].after_blank;
  }

  ReleaseReading& reading_;
  Index end_;
};

}  // namespace

bool StartsContacts(const ReleaseReading& reading, std::size_t unit, std::size_t end) {
  const UnitFacts& facts = reading.facts[unit];
  const auto heading = MatchHeading(reading.Text(unit), Cue::kContacts, reading.vocabulary);
  if (!heading.has_value()) {
    // A web address alone is the text's.
    return facts.contact && !facts.list_item && facts.words <= kWordsOfLine && !IsWebAddressOnly(reading.Text(unit));
  }
  if (facts.contact) return true;
  const Index last = std::min({end, reading.extent.last, unit + kReach});
  for (Index i = unit + 1; i < last; ++i) {
    if (reading.facts[i].contact) return true;
    if (reading.facts[i].mark != MarkKind::kNone || reading.facts[i].paragraph_like) return false;
  }
  return false;
}

bool BeginsContactBlock(const ReleaseReading& reading, std::size_t unit, std::size_t end) {
  const bool behind_mark = unit > 0 && reading.facts[unit - 1].mark != MarkKind::kNone;
  if (!reading.units[unit].after_blank && !behind_mark) return false;
  const auto fits = [&](Index i) {
    const UnitFacts& facts = reading.facts[i];
    return facts.mark == MarkKind::kNone && !facts.list_item && !facts.paragraph_like &&
           facts.words <= kWordsOfShortLine;
  };
  bool reachable = false;
  Index last = unit;
  for (; last < end && (last == unit || !reading.units[last].after_blank); ++last) {
    if (last - unit >= kReach || !fits(last)) return false;
    reachable = reachable || (last > unit && HasAddress(reading.Text(last)));
  }
  return reachable;
}

void ReadContacts(ReleaseReading& reading, std::size_t end) { ContactsReader(reading, end).Read(); }

}  // namespace communique::releases
