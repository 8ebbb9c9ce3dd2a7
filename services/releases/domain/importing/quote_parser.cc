// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/importing/quote_parser.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "services/releases/domain/importing/sentences.h"
#include "services/releases/domain/importing/words.h"
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
        speech_.push_back(stretch);
      }
    }
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
      if (!behind.has_verb && !by_dash) break;
      attribution_ = behind;
      attributed_behind_ = true;
      break;
    }
    if (Knows() || attributed_behind_) return;
    if (!led_up_ && !IsWordless(Narrative(0))) attribution_ = Parse(LastSentence(Narrative(0), vocabulary_));
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
  const std::size_t name = paragraph.find(speaker.display_name());
  if (speaker.roles_size() > 0 || name == std::string_view::npos) return;
  const std::string_view behind = TrimWhiteSpace(paragraph.substr(name + speaker.display_name().size()));
  const CodePoint first = FirstCodePoint(behind);
  if (first.value != ',' && first.value != 0x060C) return;
  const std::string_view office = TrimWhiteSpace(behind.substr(first.size));
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
