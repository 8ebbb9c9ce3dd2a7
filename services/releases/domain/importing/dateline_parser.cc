// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/dateline_parser.h"

#include <algorithm>
#include <string>
#include <vector>

#include "services/releases/domain/importing/country_names.h"
#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/dates.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

constexpr std::size_t kLongestDateline = 300;
constexpr std::size_t kMaxPlaces = 10;
constexpr std::size_t kMaxWordsInPlace = 5;
// "Calif.", "Minn.".
constexpr std::size_t kLongestShortened = 6;
// What DatelinePlace.joint and Dateline.separator may hold.
constexpr std::size_t kMaxJoint = 20;
constexpr std::size_t kMaxSeparator = 100;

bool IsDash(std::string_view mark) { return mark == "-" || mark == "–" || mark == "—" || mark == "‒" || mark == "―"; }

class DatelineReader {
 public:
  DatelineReader(std::string_view paragraph, std::string_view language, const Vocabulary& vocabulary)
      : whole_(paragraph),
        text_(FirstCodePoints(paragraph.substr(0, kLongestDateline), kLongestDateline)),
        language_(language),
        vocabulary_(vocabulary),
        tokens_(vocabulary.Tokens(text_)),
        in_small_letters_(InSmallLetters(text_)) {}

  std::optional<ParsedDateline> Read() {
    if (tokens_.size() == 0 || vocabulary_.Match(Cue::kDocument, tokens_, 0).has_value()) return std::nullopt;
    if (Mark(0) == "(" || Mark(0) == "[") ++next_;
    result_.dateline.set_prefix(Printed(0, next_));
    if (!ReadDateFirst() && !ReadPlacesFirst()) return std::nullopt;
    return ReadSeparator() ? std::optional(result_) : std::nullopt;
  }

 private:
  std::size_t Offset(std::size_t token) const { return token < tokens_.size() ? tokens_[token].begin : text_.size(); }
  std::string Printed(std::size_t from, std::size_t to) const {
    return std::string(text_.substr(Offset(from), Offset(to) - Offset(from)));
  }
  std::string_view Mark(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::kMark ? tokens_.Printed(i) : std::string_view();
  }
  std::size_t SkipSpace(std::size_t i) const { return tokens_.IsSpace(i) ? i + 1 : i; }
  bool IsComma(std::size_t i) const { return Mark(i) == "," || Mark(i) == "،"; }

  // The date at token `i`, also one in capitals: "8 DE ABRIL".
  std::optional<FoundDate> FindDate(std::size_t i) const {
    const auto date = DateAt(text_, Offset(i), language_);
    return date.has_value() ? date : DateAt(in_small_letters_, Offset(i), language_);
  }

  // A date at token `i`; moves `i` behind it.
  std::optional<FoundDate> ReadDate(std::size_t& i) const {
    const auto date = FindDate(i);
    if (!date.has_value()) return std::nullopt;
    while (i < tokens_.size() && tokens_[i].begin < date->end) ++i;
    return date;
  }

  void SetDate(const FoundDate& date) {
    result_.dated = true;
    *result_.dateline.mutable_date() = date.date;
    result_.dateline.set_date_text(std::string(text_.substr(date.begin, date.end - date.begin)));
  }

  // A label at `i`. Returns the token behind it; `i` when there is none.
  std::size_t ReadPlace(std::size_t i) const {
    const std::size_t end = ReadName(i);
    return end > i ? WithRegion(i, end) : i;
  }

  // Names, with small words inside.
  std::size_t ReadName(std::size_t i) const {
    std::size_t end = i;
    std::size_t words = 0;
    for (std::size_t at = i; at < tokens_.size() && words < kMaxWordsInPlace;) {
      if (!tokens_.IsWord(at)) break;
      const bool small = !LooksCapital(tokens_.Printed(at));
      const bool function_word = vocabulary_.Has(Cue::kFunctionWord, tokens_.Folded(at));
      if (words == 0 && (small || function_word)) return i;
      if (vocabulary_.Has(Cue::kConjunction, tokens_.Folded(at))) break;
      if (small && !function_word && !vocabulary_.Has(Cue::kNameParticle, tokens_.Folded(at))) break;
      ++words;
      ++at;
      // "St. Gallen", "Washington, D.C.": a dot behind a short word.
      if (Mark(at) == "." && tokens_.Printed(at - 1).size() <= 3) ++at;
      // "Frankfurt/Main" is two places to us; "L'Aquila", "Sana'a" come parted by elision.
      if (Mark(at) == "'" || Mark(at) == "’") ++at;
      if (!small) end = at;
      at = SkipSpace(at);
    }
    return end;
  }

