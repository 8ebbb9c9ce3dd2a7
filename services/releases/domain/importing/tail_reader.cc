// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "services/releases/domain/importing/body_blocks.h"
#include "services/releases/domain/importing/contact_groups.h"
#include "services/releases/domain/importing/headings.h"
#include "services/releases/domain/importing/release_parser.h"
#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/block_text.h"
#include "services/releases/domain/text/fold.h"

namespace communique::releases {
namespace {

using Index = std::size_t;

// Who issues a release is named this early in its lead, in bytes.
constexpr std::size_t kReachOfLead = 120;
constexpr std::size_t kReachOfCopy = 20'000;
// A standing text that ends with a web address rather than a full stop.
constexpr std::size_t kWordsOfText = 12;

class TailReader {
 public:
  explicit TailReader(ReleaseReading& reading) : reading_(reading), end_(reading.extent.last) {}

  void Read() {
    while (reading_.next < end_) ReadNext();
  }

 private:
  enum class Section { kNone, kNotes, kAbout };

  void ReadNext() {
    const Index i = reading_.next;
    const TextSpan span = reading_.Span(i);
    const MarkKind mark = reading_.facts[i].mark;
    if (mark == MarkKind::kMore) {
      ++reading_.next;
      return AddToSection(MakeSeparator(reading_.Text(i)), span);
    }
    if (mark != MarkKind::kNone) {
      reading_.builder.AddEndMark(span);
      section_ = Section::kNone;
      ++reading_.next;
      return;
    }
    if (ReadNotesHeading() || ReadAboutHeading()) return;
    if (BeginsContactBlock(reading_, i, end_) || (StartsContacts(reading_, i, end_) && IsContactHere(i))) {
      section_ = Section::kNone;
      return ReadContacts(reading_, end_);
    }
    if (section_ == Section::kNone && SpeaksOfOrganization(i)) {
      reading_.builder.BeginAbout({});
      section_ = Section::kAbout;
    }
    ReadIntoSection(0);
  }

  // A line in notes or an about text may name an address without being a contact.
  bool IsContactHere(Index i) const {
    return section_ == Section::kNone || IsContactsHeading(i) || BeginsLikeContacts(i) || !IsSentence(i);
  }

  bool IsContactsHeading(Index i) const {
    return MatchHeading(reading_.Text(i), Cue::kContacts, reading_.vocabulary).has_value();
  }

  // "For more information, please contact …", whatever section it stands in.
  bool BeginsLikeContacts(Index i) const {
    const FoldedTokens tokens = reading_.vocabulary.Tokens(reading_.Text(i).substr(0, 160));
    return reading_.vocabulary.Match(Cue::kContacts, tokens, 0).has_value();
  }

  // Running text, even where it is short: it goes on behind the address and ends with a full stop.
  bool IsSentence(Index i) const {
    if (reading_.facts[i].paragraph_like) return true;
    const std::string_view text = reading_.Text(i);
    const auto addresses = FindAddresses(text.substr(0, 2000));
    return !addresses.empty() && text.ends_with('.') && CountWords(text.substr(addresses.back().end)) >= 2;
  }

  bool ReadNotesHeading() {
    auto heading = MatchHeading(reading_.Text(reading_.next), Cue::kNotes, reading_.vocabulary);
    if (!heading.has_value() && section_ != Section::kAbout) {
      heading = MatchHeading(reading_.Text(reading_.next), Cue::kWeakNotes, reading_.vocabulary);
    }
    if (!heading.has_value()) return false;
    section_ = Section::kNotes;
    const TextSpan span = reading_.Span(reading_.next);
    const TextSpan printed{span.begin, span.begin + heading->size};
    if (reading_.builder.content().notes_heading().empty() && reading_.builder.content().notes().empty()) {
      reading_.builder.AddNotesHeading(printed);
    } else {
      AddToSection(MakeHeading(reading_.source.text().substr(printed.begin, printed.end - printed.begin)), printed);
    }
    ReadRest(*heading);
    return true;
  }

