// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/csv_contacts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/contacts/domain/exchange/card.h"
#include "services/contacts/domain/exchange/csv_columns.h"
#include "services/contacts/domain/exchange/csv_rows.h"
#include "services/contacts/domain/exchange/encodings.h"
#include "services/contacts/domain/exchange/vcard_reader.h"
#include "services/platform/base/string_view.h"
#include "services/platform/locale/civil_time.h"
#include "services/platform/locale/text.h"

namespace communique::contacts {
namespace {

using platform::ToAbsl;

// A cell that holds something, and where.
struct Cell {
  std::string text;
  int column = 0;
};
using Cells = std::map<CsvColumn, Cell>;

std::string Trimmed(const std::string& text) { return std::string(absl::StripAsciiWhitespace(text)); }

class RowReader {
 public:
  RowReader(const CsvRow& row, const std::vector<CsvColumn>& columns, const ImportDefaults& defaults)
      : row_(row), defaults_(defaults) {
    read_.line = row.line;
    for (std::size_t i = 0; i < columns.size() && i < row.cells.size(); ++i) {
      const std::string_view text = TextOfCell(row.cells[i]);
      if (absl::StripAsciiWhitespace(ToAbsl(text)).empty()) continue;
      cells_[columns[i]] = {std::string(text), static_cast<int>(i) + 1};
      in_order_.push_back(columns[i]);
    }
  }

  ImportCard Read() {
    ReadPersonNames();
    ReadTexts(CsvField::kDeskName, "desk_names", *read_.contact.mutable_desk_names());
    ReadTexts(CsvField::kRoleTitle, "role_titles", *read_.contact.mutable_role_titles());
    ReadKind();
    if (const Cell* cell = Find({CsvField::kOrganization})) {
      read_.organization_names.push_back(Trimmed(cell->text));
      read_.organization_place = {row_.line, cell->column};
    }
    ReadAddresses();
    ReadLanguages();
    ReadTimeZone();
    if (const Cell* cell = Find({CsvField::kNote})) {
      read_.contact.set_note(cell->text);
      Place("note", *cell);
    }
    return std::move(read_);
  }

 private:
  const Cell* Find(const CsvColumn& column) const {
    const auto found = cells_.find(column);
    return found == cells_.end() ? nullptr : &found->second;
  }

  void Place(const std::string& path, const Cell& cell) { read_.places[path] = {row_.line, cell.column}; }

  void Tell(const CsvColumn& column, const Cell& cell, std::string_view message, bool refused) {
    v1::CardFinding finding = MakeFinding(row_.line, ColumnName(column), message, cell.column);
    finding.set_refused(refused);
    read_.findings.push_back(std::move(finding));
  }

  // The parts of a name are put together by their language.
  void ReadPersonNames() {
    std::map<std::string, int> by_language;
    for (const CsvColumn& column : in_order_) {
      if (column.field < CsvField::kDisplayName || column.field > CsvField::kPhonetic) continue;
      const Cell& cell = cells_.at(column);
      const auto [there, added] = by_language.try_emplace(column.language, read_.contact.person_names_size());
      if (added) read_.contact.add_person_names()->set_locale(column.language);
      auto& name = *read_.contact.mutable_person_names(there->second);
      read_.places.try_emplace(absl::StrCat("person_names[", there->second, "]"), FilePlace{row_.line, cell.column});
      switch (column.field) {
        case CsvField::kDisplayName:
          name.set_display_name(cell.text);
          break;
        case CsvField::kGivenName:
          name.set_given_name(cell.text);
          break;
        case CsvField::kFamilyName:
          name.set_family_name(cell.text);
          break;
        case CsvField::kHonorific:
          name.set_honorific(cell.text);
          break;
        default:
          name.set_phonetic(cell.text);
      }
    }
    for (auto& name : *read_.contact.mutable_person_names()) {
      if (!name.display_name().empty()) continue;
      name.set_display_name(absl::StrCat(
          name.given_name(), name.given_name().empty() || name.family_name().empty() ? "" : " ", name.family_name()));
    }
  }

  void ReadTexts(CsvField field, const std::string& list,
                 google::protobuf::RepeatedPtrField<common::v1::LocalizedText>& texts) {
    std::set<std::string> taken;
    for (const CsvColumn& column : in_order_) {
      if (column.field != field) continue;
      const Cell& cell = cells_.at(column);
      const std::string& language = column.language.empty() ? defaults_.language : column.language;
      if (!taken.insert(language).second) {
        Tell(column, cell, "is a second text in one language; it was not taken over", false);
        continue;
      }
      Place(absl::StrCat(list, "[", texts.size(), "]"), cell);
      auto& text = *texts.Add();
      text.set_locale(language);
      text.set_text(cell.text);
    }
  }

