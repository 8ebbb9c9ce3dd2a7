// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <string>

#include "services/releases/domain/linting/english_date.h"
#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/linting/word_lists.h"
#include "services/releases/domain/text/date_names.h"
#include "services/releases/domain/text/dates.h"
#include "services/releases/domain/text/fold.h"

namespace communique::releases {
namespace {

using Index = std::size_t;
using google::type::Date;

// Words that name a day by its distance from the day of reading, and the words beside them that give them another
// meaning ("until today", "today still": nowadays).
struct RelativeWords {
  std::string_view language;
  std::string_view yesterday;
  std::string_view today;
  std::string_view tomorrow;
  std::string_view not_after;
  std::string_view not_before;
};

constexpr std::array kRelativeWords = {
    RelativeWords{"ar", "أمس", "اليوم", "غدا", "حتى هذا ذلك في خلال كل طوال من بعد قبل مدار عالم", ""},
    RelativeWords{"de", "gestern", "heute", "morgen",
                  "bis und von noch auch schon oder als wie gestern heute für guten bereits",
                  "noch immer weiterhin mehr schon auch wie oder und bereits nicht zählt gilt"},
    RelativeWords{"en", "yesterday", "today", "tomorrow", "until till of and even still as than or like for or here",
                  "still more and than or remains continues as than"},
    RelativeWords{"es", "ayer", "hoy", "", "y hasta de aun aún incluso como que o ni desde",
                  "en día dia por todavía aún más y o como"},
    RelativeWords{"fr", "hier", "aujourd'hui", "demain", "et encore même de comme que plus ou jusqu'à",
                  "encore plus et comme ou toujours"},
    RelativeWords{"he", "אתמול", "היום", "מחר", "כל באותו אותו סדר עד אור של גם את במשך אורך", "יותר עדיין הזה הבא"},
};

// The copy says "today" of its news near its beginning; further down the word tends to mean "nowadays".
constexpr int kBodyBlocks = 3;

bool IsLead(const Passage& passage) { return passage.part->kind == PartKind::kLead; }

struct Relative {
  int days = 0;
  const char* english = "";
};

class RelativeDateReader {
 public:
  RelativeDateReader(const Passage& passage, const RelativeWords& words, std::string_view tag)
      : passage_(passage), words_(words), tag_(tag) {}

  std::optional<Relative> At(Index i) const {
    if (passage_.tokens[i].kind != TokenKind::kWord) return std::nullopt;
    const std::string word = Folded(i);
    std::optional<Relative> found;
    if (ListsWord(words_.today, word)) found = Relative{0, "today"};
    if (ListsWord(words_.yesterday, word)) found = Relative{-1, "yesterday"};
    if (ListsWord(words_.tomorrow, word)) found = Relative{1, "tomorrow"};
    if (!found.has_value() || passage_.IsQuoted(passage_.tokens[i].begin)) return std::nullopt;
    // "der Morgen" is the morning.
    if (words_.language == "de" && Printed(i) == "Morgen") return std::nullopt;
    const bool first = StartsSentence(i);
    if ((first && !IsLead(passage_)) || (!first && ListsWord(words_.not_after, Folded(Before(i))))) {
      return std::nullopt;
    }
    const Index next = After(i);
    if (ListsWord(words_.not_before, Folded(next)) || IsTheDay(next) || DateFollows(i)) return std::nullopt;
    return found;
  }

 private:
  std::string_view Printed(Index i) const {
    return i < passage_.tokens.size() ? passage_.tokens[i].In(passage_.text) : std::string_view();
  }
  bool IsWord(Index i) const { return i < passage_.tokens.size() && passage_.tokens[i].kind == TokenKind::kWord; }
  std::string Folded(Index i) const { return IsWord(i) ? Fold(Printed(i)) : std::string(); }
  bool IsSpace(Index i) const { return i < passage_.tokens.size() && passage_.tokens[i].kind == TokenKind::kSpace; }
  Index After(Index i) const { return IsSpace(i + 1) ? i + 2 : i + 1; }
  // The token before, beyond the end when there is none.
  Index Before(Index i) const {
    const Index distance = i >= 1 && IsSpace(i - 1) ? 2 : 1;
    return i >= distance ? i - distance : passage_.tokens.size();
  }