  // What says where the place [begin, end) is: "(Examplia)" before a comma, ", D.C.", ", TX", ", Ore.", ", Norway".
  std::size_t WithRegion(std::size_t begin, std::size_t end) const {
    const std::size_t open = SkipSpace(end);
    if (Mark(open) == "(" && tokens_.IsWord(open + 1) && LooksCapital(tokens_.Printed(open + 1))) {
      std::size_t close = open + 2;
      while (close < open + 8 && (tokens_.IsWord(close) || tokens_.IsSpace(close))) ++close;
      if (Mark(close) == ")" && (IsComma(close + 1) || Mark(SkipSpace(close + 1)) == "/")) return close + 1;
    }
    if (!IsComma(end) || !tokens_.IsSpace(end + 1)) return end;
    const std::size_t first = end + 2;
    std::size_t last = first;
    for (std::size_t at = first; IsInitial(at); at = tokens_.IsSpace(last) && IsInitial(last + 1) ? last + 1 : last) {
      last = at + 2;
    }
    if (last > first + 2) return last;
    if (IsShortenedRegion(first)) return first + 2;
    if (const std::size_t region = ReadName(first); region > first && IsRegion(begin, end, first, region)) {
      return region;
    }
    const bool state = tokens_.IsWord(first) && tokens_.Printed(first).size() == 2 &&
                       LooksAcronym(tokens_.Printed(first)) && (IsComma(first + 1) || tokens_.IsSpace(first + 1));
    return state ? first + 1 : end;
  }

  // "D." of "D.C." and "D. C.".
  bool IsInitial(std::size_t i) const {
    return tokens_.IsWord(i) && tokens_.Printed(i).size() == 1 && Mark(i + 1) == ".";
  }

  // "Ore." before the date or dash; "Sept." is none.
  bool IsShortenedRegion(std::size_t i) const {
    if (!tokens_.IsWord(i) || !LooksCapital(tokens_.Printed(i)) || Mark(i + 1) != ".") return false;
    if (CountCodePoints(tokens_.Printed(i)) > kLongestShortened || FindDate(i).has_value()) return false;
    const std::size_t behind = SkipSpace(i + 2);
    return IsComma(i + 2) || (behind > i + 2 && (IsDash(Mark(behind)) || Mark(behind) == "("));
  }

  // Whether [first, last) is the country or state of the place before it rather than another place: a country, behind
  // what is none, or small letters behind a place in capitals, as wires write it.
  bool IsRegion(std::size_t begin, std::size_t end, std::size_t first, std::size_t last) const {
    if (FindDate(first).has_value()) return false;
    const std::string place = Printed(begin, end);
    const std::string region = Printed(first, last);
    if (LooksAcronym(place) && !LooksAcronym(region)) return true;
    return IsCountryName(region, language_) && !IsCountryName(place, language_);
  }

  // "/", ", ", " and " between two places; returns the token behind it, `i` when there is none.
  std::size_t ReadJoint(std::size_t i) const {
    std::size_t at = SkipSpace(i);
    if (Mark(at) == "/" || IsComma(at) || Mark(at) == "|" || Mark(at) == "+" || Mark(at) == "&")
      return SkipSpace(at + 1);
    if (at > i && tokens_.IsWord(at) && vocabulary_.Has(Cue::kConjunction, tokens_.Folded(at)))
      return SkipSpace(at + 1);
    return i;
  }

