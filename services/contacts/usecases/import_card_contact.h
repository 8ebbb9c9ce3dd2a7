// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "communique/contacts/v1/consent.pb.h"
#include "communique/contacts/v1/exchange_service.pb.h"
#include "services/contacts/domain/exchange/import_card.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/environment.h"
#include "services/platform/changes/feed.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// Making a contact of a card in the middle of an import's transaction.
namespace communique::contacts {

// What the cards of an import share. One thread.
struct ImportSetting {
  const Environment& environment;
  const v1::ImportContactsRequest& request;
  // The newsroom that keeps the contacts and those above it.
  const std::vector<Newsroom>& line;
  platform::WriteStamp stamp;
  // What each contact's records begin with.
  const std::vector<v1::ProcessingRecord>& records;
  // The cards before, by what their contacts have alone (IdentityKeys, with the kind in front).
  std::map<std::string, int> seen;
  // Contacts that were there before, by the same; those that have one of the addresses that are looked up already.
  std::map<std::string, std::string> stored;
  std::set<std::string> looked_up;
  // The organizations that cards have named, by the name.
  struct NamedOrganization {
    std::string organization;  // empty when there is none so called, or several are
    std::string why_none;
  };
  std::map<std::string, NamedOrganization> organizations;
  // For the feed.
  std::vector<platform::Change> changes;
};

// Makes a contact of the card, unless it is refused or a duplicate, and completes its entry in the report, which knows
// index and line: outcome, contact, findings. An error is one of the database and ends the import; what is wrong with
// the card is in the report.
absl::Status ImportCardContact(platform::Session& session, ImportSetting& setting, const ImportCard& card,
                               v1::ImportedCard& entry);

}  // namespace communique::contacts
