// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/headings.h"

#include <algorithm>
#include <string>

#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/addresses.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

// A heading is looked for within this many bytes.
constexpr std::size_t kReach = 240;
constexpr std::size_t kMaxWordsBehindPhrase = 12;
constexpr std::size_t kMaxWordsInName = 12;

std::string_view Head(std::string_view paragraph) { return FirstCodePoints(paragraph.substr(0, kReach), kReach / 2); }

std::size_t FirstColon(std::string_view text, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    const bool scheme = text.substr(i).starts_with("://");
    // The gender colon stands inside a word; a heading's colon ends one.
    const bool inside = i + 1 < text.size() && text[i + 1] >= 'a' && text[i + 1] <= 'z' && i > 0 && text[i - 1] != ' ';
    if (text[i] == ':' && !scheme && !inside) return i;
  }
  return std::string_view::npos;
}

bool IsEndOfHeading(std::string_view rest) {
  return std::all_of(rest.begin(), rest.end(), [](char c) {
    return c == ':' || c == '.' || c == ' ' || c == '\t' || c == '*' || c == '-' || c == '\n';
  });
}

HeadingMatch UpTo(std::string_view paragraph, std::size_t colon) {
  HeadingMatch match;
  match.size = colon + 1;
  const std::string_view rest = paragraph.substr(match.size);
  match.rest = paragraph.size() - TrimLeadingWhiteSpace(rest).size();
  return match;
}

// Whether two texts share a word that is a name rather than a small word.
bool SharesName(std::string_view name, std::string_view text, const Vocabulary& vocabulary) {
  const std::string haystack = Fold(Head(text));
  const FoldedTokens tokens = vocabulary.Tokens(name);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens.IsWord(i) || tokens.Folded(i).size() < 3 || vocabulary.Has(Cue::kFunctionWord, tokens.Folded(i)))
      continue;
    if (haystack.find(tokens.Folded(i)) != std::string::npos) return true;
  }
  return false;
}

// The dot of "e.V." belongs to a name, that of a sentence does not.
bool EndsSentence(std::string_view text) {
  const std::string_view trimmed = TrimTrailingWhiteSpace(text);
  const char32_t last = LastCodePoint(trimmed).value;
  if (last == '!' || last == '?' || last == ',' || last == ';') return true;
  // "Inc.", "Ltd.", "e. V."
  const std::size_t word = trimmed.find_last_of(" .", trimmed.size() - 2);
  const std::size_t letters = trimmed.size() - 1 - (word == std::string_view::npos ? 0 : word + 1);
  return last == '.' && letters > 3;
}

// "Who we are", with nothing behind it but a mark.
bool IsAboutAlone(std::string_view head, const FoldedTokens& tokens, const Vocabulary& vocabulary) {
  const auto phrase = vocabulary.Match(Cue::kAboutAlone, tokens, 0);
  return phrase.has_value() && IsEndOfHeading(head.substr(tokens[phrase->tokens - 1].end));
}

}  // namespace

std::optional<HeadingMatch> MatchHeading(std::string_view paragraph, Cue cue, const Vocabulary& vocabulary) {
  const std::string_view head = Head(paragraph);
  const FoldedTokens tokens = vocabulary.Tokens(head);
  const auto phrase = vocabulary.Match(cue, tokens, 0);
  if (!phrase.has_value()) return std::nullopt;
  const std::size_t behind = tokens[phrase->tokens - 1].end;
  if (head.size() == paragraph.size() && IsEndOfHeading(head.substr(behind)))
    return HeadingMatch{head.size(), head.size(), {}};
  const std::size_t colon = FirstColon(head, behind);
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view between = head.substr(behind, colon - behind);
  if (CountWords(between) > kMaxWordsBehindPhrase || !FindAddresses(between).empty()) return std::nullopt;
  return UpTo(paragraph, colon);
}

std::optional<HeadingMatch> MatchAboutHeading(std::string_view paragraph, std::string_view following,
                                              const Vocabulary& vocabulary) {
  const std::string_view head = Head(paragraph);
  const FoldedTokens tokens = vocabulary.Tokens(head);
  if (IsAboutAlone(head, tokens, vocabulary) && head.size() == paragraph.size() && !following.empty()) {
    return HeadingMatch{head.size(), head.size(), {}};
  }
  const auto phrase = vocabulary.Match(Cue::kAbout, tokens, 0);
  if (!phrase.has_value()) return std::nullopt;
  const std::size_t behind = tokens[phrase->tokens - 1].end;
  const std::size_t colon = FirstColon(head, behind);
  const bool run_in = colon != std::string_view::npos && colon + 1 < TrimTrailingWhiteSpace(paragraph).size();
  if (colon == std::string_view::npos && head.size() < paragraph.size()) return std::nullopt;
  const std::size_t end = colon == std::string_view::npos ? head.size() : colon;
  const std::string_view name = TrimWhiteSpace(head.substr(behind, end - behind));
  if (name.empty() || CountWords(name) > kMaxWordsInName || (!run_in && EndsSentence(name))) return std::nullopt;
  // "About ARC" over "The Alliance for Remote Clinics …".
  const bool acronym = !run_in && name.find(' ') == std::string_view::npos && LooksAcronym(name);
  if (!acronym && !SharesName(name, run_in ? paragraph.substr(colon) : following, vocabulary)) return std::nullopt;
  HeadingMatch match =
      colon == std::string_view::npos ? HeadingMatch{head.size(), head.size(), {}} : UpTo(paragraph, colon);
  match.name = name;
  return match;
}

}  // namespace communique::releases