  // What may stand between the last place and the date: ", ", " (", ", den ".
  std::size_t ReadDateJoint(std::size_t i) const {
    std::size_t at = SkipSpace(i);
    if (IsComma(at) || Mark(at) == "(" || Mark(at) == "|" || Mark(at) == "/" || Mark(at) == "•" || Mark(at) == "·") {
      at = SkipSpace(at + 1);
    }
    const std::string_view word = tokens_.Folded(at);
    for (const std::string_view small : {"den", "le", "am", "the", "a", "el", "on", "ce"}) {
      if (word == small) return SkipSpace(at + 1);
    }
    return at;
  }

  bool ReadPlacesFirst() {
    std::size_t at = next_;
    for (std::size_t count = 0; count < kMaxPlaces; ++count) {
      const std::size_t end = ReadPlace(at);
      if (end == at) break;
      v1::DatelinePlace* place = result_.dateline.add_places();
      place->set_label(std::string(TrimWhiteSpace(Printed(at, end))));
      std::size_t behind = ReadDateJoint(end);
      const std::size_t date_begin = behind;
      if (const auto date = behind > end ? ReadDate(behind) : std::nullopt) {
        place->set_joint(Printed(end, date_begin));
        SetDate(*date);
        next_ = behind;
        return place->joint().size() <= kMaxJoint;
      }
      if (ReadDateBehindDash(end, *place)) return true;
      const std::size_t joint = ReadJoint(end);
      if (joint == end || ReadPlace(joint) == joint) {
        next_ = end;
        return true;
      }
      place->set_joint(Printed(end, joint));
      at = joint;
    }
    return false;
  }

  // "GENEVA — 16 October 2026 — The …".
  bool ReadDateBehindDash(std::size_t end, v1::DatelinePlace& place) {
    const std::size_t dash = SkipSpace(end);
    if (dash == end || !IsDash(Mark(dash))) return false;
    std::size_t behind = SkipSpace(dash + 1);
    // "GENEVA - (16 October 2026) – The …".
    const bool in_brackets = Mark(behind) == "(";
    if (in_brackets) ++behind;
    const std::size_t date_begin = behind;
    const auto date = ReadDate(behind);
    if (!date.has_value() || (in_brackets && Mark(behind) != ")")) return false;
    if (!IsSeparatorMark(SkipSpace(in_brackets ? behind + 1 : behind))) return false;
    place.set_joint(Printed(end, date_begin));
    SetDate(*date);
    next_ = behind;
    return true;
  }

  // "16 October 2026 | Geneva", and the date alone.
  bool ReadDateFirst() {
    std::size_t at = next_;
    const auto date = ReadDate(at);
    if (!date.has_value()) return false;
    SetDate(*date);
    next_ = at;
    const std::size_t joint =
        ReadJoint(at) == at && IsDash(Mark(SkipSpace(at))) ? SkipSpace(SkipSpace(at) + 1) : ReadJoint(at);
    if (joint == at) return true;
    std::vector<v1::DatelinePlace> places;
    std::size_t end = joint;
    for (std::size_t from = joint; places.size() < kMaxPlaces;) {
      const std::size_t behind = ReadPlace(from);
      if (behind == from) break;
      if (!places.empty()) places.back().set_joint(Printed(end, from));
      places.emplace_back().set_label(Printed(from, behind));
      end = behind;
      from = ReadJoint(end);
      if (from == end) break;
    }
    // "16 October – Geneva has …" is a date and the lead: behind a place stands a mark or nothing.
    const bool placed = !places.empty() &&
                        (end >= tokens_.size() || (SkipSpace(end) < tokens_.size() && IsSeparatorMark(SkipSpace(end))));
    if (!placed) return true;
    result_.dateline.set_date_joint(Printed(at, joint));
    result_.dateline.mutable_places()->Add(places.begin(), places.end());
    next_ = end;
    return true;
  }

  bool IsSeparatorMark(std::size_t i) const { return IsDash(Mark(i)) || Mark(i) == ":" || Mark(i) == "|"; }