  void ReadKind() {
    const bool desk = read_.contact.person_names().empty() && !read_.contact.desk_names().empty();
    read_.contact.set_kind(desk ? v1::Contact::KIND_DESK : v1::Contact::KIND_PERSON);
    const Cell* cell = Find({CsvField::kKind});
    if (cell == nullptr) return;
    Place("kind", *cell);
    const std::string kind = absl::AsciiStrToUpper(Trimmed(cell->text));
    if (kind == "DESK") {
      read_.contact.set_kind(v1::Contact::KIND_DESK);
    } else if (kind == "PERSON") {
      read_.contact.set_kind(v1::Contact::KIND_PERSON);
    } else {
      Tell({CsvField::kKind}, *cell, "must be PERSON or DESK", true);
    }
  }

  void ReadAddresses() {
    for (const auto& [column, cell] : cells_) {
      if (column.field == CsvField::kEmail) {
        Place(absl::StrCat("emails[", read_.contact.emails_size(), "]"), cell);
        read_.contact.add_emails()->set_address(Trimmed(cell.text));
      } else if (column.field == CsvField::kPhone) {
        Place(absl::StrCat("phones[", read_.contact.phones_size(), "]"), cell);
        auto& phone = *read_.contact.add_phones();
        phone.set_number(NumberInFile(cell.text));
        phone.set_kind(KindOf({CsvField::kPhoneKind, column.number}));
      } else if (column.field == CsvField::kWebAddress) {
        ReadWebAddress(column, cell);
      } else if (column.field == CsvField::kPhoneKind && Find({CsvField::kPhone, column.number}) == nullptr) {
        Tell(column, cell, "there is no number beside it; it was not taken over", false);
      } else if (column.field == CsvField::kWebLabel && Find({CsvField::kWebAddress, column.number}) == nullptr) {
        Tell(column, cell, "there is no address beside it; it was not taken over", false);
      }
    }
  }

  void ReadWebAddress(const CsvColumn& column, const Cell& cell) {
    const std::string uri = Trimmed(cell.text);
    if (!IsWebAddress(uri)) return Tell(column, cell, kNoWebAddress, false);
    Place(absl::StrCat("web_addresses[", read_.contact.web_addresses_size(), "]"), cell);
    auto& address = *read_.contact.add_web_addresses();
    address.set_uri(uri);
    if (const Cell* label = Find({CsvField::kWebLabel, column.number})) address.set_label(label->text);
  }

  v1::PhoneNumber::Kind KindOf(const CsvColumn& column) {
    const Cell* cell = Find(column);
    if (cell == nullptr) return v1::PhoneNumber::KIND_WORK;
    const std::string kind = absl::AsciiStrToUpper(Trimmed(cell->text));
    if (kind == "MOBILE") return v1::PhoneNumber::KIND_MOBILE;
    if (kind == "FAX") return v1::PhoneNumber::KIND_FAX;
    if (kind != "WORK") Tell(column, *cell, "must be WORK, MOBILE or FAX", true);
    return v1::PhoneNumber::KIND_WORK;
  }

  void ReadLanguages() {
    const Cell* cell = Find({CsvField::kLanguages});
    if (cell == nullptr) return;
    for (const auto language : absl::StrSplit(cell->text, absl::ByAnyChar(" ,;\t\r\n"), absl::SkipEmpty())) {
      auto tag = LanguageInFile(platform::ToStd(language));
      if (!tag) {
        return Tell({CsvField::kLanguages}, *cell,
                    "must be language tags, like \"de\" or \"pt-BR\", separated by spaces", true);
      }
      Place(absl::StrCat("languages[", read_.contact.languages_size(), "]"), *cell);
      read_.contact.add_languages(*std::move(tag));
    }
  }

  void ReadTimeZone() {
    const Cell* cell = Find({CsvField::kTimeZone});
    if (cell == nullptr) return;
    const std::string zone = Trimmed(cell->text);
    if (!platform::IsTimeZone(zone)) {
      return Tell({CsvField::kTimeZone}, *cell, "must be a time zone by its name, like Europe/Zurich", true);
    }
    read_.contact.set_time_zone(zone);
    Place("time_zone", *cell);
  }

