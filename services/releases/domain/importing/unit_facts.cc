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
// "No.", "Mi,".
constexpr std::size_t kLongestShortWord = 3;
constexpr std::size_t kFewestSpacedLetters = 5;
constexpr std::size_t kWordsOfStamp = 9;

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

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsLineOfCodes(std::string_view line) {
  const bool spaced = line.find(' ') != std::string_view::npos;
  if (!spaced && std::count(line.begin(), line.end(), '/') >= 2) return line.find(':') == std::string_view::npos;
  std::size_t words = 0;
  std::size_t codes = 0;
  std::size_t others = 0;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    if (CountWords(word) == 0) continue;
    ++words;
    if (HasDigit(word)) {
      ++codes;
    } else if (CountCodePoints(word) > kLongestShortWord) {
      ++others;
    }
  }
  // One other word may be a month.
  return codes >= 2 && (words == codes || (words >= 3 && others <= 1));
}

// "Published: 9 March 2026, 10:30", "Reading time: 3 min".
bool IsStamp(const FoldedTokens& tokens, const Vocabulary& vocabulary) {
  if (!vocabulary.Match(Cue::kStamp, tokens, 0).has_value() || CountWords(tokens.text()) > kWordsOfStamp) return false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::kNumber) return true;
  }
  return false;
}

// Names of what pages are shared by that are words elsewhere.
bool IsShareTarget(std::string_view folded) {
  return folded == "x" || folded == "e-mail" || folded == "email" || folded == "mail" || folded == "whatsapp";
}

// "Share: Facebook LinkedIn X": entries of menus and nothing else.
bool IsRowOfMenuEntries(const FoldedTokens& tokens, const Vocabulary& vocabulary) {
  std::size_t entries = 0;
  for (std::size_t i = 0; i < tokens.size();) {
    if (!tokens.IsWord(i) && tokens[i].kind != TokenKind::kNumber) {
      ++i;
      continue;
    }
    const auto match = vocabulary.Match(Cue::kNavigation, tokens, i);
    if (!match.has_value() && !IsShareTarget(tokens.Folded(i))) return false;
    i += match.has_value() ? match->tokens : 1;
    ++entries;
  }
  return entries >= 3;
}

bool SpeaksOf(Cue cue, const FoldedTokens& tokens, const Vocabulary& vocabulary) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (vocabulary.Match(cue, tokens, i).has_value()) return true;
  }
  return false;
}

// "Onder embargo tot …", "Sotto embargo fino …": the word is the same in many languages. Near the beginning, with a
// date's or clock's number: "Oil embargo hits exports" has none.
bool NamesEmbargo(const FoldedTokens& tokens, const Vocabulary& vocabulary) {
  if (!vocabulary.of_all_languages()) return false;
  bool named = false;
  bool numbered = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    named = named || (i <= 4 && tokens.Folded(i).starts_with("embarg"));
    numbered = numbered || tokens[i].kind == TokenKind::kNumber;
  }
  return named && numbered;
}

// An embargo in so many words, wherever it stands: "Example Relief – EMBARGOED UNTIL 00:01 GMT, 4 May". A single word
// may be what a headline is about.
bool SaysUntilWhen(const FoldedTokens& tokens, const Vocabulary& vocabulary) {
  bool said = false;
  bool numbered = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto match = vocabulary.Match(Cue::kEmbargo, tokens, i);
    said = said || (match.has_value() && match->tokens > 1);
    numbered = numbered || tokens[i].kind == TokenKind::kNumber;
  }
  return said && numbered;
}

// "PRESSE" of "P R E S S E"; two spaces part words. Any other text as it is.
std::string WithoutLetterSpacing(std::string_view text) {
  std::string joined;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = CodePointAt(text, i);
    i += point.size;
    letters += point.value == ' ' ? 0 : 1;
    if (point.value != ' ') {
      AppendUtf8(joined, point.value);
      if (i < text.size() && text[i] != ' ') return std::string(text);
    } else if (i < text.size() && text[i] == ' ') {
      joined += ' ';
    }
  }
  return letters >= kFewestSpacedLetters ? joined : std::string(text);
}

void LookAtShort(std::string_view line, const Vocabulary& vocabulary, UnitFacts& facts) {
  const std::string text = WithoutLetterSpacing(WithoutDecoration(line));
  const FoldedTokens tokens = vocabulary.Tokens(text);
  const auto document = vocabulary.Match(Cue::kDocument, tokens, 0);
  if (document.has_value() && CountWords(text) <= kWordsOfDocumentLine) {
    facts.document = true;
    facts.document_kind = static_cast<v1::ReleaseKind>(document->value);
  }
  facts.release_line = vocabulary.Match(Cue::kReleaseLine, tokens, 0).has_value();
  facts.embargo = vocabulary.Match(Cue::kEmbargo, tokens, 0).has_value() ||
                  (facts.document && SpeaksOf(Cue::kEmbargo, tokens, vocabulary)) ||
                  (facts.release_line && SpeaksOf(Cue::kEmbargo, tokens, vocabulary));
  facts.embargo = facts.embargo || NamesEmbargo(tokens, vocabulary) || SaysUntilWhen(tokens, vocabulary);
  facts.stamp = !facts.contact && !facts.list_item && IsStamp(tokens, vocabulary);
  facts.codes = facts.stamp || (!facts.contact && !facts.list_item && IsLineOfCodes(text));
  if (text.size() > kLongestLabel) return;
  facts.navigation = IsWholly(Cue::kNavigation, tokens, vocabulary) || IsRowOfMenuEntries(tokens, vocabulary);
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
                     !stopped && !unfinished && !facts.lone_bullet && !facts.codes;
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