  bool StartsSentence(Index i) const {
    const std::string_view before = Printed(Before(i));
    constexpr std::array<std::string_view, 9> kEnds = {".", "!", "?", ":", "…", "؟", "”", "“", "»"};
    return before.empty() || std::find(kEnds.begin(), kEnds.end(), before) != kEnds.end();
  }

  // Arabic and Hebrew say "the day" for "today"; an adjective behind it has the article, too ("اليوم العالمي").
  bool IsTheDay(Index next) const {
    const std::string_view article = words_.language == "ar" ? "ال" : words_.language == "he" ? "ה" : "";
    return !article.empty() && Folded(next).starts_with(article) && !DateNamesFor(tag_).weekdays.contains(Folded(next));
  }

  // "today, 16 October", "heute (Freitag, 16. Oktober)": it says which day.
  bool DateFollows(Index i) const {
    for (Index next = i + 1; next < passage_.tokens.size() && next <= i + 6; ++next) {
      const Token& token = passage_.tokens[next];
      if (token.kind == TokenKind::kSpace || token.kind == TokenKind::kMark) continue;
      if (DateAt(passage_.text, token.begin, tag_).has_value()) return true;
      // A small word may stand before it: "heute, den 16. Oktober".
      if (token.kind != TokenKind::kWord || token.end - token.begin > 4) return false;
    }
    return false;
  }

  const Passage& passage_;
  const RelativeWords& words_;
  std::string_view tag_;
};

// The day that is `days` from `date`; nullopt when only the calendar of a known year could tell.
std::optional<Date> Shifted(const Date& date, int days) {
  if (date.month() < 1 || date.month() > 12 || date.day() < 1 || date.day() > DaysInMonth(date.year(), date.month())) {
    return std::nullopt;
  }
  if (days == 0) return date;
  const bool february = date.month() == 2 && date.day() >= 28;
  const bool first_of_march = date.month() == 3 && date.day() == 1;
  if (date.year() == 0 && (february || first_of_march)) return std::nullopt;
  const int year = date.year() == 0 ? 2023 : date.year();
  const std::chrono::year_month_day day(
      std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(date.month())) /
                            std::chrono::day(static_cast<unsigned>(date.day()))) +
      std::chrono::days(days));
  Date shifted;
  shifted.set_year(date.year() == 0 ? 0 : static_cast<int>(day.year()));
  shifted.set_month(static_cast<int>(static_cast<unsigned>(day.month())));
  shifted.set_day(static_cast<int>(static_cast<unsigned>(day.day())));
  return shifted;
}

std::string Message(std::string_view word, const Relative& relative, const Date& dateline) {
  std::string message = "\"" + std::string(word) + "\"";
  if (word != relative.english) message += std::string(" (") + relative.english + ")";
  const std::optional<Date> day = Shifted(dateline, relative.days);
  if (!day.has_value()) {
    return message + " is right on one day only, and the text has no dateline that says which. Write the date.";
  }
  return message + " is " + EnglishDate(*day) +
         " by the dateline. It is wrong for whoever reads, translates or publishes the text on another day: write the "
         "date.";
}

}  // namespace

void LintRelativeDates(const LintText& text, LintFindings& findings) {
  const RelativeWords* words = EntryFor<RelativeWords>(text.language(), kRelativeWords);
  // A speaker's today is the day of the speech.
  if (words == nullptr || text.content().kind() == v1::RELEASE_KIND_SPEECH) return;
  int blocks = 0;
  const Part* last = nullptr;
  for (const Passage& passage : text.passages()) {
    const bool body = passage.part->kind == PartKind::kBody;
    if (!IsLead(passage) && !body) continue;
    if (body && passage.part != last && ++blocks > kBodyBlocks) break;
    last = passage.part;
    if (passage.kind != PassageKind::kParagraph) continue;
    const RelativeDateReader reader(passage, *words, text.tag());
    for (Index i = 0; i < passage.tokens.size(); ++i) {
      const auto found = reader.At(i);
      if (!found.has_value() || !findings.Wants(kRelativeDate)) continue;
      const Token& token = passage.tokens[i];
      findings.Add(kRelativeDate, passage, token.begin, token.end,
                   Message(token.In(passage.text), *found, text.content().dateline().date()));
    }
  }
}

}  // namespace communique::releases
