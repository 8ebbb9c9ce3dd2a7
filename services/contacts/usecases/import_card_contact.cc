// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/import_card_contact.h"

#include <set>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "services/contacts/domain/contact_addresses.h"
#include "services/contacts/domain/exchange/card.h"
#include "services/contacts/domain/exchange/repeats.h"
#include "services/contacts/domain/identity_keys.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/text/phone_number.h"
#include "services/contacts/storage/contact_search.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/feed.h"
#include "services/contacts/storage/organization_store.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/prepare_contact.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/contacts/usecases/suppressed_fields.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using platform::Session;

// The finding about a field of the contact, where the file has it.
v1::CardFinding FieldFinding(const ImportCard& card, const std::string& field, const std::string& message) {
  constexpr std::string_view kPrefix = "contact.";
  const std::string_view path = std::string_view(field).starts_with(kPrefix)
                                    ? std::string_view(field).substr(kPrefix.size())
                                    : std::string_view(field);
  FilePlace place{card.line, 0};
  for (const auto& [begin, where] : card.places) {
    if (path.starts_with(begin) && (path.size() == begin.size() || path[begin.size()] == '.')) place = where;
  }
  return MakeFinding(place.line, field, message, place.column);
}

// What PrepareContact has said against a contact, field by field.
void AddRefusals(const ImportCard& card, const absl::Status& status, v1::ImportedCard& entry) {
  constexpr std::size_t kWhole = 1 << 20;
  bool any = false;
  const auto refuse = [&](const std::string& field, const std::string& description) {
    *entry.add_findings() = FieldFinding(card, field, description);
    entry.mutable_findings()->rbegin()->set_refused(true);
    any = true;
  };
  // Of other preconditions, the subject is no field.
  const bool suppressed = platform::ReasonOf(status) == platform::Reason::ERROR_REASON_SUPPRESSED;
  const auto wire = platform::ToRpcStatus(status, "", "", kWhole);
  for (const auto& detail : wire.details()) {
    google::rpc::BadRequest bad_request;
    google::rpc::PreconditionFailure failure;
    if (detail.UnpackTo(&bad_request)) {
      for (const auto& violation : bad_request.field_violations()) {
        refuse(violation.field(), violation.description());
      }
    } else if (suppressed && detail.UnpackTo(&failure)) {
      for (const auto& violation : failure.violations()) refuse(violation.subject(), violation.description());
    }
  }
  if (any) return;
  *entry.add_findings() = MakeFinding(card.line, "contact", platform::ToStd(status.message()));
  entry.mutable_findings()->rbegin()->set_refused(true);
}

// What is stored and may not be used.
absl::Status TellSuppressed(Session& session, const ImportSetting& setting, const ImportCard& card,
                            const v1::Contact& contact, v1::ImportedCard& entry) {
  const auto fields = SuppressedFields(setting.environment, session, setting.line,
                                       AddressesOf(contact, v1::CHANNEL_UNSPECIFIED), Suppressing::kAny);
  if (!fields.ok()) return fields.status();
  for (const std::string& field : *fields) {
    *entry.add_findings() =
        FieldFinding(card, absl::StrCat("contact.", field), "is suppressed: it is kept, and not used");
  }
  return absl::OkStatus();
}

// What the request says about all contacts.
v1::Contact ContactOf(const ImportCard& card, const v1::ImportContactsRequest& request) {
  const v1::Visibility visibility =
      request.visibility() == v1::VISIBILITY_UNSPECIFIED ? v1::VISIBILITY_INTERNAL : request.visibility();
  v1::Contact contact = card.contact;
  contact.set_relation(request.relation());
  contact.set_source(request.source());
  contact.set_state(v1::Contact::STATE_UNCONFIRMED);
  contact.set_visibility(visibility);
  for (auto& email : *contact.mutable_emails()) email.set_visibility(visibility);
  for (auto& phone : *contact.mutable_phones()) phone.set_visibility(visibility);
  for (auto& address : *contact.mutable_web_addresses()) address.set_visibility(visibility);
  return contact;
}

