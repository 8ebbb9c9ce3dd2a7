// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/text/dates.h"

#include <algorithm>
#include <string>

#include "services/releases/domain/text/date_names.h"
#include "services/releases/domain/text/fold.h"

namespace communique::releases {
namespace {

using Index = std::size_t;

// Reads dates off a row of tokens. Each Read... function begins at a token, returns whether it found its thing, and
// moves `next_` behind it if so.
class DateReader {
 public:
  DateReader(std::string_view text, const std::vector<Token>& tokens, std::string_view language)
      : text_(text), tokens_(tokens), names_(DateNamesFor(language)), month_first_(language == "en-US") {}

  // The date that begins with token `first`; `next` is then the token behind it.
  std::optional<FoundDate> Read(Index first, Index& next) {
    next_ = first;
    FoundDate found;
    found.begin = tokens_[first].begin;
    const bool weekday = ReadWeekday(found.weekday);
    if (weekday) {
      SkipMarks(",.");
      SkipArticle();
    }
    const Index start = next_;
    const bool read = ReadIso(found.date) || (next_ = start, ReadNumeric(found.date)) ||
                      (next_ = start, ReadCjk(found.date)) || (next_ = start, ReadDayMonth(found.date)) ||
                      (next_ = start, ReadMonthDay(found.date)) || (next_ = start, ReadMonthYear(found.date));
    if (!read || !Exists(found.date)) return std::nullopt;
    found.end = tokens_[next_ - 1].end;
    next = next_;
    return found;
  }

 private:
  bool At(Index i, TokenKind kind) const { return i < tokens_.size() && tokens_[i].kind == kind; }
  std::string_view View(Index i) const { return i < tokens_.size() ? tokens_[i].In(text_) : std::string_view(); }
  bool IsMark(Index i, std::string_view mark) const { return At(i, TokenKind::kMark) && View(i) == mark; }

  void SkipSpace() {
    if (At(next_, TokenKind::kSpace)) ++next_;
  }

  // White space and any of `marks`.
  void SkipMarks(std::string_view marks) {
    SkipSpace();
    while (At(next_, TokenKind::kMark) && marks.find(View(next_)) != std::string_view::npos) ++next_;
    if (IsMark(next_, "،")) ++next_;
    SkipSpace();
  }

  bool ReadNumber(std::int32_t min, std::int32_t max, std::int32_t& value) {
    if (!At(next_, TokenKind::kNumber)) return false;
    value = NumberValue(View(next_));
    if (value < min || value > max) return false;
    ++next_;
    return true;
  }

  bool ReadYear(std::int32_t& year) {
    return At(next_, TokenKind::kNumber) && tokens_[next_].end - tokens_[next_].begin >= 4 &&
           ReadNumber(1900, 2199, year);
  }

  bool ReadWeekday(std::int32_t& weekday) {
    if (!At(next_, TokenKind::kWord)) return false;
    const auto found = names_.weekdays.find(Fold(View(next_)));
    if (found != names_.weekdays.end()) {
      weekday = found->second;
      ++next_;
      return true;
    }
    // Hebrew weekdays are two words: "יום שישי".
    if (!At(next_ + 1, TokenKind::kSpace) || !At(next_ + 2, TokenKind::kWord)) return false;
    const auto two =
        names_.weekdays.find(Fold(text_.substr(tokens_[next_].begin, tokens_[next_ + 2].end - tokens_[next_].begin)));
    if (two == names_.weekdays.end()) return false;
    weekday = two->second;
    next_ += 3;
    return true;
  }

  std::optional<std::int32_t> MonthNamed(const std::string& folded, std::string_view printed) const {
    // "may" and "march" are English words of their own; months have a capital.
    if (!printed.empty() && printed[0] == 'm' && (folded == "may" || folded == "march" || folded == "mar")) {
      return std::nullopt;
    }
    const auto found = names_.months.find(folded);
    if (found != names_.months.end()) return found->second;
    // Hebrew joins "in" to the name: באוקטובר.
    constexpr std::string_view kBet = "ב";
    if (!folded.starts_with(kBet)) return std::nullopt;
    const auto joined = names_.months.find(folded.substr(kBet.size()));
    return joined == names_.months.end() ? std::nullopt : std::optional(joined->second);
  }

