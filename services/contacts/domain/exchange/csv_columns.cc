// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/csv_columns.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/string_view.h"
#include "services/platform/locale/language_tag.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using platform::ToAbsl;

struct FieldRow {
  CsvField field;
  std::string_view name;
  bool repeated = false;   // "email_2"
  bool localized = false;  // "role_title[fr]"
};

constexpr FieldRow kFields[] = {{CsvField::kKind, "kind"},
                                {CsvField::kDisplayName, "display_name", false, true},
                                {CsvField::kGivenName, "given_name", false, true},
                                {CsvField::kFamilyName, "family_name", false, true},
                                {CsvField::kHonorific, "honorific", false, true},
                                {CsvField::kPhonetic, "phonetic", false, true},
                                {CsvField::kDeskName, "desk_name", false, true},
                                {CsvField::kRoleTitle, "role_title", false, true},
                                {CsvField::kOrganization, "organization"},
                                {CsvField::kEmail, "email", true},
                                {CsvField::kPhone, "phone", true},
                                {CsvField::kPhoneKind, "phone_kind", true},
                                {CsvField::kWebAddress, "web_address", true},
                                {CsvField::kWebLabel, "web_label", true},
                                {CsvField::kLanguages, "languages"},
                                {CsvField::kTimeZone, "time_zone"},
                                {CsvField::kNote, "note"}};

const FieldRow& RowOf(CsvField field) { return kFields[static_cast<std::size_t>(field)]; }

// What belongs to a number or address stands beside it.
CsvField GroupOf(CsvField field) {
  if (field == CsvField::kPhoneKind) return CsvField::kPhone;
  return field == CsvField::kWebLabel ? CsvField::kWebAddress : field;
}

// What OWASP lists (CSV injection); spreadsheets set for East Asian languages take full-width signs for the others.
bool BeginsFormula(std::string_view text) {
  constexpr std::string_view kSigns[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
  return std::any_of(std::begin(kSigns), std::end(kSigns),
                     [&](std::string_view sign) { return text.starts_with(sign); });
}

std::size_t Apostrophes(std::string_view text) {
  const std::size_t end = text.find_first_not_of('\'');
  return end == std::string_view::npos ? text.size() : end;
}

// Takes "_2" off the end of a column's name.
int TakeNumber(std::string& name) {
  constexpr int kMost = 1000;
  const std::size_t underscore = name.rfind('_');
  if (underscore == std::string::npos) return 1;
  int number = 0;
  const char* const end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + underscore + 1, end, number);
  if (read.ec != std::errc() || read.ptr != end || number < 1 || number > kMost) return 1;
  name.resize(underscore);
  return number;
}

}  // namespace

std::tuple<CsvField, int, CsvField, std::string_view> CsvColumn::Order() const {
  return {GroupOf(field), number, field, language};
}

std::string ColumnName(const CsvColumn& column) {
  std::string name(RowOf(column.field).name);
  if (column.number > 1) absl::StrAppend(&name, "_", column.number);
  if (!column.language.empty()) absl::StrAppend(&name, "[", column.language, "]");
  return name;
}

std::optional<CsvColumn> ParseColumn(std::string_view text) {
  std::string name(absl::StripAsciiWhitespace(ToAbsl(text)));
  CsvColumn column;
  if (const std::size_t bracket = name.find('['); bracket != std::string::npos) {
    if (!name.ends_with(']')) return std::nullopt;
    column.language = name.substr(bracket + 1, name.size() - bracket - 2);
    platform::Canonicalize(column.language);
    if (!platform::IsCanonicalLanguageTag(column.language)) return std::nullopt;
    name.resize(bracket);
  }
  absl::AsciiStrToLower(&name);
  for (char& c : name) {
    if (c == ' ' || c == '-') c = '_';
  }
  column.number = TakeNumber(name);
  for (const FieldRow& row : kFields) {
    if (row.name != name) continue;
    if ((column.number > 1 && !row.repeated) || (!column.language.empty() && !row.localized)) return std::nullopt;
    column.field = row.field;
    return column;
  }
  return std::nullopt;
}

std::string AllColumns() {
  return absl::StrJoin(std::begin(kFields), std::end(kFields), ", ", [](std::string* out, const FieldRow& row) {
    absl::StrAppend(out, ToAbsl(row.name), row.repeated ? "(_2 …)" : "", row.localized ? "([language])" : "");
  });
}

std::string HarmlessCell(std::string_view text) {
  const bool harmless = !BeginsFormula(text.substr(Apostrophes(text)));
  return harmless ? std::string(text) : absl::StrCat("'", ToAbsl(text));
}

std::string_view TextOfCell(std::string_view cell) {
  const std::size_t apostrophes = Apostrophes(cell);
  return apostrophes > 0 && BeginsFormula(cell.substr(apostrophes)) ? cell.substr(1) : cell;
}

}  // namespace communique::contacts
