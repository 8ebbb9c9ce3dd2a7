// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/clause.h"

#include "services/releases/domain/importing/words.h"

namespace communique::releases {

Clause::Clause(std::string_view text, const Vocabulary& vocabulary)
    : text_(text), vocabulary_(vocabulary), tokens_(vocabulary.Tokens(text)) {
  std::size_t first = 0;
  Joint joint = Joint::kStart;
  for (std::size_t i = 0; i < tokens_.size();) {
    const std::size_t verb = VerbAt(i);
    const Joint mark = verb > 0 ? Joint::kVerb : MarkJoint(i);
    if (mark == Joint::kStart) {
      ++i;
      continue;
    }
    Close(first, i, joint);
    has_verb_ = has_verb_ || verb > 0;
    // A verb right behind a comma counts as the verb.
    joint = mark;
    i += verb > 0 ? verb : 1;
    first = i;
  }
  Close(first, tokens_.size(), joint);
}

std::string_view Clause::Text(std::size_t first, std::size_t last) const {
  if (first >= last) return {};
  return text_.substr(tokens_[first].begin, tokens_[last - 1].end - tokens_[first].begin);
}

// How many tokens a verb of saying takes at `i`; 0 when there is none.
std::size_t Clause::VerbAt(std::size_t i) const {
  if (!tokens_.IsWord(i)) return 0;
  const auto match = vocabulary_.Match(Cue::kSpeechVerb, tokens_, i);
  if (!match.has_value()) return 0;
  const std::string_view word = tokens_.Printed(i);
  // "United States" has no verb; a capital is one only where the clause begins.
  if (i > 0 && HasCase(word) && LooksCapital(word)) return 0;
  // "so" and "laut" say who spoke only behind a comma: ", so the director".
  if (tokens_.Folded(i) == "so") {
    const bool behind_comma = i >= 2 && tokens_.Printed(i - 2) == "," && tokens_.IsSpace(i - 1);
    if (!behind_comma) return 0;
  }
  return match->tokens;
}

// What the mark at `i` parts; kStart: nothing.
Joint Clause::MarkJoint(std::size_t i) const {
  if (tokens_[i].kind != TokenKind::kMark) return Joint::kStart;
  const std::string_view mark = tokens_.Printed(i);
  if (mark == "," || mark == "،" || mark == ";" || mark == "؛") return Joint::kComma;
  if (mark == "(" || mark == ")" || mark == "[" || mark == "]") return Joint::kBracket;
  if (mark == "." || mark == "'" || mark == "’" || mark == "&" || mark == "/" || mark == "-") {
    const bool dash = mark == "-" && i > 0 && tokens_.IsSpace(i - 1) && tokens_.IsSpace(i + 1);
    return dash ? Joint::kComma : Joint::kStart;
  }
  if (mark == "–" || mark == "—") return Joint::kComma;
  return Joint::kOther;
}

void Clause::Close(std::size_t first, std::size_t last, Joint joint) {
  while (first < last && tokens_.IsSpace(first)) ++first;
  const bool at_end = last == tokens_.size();
  while (last > first && tokens_.IsSpace(last - 1)) --last;
  // The full stop of the clause; the dot of "e.V." belongs to the word.
  if (at_end && last > first + 1 && tokens_.Printed(last - 1) == "." && tokens_.Printed(last - 2).size() > 2) --last;
  if (first == last) return;
  Chunk chunk{first, last, joint, false};
  for (std::size_t i = first; i < last; ++i) chunk.has_role = chunk.has_role || Is(Cue::kRole, i);
  chunks_.push_back(chunk);
}

}  // namespace communique::releases