  // A month's name of one or more words, with its dot.
  bool ReadMonth(std::int32_t& month) {
    if (!At(next_, TokenKind::kWord)) return false;
    Index last = next_;
    std::optional<std::int32_t> best;
    Index behind = next_;
    for (std::size_t words = 1; words <= names_.max_words; ++words) {
      const std::string_view printed = text_.substr(tokens_[next_].begin, tokens_[last].end - tokens_[next_].begin);
      if (const auto named = MonthNamed(Fold(printed), printed)) best = named, behind = last + 1;
      if (!At(last + 1, TokenKind::kSpace) || !At(last + 2, TokenKind::kWord)) break;
      last += 2;
    }
    if (!best.has_value()) return false;
    month = *best;
    next_ = behind;
    if (IsMark(next_, ".") && !At(next_ + 1, TokenKind::kNumber)) {
      // The dot of an abbreviation; one that ends the sentence is left alone.
      const Index after = At(next_ + 1, TokenKind::kSpace) ? next_ + 2 : next_ + 1;
      if (At(after, TokenKind::kNumber) || IsMark(after, ",")) ++next_;
    }
    ReadSecondName();
    return true;
  }

  // The other naming of Arabic months: "أكتوبر/تشرين الأول".
  void ReadSecondName() {
    if (!IsMark(next_, "/")) return;
    const Index start = next_++;
    std::int32_t same = 0;
    SkipSpace();
    if (!ReadMonth(same)) next_ = start;
  }

  // "de", "del", "of": between day, month and year.
  void SkipParticle() {
    const Index start = next_;
    SkipSpace();
    const std::string_view word = View(next_);
    if (word == "de" || word == "del" || word == "of" || word == "من") {
      ++next_;
      SkipSpace();
    } else {
      next_ = start;
    }
  }

  // "Freitag, den 16. Oktober", "vendredi, le 16 octobre".
  void SkipArticle() {
    const std::string_view word = View(next_);
    if ((word == "den" || word == "dem" || word == "le" || word == "the") && At(next_ + 1, TokenKind::kSpace))
      next_ += 2;
  }

  // A year behind a day and month, when there is one.
  void ReadOptionalYear(google::type::Date& date) {
    const Index start = next_;
    SkipParticle();
    SkipMarks(",");
    std::int32_t year = 0;
    if (ReadYear(year)) {
      date.set_year(year);
    } else {
      next_ = start;
    }
  }

  // "th", "er", "º" and the dot behind a day.
  void SkipOrdinal() {
    const std::string_view suffix = View(next_);
    const bool ordinal = suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th" || suffix == "er" ||
                         suffix == "º" || suffix == "." || suffix == "º.";
    if (ordinal && !At(next_, TokenKind::kSpace)) ++next_;
  }

  bool ReadDayMonth(google::type::Date& date) {
    std::int32_t day = 0;
    std::int32_t month = 0;
    if (!ReadNumber(1, 31, day)) return false;
    SkipOrdinal();
    SkipParticle();
    SkipSpace();
    if (!ReadMonth(month)) return false;
    date.set_day(day);
    date.set_month(month);
    ReadOptionalYear(date);
    return true;
  }

  bool ReadMonthDay(google::type::Date& date) {
    std::int32_t day = 0;
    std::int32_t month = 0;
    if (!ReadMonth(month)) return false;
    SkipSpace();
    if (!ReadNumber(1, 31, day)) return false;
    if (!IsMark(next_, ".")) SkipOrdinal();
    date.set_day(day);
    date.set_month(month);
    ReadOptionalYear(date);
    return true;
  }

  bool ReadMonthYear(google::type::Date& date) {
    std::int32_t year = 0;
    std::int32_t month = 0;
    if (!ReadMonth(month)) return false;
    SkipParticle();
    SkipSpace();
    if (!ReadYear(year)) return false;
    date.set_month(month);
    date.set_year(year);
    return true;
  }

