// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/text/utf8.h"
#include "services/releases/domain/text/white_space.h"

namespace communique::releases {
namespace {

constexpr std::size_t kMaxShownCharacters = 40;

std::string Shown(std::string_view mark) { return std::string(BareMark(mark)); }

bool IsRightToLeft(std::string_view language) {
  constexpr std::array kLanguages = {"ar", "fa", "he", "ps", "ur", "yi"};
  return std::find(kLanguages.begin(), kLanguages.end(), language) != kLanguages.end();
}

// A language that pairs this opening mark itself knows its own closing one; for a mark that is foreign to it, any
// language's pair is taken.
bool Pairs(std::string_view opening, std::string_view closing, const LintText& text) {
  if (MarksMatch(opening, closing, text.language())) return true;
  // Right-to-left texts print the English pair the other way round about as often.
  if (IsRightToLeft(text.language()) && Shown(opening) == "”" && Shown(closing) == "“") return true;
  const bool own = MarksMatch(opening, ClosingMarkFor(opening, text.language()), text.language());
  return !own && MarksMatch(opening, closing, "");
}

// Where a stretch of the passage's text begins in it.
std::size_t PlaceOf(std::string_view stretch, const Passage& passage) {
  return static_cast<std::size_t>(stretch.data() - passage.text.data());
}

// "» Read more": an arrow, not a mark.
bool IsBullet(const Passage& passage, const QuotedStretch& stretch) {
  const std::string_view opening = stretch.Opening(passage.text);
  const std::string bare = Shown(opening);
  return (bare == "»" || bare == "›") && bare.size() < opening.size() && IsBlank(passage.text.substr(0, stretch.begin));
}

// Whether the passage goes on with a quotation from the one before it: an opening mark at its beginning (each paragraph
// of a long quotation has one) or a closing mark that was opened elsewhere (only the last one has one).
bool ContinuesQuotation(const Passage& passage) {
  if (passage.quote() != nullptr && passage.quote()->continued()) return true;
  if (!passage.quoted.empty() && IsBlank(passage.text.substr(0, passage.quoted.front().begin))) return true;
  constexpr std::array<std::string_view, 4> kClosing = {"”", "“", "»", "«"};
  std::size_t stretch = 0;
  for (std::size_t i = 0; i < passage.text.size(); ++i) {
    if (stretch < passage.quoted.size() && i == passage.quoted[stretch].begin) {
      i = std::max(i, passage.quoted[stretch].end);
      ++stretch;
    }
    const std::string_view rest = passage.text.substr(std::min(i, passage.text.size()));
    if (rest.starts_with('"')) return true;
    if (std::any_of(kClosing.begin(), kClosing.end(), [&](auto mark) { return rest.starts_with(mark); })) return true;
  }
  return false;
}

// Whether the quotation left open in passage `i` is closed or taken up again soon.
bool GoesOn(const LintText& text, std::size_t i) {
  constexpr std::size_t kReach = 8;
  const auto& passages = text.passages();
  for (std::size_t next = i + 1; next < passages.size() && next <= i + kReach; ++next) {
    if (passages[next].kind != PassageKind::kParagraph && passages[next].kind != PassageKind::kListItem) break;
    if (ContinuesQuotation(passages[next])) return true;
  }
  return false;
}

// The mark that closes quotation `i` of a passage: its own, or that of the piece it ends with, where the words for who
// speaks stand inside the marks ("“We came early —said A. B.— and left late.”").
std::string_view ClosingOf(const Passage& passage, std::size_t i) {
  while (passage.quoted[i].Closing(passage.text).empty() && i + 1 < passage.quoted.size() &&
         passage.quoted[i + 1].Opening(passage.text).empty()) {
    ++i;
  }
  return BareMark(passage.quoted[i].Closing(passage.text));
}

void CheckMarks(const LintText& text, std::size_t i, LintFindings& findings) {
  const Passage& passage = text.passages()[i];
  std::optional<bool> goes_on;
  for (std::size_t number = 0; number < passage.quoted.size(); ++number) {
    const QuotedStretch& stretch = passage.quoted[number];
    const std::string_view opening = BareMark(stretch.Opening(passage.text));
    const std::string_view closing = ClosingOf(passage, number);
    if (opening.empty() || IsBullet(passage, stretch)) continue;
    const std::string opened = "The quotation opened with " + std::string(opening) + " is ";
    const std::string right(ClosingMarkFor(opening, text.language()));
    if (!closing.empty()) {
      if (Pairs(opening, closing, text)) continue;
      const std::size_t mark = PlaceOf(closing, passage);
      findings.Add(kQuoteMarksMismatched, passage, mark, mark + closing.size(),
                   opened + "closed with " + std::string(closing) + "; " + right + " would close it.");
      continue;
    }
    if (!goes_on.has_value()) goes_on = GoesOn(text, i);
    if (*goes_on) continue;
    const std::size_t mark = PlaceOf(opening, passage);
    const std::string_view words = passage.text.substr(mark);
    const std::size_t size = FirstCodePoints(words.substr(0, words.find('\n')), kMaxShownCharacters).size();
    findings.Add(kQuoteUnclosed, passage, mark, mark + size, opened + "never closed; add " + right + " where it ends.");
  }
}

// The outer marks of the copy, by style.
struct Style {
  std::string opening;
  std::string closing;
  int count = 0;
  const Passage* passage = nullptr;
  QuotedStretch first;
};

void CountStyle(const Passage& passage, const QuotedStretch& stretch, std::vector<Style>& styles) {
  const std::string opening = Shown(stretch.Opening(passage.text));
  const std::string closing = Shown(stretch.Closing(passage.text));
  auto style = std::find_if(styles.begin(), styles.end(),
                            [&](const Style& known) { return known.opening == opening && known.closing == closing; });
  if (style == styles.end()) style = styles.insert(styles.end(), {opening, closing, 0, &passage, stretch});
  ++style->count;
}

bool IsCopy(const Passage& passage) {
  return passage.part->kind == PartKind::kLead || passage.part->kind == PartKind::kBody;
}

bool IsSingle(std::string_view mark) { return mark == "‘" || mark == "‚" || mark == "’" || mark == "'"; }

// Single marks beside double ones are a style, not a mixture.
void CheckMixture(const LintText& text, LintFindings& findings) {
  std::vector<Style> styles;
  for (const Passage& passage : text.passages()) {
    if (!IsCopy(passage)) continue;
    for (const QuotedStretch& stretch : passage.quoted) {
      const std::string_view opening = BareMark(stretch.Opening(passage.text));
      const std::string_view closing = BareMark(stretch.Closing(passage.text));
      if (opening.empty() || closing.empty() || IsSingle(opening) || !Pairs(opening, closing, text)) continue;
      CountStyle(passage, stretch, styles);
    }
  }
  if (styles.size() < 2) return;
  const auto usual =
      std::max_element(styles.begin(), styles.end(), [](const Style& a, const Style& b) { return a.count < b.count; });
  for (auto style = styles.begin(); style != styles.end(); ++style) {
    if (style == usual) continue;
    const std::size_t size = FirstCodePoints(style->first.Text(style->passage->text), kMaxShownCharacters).size();
    findings.Add(kQuoteMarksMixed, *style->passage, style->first.begin, style->first.text_begin + size,
                 "Quotation marks of two styles: " + style->opening + "…" + style->closing + " here, " +
                     usual->opening + "…" + usual->closing + " elsewhere in the text. One of them would do.");
  }
}

bool Quotes(const v1::Quote& quote) {
  return std::any_of(quote.spans().begin(), quote.spans().end(),
                     [](const v1::QuoteSpan& span) { return !IsBlank(span.quotation().text()); });
}

}  // namespace

void LintQuoteMarks(const LintText& text, LintFindings& findings) {
  for (std::size_t i = 0; i < text.passages().size(); ++i) CheckMarks(text, i, findings);
  CheckMixture(text, findings);
}

void LintSpeakers(const LintText& text, LintFindings& findings) {
  // Whoever spoke last goes on speaking until something else comes between.
  const v1::Speaker* last = nullptr;
  for (const Passage& passage : text.passages()) {
    const v1::Quote* quote = passage.quote();
    if (quote == nullptr) {
      last = nullptr;
      continue;
    }
    if (!IsBlank(quote->speaker().display_name())) {
      last = &quote->speaker();
      continue;
    }
    if (last != nullptr || quote->continued() || !Quotes(*quote)) continue;
    const std::size_t size = FirstCodePoints(passage.text, kMaxShownCharacters).size();
    findings.Add(kQuoteWithoutSpeaker, passage, 0, size,
                 "Nobody is named as the speaker of this quotation. Set quote.speaker, so that the speaker can clear "
                 "it and readers know whose words they are.");
  }
}

}  // namespace communique::releases
