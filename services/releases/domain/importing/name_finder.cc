// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/name_finder.h"

#include <string_view>

#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/fold.h"

namespace communique::releases {
namespace {

constexpr int kEnough = 3;
constexpr std::size_t kLongestName = 5;

class NameReader {
 public:
  NameReader(const Clause& clause, const KnownOrganizations& organizations)
      : clause_(clause), tokens_(clause.tokens()), organizations_(organizations) {}

  std::optional<FoundName> Best() {
    for (std::size_t i = 0; i < clause_.chunks().size(); ++i) {
      if (IsCased(clause_.chunks()[i])) {
        ReadCased(i);
      } else {
        ReadUncased(i);
      }
    }
    if (best_.score < kEnough) return std::nullopt;
    return best_;
  }

 private:
  bool IsCased(const Chunk& chunk) const {
    for (std::size_t i = chunk.first; i < chunk.last; ++i) {
      if (tokens_.IsWord(i)) return HasCase(tokens_.Printed(i));
    }
    return true;
  }

  bool NextToRole(std::size_t chunk) const {
    const auto& chunks = clause_.chunks();
    const auto by_comma = [](Joint joint) { return joint == Joint::kComma || joint == Joint::kBracket; };
    const bool before = chunk > 0 && by_comma(chunks[chunk].joint) && chunks[chunk - 1].has_role;
    const bool behind = chunk + 1 < chunks.size() && by_comma(chunks[chunk + 1].joint) && chunks[chunk + 1].has_role;
    return before || behind;
  }

  bool NextToVerb(std::size_t chunk) const {
    const auto& chunks = clause_.chunks();
    return chunks[chunk].joint == Joint::kVerb ||
           (chunk + 1 < chunks.size() && chunks[chunk + 1].joint == Joint::kVerb);
  }

  // The honorifics that begin at `i`; returns the token behind them, white space skipped; `i` when there are none.
  std::size_t SkipHonorifics(std::size_t i, std::size_t end) const {
    while (i < end && tokens_.IsWord(i)) {
      const auto match = clause_.vocabulary().Match(Cue::kHonorific, tokens_, i);
      if (!match.has_value()) break;
      std::size_t behind = i + match->tokens;
      if (behind < end && tokens_.Printed(behind) == ".") ++behind;
      if (!tokens_.IsSpace(behind)) break;
      i = behind + 1;
    }
    return i;
  }

  bool IsNameWord(std::size_t i) const {
    const std::string_view word = tokens_.Printed(i);
    if (!tokens_.IsWord(i) || !LooksCapital(word)) return false;
    if (word.ends_with("'s") || word.ends_with("’s")) return false;
    // "Verbandsvorsteherin Dr. A. B."
    if (i + 1 < tokens_.size() && tokens_.Printed(i + 1) == "." && clause_.Is(Cue::kHonorific, i)) return false;
    return !clause_.Is(Cue::kRole, i) && !clause_.Is(Cue::kFunctionWord, i);
  }

  // Small words inside a name, and the capital they lead to; `i` when they lead to none.
  std::size_t SkipParticles(std::size_t i, std::size_t end) const {
    std::size_t at = i;
    for (int count = 0;
         count < 3 && at < end && clause_.Is(Cue::kNameParticle, at) && !LooksCapital(tokens_.Printed(at)); ++count) {
      ++at;
      if (at < end && tokens_.IsSpace(at)) ++at;
    }
    return at > i && at < end && IsNameWord(at) ? at : i;
  }

  // A row of capital words from `first` on. Returns its end; counts its words.
  std::size_t EndOfRow(std::size_t first, std::size_t end, std::size_t& words) const {
    std::size_t last = first;
    std::size_t at = first;
    words = 0;
    while (at < end && IsNameWord(at)) {
      ++words;
      last = ++at;
      if (at < end && tokens_.Printed(at) == "." && LooksInitial(tokens_.Printed(at - 1))) last = ++at;
      if (at < end && tokens_.IsSpace(at)) ++at;
      at = SkipParticles(at, end);
    }
    return last;
  }

  // The word before token `i` in its chunk; `i` when there is none.
  std::size_t WordBefore(std::size_t i, const Chunk& chunk) const {
    std::size_t at = i;
    while (at > chunk.first) {
      --at;
      if (tokens_.IsWord(at)) return at;
      // "l'Intérieur": the article stands right before.
      if (!tokens_.IsSpace(at) && tokens_.Folded(at) != "'") break;
    }
    return i;
  }

  bool NamesOrganization(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) {
      if (clause_.Is(Cue::kOrganization, i)) return true;
    }
    return organizations_.contains(Fold(clause_.Text(first, last)));
  }

  void ReadCased(std::size_t number) {
    const Chunk& chunk = clause_.chunks()[number];
    for (std::size_t i = chunk.first; i < chunk.last;) {
      const std::size_t named = SkipHonorifics(i, chunk.last);
      std::size_t first = named;
      std::size_t words = 0;
      // "IGH Amara Lindqvist": what stands before a name in capitals is whose it is.
      while (first == i && IsNameWord(first) && LooksAcronym(tokens_.Printed(first)) && first + 2 < chunk.last &&
             tokens_.IsSpace(first + 1) && IsNameWord(first + 2)) {
        first += 2;
        i = first;
      }
      const std::size_t last = EndOfRow(first, chunk.last, words);
      if (words == 0) {
        ++i;
        continue;
      }
      Judge({number, first, last, i < first ? i : first, first, 0}, words, chunk);
      i = last;
    }
  }

