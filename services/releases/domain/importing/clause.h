// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "services/releases/domain/importing/vocabulary.h"

namespace communique::releases {

// What parts a chunk of a clause from the one before it.
enum class Joint { kStart, kComma, kBracket, kVerb, kOther };

// A stretch of a clause between commas, brackets, dashes and verbs of saying: tokens [first, last), without white space
// at its ends.
struct Chunk {
  std::size_t first = 0;
  std::size_t last = 0;
  Joint joint = Joint::kStart;
  // Whether a word in it names an office.
  bool has_role = false;
};

// An attribution taken apart: "stressed the Director General of the agency, A. B., today".
class Clause {
 public:
  Clause(std::string_view text, const Vocabulary& vocabulary);

  const FoldedTokens& tokens() const { return tokens_; }
  const std::vector<Chunk>& chunks() const { return chunks_; }
  // Whether it has a verb of saying.
  bool has_verb() const { return has_verb_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }

  bool Is(Cue cue, std::size_t token) const {
    return tokens_.IsWord(token) && vocabulary_.Has(cue, tokens_.Folded(token));
  }
  std::string_view Text(std::size_t first, std::size_t last) const;

 private:
  std::size_t VerbAt(std::size_t i) const;
  Joint MarkJoint(std::size_t i) const;
  void Close(std::size_t first, std::size_t last, Joint joint);

  std::string_view text_;
  const Vocabulary& vocabulary_;
  FoldedTokens tokens_;
  std::vector<Chunk> chunks_;
  bool has_verb_ = false;
};

}  // namespace communique::releases
