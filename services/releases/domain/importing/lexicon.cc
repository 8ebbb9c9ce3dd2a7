// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/lexicon.h"

namespace communique::releases {

const std::vector<const Lexicon*>& AllLexicons() {
  static const auto& lexicons = *new std::vector<const Lexicon*>{
      new Lexicon(EnglishLexicon()), new Lexicon(ArabicLexicon()), new Lexicon(GermanLexicon()),
      new Lexicon(SpanishLexicon()), new Lexicon(FrenchLexicon()), new Lexicon(HebrewLexicon())};
  return lexicons;
}

std::vector<const Lexicon*> LexiconsFor(std::string_view language) {
  const std::string_view primary = language.substr(0, language.find_first_of("-_"));
  const std::vector<const Lexicon*>& all = AllLexicons();
  for (const Lexicon* lexicon : all) {
    if (lexicon->language != primary) continue;
    if (lexicon == all.front()) return {lexicon};
    return {lexicon, all.front()};
  }
  return all;
}

}  // namespace communique::releases