// The nearest organization of the line that is called so, or why there is none.
absl::StatusOr<ImportSetting::NamedOrganization> FindOrganizationCalled(Session& session,
                                                                        const std::vector<Newsroom>& line,
                                                                        const std::string& name) {
  for (const Newsroom& newsroom : line) {
    const auto called = FindOrganizationsCalled(session, newsroom.uid, name);
    if (!called.ok()) return called.status();
    if (called->size() == 1) return ImportSetting::NamedOrganization{called->front(), ""};
    if (called->empty()) continue;
    return ImportSetting::NamedOrganization{"",
                                            absl::StrCat(called->size(), " organizations of ", newsroom.name,
                                                         " are called so; choose one when you confirm the contact")};
  }
  return ImportSetting::NamedOrganization{"",
                                          "no organization of the newsroom, or of those above it, is called so; make "
                                          "it, and choose it when you confirm the "
                                          "contact"};
}

absl::Status SetOrganization(Session& session, ImportSetting& setting, const ImportCard& card, v1::Contact& contact,
                             v1::ImportedCard& entry) {
  if (card.organization_names.empty()) return absl::OkStatus();
  std::string why_none;
  for (const std::string& name : card.organization_names) {
    auto known = setting.organizations.find(name);
    if (known == setting.organizations.end()) {
      auto found = FindOrganizationCalled(session, setting.line, name);
      if (!found.ok()) return found.status();
      known = setting.organizations.emplace(name, *std::move(found)).first;
    }
    contact.set_organization(known->second.organization);
    if (!contact.organization().empty()) return absl::OkStatus();
    if (why_none.empty()) why_none = known->second.why_none;
  }
  *entry.add_findings() =
      MakeFinding(card.organization_place.line, "contact.organization", why_none, card.organization_place.column);
  return absl::OkStatus();
}

// The country of numbers without "+": of the organization, or the one that the request says.
absl::Status SetRegions(Session& session, const ImportSetting& setting, v1::Contact& contact) {
  if (contact.phones().empty()) return absl::OkStatus();
  std::string region = setting.request.region();
  if (!contact.organization().empty()) {
    const auto organization = FindOrganizationIn(session, setting.line, contact.organization());
    if (!organization.ok()) return organization.status();
    if (!organization->country().empty()) region = organization->country();
  }
  if (region.empty()) return absl::OkStatus();
  for (auto& phone : *contact.mutable_phones()) {
    if (!ParsePhoneNumber(phone.number(), "").ok()) phone.set_region(region);
  }
  return absl::OkStatus();
}

// Whether reading the addresses and numbers takes no longer than it may: else the contact is refused for how many there
// are.
bool IsWithinLimits(const v1::Contact& contact, const ContactLimits& limits) {
  return contact.emails_size() <= limits.emails && contact.phones_size() <= limits.phones;
}

std::set<std::string> KeysOf(const v1::Contact& contact) {
  std::set<std::string> keys;
  for (const std::string& key : IdentityKeys(contact)) keys.insert(absl::StrCat(contact.kind(), ":", key));
  return keys;
}

// Learns who has the address in the newsroom, once for all cards: hundreds may have the number of one house.
absl::Status LookUp(Session& session, ImportSetting& setting, const std::string& address) {
  if (!setting.looked_up.insert(address).second) return absl::OkStatus();
  const auto learn = [&](const v1::Contact& other) {
    for (const std::string& key : KeysOf(other)) setting.stored.emplace(key, other.name());
  };
  return ForEachAtAddress(session, {setting.line.front().uid}, {address}, Deleted::kLeftOut, learn);
}

