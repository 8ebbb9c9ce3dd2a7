// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/quote_parser.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "services/releases/domain/importing/quote_insertions.h"
#include "services/releases/domain/importing/sentences.h"
#include "services/releases/domain/importing/words.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/quotation_marks.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

// A quotation of fewer words is a title or a turn of phrase, unless a sentence ends in it.
constexpr std::size_t kWordsOfSpeech = 4;
// Without any attribution, only a quotation of this many words is taken for one.
constexpr std::size_t kWordsWithoutSpeaker = 8;
constexpr std::size_t kLongestLabel = 250;
constexpr std::size_t kWordsOfOffice = 14;
constexpr std::size_t kWordsOfApposition = 10;
// "… ha aggiunto il vicepresidente A. B."
constexpr std::size_t kWordsBeforeName = 5;
// Quote.spans holds 100: quotations and the narrative around them.
constexpr std::size_t kMaxQuotations = 49;

bool IsTerminal(char32_t value) {
  return value == '.' || value == '!' || value == '?' || value == 0x2026 || value == 0x061F || value == 0x3002;
}

bool EndsWithColon(std::string_view text) {
  const char32_t last = LastCodePoint(TrimTrailingWhiteSpace(text)).value;
  return last == ':' || last == 0xFF1A;
}

// Only marks and white space.
bool IsWordless(std::string_view text) { return CountWords(text, 1) == 0; }

// What stands behind the comma behind the speaker's name; empty when nothing does.
std::string_view BehindName(std::string_view text, const v1::Speaker& speaker) {
  const std::size_t name = speaker.display_name().empty() ? std::string_view::npos : text.find(speaker.display_name());
  if (name == std::string_view::npos) return {};
  const std::string_view behind = TrimWhiteSpace(text.substr(name + speaker.display_name().size()));
  const CodePoint first = FirstCodePoint(behind);
  return first.value == ',' || first.value == 0x060C ? TrimWhiteSpace(behind.substr(first.size)) : std::string_view();
}

// "apiculteur", "productora": in small letters, and no word of how somebody said it.
bool BeginsWithNoun(const FoldedTokens& tokens, const Vocabulary& vocabulary) {
  const std::string_view word = tokens.Folded(0);
  if (!HasCase(tokens.Printed(0)) || LooksCapital(tokens.Printed(0))) return false;
  if (vocabulary.Has(Cue::kFunctionWord, word) || vocabulary.Has(Cue::kPronoun, word)) return false;
  constexpr std::string_view kOthers[] = {"ant", "ando", "endo", "mente", "ment", "é",
                                          "ée",  "ado",  "ada",  "ido",   "ida"};
  return std::none_of(std::begin(kOthers), std::end(kOthers),
                      [&](std::string_view ending) { return word.ends_with(ending); });
}

// Whether a description of a person begins like this: "a beekeeper from Kent", and "Imkerin aus Kassel" where nouns
// have capitals. Anything else may be what they were doing.
bool BeginsLikeDescription(std::string_view text, const KnownPersons& known, const Vocabulary& vocabulary) {
  const FoldedTokens tokens = vocabulary.Tokens(text);
  if (tokens.size() == 0 || !tokens.IsWord(0)) return false;
  if (vocabulary.Has(Cue::kArticleBehindName, tokens.Folded(0))) return CountWords(text) > 1;
  if (vocabulary.bare_appositions()) return BeginsWithNoun(tokens, vocabulary);
  const bool name = known.places.contains(Fold(text)) || known.organizations.contains(Fold(text));
  return vocabulary.nouns_in_capitals() && HasCase(text) && LooksCapital(text) && !LooksAcronym(tokens.Printed(0)) &&
         !vocabulary.Has(Cue::kFunctionWord, tokens.Folded(0)) && !name;
}