  bool ReadAboutHeading() {
    const Index i = reading_.next;
    const std::string_view below = i + 1 < end_ ? reading_.Text(i + 1) : std::string_view();
    const auto heading = MatchAboutHeading(reading_.Text(i), below, reading_.vocabulary);
    if (!heading.has_value()) return false;
    const TextSpan span = reading_.Span(i);
    reading_.builder.BeginAbout({span.begin, span.begin + heading->size});
    section_ = Section::kAbout;
    ReadRest(*heading);
    return true;
  }

  // What follows a heading in the same paragraph.
  void ReadRest(const HeadingMatch& heading) {
    if (heading.rest < reading_.Text(reading_.next).size()) {
      ReadIntoSection(heading.rest);
    } else {
      ++reading_.next;
    }
  }

  void ReadIntoSection(std::size_t offset) {
    ReadBlock(reading_, end_, offset, [&](v1::Block block, TextSpan span) { AddToSection(std::move(block), span); });
  }

  void AddToSection(v1::Block block, TextSpan span) {
    if (section_ == Section::kAbout) {
      reading_.builder.AddAbout(std::move(block), span);
      return;
    }
    if (section_ == Section::kNone) {
      reading_.findings.Add(
          kUnclassifiedRule, v1::Finding::SEVERITY_HINT, span.begin, span.end,
          "This stands behind the end of the copy without a heading. It was taken for a note to editors; "
          "make it an about text or a part of the body if it is one.");
    }
    reading_.builder.AddNote(std::move(block), span);
  }

  // A standing text without a heading: running text that begins with the name of an organisation of this release.
  bool SpeaksOfOrganization(Index i) const {
    if (!reading_.facts[i].paragraph_like && reading_.facts[i].words < kWordsOfText) return false;
    const std::string folded = Fold(reading_.Text(i).substr(0, 160));
    for (const std::string& name : reading_.known.organizations) {
      const std::size_t at = folded.find(name);
      if (name.size() > 3 && at != std::string::npos && at <= 5) return true;
    }
    return BeginsWithNameOfCopy(i);
  }

  // "Bright Wells (www.example.org) has …": a row of capital words, behind an article perhaps, that the release has
  // used before: two of them in its headline or early in the lead, three or more anywhere.
  bool BeginsWithNameOfCopy(Index i) const {
    const FoldedTokens tokens = reading_.vocabulary.Tokens(reading_.Text(i).substr(0, 160));
    std::size_t first = 0;
    if (tokens.IsWord(0) && reading_.vocabulary.Has(Cue::kFunctionWord, tokens.Folded(0))) first = 2;
    std::size_t words = 0;
    std::size_t last = first;
    for (std::size_t at = first; tokens.IsWord(at) && LooksCapital(tokens.Printed(at)); at += 2) {
      ++words;
      last = at;
      if (!tokens.IsSpace(at + 1)) break;
    }
    if (words < 2 || !HasCase(tokens.Printed(first))) return false;
    const std::string name(tokens.text().substr(tokens[first].begin, tokens[last].end - tokens[first].begin));
    const v1::ReleaseContent& content = reading_.builder.content();
    if ((" " + content.headline() + " ").find(" " + name + " ") != std::string::npos) return true;
    if (BlockText(content.lead()).substr(0, kReachOfLead).find(name) != std::string::npos) return true;
    const std::size_t begin = reading_.units[reading_.extent.first].begin;
    const std::size_t end = std::min(reading_.units[i].begin, begin + kReachOfCopy);
    const std::string_view before = reading_.source.text().substr(begin, end - begin);
    return words >= 3 && before.find(name) != std::string_view::npos;
  }

  ReleaseReading& reading_;
  Index end_;
  Section section_ = Section::kNone;
};

}  // namespace

void ReadTail(ReleaseReading& reading) { TailReader(reading).Read(); }

}  // namespace communique::releases
