// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/exchange_file.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/contacts/domain/exchange/card_writer.h"
#include "services/contacts/domain/exchange/contact_card.h"
#include "services/contacts/domain/exchange/csv_rows.h"

namespace communique::contacts {
namespace {

// Quotation marks, a delimiter and an apostrophe.
constexpr std::size_t kBytesAroundCell = 4;

using Cells = std::map<CsvColumn, std::string>;

void Set(const CsvColumn& column, const std::string& text, Cells& cells) {
  if (!text.empty()) cells[column] = HarmlessCell(text);
}

void SetNames(const v1::Contact& contact, Cells& cells) {
  for (const auto& name : contact.person_names()) {
    Set({CsvField::kDisplayName, 1, name.locale()}, name.display_name(), cells);
    Set({CsvField::kGivenName, 1, name.locale()}, name.given_name(), cells);
    Set({CsvField::kFamilyName, 1, name.locale()}, name.family_name(), cells);
    Set({CsvField::kHonorific, 1, name.locale()}, name.honorific(), cells);
    Set({CsvField::kPhonetic, 1, name.locale()}, name.phonetic(), cells);
  }
  for (const auto& name : contact.desk_names()) Set({CsvField::kDeskName, 1, name.locale()}, name.text(), cells);
  for (const auto& title : contact.role_titles()) Set({CsvField::kRoleTitle, 1, title.locale()}, title.text(), cells);
}

std::string KindWord(v1::PhoneNumber::Kind kind) {
  if (kind == v1::PhoneNumber::KIND_MOBILE) return "MOBILE";
  return kind == v1::PhoneNumber::KIND_FAX ? "FAX" : "WORK";
}

Cells CellsOf(const v1::Contact& contact, const v1::Organization* organization) {
  Cells cells;
  Set({CsvField::kKind}, contact.kind() == v1::Contact::KIND_DESK ? "DESK" : "PERSON", cells);
  SetNames(contact, cells);
  Set({CsvField::kOrganization}, NameForFiles(organization), cells);
  for (int i = 0; i < contact.emails_size(); ++i) {
    Set({CsvField::kEmail, i + 1}, contact.emails(i).address(), cells);
  }
  for (int i = 0; i < contact.phones_size(); ++i) {
    Set({CsvField::kPhone, i + 1}, NumberForEverywhere(contact.phones(i)), cells);
    Set({CsvField::kPhoneKind, i + 1}, KindWord(contact.phones(i).kind()), cells);
  }
  for (int i = 0; i < contact.web_addresses_size(); ++i) {
    Set({CsvField::kWebAddress, i + 1}, contact.web_addresses(i).uri(), cells);
    Set({CsvField::kWebLabel, i + 1}, contact.web_addresses(i).label(), cells);
  }
  Set({CsvField::kLanguages}, absl::StrJoin(contact.languages(), " "), cells);
  Set({CsvField::kTimeZone}, contact.time_zone(), cells);
  Set({CsvField::kNote}, contact.note(), cells);
  return cells;
}

std::string WriteRow(const std::set<CsvColumn>& columns, const Cells& cells) {
  std::vector<std::string> row;
  for (const CsvColumn& column : columns) {
    const auto cell = cells.find(column);
    row.push_back(cell == cells.end() ? std::string() : cell->second);
  }
  return WriteCsvRow(row);
}

// All contacts share the columns: the first of several languages is not the first for each of them.
template <typename List>
void TellOfOrder(const v1::Contact& contact, std::string_view field, const List& list,
                 std::vector<v1::ExportFinding>& findings) {
  const bool sorted =
      std::is_sorted(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.locale() < b.locale(); });
  if (sorted) return;
  v1::ExportFinding& finding = findings.emplace_back();
  finding.set_contact(contact.name());
  finding.set_field(std::string(field));
  finding.set_message("CSV does not keep which language is the first; vCard 4.0 and jCard do");
}

}  // namespace

bool ExchangeFile::Add(const v1::Contact& contact, const v1::Organization* organization) {
  const bool added =
      format_ == v1::EXCHANGE_FORMAT_CSV ? AddRow(contact, organization) : AddCard(contact, organization);
  if (added) ++size_;
  return added;
}

bool ExchangeFile::AddCard(const v1::Contact& contact, const v1::Organization* organization) {
  const bool is_v3 = format_ == v1::EXCHANGE_FORMAT_VCARD_3;
  std::vector<v1::ExportFinding> findings;
  const auto properties = CardOf(contact, organization, is_v3 ? "3.0" : "4.0", findings);
  const std::string card =
      format_ == v1::EXCHANGE_FORMAT_JCARD ? WriteJCard(properties) + ",\n" : WriteVCard(properties);
  if (!Fits(cards_.size() + card.size() + 4)) return false;
  cards_ += card;
  findings_.insert(findings_.end(), findings.begin(), findings.end());
  return true;
}

bool ExchangeFile::AddRow(const v1::Contact& contact, const v1::Organization* organization) {
  Cells cells = CellsOf(contact, organization);
  std::set<CsvColumn> columns = columns_;
  std::size_t bytes = row_bytes_;
  for (const auto& [column, cell] : cells) {
    columns.insert(column);
    // Quotation marks are written twice.
    bytes += cell.size() + static_cast<std::size_t>(std::count(cell.begin(), cell.end(), '"')) + kBytesAroundCell;
  }
  std::size_t header = 0;
  for (const CsvColumn& column : columns) header += ColumnName(column).size() + kBytesAroundCell;
  if (!Fits(header + bytes + (rows_.size() + 1) * (columns.size() + 1))) return false;
  rows_.push_back(std::move(cells));
  columns_ = std::move(columns);
  row_bytes_ = bytes;
  TellOfOrder(contact, "person_names", contact.person_names(), findings_);
  TellOfOrder(contact, "desk_names", contact.desk_names(), findings_);
  TellOfOrder(contact, "role_titles", contact.role_titles(), findings_);
  return true;
}

std::string ExchangeFile::Finish() const {
  if (format_ == v1::EXCHANGE_FORMAT_JCARD) {
    std::string cards = cards_;
    // The comma behind the last one.
    if (!cards.empty()) cards.resize(cards.size() - 2);
    return absl::StrCat("[", cards, "]\n");
  }
  if (format_ != v1::EXCHANGE_FORMAT_CSV) return cards_;
  std::vector<std::string> names;
  for (const CsvColumn& column : columns_) names.push_back(ColumnName(column));
  std::string file = WriteCsvRow(names);
  for (const CsvCells& cells : rows_) file += WriteRow(columns_, cells);
  return file;
}

std::string ExchangeFile::MediaType() const {
  switch (format_) {
    case v1::EXCHANGE_FORMAT_JCARD:
      return "application/vcard+json";
    case v1::EXCHANGE_FORMAT_CSV:
      return "text/csv; charset=utf-8; header=present";
    case v1::EXCHANGE_FORMAT_VCARD_3:
      return "text/vcard; charset=utf-8; version=3.0";
    default:
      return "text/vcard; charset=utf-8; version=4.0";
  }
}

}  // namespace communique::contacts
