// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <optional>
#include <string>

#include "services/releases/domain/linting/lint_rules.h"
#include "services/releases/domain/text/date_names.h"
#include "services/releases/domain/text/fold.h"
#include "services/releases/domain/text/utf8.h"

namespace communique::releases {
namespace {

using Index = std::size_t;

// A day that its month does not have.
struct ImpossibleDate {
  Index first = 0;
  Index last = 0;
  std::int32_t month = 0;
  std::int32_t year = 0;
};

// Looks for them in the tokens of one passage. Only days from 29 to 31 are looked at: a greater number before a month's
// name is usually a count.
class ImpossibleDateReader {
 public:
  ImpossibleDateReader(const Passage& passage, const DateNames& names) : passage_(passage), names_(names) {}

  std::optional<ImpossibleDate> At(Index i) const {
    if (!IsNumber(i) || (i >= 2 && Is(i - 1, ".") && IsNumber(i - 2))) return std::nullopt;
    if (const auto iso = Iso(i)) return iso;
    const std::int32_t day = Value(i);
    if (day < 29 || day > 31) return std::nullopt;
    const auto numeric = Numeric(i);
    return numeric.has_value() ? numeric : Named(i);
  }

 private:
  bool IsNumber(Index i) const { return i < passage_.tokens.size() && passage_.tokens[i].kind == TokenKind::kNumber; }
  bool IsSpace(Index i) const { return i < passage_.tokens.size() && passage_.tokens[i].kind == TokenKind::kSpace; }
  std::string_view Printed(Index i) const {
    return i < passage_.tokens.size() ? passage_.tokens[i].In(passage_.text) : std::string_view();
  }
  bool Is(Index i, std::string_view mark) const { return Printed(i) == mark; }
  std::int32_t Value(Index i) const { return NumberValue(Printed(i)); }
  bool IsYear(Index i) const {
    return IsNumber(i) && CountCodePoints(Printed(i)) == 4 && Value(i) >= 1900 && Value(i) <= 2199;
  }

  static std::optional<ImpossibleDate> Check(Index first, Index last, std::int32_t year, std::int32_t month,
                                             std::int32_t day) {
    if (month < 1 || month > 12 || day < 29 || day > 31 || day <= DaysInMonth(year, month)) return std::nullopt;
    return ImpossibleDate{first, last, month, year};
  }

  // 2026-04-31
  std::optional<ImpossibleDate> Iso(Index i) const {
    if (!IsYear(i) || !Is(i + 1, "-") || !IsNumber(i + 2) || !Is(i + 3, "-") || !IsNumber(i + 4)) return std::nullopt;
    return Check(i, i + 4, Value(i), Value(i + 2), Value(i + 4));
  }

  // 31.04.2026, 31/04/2026
  std::optional<ImpossibleDate> Numeric(Index i) const {
    const std::string_view joint = Printed(i + 1);
    if ((joint != "." && joint != "/" && joint != "-") || !IsNumber(i + 2) || !Is(i + 3, joint) || !IsYear(i + 4)) {
      return std::nullopt;
    }
    return Check(i, i + 4, Value(i + 4), Value(i + 2), Value(i));
  }

  // 31. April, 31 de abril de 2026
  std::optional<ImpossibleDate> Named(Index i) const {
    Index at = i + 1;
    if (Is(at, ".")) ++at;
    if (!IsSpace(at++)) return std::nullopt;
    if (IsParticle(at)) at += 2;
    const std::optional<std::int32_t> month = Month(at);
    if (!month.has_value()) return std::nullopt;
    Index year = at + 1;
    if (IsSpace(year)) ++year;
    if (IsParticle(year)) year += 2;
    const bool has_year = IsYear(year);
    return Check(i, has_year ? year : at, has_year ? Value(year) : 0, *month, Value(i));
  }

  bool IsParticle(Index i) const { return (Is(i, "de") || Is(i, "del") || Is(i, "of")) && IsSpace(i + 1); }

  std::optional<std::int32_t> Month(Index i) const {
    if (i >= passage_.tokens.size() || passage_.tokens[i].kind != TokenKind::kWord) return std::nullopt;
    const auto found = names_.months.find(Fold(Printed(i)));
    return found == names_.months.end() ? std::nullopt : std::optional(found->second);
  }

  const Passage& passage_;
  const DateNames& names_;
};

}  // namespace

void LintImpossibleDates(const LintText& text, LintFindings& findings) {
  const DateNames& names = DateNamesFor(text.tag());
  for (const Passage& passage : text.passages()) {
    const ImpossibleDateReader reader(passage, names);
    const LintRule& rule = passage.kind == PassageKind::kDateline ? kDatelineDateImpossible : kDateImpossible;
    for (Index i = 0; i < passage.tokens.size(); ++i) {
      const auto found = reader.At(i);
      if (!found.has_value()) continue;
      findings.Add(rule, passage, passage.tokens[found->first].begin, passage.tokens[found->last].end,
                   "This date does not exist: the month has only " +
                       std::to_string(DaysInMonth(found->year, found->month)) + " days" +
                       (found->month == 2 && found->year != 0 ? " in " + std::to_string(found->year) : "") + ".");
    }
  }
}

}  // namespace communique::releases
