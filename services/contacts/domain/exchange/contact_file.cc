// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/exchange/contact_file.h"

#include "services/contacts/domain/exchange/card_contact.h"
#include "services/contacts/domain/exchange/csv_contacts.h"
#include "services/contacts/domain/exchange/jcard_reader.h"
#include "services/contacts/domain/exchange/vcard_reader.h"

namespace communique::contacts {

absl::StatusOr<std::vector<ImportCard>> ReadContactFile(v1::ExchangeFormat format, std::string_view content,
                                                        const ExchangeLimits& limits, const ImportDefaults& defaults) {
  if (format == v1::EXCHANGE_FORMAT_CSV) return ReadCsvContacts(content, limits, defaults);
  const auto cards = format == v1::EXCHANGE_FORMAT_JCARD ? ReadJCards(content, limits) : ReadVCards(content, limits);
  if (!cards.ok()) return cards.status();
  std::vector<ImportCard> contacts;
  for (const Card& card : *cards) contacts.push_back(ReadCardContact(card, defaults));
  return contacts;
}

}  // namespace communique::contacts
