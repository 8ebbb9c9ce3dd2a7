// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/unit_facts.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "services/releases/domain/importing/contact_parser.h"
#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

constexpr std::size_t kLongestTitle = 300;
constexpr std::size_t kLongestTopMatter = 200;
constexpr std::size_t kLongestLabel = 80;
constexpr std::size_t kWordsOfDocumentLine = 9;
constexpr std::size_t kWordsOfSentence = 7;
constexpr std::size_t kWordsOfParagraph = 18;

bool EndsWithOneOf(std::string_view text, std::u32string_view marks) {
  return marks.find(LastCodePoint(text).value) != std::u32string_view::npos;
}

// Behind a closing quotation mark or bracket.
std::string_view WithoutClosing(std::string_view text) {
  while (EndsWithOneOf(text, U"”“»«\"’)]")) text.remove_suffix(LastCodePoint(text).size);
  return TrimTrailingWhiteSpace(text);
}

bool IsWholly(Cue cue, const FoldedTokens& tokens, const Vocabulary& vocabulary) {
  const auto match = vocabulary.Match(cue, tokens, 0);
  if (!match.has_value()) return false;
  for (std::size_t i = match->tokens; i < tokens.size(); ++i) {
    if (tokens.IsWord(i) || tokens[i].kind == TokenKind::kNumber) return false;
  }
  return true;
}

// "A | B | C", "A > B > C": three entries or more on a line.
bool IsRowOfEntries(std::string_view line) {
  const auto bars = std::count(line.begin(), line.end(), '|');
  const auto arrows = std::count(line.begin(), line.end(), '>');
  return (bars >= 2 || arrows >= 2) && line.find('@') == std::string_view::npos;
}

bool SpeaksOf(Cue cue, const FoldedTokens& tokens, const Vocabulary& vocabulary) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (vocabulary.Match(cue, tokens, i).has_value()) return true;
  }
  return false;
}

void LookAtShort(std::string_view text, const Vocabulary& vocabulary, UnitFacts& facts) {
  const FoldedTokens tokens = vocabulary.Tokens(text);
  const auto document = vocabulary.Match(Cue::kDocument, tokens, 0);
  if (document.has_value() && facts.words <= kWordsOfDocumentLine) {
    facts.document = true;
    facts.document_kind = static_cast<v1::ReleaseKind>(document->value);
  }
  facts.release_line = vocabulary.Match(Cue::kReleaseLine, tokens, 0).has_value();
  facts.embargo = vocabulary.Match(Cue::kEmbargo, tokens, 0).has_value() ||
                  (facts.document && SpeaksOf(Cue::kEmbargo, tokens, vocabulary)) ||
                  (facts.release_line && SpeaksOf(Cue::kEmbargo, tokens, vocabulary));
  if (text.size() > kLongestLabel) return;
  facts.navigation = IsWholly(Cue::kNavigation, tokens, vocabulary);
  facts.page_end = IsWholly(Cue::kPageEnd, tokens, vocabulary);
}

bool IsLoneBullet(std::string_view text) {
  return text == "-" || text == "–" || text == "•" || text == "·" || text == "›" || text == "»" || text == ">" ||
         text == "+";
}

UnitFacts LookAt(std::string_view text, std::size_t length, const Vocabulary& vocabulary) {
  UnitFacts facts;
  facts.words = CountWords(text.substr(0, 4000));
  facts.lone_bullet = IsLoneBullet(text);
  facts.mark = MarkKindOf(text, vocabulary);
  facts.list_item = facts.mark == MarkKind::kNone && ListMarkerSize(text) > 0;
  facts.contact = HasContactData(text, vocabulary);
  if (length <= kLongestTopMatter) LookAtShort(text, vocabulary, facts);
  const bool copyright = text.starts_with("©") || text.starts_with("Copyright") || text.starts_with("(c) ");
  facts.furniture = length <= kLongestTitle && ((copyright && facts.words < 25) || IsRowOfEntries(text));
  const std::string_view bare = WithoutClosing(text);
  const bool sentence = EndsWithOneOf(bare, U".!?…؟。");
  const bool unfinished = EndsWithOneOf(bare, U",;:،؛");
  const bool stopped = sentence && !EndsWithOneOf(bare, U"!?؟");
  facts.title_like = length <= kLongestTitle && facts.words > 0 && facts.mark == MarkKind::kNone && !facts.list_item &&
                     !stopped && !unfinished && !facts.lone_bullet;
  facts.paragraph_like = facts.mark == MarkKind::kNone &&
                         (facts.words >= kWordsOfParagraph * 2 || (sentence && facts.words >= kWordsOfSentence) ||
                          (unfinished && facts.words >= kWordsOfParagraph));
  // Scripts that do not part words with spaces.
  if (facts.words < kWordsOfSentence && sentence && length >= 30 && !HasCase(text)) facts.paragraph_like = true;
  return facts;
}

// "Who we areThe agency …": the whole line before, and at once a word that begins anew.
bool BeginsWithWhole(std::string_view text, std::string_view before) {
  if (before.size() < 3 || text.size() <= before.size() + 3 || !text.starts_with(before)) return false;
  const auto next = static_cast<UChar32>(CodePointAt(text, before.size()).value);
  return u_isUUppercase(next) != 0 || (u_isalpha(next) != 0 && u_isULowercase(next) == 0);
}

}  // namespace

std::vector<UnitFacts> LookAtUnits(const SourceText& source, const std::vector<Unit>& units,
                                   const Vocabulary& vocabulary) {
  std::vector<UnitFacts> facts;
  facts.reserve(units.size());
  for (const Unit& unit : units) facts.push_back(LookAt(unit.In(source.text()), unit.length, vocabulary));
  for (std::size_t i = 1; i < units.size(); ++i) {
    const std::string_view text = units[i].In(source.text());
    const std::string_view before = units[i - 1].In(source.text());
    if (text == before && facts[i].mark == MarkKind::kNone && !facts[i].lone_bullet) {
      facts[i].doubled = facts[i - 1].doubled = true;
    } else if (BeginsWithWhole(text, before)) {
      facts[i].glued = facts[i - 1].glued = true;
    }
  }
  return facts;
}

}  // namespace communique::releases