  bool ReadIso(google::type::Date& date) {
    std::int32_t year = 0;
    std::int32_t month = 0;
    std::int32_t day = 0;
    if (!ReadYear(year) || !IsMark(next_, "-")) return false;
    ++next_;
    if (!ReadNumber(1, 12, month) || !IsMark(next_, "-")) return false;
    ++next_;
    if (!ReadNumber(1, 31, day)) return false;
    date.set_year(year);
    date.set_month(month);
    date.set_day(day);
    return true;
  }

  // 16.10.2026, 16/10/26, 16-10-2026.
  bool ReadNumeric(google::type::Date& date) {
    std::int32_t first = 0;
    std::int32_t second = 0;
    std::int32_t year = 0;
    if (!ReadNumber(1, 31, first)) return false;
    const std::string_view joint = View(next_);
    if (joint != "." && joint != "/" && joint != "-") return false;
    ++next_;
    if (joint == ".") SkipSpace();
    if (!ReadNumber(1, 31, second) || View(next_) != joint) return false;
    ++next_;
    if (joint == ".") SkipSpace();
    const bool short_year = At(next_, TokenKind::kNumber) && View(next_).size() == 2;
    if (short_year ? !ReadNumber(0, 99, year) : !ReadYear(year)) return false;
    const bool swapped = joint == "/" && ((month_first_ && first <= 12) || second > 12);
    date.set_year(short_year ? 2000 + year : year);
    date.set_month(swapped ? first : second);
    date.set_day(swapped ? second : first);
    return true;
  }

  bool ReadCjk(google::type::Date& date) {
    std::int32_t year = 0;
    std::int32_t month = 0;
    std::int32_t day = 0;
    if (!ReadYear(year) || View(next_) != "年") return false;
    ++next_;
    if (!ReadNumber(1, 12, month) || View(next_) != "月") return false;
    ++next_;
    if (!ReadNumber(1, 31, day) || View(next_) != "日") return false;
    ++next_;
    date.set_year(year);
    date.set_month(month);
    date.set_day(day);
    return true;
  }

  static bool Exists(const google::type::Date& date) {
    return date.month() >= 1 && date.month() <= 12 && date.day() <= DaysInMonth(date.year(), date.month());
  }

  std::string_view text_;
  const std::vector<Token>& tokens_;
  const DateNames& names_;
  bool month_first_;
  Index next_ = 0;
};

// Only these can begin a date; anything else is passed over without looking names up.
bool MayBeginDate(const std::vector<Token>& tokens, Index i) {
  if (tokens[i].kind == TokenKind::kNumber) return true;
  if (tokens[i].kind != TokenKind::kWord) return false;
  // A month or weekday has a number within the next few tokens.
  const Index end = std::min(tokens.size(), i + 9);
  for (Index j = i + 1; j < end; ++j) {
    if (tokens[j].kind == TokenKind::kNumber) return true;
  }
  return false;
}

}  // namespace

std::vector<FoundDate> FindDates(std::string_view text, std::string_view language) {
  const std::vector<Token> tokens = Tokenize(text);
  DateReader reader(text, tokens, language);
  std::vector<FoundDate> dates;
  for (Index i = 0; i < tokens.size();) {
    Index next = i + 1;
    // The tail of a longer number ("1.16.10.2026") is no date.
    const bool inside_number = i >= 2 && tokens[i - 2].kind == TokenKind::kNumber &&
                               tokens[i - 1].kind == TokenKind::kMark && tokens[i].kind == TokenKind::kNumber;
    if (!inside_number && MayBeginDate(tokens, i)) {
      if (auto date = reader.Read(i, next)) dates.push_back(*date);
    }
    i = std::max(next, i + 1);
  }
  return dates;
}

std::optional<FoundDate> DateAt(std::string_view text, std::size_t offset, std::string_view language) {
  // No date is longer; what follows is not looked at.
  constexpr std::size_t kLongestDate = 160;
  std::string_view part = text.substr(std::min(offset, text.size()));
  part = part.substr(0, kLongestDate);
  const std::vector<Token> tokens = Tokenize(part);
  if (tokens.empty()) return std::nullopt;
  Index next = 0;
  auto date = DateReader(part, tokens, language).Read(0, next);
  if (date.has_value()) {
    date->begin += offset;
    date->end += offset;
  }
  return date;
}

}  // namespace communique::releases
