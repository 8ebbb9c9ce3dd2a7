// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/suppressed_fields.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/storage/suppression_store.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/preconditions.h"

namespace communique::contacts {

using platform::Session;

namespace {

std::vector<std::string> UidsOf(const std::vector<Newsroom>& line) {
  std::vector<std::string> uids;
  for (const Newsroom& newsroom : line) uids.push_back(newsroom.uid);
  return uids;
}

}  // namespace

absl::StatusOr<std::set<std::string>> SuppressedFields(const Environment& environment, Session& session,
                                                       const std::vector<Newsroom>& line,
                                                       const std::vector<ContactAddress>& addresses,
                                                       Suppressing which) {
  std::multimap<std::string, std::string> fields;  // by hash
  std::vector<std::string> macs;
  for (const ContactAddress& address : addresses) {
    for (const AddressKey& key : SuppressedBy(address.key)) {
      for (std::string& mac : environment.suppression_keys.Lookup(key)) {
        fields.emplace(mac, address.field);
        macs.push_back(std::move(mac));
      }
    }
  }
  const auto records = SuppressionsOf(session, UidsOf(line), macs);
  if (!records.ok()) return records.status();
  std::set<std::string> suppressed;
  for (const storage::SuppressionRecord& record : *records) {
    const bool erased = record.suppression().reason() == v1::Suppression::REASON_ERASED;
    if (which == Suppressing::kErased && !erased) continue;
    const auto [first, last] = fields.equal_range(record.address_mac());
    for (auto it = first; it != last; ++it) suppressed.insert(it->second);
  }
  return suppressed;
}

absl::Status CheckNotErased(const Environment& environment, Session& session, const std::vector<Newsroom>& line,
                            const v1::Contact& before, const v1::Contact& contact, std::string_view called) {
  std::set<AddressKey> known;
  for (const ContactAddress& address : AddressesOf(before, v1::CHANNEL_UNSPECIFIED)) known.insert(address.key);
  std::vector<ContactAddress> added;
  for (ContactAddress& address : AddressesOf(contact, v1::CHANNEL_UNSPECIFIED)) {
    if (!known.contains(address.key)) added.push_back(std::move(address));
  }
  if (added.empty()) return absl::OkStatus();
  if (auto status = HoldSuppressions(session, UidsOf(line)); !status.ok()) return status;
  const auto suppressed = SuppressedFields(environment, session, line, added, Suppressing::kErased);
  if (!suppressed.ok()) return suppressed.status();
  if (suppressed->empty()) return absl::OkStatus();
  std::vector<std::pair<std::string, std::string>> violations;
  for (const std::string& field : *suppressed) {
    violations.emplace_back(absl::StrCat(platform::ToAbsl(called), ".", field),
                            "is suppressed and not stored again; leave it out, or ask whoever may lift suppressions");
  }
  return platform::FailedPreconditions(platform::Reason::ERROR_REASON_SUPPRESSED, violations);
}

}  // namespace communique::contacts
