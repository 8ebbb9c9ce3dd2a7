// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/quote_insertions.h"

#include <algorithm>

#include "services/releases/domain/importing/clause.h"
#include "services/releases/domain/importing/name_finder.h"
#include "services/releases/domain/importing/sentences.h"
#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

// An insertion is shorter, in bytes.
constexpr std::size_t kLongestInsertion = 250;
// Code points.
constexpr std::size_t kLongestVerb = 40;

bool IsDash(char32_t value) { return value == '-' || (value >= 0x2013 && value <= 0x2015); }

class InsertionFinder {
 public:
  InsertionFinder(std::string_view spoken, const KnownPersons& known, const Vocabulary& vocabulary)
      : spoken_(spoken), known_(known), vocabulary_(vocabulary) {}

  std::optional<QuoteInsertion> Find() const {
    for (std::size_t i = 0; i < spoken_.size(); i += CodePointAt(spoken_, i).size) {
      const CodePoint point = CodePointAt(spoken_, i);
      const std::size_t begin = TrimTrailingWhiteSpace(spoken_.substr(0, i)).size();
      if (begin == 0) continue;
      const std::string_view behind = spoken_.substr(i + point.size);
      if (!BeginsWithVerb(behind)) continue;
      if (IsDash(point.value) && begin < i) {
        if (const auto end = EndBehindDash(i + point.size)) return QuoteInsertion{begin, *end};
      }
      if (point.value == ',') {
        if (const auto end = EndBehindComma(i + point.size)) return QuoteInsertion{begin, *end};
      }
    }
    return std::nullopt;
  }

 private:
  // In small letters: the sentence goes on.
  bool BeginsWithVerb(std::string_view text) const {
    text = TrimLeadingWhiteSpace(FirstCodePoints(text, kLongestVerb));
    const FoldedTokens tokens = vocabulary_.Tokens(text);
    if (tokens.size() == 0 || LooksCapital(tokens.Printed(0))) return false;
    return vocabulary_.Match(Cue::kSpeechVerb, tokens, 0).has_value();
  }

  // Where the narrative ends that reaches up to `end`: behind the mark that closes it and white space.
  std::size_t Behind(std::size_t end) const {
    const CodePoint mark = CodePointAt(spoken_, end);
    if (IsDash(mark.value) || mark.value == ',' || mark.value == '.') end += mark.size;
    // "… A. B.—. And so": the sentence ends with the insertion.
    if (CodePointAt(spoken_, end).value == '.' || CodePointAt(spoken_, end).value == ',') ++end;
    return spoken_.size() - TrimLeadingWhiteSpace(spoken_.substr(end)).size();
  }

  std::optional<std::size_t> EndBehindDash(std::size_t begin) const {
    const std::size_t reach = std::min(spoken_.size(), begin + kLongestInsertion);
    for (std::size_t i = begin; i < reach; i += CodePointAt(spoken_, i).size) {
      const CodePoint point = CodePointAt(spoken_, i);
      // The hyphen of "Jean-Pierre" closes nothing.
      const char32_t next = CodePointAt(spoken_, i + point.size).value;
      const bool closes = IsDash(point.value) && i > begin + 1 && (IsWhiteSpace(next) || next == ',' || next == '.');
      if (!closes) continue;
      const ParsedAttribution who = ParseAttribution(spoken_.substr(begin, i - begin), known_, vocabulary_);
      if (who.speaker.display_name().empty()) return std::nullopt;
      return Behind(i);
    }
    return std::nullopt;
  }

  // The name right behind the verb, and the offices that follow it.
  std::optional<std::size_t> EndBehindComma(std::size_t begin) const {
    const std::string_view sentence = FirstSentence(spoken_.substr(begin), vocabulary_);
    const Clause clause(sentence, vocabulary_);
    const auto name = FindName(clause, known_.organizations);
    if (!name.has_value()) return std::nullopt;
    const auto& chunks = clause.chunks();
    std::size_t last = name->chunk;
    if (last > 0 && !chunks[last - 1].has_role) return std::nullopt;
    while (last + 1 < chunks.size() && chunks[last + 1].joint == Joint::kComma && chunks[last + 1].has_role) ++last;
    const std::size_t end = begin + clause.tokens()[chunks[last].last - 1].end;
    const char32_t next = CodePointAt(spoken_, end).value;
    if (next != ',' && next != '.' && next != 0) return std::nullopt;
    return Behind(end);
  }

  std::string_view spoken_;
  const KnownPersons& known_;
  const Vocabulary& vocabulary_;
};

}  // namespace

std::optional<QuoteInsertion> FindQuoteInsertion(std::string_view spoken, const KnownPersons& known,
                                                 const Vocabulary& vocabulary) {
  return InsertionFinder(spoken, known, vocabulary).Find();
}

}  // namespace communique::releases