  // "/Newswire/" and "(abc)" between the dateline and its dash.
  std::size_t SkipAgency(std::size_t i) const {
    const std::size_t open = SkipSpace(i);
    const std::string_view mark = Mark(open);
    // "MADRID, 12 Mar. (AGENCY) -".
    if (mark == "." && result_.dated) {
      const std::size_t behind = SkipAgency(open + 1);
      return behind > open + 1 ? behind : i;
    }
    // "LONDON--(NEWSWIRE)--".
    if (mark == "-" && Mark(open + 1) == "-" && Mark(open + 2) == "(") {
      const std::size_t behind = SkipAgency(open + 2);
      return Mark(behind) == "-" && Mark(behind + 1) == "-" ? behind : i;
    }
    if (mark != "/" && mark != "(") return i;
    const std::string_view close = mark == "(" ? std::string_view(")") : mark;
    for (std::size_t at = open + 1; at < tokens_.size() && at < open + 8; ++at) {
      if (Mark(at) == close) return at + 1;
    }
    return i;
  }

  bool ReadSeparator() {
    std::size_t at = next_;
    if (Mark(at) == ")" || Mark(at) == "]") ++at;
    if (TrimWhiteSpace(whole_.substr(Offset(at))).empty()) return Finish(whole_.size(), true);
    const std::size_t agency = SkipAgency(at);
    // "BREMEN (abc). While …".
    const bool stopped = agency > at && Mark(agency) == "." && tokens_.IsSpace(agency + 1);
    const bool wired = agency > at && (stopped || IsDash(Mark(SkipSpace(at))));
    // "Bremen (abc)" alone above the text. In capitals it may be anybody's name and acronym.
    const bool by_agency = agency > at && InSmallLetters(Printed(at, agency)) == Printed(at, agency);
    at = agency;
    if (by_agency && TrimWhiteSpace(whole_.substr(Offset(at))).empty()) return Finish(whole_.size(), true);
    const std::size_t space = at;
    at = SkipSpace(at);
    const bool spaced = at > space;
    const bool dotted = (result_.dated || stopped) && Mark(at) == ".";
    if (dotted) ++at;
    const std::size_t mark = at;
    while (IsDash(Mark(at)) || (result_.dated && (Mark(at) == ":" || Mark(at) == "|"))) ++at;
    const bool marked = at > mark;
    at = SkipSpace(at);
    const bool line_ended = Printed(space, at).find('\n') != std::string::npos;
    if (!marked && !dotted && !(result_.dated && line_ended)) return false;
    if (!result_.dated && !wired && !LooksLikePlainDateline(spaced, at)) return false;
    // "GENEVA, 16 October –" with the text on the next line.
    if (TrimWhiteSpace(whole_.substr(Offset(at))).empty()) return Finish(whole_.size(), true);
    return Finish(Offset(at), false);
  }

  // Without a date: few words, a dash with spaces around it, and a sentence behind it.
  bool LooksLikePlainDateline(bool spaced, std::size_t at) const {
    if (!spaced || at == 0 || !tokens_.IsSpace(at - 1) || at >= tokens_.size()) return false;
    std::size_t words = 0;
    for (const v1::DatelinePlace& place : result_.dateline.places()) words += CountWords(place.label());
    const bool sentence = tokens_[at].kind != TokenKind::kWord || LooksCapital(tokens_.Printed(at));
    return words <= 3 && sentence;
  }

  bool Finish(std::size_t end, bool alone) {
    result_.alone = alone;
    result_.size = end;
    result_.dateline.set_separator(std::string(whole_.substr(Offset(next_), end - Offset(next_))));
    if (result_.dateline.prefix().empty()) result_.dateline.clear_prefix();
    return CountCodePoints(result_.dateline.separator()) <= kMaxSeparator;
  }

  std::string_view whole_;
  std::string_view text_;
  std::string_view language_;
  const Vocabulary& vocabulary_;
  FoldedTokens tokens_;
  // The same bytes, without capitals of ASCII.
  std::string in_small_letters_;
  std::size_t next_ = 0;
  ParsedDateline result_;
};

}  // namespace

std::optional<ParsedDateline> ParseDateline(std::string_view paragraph, std::string_view language,
                                            const Vocabulary& vocabulary) {
  return DatelineReader(paragraph, language, vocabulary).Read();
}

}  // namespace communique::releases
