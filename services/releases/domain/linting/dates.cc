// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/dates.h"

#include <cctype>
#include <chrono>
#include <string>

#include "services/releases/domain/linting/english_date.h"
#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/text/date_names.h"
#include "services/releases/domain/text/fold.h"

namespace communique::releases {
namespace {

using google::type::Date;

constexpr const char* kWeekdays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

std::chrono::sys_days DaysOf(const Date& date) {
  return std::chrono::sys_days(std::chrono::year(date.year()) /
                               std::chrono::month(static_cast<unsigned>(date.month())) /
                               std::chrono::day(static_cast<unsigned>(date.day())));
}

// 10/11 may be either.
bool MayBeSwapped(const Date& a, const Date& b) { return a.month() == b.day() && a.day() == b.month(); }

bool Contradict(int a, int b) { return a != 0 && b != 0 && a != b; }

const Passage* DatelineOf(const LintText& text) {
  for (const Passage& passage : text.passages()) {
    if (passage.kind == PassageKind::kDateline) return &passage;
  }
  return nullptr;
}

// Where date_text stands in the dateline.
std::size_t DateTextBegin(const v1::Dateline& dateline, const Passage& passage) {
  const std::size_t at = dateline.date_joint().empty() ? passage.text.rfind(dateline.date_text())
                                                       : passage.text.find(dateline.date_text());
  return at == std::string_view::npos ? 0 : at;
}

// In "Friday, 16 October, 2000 people" the 2000 is no year: a year behind a comma counts after a number only.
bool YearIsSure(std::string_view date) {
  const std::size_t comma = date.rfind(',');
  if (comma == std::string_view::npos || comma == 0) return true;
  const std::string_view behind = date.substr(comma);
  const bool year_behind = behind.find_first_of("0123456789") != std::string_view::npos &&
                           behind.find_last_not_of(", 0123456789") == std::string_view::npos;
  return !year_behind || std::isdigit(static_cast<unsigned char>(date[comma - 1])) != 0;
}

// A date without a year is in the year that brings it near the dateline; far from it, nobody can say.
bool CompleteNear(const Date& anchor, Date& date) {
  if (date.year() != 0) return IsCompleteDate(date);
  if (!IsCompleteDate(anchor)) return false;
  constexpr std::chrono::days kNear(60);
  for (const int years : {0, -1, 1}) {
    Date candidate = date;
    candidate.set_year(anchor.year() + years);
    if (!IsCompleteDate(candidate)) continue;
    const auto distance = DaysOf(candidate) - DaysOf(anchor);
    if (distance > kNear || distance < -kNear) continue;
    date = candidate;
    return true;
  }
  return false;
}

}  // namespace

void LintDateline(const LintText& text, LintFindings& findings) {
  const v1::Dateline& dateline = text.content().dateline();
  const Passage* passage = DatelineOf(text);
  if (passage == nullptr || (dateline.date_text().empty() && !dateline.has_date())) return;
  const std::size_t begin = DateTextBegin(dateline, *passage);
  const std::size_t end = dateline.date_text().empty() ? passage->text.size() : begin + dateline.date_text().size();
  const Date& date = dateline.date();
  const bool day_given = date.month() >= 1 && date.month() <= 12 && date.day() >= 1;
  if (day_given && date.day() > DaysInMonth(date.year(), date.month())) {
    findings.Add(kDatelineDateImpossible, *passage, begin, end,
                 "The dateline's date (content.dateline.date) does not exist: the month has only " +
                     std::to_string(DaysInMonth(date.year(), date.month())) + " days.");
    return;
  }
  const std::vector<FoundDate> printed = FindDates(dateline.date_text(), text.tag());
  if (printed.size() == 1 && day_given && printed[0].date.day() != 0) {
    const Date& found = printed[0].date;
    const bool day_differs = !MayBeSwapped(found, date) && (found.month() != date.month() || found.day() != date.day());
    if (day_differs || Contradict(found.year(), date.year())) {
      findings.Add(kDatelineDateDiffers, *passage, begin, end,
                   "The dateline prints " + EnglishDate(found) + ", but content.dateline.date is " + EnglishDate(date) +
                       ". Make them the same day.");
    }
  }
  const bool year_printed = !printed.empty() && printed[0].date.year() != 0;
  if (!dateline.date_text().empty() && day_given && date.year() == 0 && !year_printed) {
    findings.Add(kDatelineYearMissing, *passage, begin, end,
                 "The dateline says " + EnglishDate(date) +
                     " without a year. The text will be read in later years, too: print the year, or at least set it "
                     "in content.dateline.date.");
  }
}

void LintWeekdays(const LintText& text, LintFindings& findings) {
  const Date& anchor = text.content().dateline().date();
  for (const Passage& passage : text.passages()) {
    for (const FoundDate& found : FindDates(passage.text, text.tag())) {
      Date date = found.date;
      if (found.weekday == 0 || date.day() == 0 || !findings.Wants(kWeekdayDateMismatch)) continue;
      const std::string_view words = passage.text.substr(found.begin, found.end - found.begin);
      if (!YearIsSure(words) || !CompleteNear(anchor, date)) continue;
      const std::int32_t right = WeekdayOf(date);
      if (right == found.weekday) continue;
      findings.Add(kWeekdayDateMismatch, passage, found.begin, found.end,
                   "Weekday and date do not fit together: " + EnglishDate(date) + " is a " + kWeekdays[right - 1] +
                       ", not a " + kWeekdays[found.weekday - 1] + ".");
    }
  }
}

}  // namespace communique::releases
