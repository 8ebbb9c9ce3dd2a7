// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "communique/contacts/v1/contact.pb.h"
#include "communique/contacts/v1/exchange.pb.h"
#include "communique/contacts/v1/organization.pb.h"
#include "services/contacts/domain/exchange/csv_columns.h"

namespace communique::contacts {

// A file of contacts that is being written. One thread.
class ExchangeFile {
 public:
  // Of at most `max_bytes`. Requires: a format that is valid.
  ExchangeFile(v1::ExchangeFormat format, std::size_t max_bytes) : format_(format), max_bytes_(max_bytes) {}

  // Adds what is visible of a contact (VisiblePart); `organization` is the contact's, or null. False, and nothing is
  // added, when it would make the file too large and is not the first one.
  bool Add(const v1::Contact& contact, const v1::Organization* organization);

  int size() const { return size_; }
  // What the format cannot hold of the contacts that were added.
  const std::vector<v1::ExportFinding>& findings() const { return findings_; }
  // The file.
  std::string Finish() const;
  // "text/vcard; charset=utf-8; version=4.0"
  std::string MediaType() const;

 private:
  using CsvCells = std::map<CsvColumn, std::string>;

  bool AddCard(const v1::Contact& contact, const v1::Organization* organization);
  bool AddRow(const v1::Contact& contact, const v1::Organization* organization);
  bool Fits(std::size_t bytes) const { return size_ == 0 || bytes <= max_bytes_; }

  const v1::ExchangeFormat format_;
  const std::size_t max_bytes_;
  int size_ = 0;
  std::vector<v1::ExportFinding> findings_;
  std::string cards_;           // of the other formats than CSV
  std::vector<CsvCells> rows_;  // of CSV: which columns there are is known at the end
  std::set<CsvColumn> columns_{{CsvField::kKind}, {CsvField::kDisplayName}, {CsvField::kOrganization}};
  std::size_t row_bytes_ = 0;
};

}  // namespace communique::contacts
