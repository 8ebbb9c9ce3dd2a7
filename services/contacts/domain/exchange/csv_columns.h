// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

// The columns of CSV files of contacts, which the contract lists with ImportContacts.
namespace communique::contacts {

enum class CsvField {
  kKind,
  kDisplayName,
  kGivenName,
  kFamilyName,
  kHonorific,
  kPhonetic,
  kDeskName,
  kRoleTitle,
  kOrganization,
  kEmail,
  kPhone,
  kPhoneKind,
  kWebAddress,
  kWebLabel,
  kLanguages,
  kTimeZone,
  kNote,
};

struct CsvColumn {
  CsvField field = CsvField::kKind;
  int number = 1;        // the 2 of "phone_2"
  std::string language;  // the fr of "role_title[fr]"; empty: says none

  // The order in which files have them: "phone", "phone_kind", "phone_2", "phone_kind_2".
  friend bool operator<(const CsvColumn& a, const CsvColumn& b) { return a.Order() < b.Order(); }
  friend bool operator==(const CsvColumn& a, const CsvColumn& b) { return a.Order() == b.Order(); }

 private:
  std::tuple<CsvField, int, CsvField, std::string_view> Order() const;
};

// "role_title[fr]", "phone_kind_2".
std::string ColumnName(const CsvColumn& column);

// The column that the first row names, in any case, with spaces or hyphens for the underscores; nothing when there is
// no such column.
std::optional<CsvColumn> ParseColumn(std::string_view name);

// The names of all columns, separated by commas, for errors.
std::string AllColumns();

// A cell as it may stand in a file: with an apostrophe in front where a spreadsheet would take it for a formula (it
// begins with = + - @, one of them in full width, a tab or a line break) or where it would lose one that it has in
// front of such a character.
std::string HarmlessCell(std::string_view text);
// The reverse: HarmlessCell of any text gives the text back.
std::string_view TextOfCell(std::string_view cell);

}  // namespace communique::contacts