  void Judge(FoundName name, std::size_t words, const Chunk& chunk) {
    const bool titled = name.honorific_first < name.first;
    const std::size_t before = WordBefore(titled ? name.honorific_first : name.first, chunk);
    const std::size_t begin = titled ? name.honorific_first : name.first;
    const bool behind_role = before != begin && clause_.Is(Cue::kRole, before);
    const bool behind_small =
        before != begin && !behind_role && clause_.vocabulary().Match(Cue::kFunctionWord, tokens_, before).has_value();
    const bool whole = begin == chunk.first && name.last == chunk.last;
    if (words == 1) {
      name.score =
          (titled ? 4 : 0) + (behind_role && name.last == chunk.last ? 2 : 0) + (titled && behind_role ? 1 : 0);
      if (behind_role && NextToVerb(name.chunk)) name.score += 1;
    } else if (words <= kLongestName) {
      name.score = 3 + (titled ? 3 : 0) + (behind_role ? 3 : 0) + (whole ? 2 : 0);
      if (whole && NextToRole(name.chunk)) name.score += 2;
      if (NextToVerb(name.chunk)) name.score += 1;
      if (behind_small && !titled) {
        // "Minister of the Interior A. B.": the name is what ends the row.
        if (words < 3 || !chunk.has_role) return;
        name = WithoutFirstWords(name, words);
        name.score = 3;
      }
    }
    if (NamesOrganization(name.first, name.last)) name.score -= 5;
    if (name.score > best_.score) best_ = name;
  }

  // The last two words of a row; of three, in languages with two surnames, too: nobody can tell.
  FoundName WithoutFirstWords(FoundName name, std::size_t words) const {
    for (std::size_t drop = words - 2; drop > 0; --drop) {
      do ++name.first;
      while (name.first < name.last && !IsNameWord(name.first));
    }
    name.honorific_first = name.honorific_last = name.first;
    return name;
  }

  // Scripts without capitals: a chunk of two to four plain words beside an office or verb, or what stands behind an
  // honorific, or what ends a chunk that names an office.
  void ReadUncased(std::size_t number) {
    const Chunk& chunk = clause_.chunks()[number];
    std::size_t titles = chunk.first;
    if (chunk.has_role) {
      titles = BehindOffice(chunk);
      if (titles == chunk.last) return;
    }
    const std::size_t first = SkipHonorifics(titles, chunk.last);
    std::size_t words = 0;
    std::size_t last = first;
    for (std::size_t i = first; i < chunk.last; ++i) {
      if (tokens_.IsSpace(i)) continue;
      if (!tokens_.IsWord(i) || IsSmallUncased(i)) break;
      ++words;
      last = i + 1;
    }
    if (words == 0 || words > 4) return;
    FoundName name{number, first, last, titles, first, 0};
    const bool titled = name.honorific_first < name.first;
    const bool whole = last == chunk.last;
    if (titled) name.score += 4;
    if (words >= 2 && whole && NextToRole(number)) name.score += 5;
    if (words >= 2 && whole && NextToVerb(number)) name.score += 4;
    if (words >= 2 && chunk.has_role) name.score += 3;
    if (NamesOrganization(name.first, name.last)) name.score -= 5;
    if (name.score > best_.score) best_ = name;
  }

  // A small word, also one written together with "and": "ومن".
  bool IsSmallUncased(std::size_t i) const {
    if (clause_.Is(Cue::kFunctionWord, i)) return true;
    constexpr std::string_view kAnd = "و";
    const std::string_view word = tokens_.Folded(i);
    return word.starts_with(kAnd) && clause_.vocabulary().Has(Cue::kFunctionWord, word.substr(kAnd.size()));
  }

  // Behind the words of an office and what they govern: compounds, and definite forms right behind it. Names have
  // definite forms, too, so that the last two words are left for one.
  std::size_t BehindOffice(const Chunk& chunk) const {
    std::size_t role = chunk.last;
    for (std::size_t i = chunk.first; i < chunk.last; ++i) {
      if (clause_.Is(Cue::kRole, i)) role = i;
    }
    const std::size_t name = LastWords(role + 1, chunk.last);
    std::size_t first = role + 1;
    bool adjoins = true;
    for (std::size_t i = first; i < name; ++i) {
      if (!tokens_.IsWord(i)) continue;
      const std::string_view word = tokens_.Folded(i);
      if (clause_.Is(Cue::kHonorific, i)) break;
      const bool definite = word.starts_with("ال") || word.starts_with("ה") || word.starts_with("ל");
      adjoins = adjoins && definite;
      if (adjoins || GovernsUncased(i)) first = i + 1;
    }
    while (first < chunk.last && tokens_.IsSpace(first)) ++first;
    return first;
  }

  // "for the", "of the organisation": what stands here belongs to the office.
  bool GovernsUncased(std::size_t i) const {
    constexpr std::string_view kFor = "ل";
    const std::string_view word = tokens_.Folded(i);
    if (word.starts_with("لل") || clause_.Is(Cue::kOrganization, i) || IsSmallUncased(i)) return true;
    return word.starts_with(kFor) && clause_.vocabulary().Has(Cue::kOrganization, word.substr(kFor.size()));
  }

  // Where the last two words of tokens [first, last) begin; `last` when there are not more than two.
  std::size_t LastWords(std::size_t first, std::size_t last) const {
    std::size_t words = 0;
    std::size_t begin = last;
    for (std::size_t i = last; i > first; --i) {
      if (!tokens_.IsWord(i - 1)) continue;
      if (++words == 2) begin = i - 1;
    }
    return words > 2 ? begin : last;
  }

  const Clause& clause_;
  const FoldedTokens& tokens_;
  const KnownOrganizations& organizations_;
  FoundName best_;
};

}  // namespace

std::optional<FoundName> FindName(const Clause& clause, const KnownOrganizations& organizations) {
  return NameReader(clause, organizations).Best();
}

}  // namespace communique::releases