// Looks for a card or contact that shares one of the keys; the entry names it.
absl::Status FindDuplicate(Session& session, ImportSetting& setting, const v1::Contact& contact,
                           const std::set<std::string>& keys, v1::ImportedCard& entry) {
  for (const std::string& key : keys) {
    const auto seen = setting.seen.find(key);
    if (seen == setting.seen.end()) continue;
    entry.set_duplicate_of(seen->second);
    return absl::OkStatus();
  }
  for (const std::string& address : IdentityAddresses(contact)) {
    if (auto status = LookUp(session, setting, address); !status.ok()) return status;
  }
  for (const std::string& key : keys) {
    const auto stored = setting.stored.find(key);
    if (stored == setting.stored.end()) continue;
    entry.set_contact(stored->second);
    return absl::OkStatus();
  }
  return absl::OkStatus();
}

// Whether the entry is a duplicate, and that is the end of it.
bool IsDuplicate(const ImportSetting& setting, const ImportCard& card, v1::ImportedCard& entry) {
  if (entry.contact().empty() && entry.duplicate_of() == 0) return false;
  if (!setting.request.allow_duplicates()) {
    entry.set_outcome(v1::ImportedCard::OUTCOME_DUPLICATE);
    return true;
  }
  const std::string other =
      entry.contact().empty() ? absl::StrCat("card ", entry.duplicate_of()) : std::string(entry.contact());
  *entry.add_findings() =
      MakeFinding(card.line, "contact", absl::StrCat("shares a mailbox or a telephone number with ", other));
  entry.clear_contact();
  entry.clear_duplicate_of();
  return false;
}

absl::Status Insert(Session& session, ImportSetting& setting, v1::Contact contact, v1::ImportedCard& entry) {
  const std::string newsroom = NewsroomName::Parse(setting.request.parent())->newsroom;
  storage::ContactRecord record;
  *record.mutable_contact() = std::move(contact);
  record.mutable_contact()->set_name(ContactName{newsroom, MadeId()}.ToString());
  const std::string& newsroom_uid = setting.line.front().uid;
  auto status = InsertContact(session, newsroom_uid, setting.stamp, record);
  if (!status.ok()) return status;
  status = AddProcessingRecords(session, newsroom_uid, record.contact().name(), setting.stamp, setting.records);
  if (!status.ok()) return status;
  setting.changes.push_back(MakeChange(record.contact().name(), record.contact().uid(), v1::Change::VERB_CREATED));
  entry.set_contact(record.contact().name());
  entry.set_outcome(v1::ImportedCard::OUTCOME_CREATED);
  return absl::OkStatus();
}

}  // namespace

absl::Status ImportCardContact(Session& session, ImportSetting& setting, const ImportCard& card,
                               v1::ImportedCard& entry) {
  entry.mutable_findings()->Assign(card.findings.begin(), card.findings.end());
  entry.set_outcome(v1::ImportedCard::OUTCOME_REFUSED);
  if (card.refused()) return absl::OkStatus();
  ImportCard once{card.line, ContactOf(card, setting.request), {}, {}, card.places, {}};
  v1::Contact& contact = once.contact;
  if (auto status = SetOrganization(session, setting, card, contact, entry); !status.ok()) return status;
  if (IsWithinLimits(contact, setting.environment.rules.limits)) {
    if (auto status = SetRegions(session, setting, contact); !status.ok()) return status;
    LeaveOutRepeats(setting.environment.rules.email, once);
    entry.mutable_findings()->Add(once.findings.begin(), once.findings.end());
  }
  if (const auto status = PrepareContact(setting.environment, session, setting.line, {}, contact); !status.ok()) {
    if (!session.error().ok()) return status;
    AddRefusals(once, status, entry);
    return absl::OkStatus();
  }
  const auto keys = KeysOf(contact);
  if (auto status = FindDuplicate(session, setting, contact, keys, entry); !status.ok()) return status;
  if (IsDuplicate(setting, card, entry)) return absl::OkStatus();
  if (auto status = TellSuppressed(session, setting, once, contact, entry); !status.ok()) return status;
  for (const std::string& key : keys) setting.seen.emplace(key, entry.index());
  return Insert(session, setting, std::move(contact), entry);
}

}  // namespace communique::contacts
