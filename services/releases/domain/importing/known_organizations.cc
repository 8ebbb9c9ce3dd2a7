// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/known_organizations.h"

#include <algorithm>
#include <string>

#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

// Organisations introduce themselves early; an about text may stand at the end, so its head is looked at line by line.
constexpr std::size_t kReach = 20'000;
constexpr std::size_t kLongestHeading = 120;
constexpr std::size_t kMaxWords = 9;

// The row of capital words, with small ones inside, that ends before token `bracket`.
std::string_view NameBefore(const FoldedTokens& tokens, std::size_t bracket, const Vocabulary& vocabulary) {
  std::size_t first = bracket;
  std::size_t words = 0;
  for (std::size_t i = bracket; i > 0 && words < kMaxWords; --i) {
    if (tokens.IsSpace(i - 1)) continue;
    if (!tokens.IsWord(i - 1)) break;
    const bool capital = LooksCapital(tokens.Printed(i - 1));
    const bool small = vocabulary.Has(Cue::kFunctionWord, tokens.Folded(i - 1));
    if (!capital && !small) break;
    ++words;
    if (capital && !small) first = i - 1;
  }
  if (first == bracket) return {};
  return TrimWhiteSpace(tokens.text().substr(tokens[first].begin, tokens[bracket].begin - tokens[first].begin));
}

void AddAcronyms(std::string_view text, const Vocabulary& vocabulary, KnownOrganizations& found) {
  const FoldedTokens tokens = vocabulary.Tokens(text);
  for (std::size_t i = 1; i + 2 < tokens.size(); ++i) {
    if (tokens.Printed(i) != "(" || !tokens.IsWord(i + 1) || tokens.Printed(i + 2) != ")") continue;
    if (!LooksAcronym(tokens.Printed(i + 1))) continue;
    found.emplace(tokens.Folded(i + 1));
    const std::string_view name = NameBefore(tokens, i, vocabulary);
    if (!name.empty()) found.insert(Fold(name));
  }
}

void AddAboutHeadings(std::string_view text, const Vocabulary& vocabulary, KnownOrganizations& found) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = TrimWhiteSpace(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view head = line.substr(0, line.find(':'));
    if (head.empty() || head.size() > kLongestHeading) continue;
    const FoldedTokens tokens = vocabulary.Tokens(head);
    const auto about = vocabulary.Match(Cue::kAbout, tokens, 0);
    if (!about.has_value()) continue;
    std::size_t first = about->tokens;
    while (first < tokens.size() &&
           (!tokens.IsWord(first) || vocabulary.Has(Cue::kFunctionWord, tokens.Folded(first)))) {
      ++first;
    }
    if (first == tokens.size() || !LooksCapital(tokens.Printed(first))) continue;
    found.insert(Fold(head.substr(tokens[first].begin)));
  }
}

}  // namespace

KnownOrganizations FindOrganizations(std::string_view text, const Vocabulary& vocabulary) {
  KnownOrganizations found;
  AddAcronyms(text.substr(0, kReach), vocabulary, found);
  AddAboutHeadings(text, vocabulary, found);
  return found;
}

}  // namespace communique::releases