// "said A. B., a beekeeper from Kent": an office by its place, whatever word it is.
void TakeAppositionBehindName(std::string_view sentence, bool any, const KnownPersons& known,
                              const Vocabulary& vocabulary, v1::Speaker& speaker) {
  if (speaker.roles_size() > 0) return;
  std::string_view text = BehindName(sentence, speaker);
  text = TrimWhiteSpace(text.substr(0, text.find_first_of(",.;:\n\"")));
  const std::size_t words = CountWords(text);
  if (words == 0 || words > kWordsOfApposition) return;
  if (any || BeginsLikeDescription(text, known, vocabulary)) {
    *speaker.add_roles() = ParseOffice(text, known.organizations, vocabulary);
  }
}

class QuoteReader {
 public:
  QuoteReader(std::string_view paragraph, const Vocabulary& vocabulary, KnownPersons& known)
      : text_(paragraph), vocabulary_(vocabulary), known_(known) {}

  std::optional<ParsedQuote> Read(const v1::Quote* before) {
    FindSpeech();
    if (speech_.empty() || speech_.size() > kMaxQuotations) return std::nullopt;
    const bool continued = before != nullptr && IsLeftOpen(*before) && Narrative(0).empty();
    if (continued) {
      result_.quote.set_continued(true);
      attribution_.speaker = before->speaker();
    } else {
      Attribute();
    }
    if (!continued && !IsSpeech()) return std::nullopt;
    // Before the others are looked at: "he added" is this one.
    known_.Remember(attribution_.speaker);
    if (!continued && SpeakersDiffer()) {
      result_.several_speakers = true;
      return result_;
    }
    Fill();
    return result_;
  }

 private:
  // The narrative before quotation `i`; behind the last one for i == speech_.size().
  std::string_view Narrative(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : speech_[i - 1].end;
    const std::size_t end = i == speech_.size() ? text_.size() : speech_[i].begin;
    return text_.substr(begin, end - begin);
  }

  // Quotations, without what is merely set in marks.
  void FindSpeech() {
    std::vector<QuotedStretch> stretches = FindQuoted(text_);
    // Single marks quote only where a text uses no others.
    if (stretches.empty()) stretches = FindQuoted(text_, true);
    for (const QuotedStretch& stretch : stretches) {
      const std::string_view words = stretch.Text(text_);
      const bool sentence = IsTerminal(LastCodePoint(TrimTrailingWhiteSpace(words)).value) || !stretch.closed();
      const bool led_up = EndsWithColon(text_.substr(0, stretch.begin));
      if (CountWords(words, kWordsOfSpeech) >= kWordsOfSpeech || sentence || led_up || LedOut(stretch)) {
        AddSpeech(stretch);
      }
    }
  }

  // “We came early —said A. B.— and left late”: two quotations, the marks of the second one at its end only.
  void AddSpeech(const QuotedStretch& stretch) {
    const auto insertion = FindQuoteInsertion(stretch.Text(text_), known_, vocabulary_);
    if (!insertion.has_value()) return speech_.push_back(stretch);
    const std::size_t before = stretch.text_begin + insertion->begin;
    const std::size_t behind = stretch.text_begin + insertion->end;
    // Nothing is said behind it: the closing mark belongs to the narrative then, and nobody would see where it is.
    if (behind >= stretch.text_end) return speech_.push_back(stretch);
    speech_.push_back({stretch.begin, stretch.text_begin, before, before});
    speech_.push_back({behind, behind, stretch.text_end, stretch.end});
  }

  // “Yes”, said X.
  bool LedOut(const QuotedStretch& stretch) const {
    const char32_t last = LastCodePoint(stretch.Text(text_)).value;
    const char32_t next = CodePointAt(text_, stretch.end).value;
    return last == ',' || next == ',' || next == 0x060C;
  }