  const CsvRow& row_;
  const ImportDefaults& defaults_;
  Cells cells_;
  std::vector<CsvColumn> in_order_;  // of the file: the first of several languages serves those that have none
  ImportCard read_;
};

absl::Status HeaderInvalid(std::size_t column, std::string_view what) {
  return FileInvalid(absl::StrCat("row 1, column ", column + 1), what);
}

absl::StatusOr<std::vector<CsvColumn>> ReadHeader(const CsvRow& row, const ExchangeLimits& limits) {
  if (!row.problem.empty()) return HeaderInvalid(static_cast<std::size_t>(row.problem_column) - 1, row.problem);
  if (row.cells.size() > limits.properties) {
    return HeaderInvalid(limits.properties,
                         absl::StrCat("there are ", row.cells.size(), " columns; at most ", limits.properties,
                                      " are allowed (limits.exchange.properties)"));
  }
  if (row.bytes > limits.line_bytes) {
    return HeaderInvalid(
        0, absl::StrCat("the row has more than ", limits.line_bytes, " bytes (limits.exchange.line_bytes)"));
  }
  std::vector<CsvColumn> columns;
  std::set<CsvColumn> seen;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (!IsUtf8(row.cells[i])) return HeaderInvalid(i, "is not UTF-8; save the file in UTF-8");
    const auto column = ParseColumn(row.cells[i]);
    if (!column) {
      return HeaderInvalid(i, absl::StrCat("\"", platform::Excerpt(row.cells[i], 40),
                                           "\" is not a column; the columns are ", AllColumns()));
    }
    if (!seen.insert(*column).second) {
      return HeaderInvalid(
          i, absl::StrCat(ColumnName(*column), " is there twice; number repeated columns: email, email_2"));
    }
    columns.push_back(*column);
  }
  return columns;
}

ImportCard RefusedRow(const CsvRow& row, std::size_t column, std::string_view message) {
  ImportCard card;
  card.line = row.line;
  v1::CardFinding finding = MakeFinding(row.line, "", message, static_cast<int>(column) + 1);
  finding.set_refused(true);
  card.findings.push_back(std::move(finding));
  return card;
}

ImportCard ReadRow(const CsvRow& row, const std::vector<CsvColumn>& columns, const ExchangeLimits& limits,
                   const ImportDefaults& defaults) {
  if (!row.problem.empty()) return RefusedRow(row, static_cast<std::size_t>(row.problem_column) - 1, row.problem);
  if (row.bytes > limits.line_bytes) {
    return RefusedRow(row, 0,
                      absl::StrCat("the row has more than ", limits.line_bytes, " bytes (limits.exchange.line_bytes)"));
  }
  if (row.cells.size() != columns.size()) {
    return RefusedRow(
        row, std::min(row.cells.size(), columns.size()),
        absl::StrCat("the row has ", row.cells.size(), " cells, and the first row names ", columns.size(), " columns"));
  }
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (!IsUtf8(row.cells[i])) return RefusedRow(row, i, "is not UTF-8; save the file in UTF-8");
  }
  return RowReader(row, columns, defaults).Read();
}

}  // namespace

absl::StatusOr<std::vector<ImportCard>> ReadCsvContacts(std::string_view file, const ExchangeLimits& limits,
                                                        const ImportDefaults& defaults) {
  const std::string_view text = WithoutByteOrderMark(file);
  CsvRows rows(text, DetectDelimiter(text));
  const auto header = rows.Next();
  if (!header) return FileInvalid("row 1", absl::StrCat("must name the columns: ", AllColumns()));
  const auto columns = ReadHeader(*header, limits);
  if (!columns.ok()) return columns.status();
  std::vector<ImportCard> cards;
  std::size_t values = 0;
  while (const auto row = rows.Next()) {
    if (static_cast<int>(cards.size()) == limits.cards) return TooManyCards(absl::StrCat("line ", row->line), limits);
    values += static_cast<std::size_t>(
        std::count_if(row->cells.begin(), row->cells.end(), [](const std::string& cell) { return !cell.empty(); }));
    if (values > limits.values) return TooManyValues(absl::StrCat("line ", row->line), limits);
    cards.push_back(ReadRow(*row, *columns, limits, defaults));
  }
  if (cards.empty()) return FileInvalid("row 2", "there is none: the file holds no contact");
  return cards;
}

}  // namespace communique::contacts