  void Attribute() {
    led_up_ = EndsWithColon(Narrative(0));
    if (led_up_) attribution_ = Parse(LastSentence(Narrative(0), vocabulary_));
    if (Knows()) return;
    for (std::size_t i = 1; i <= speech_.size(); ++i) {
      const std::string_view sentence = FirstSentence(Narrative(i), vocabulary_);
      if (IsWordless(sentence)) continue;
      const ParsedAttribution behind = Parse(sentence);
      const bool by_dash = i == speech_.size() && BeginsWithDash(sentence);
      const bool by_form = i == 1 && IsWordless(Narrative(0)) && NamesAtOnce(sentence, behind.speaker);
      if (!behind.has_verb && !by_dash && !by_form) break;
      attribution_ = behind;
      attributed_behind_ = true;
      TakeAppositionBehindName(sentence, by_form && vocabulary_.of_all_languages(), known_, vocabulary_,
                               attribution_.speaker);
      break;
    }
    if (Knows() || attributed_behind_) return;
    if (!led_up_ && !IsWordless(Narrative(0))) attribution_ = Parse(LastSentence(Narrative(0), vocabulary_));
  }

  // ", se souvient A. B.": a name a few small words behind a quotation that opens the paragraph is whose it is,
  // whatever the words are. A word like "by" before it says that the marks are around a title.
  bool NamesAtOnce(std::string_view sentence, const v1::Speaker& speaker) const {
    const std::string& printed = speaker.honorific().empty() ? speaker.display_name() : speaker.honorific();
    const std::size_t name = printed.empty() ? std::string_view::npos : sentence.find(printed);
    if (name == std::string_view::npos) return false;
    std::string_view before = sentence.substr(0, name);
    while (!before.empty() && !HasCase(before)) before.remove_prefix(FirstCodePoint(before).size);
    const std::size_t words = CountWords(before);
    if (words == 0 || words > kWordsBeforeName || LooksCapital(before)) return false;
    const std::string_view trimmed = TrimTrailingWhiteSpace(before);
    const std::string last = Fold(trimmed.substr(trimmed.find_last_of(" \n") + 1));
    return vocabulary_.of_all_languages() || !vocabulary_.Has(Cue::kFunctionWord, last);
  }

  ParsedAttribution Parse(std::string_view clause) const { return ParseAttribution(clause, known_, vocabulary_); }

  bool Knows() const { return !attribution_.speaker.display_name().empty(); }

  static bool BeginsWithDash(std::string_view text) {
    const std::string_view trimmed = TrimLeadingWhiteSpace(text);
    const char32_t first = FirstCodePoint(trimmed).value;
    return first == 0x2013 || first == 0x2014 || first == 0x2015 || (first == '-' && trimmed.size() > 1);
  }

  std::size_t SpokenWords() const {
    std::size_t words = 0;
    for (const QuotedStretch& stretch : speech_) words = std::max(words, CountWords(stretch.Text(text_)));
    return words;
  }

  bool IsSpeech() const {
    const bool opens = IsWordless(Narrative(0));
    // A mark that is never closed quotes only where a quotation clearly begins.
    if (!speech_.back().closed() && !led_up_ && !opens) return false;
    if (led_up_) return Knows() || attribution_.has_verb || SpokenWords() >= kWordsWithoutSpeaker;
    if (attributed_behind_) return Knows() || SpokenWords() >= kWordsOfSpeech;
    if (opens && IsWordless(Narrative(speech_.size()))) return SpokenWords() >= kWordsWithoutSpeaker;
    return Knows() && attribution_.has_verb && SpokenWords() >= kWordsOfSpeech;
  }

  // Whether another person is said to have said one of the quotations.
  bool SpeakersDiffer() const {
    for (std::size_t i = 1; i <= speech_.size(); ++i) {
      const std::string_view narrative = Narrative(i);
      if (IsWordless(narrative)) continue;
      ParsedAttribution other;
      const bool leads_up = i < speech_.size() && EndsWithColon(narrative);
      if (leads_up) other = Parse(LastSentence(narrative, vocabulary_));
      if (other.speaker.display_name().empty()) {
        other = Parse(FirstSentence(narrative, vocabulary_));
        if (!other.has_verb) continue;
      }
      const std::string& name = other.speaker.display_name();
      if (!name.empty() && Knows() && name != attribution_.speaker.display_name()) return true;
    }
    return false;
  }

  void Fill() {
    v1::Quote& quote = result_.quote;
    for (std::size_t i = 0; i <= speech_.size(); ++i) {
      const std::string_view narrative = Narrative(i);
      if (!narrative.empty()) quote.add_spans()->set_narrative(std::string(narrative));
      if (i == speech_.size()) break;
      v1::Quotation* quotation = quote.add_spans()->mutable_quotation();
      quotation->set_opening(std::string(speech_[i].Opening(text_)));
      // White space before a closing mark is printed with the mark.
      quotation->set_text(std::string(speech_[i].Text(text_)));
      quotation->set_closing(std::string(speech_[i].Closing(text_)));
    }
    quote.set_placement(PlacementOf());
    if (Knows()) *quote.mutable_speaker() = attribution_.speaker;
  }

  v1::Quote::Placement PlacementOf() const {
    bool narrated = false;
    for (std::size_t i = 1; i < speech_.size(); ++i) narrated = narrated || !IsWordless(Narrative(i));
    const std::string_view lead = Narrative(0);
    const std::string_view tail = Narrative(speech_.size());
    const bool wordless_tail = IsWordless(tail);
    if (led_up_ && !attribution_.has_verb && !narrated && wordless_tail && lead.size() <= kLongestLabel &&
        LastSentence(lead, vocabulary_).size() == lead.size()) {
      return v1::Quote::PLACEMENT_LABEL;
    }
    if (IsWordless(lead) && !narrated && (wordless_tail || BeginsWithDash(tail))) return v1::Quote::PLACEMENT_BLOCK;
    return v1::Quote::PLACEMENT_RUN_IN;
  }

  std::string_view text_;
  const Vocabulary& vocabulary_;
  KnownPersons& known_;
  std::vector<QuotedStretch> speech_;
  ParsedAttribution attribution_;
  bool led_up_ = false;
  bool attributed_behind_ = false;
  ParsedQuote result_;
};

bool BeginsWithAttributionDash(std::string_view paragraph) {
  const CodePoint first = FirstCodePoint(paragraph);
  return first.value == 0x2013 || first.value == 0x2014 || first.value == 0x2015 || first.value == '-';
}

// "— A. B., conductor": what stands behind the name below a quotation is the office, whatever word it is.
void TakeOfficeBehindName(std::string_view paragraph, const KnownOrganizations& organizations,
                          const Vocabulary& vocabulary, v1::Speaker& speaker) {
  if (speaker.roles_size() > 0) return;
  const std::string_view office = BehindName(paragraph, speaker);
  const std::size_t words = CountWords(office);
  if (words == 0 || words > kWordsOfOffice || office.find('\n') != std::string_view::npos) return;
  *speaker.add_roles() = ParseOffice(office, organizations, vocabulary);
}

}  // namespace

std::optional<ParsedQuote> ParseQuote(std::string_view paragraph, const v1::Quote* before, const Vocabulary& vocabulary,
                                      KnownPersons& known) {
  return QuoteReader(paragraph, vocabulary, known).Read(before);
}

bool IsLeftOpen(const v1::Quote& quote) {
  if (quote.spans_size() == 0) return false;
  const v1::QuoteSpan& last = quote.spans(quote.spans_size() - 1);
  return last.has_quotation() && last.quotation().closing().empty();
}

bool AddAttributionLine(std::string_view gap, std::string_view paragraph, const Vocabulary& vocabulary,
                        KnownPersons& known, v1::Quote& quote) {
  const bool stands_alone = quote.placement() == v1::Quote::PLACEMENT_BLOCK && !IsLeftOpen(quote);
  if (!stands_alone || paragraph.size() > kLongestLabel || !BeginsWithAttributionDash(paragraph)) return false;
  ParsedAttribution attribution = ParseAttribution(paragraph, known, vocabulary);
  if (attribution.speaker.display_name().empty()) return false;
  TakeOfficeBehindName(paragraph, known.organizations, vocabulary, attribution.speaker);
  quote.add_spans()->set_narrative(std::string(gap) + std::string(paragraph));
  *quote.mutable_speaker() = attribution.speaker;
  known.Remember(attribution.speaker);
  return true;
}

}  // namespace communique::releases
