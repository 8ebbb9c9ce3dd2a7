// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/suppressions.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/contact_addresses.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/feed.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/storage/suppression_store.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/errors/error.h"
#include "services/platform/verbs/write_once.h"

namespace communique::contacts {
namespace {

using platform::Session;
using platform::WriteStamp;
using storage::SuppressionRecord;
using Reason = v1::Suppression::Reason;

// The answer to SuppressContact with what a repetition is known by.
struct SuppressedContact {
  v1::SuppressContactResponse response;

  const std::string& name() const { return response.suppressions(0).name(); }
  const std::string& etag() const { return response.suppressions(0).etag(); }
};

// Who suppressed an address, and when, is for those who may lift it.
v1::Suppression ShownTo(const Caller& caller, v1::Suppression suppression) {
  if (caller.May(common::v1::PERMISSION_LIFT_SUPPRESSIONS)) return suppression;
  suppression.clear_creator();
  suppression.clear_create_time();
  suppression.clear_update_time();
  return suppression;
}

void CheckReason(std::string_view field, Reason reason, platform::FieldViolations& violations) {
  if (reason == v1::Suppression::REASON_ERASED) {
    violations.Add(field, "must not be ERASED: that is for erasures alone");
  } else if (reason == v1::Suppression::REASON_UNSPECIFIED || !v1::Suppression::Reason_IsValid(reason)) {
    violations.Add(field, "must be UNSUBSCRIBED, BOUNCED_HARD, COMPLAINT, OBJECTED or MANUAL");
  }
}

absl::StatusOr<std::vector<SuppressionRecord>> Find(const Environment& environment, Session& session,
                                                    const std::vector<std::string>& newsroom_uids,
                                                    const AddressKey& address) {
  return SuppressionsOf(session, newsroom_uids, environment.suppression_keys.Lookup(address));
}

// The suppression of an address for a reason, found or made; made ones are added to `changes`. Requires:
// LockSuppressions.
absl::StatusOr<v1::Suppression> FindOrMake(const Environment& environment, Session& session, const Newsroom& newsroom,
                                           const WriteStamp& stamp, const AddressKey& address, Reason reason,
                                           platform::ChangeSet& changes) {
  auto found = Find(environment, session, {newsroom.uid}, address);
  if (!found.ok()) return found.status();
  for (SuppressionRecord& record : *found) {
    if (record.suppression().reason() == reason) return std::move(*record.mutable_suppression());
  }
  const SuppressionKeys::Hash hash = environment.suppression_keys.Write(address);
  SuppressionRecord record;
  record.set_address_mac(hash.mac);
  v1::Suppression& suppression = *record.mutable_suppression();
  suppression.set_name(SuppressionName{NewsroomName::Parse(newsroom.name)->newsroom, MadeId()}.ToString());
  suppression.set_channel(address.channel);
  suppression.set_reason(reason);
  suppression.set_key_id(hash.key_id);
  suppression.set_creator(stamp.actor);
  if (auto status = InsertSuppression(session, newsroom.uid, stamp, record); !status.ok()) return status;
  const v1::Suppression& made = record.suppression();
  changes.internal.push_back(MakeChange(made.name(), made.uid(), v1::Change::VERB_CREATED));
  return made;
}

absl::StatusOr<platform::FeedPosition> Tell(Session& session, const WriteStamp& stamp,
                                            const platform::ChangeSet& changes) {
  if (changes.internal.empty()) return 0;
  const auto positions = platform::AppendChanges(session, stamp, changes);
  if (!positions.ok()) return positions.status();
  return positions->internal;
}

absl::StatusOr<v1::Suppression> FindNamed(Session& session, const std::string& name) {
  const auto newsroom = NewsroomOf(session, SuppressionName::Parse(name)->newsroom, "suppression", name);
  if (!newsroom.ok()) return newsroom.status();
  auto record = FindSuppression(session, newsroom->uid, name);
  if (!record.ok()) return record.status();
  return std::move(*record->mutable_suppression());
}

// The contact that has the addresses, and its newsroom.
absl::StatusOr<std::pair<Newsroom, v1::Contact>> FindToSuppress(Session& session,
                                                                const v1::SuppressContactRequest& request) {
  const auto newsroom =
      NewsroomOf(session, ContactName::Parse(request.contact())->newsroom, "contact", request.contact());
  if (!newsroom.ok()) return newsroom.status();
  auto record = FindContact(session, newsroom->uid, request.contact());
  if (!record.ok()) return record.status();
  const v1::Contact& contact = record->contact();
  if (contact.state() == v1::Contact::STATE_MERGED) {
    return StateConflict(contact.name(), "MERGED", "suppress", absl::StrCat("suppress ", contact.merged_into()));
  }
  if (AddressesOf(contact, request.channel()).empty()) {
    return StateConflict(contact.name(), "WITHOUT_ADDRESS", "suppress", "it has no mailbox or number to suppress");
  }
  return std::pair(*newsroom, std::move(*record->mutable_contact()));
}

absl::StatusOr<Written<SuppressedContact>> SuppressAll(const Environment& environment, const Caller& caller,
                                                       const v1::SuppressContactRequest& request, Session& session) {
  const auto found = FindToSuppress(session, request);
  if (!found.ok()) return found.status();
  const auto& [newsroom, contact] = *found;
  if (auto status = LockSuppressions(session, newsroom.uid); !status.ok()) return status;
  const WriteStamp stamp{caller.principal, caller.request_id, platform::ToStoredPrecision(environment.clock.Now())};
  platform::ChangeSet changes;
  Written<SuppressedContact> written;
  for (const ContactAddress& address : AddressesOf(contact, request.channel())) {
    const auto suppression = FindOrMake(environment, session, newsroom, stamp, address.key, request.reason(), changes);
    if (!suppression.ok()) return suppression.status();
    *written.value.response.add_suppressions() = ShownTo(caller, *suppression);
  }
  const auto position = Tell(session, stamp, changes);
  if (!position.ok()) return position.status();
  written.position = *position;
  return written;
}

}  // namespace

absl::StatusOr<Written<v1::Suppression>> CreateSuppression(const Environment& environment, const Caller& caller,
                                                           const v1::CreateSuppressionRequest& request) {
  platform::FieldViolations violations;
  if (!NewsroomName::Parse(request.parent())) {
    violations.Merge("", InvalidName("parent", request.parent(), kNewsroomPattern));
  }
  const auto address = KeyOf(request.address());
  violations.Merge("address", address.status());
  CheckReason("suppression.reason", request.suppression().reason(), violations);
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  return platform::WriteOnce<v1::Suppression>(
      environment, caller, {request.request_id(), request.validate_only(), request},
      [&](Session& session, absl::Time now) -> absl::StatusOr<Written<v1::Suppression>> {
        const auto newsroom = FindNewsroom(session, request.parent());
        if (!newsroom.ok()) return newsroom.status();
        if (auto status = LockSuppressions(session, newsroom->uid); !status.ok()) return status;
        const WriteStamp stamp{caller.principal, caller.request_id, now};
        platform::ChangeSet changes;
        const auto suppression =
            FindOrMake(environment, session, *newsroom, stamp, *address, request.suppression().reason(), changes);
        if (!suppression.ok()) return suppression.status();
        const auto position = Tell(session, stamp, changes);
        if (!position.ok()) return position.status();
        return Written<v1::Suppression>{ShownTo(caller, *suppression), *position};
      },
      [&](Session& session, absl::Time, const std::string& made) -> absl::StatusOr<v1::Suppression> {
        auto suppression = FindNamed(session, made);
        if (!suppression.ok()) return suppression;
        return ShownTo(caller, *std::move(suppression));
      });
}

absl::StatusOr<Written<v1::SuppressContactResponse>> SuppressContact(const Environment& environment,
                                                                     const Caller& caller,
                                                                     const v1::SuppressContactRequest& request) {
  platform::FieldViolations violations;
  if (!ContactName::Parse(request.contact())) {
    violations.Merge("", InvalidName("contact", request.contact(), kContactPattern));
  }
  const bool has_addresses = request.channel() != v1::CHANNEL_POST && v1::Channel_IsValid(request.channel());
  if (!has_addresses) violations.Add("channel", "must be EMAIL or PHONE, or left out for both");
  CheckReason("reason", request.reason(), violations);
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  auto written = platform::WriteOnce<SuppressedContact>(
      environment, caller, {request.request_id(), request.validate_only(), request},
      [&](Session& session, absl::Time) { return SuppressAll(environment, caller, request, session); },
      [&](Session& session, absl::Time, const std::string&) -> absl::StatusOr<SuppressedContact> {
        // What is suppressed now of what the contact has now.
        const auto found = FindToSuppress(session, request);
        if (!found.ok()) return found.status();
        SuppressedContact again;
        for (const ContactAddress& address : AddressesOf(found->second, request.channel())) {
          const auto records = Find(environment, session, {found->first.uid}, address.key);
          if (!records.ok()) return records.status();
          for (const SuppressionRecord& record : *records) {
            if (record.suppression().reason() != request.reason()) continue;
            *again.response.add_suppressions() = ShownTo(caller, record.suppression());
          }
        }
        return again;
      });
  if (!written.ok()) return written.status();
  return Written<v1::SuppressContactResponse>{std::move(written->value.response), written->position};
}

absl::StatusOr<v1::Suppression> GetSuppression(const Environment& environment, const Caller& caller,
                                               const v1::GetSuppressionRequest& request) {
  if (!SuppressionName::Parse(request.name())) return InvalidName("name", request.name(), kSuppressionPattern);
  absl::StatusOr<v1::Suppression> suppression;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) {
    suppression = FindNamed(session, request.name());
    return suppression.status();
  });
  if (!status.ok()) return status;
  return suppression;
}

absl::StatusOr<v1::ListSuppressionsResponse> ListSuppressions(const Environment& environment, const Caller& caller,
                                                              const v1::ListSuppressionsRequest& request) {
  if (!NewsroomName::Parse(request.parent())) return InvalidName("parent", request.parent(), kNewsroomPattern);
  absl::StatusOr<v1::ListSuppressionsResponse> response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    const auto newsroom = FindNewsroom(session, request.parent());
    if (!newsroom.ok()) return newsroom.status();
    response = ListSuppressions(session, newsroom->uid, request);
    return response.status();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::LookupSuppressionsResponse> LookupSuppressions(const Environment& environment, const Caller& caller,
                                                                  const v1::LookupSuppressionsRequest& request) {
  platform::FieldViolations violations;
  if (!NewsroomName::Parse(request.parent())) {
    violations.Merge("", InvalidName("parent", request.parent(), kNewsroomPattern));
  }
  const auto address = KeyOf(request.address());
  violations.Merge("address", address.status());
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  v1::LookupSuppressionsResponse response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    response.Clear();
    const auto line = NewsroomAndAncestors(session, request.parent());
    if (!line.ok()) return line.status();
    for (const Newsroom& newsroom : *line) {
      for (const AddressKey& key : SuppressedBy(*address)) {
        auto records = Find(environment, session, {newsroom.uid}, key);
        if (!records.ok()) return records.status();
        for (SuppressionRecord& record : *records) {
          *response.add_suppressions() = std::move(*record.mutable_suppression());
        }
      }
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<Written<v1::Suppression>> DeleteSuppression(const Environment& environment, const Caller& caller,
                                                           const v1::DeleteSuppressionRequest& request) {
  const auto name = SuppressionName::Parse(request.name());
  if (!name) return InvalidName("name", request.name(), kSuppressionPattern);
  return platform::WriteOnce<v1::Suppression>(
      environment, caller, {request.request_id(), request.validate_only(), request},
      [&](Session& session, absl::Time now) -> absl::StatusOr<Written<v1::Suppression>> {
        const auto newsroom = NewsroomOf(session, name->newsroom, "suppression", request.name());
        if (!newsroom.ok()) return newsroom.status();
        auto record = FindSuppression(session, newsroom->uid, request.name(), platform::RowLock::kForUpdate);
        if (!record.ok()) return record.status();
        if (record->suppression().has_lift_time()) {
          return StateConflict(request.name(), "LIFTED", "lift", "there is nothing to be done");
        }
        *record->mutable_suppression()->mutable_lift_time() = platform::ToTimestamp(now);
        record->mutable_suppression()->set_lifter(caller.principal);
        const WriteStamp stamp{caller.principal, caller.request_id, now};
        if (auto status = LiftSuppression(session, newsroom->uid, stamp, *record); !status.ok()) return status;
        const v1::Suppression& lifted = record->suppression();
        const auto position =
            Tell(session, stamp, {.internal = {MakeChange(lifted.name(), lifted.uid(), v1::Change::VERB_DELETED)}});
        if (!position.ok()) return position.status();
        return Written<v1::Suppression>{lifted, *position};
      },
      [&](Session& session, absl::Time, const std::string& made) { return FindNamed(session, made); });
}

absl::Status SuppressErased(const Environment& environment, Session& session, const std::string& newsroom_uid,
                            const WriteStamp& stamp, const std::vector<v1::Contact>& contacts,
                            const std::vector<v1::Contact>& others) {
  if (contacts.empty()) return absl::OkStatus();
  if (auto status = LockSuppressions(session, newsroom_uid); !status.ok()) return status;
  Newsroom newsroom;
  newsroom.uid = newsroom_uid;
  newsroom.name = NewsroomName{ContactName::Parse(contacts.front().name())->newsroom}.ToString();
  platform::ChangeSet untold;
  for (const v1::Contact& contact : contacts) {
    for (const ContactAddress& address : AddressesOf(contact, v1::CHANNEL_UNSPECIFIED)) {
      const auto has_it = [&](const v1::Contact& other) { return IsSharedWith(address.key, other); };
      if (!address.personal || std::any_of(others.begin(), others.end(), has_it)) continue;
      const auto made =
          FindOrMake(environment, session, newsroom, stamp, address.key, v1::Suppression::REASON_ERASED, untold);
      if (!made.ok()) return made.status();
    }
  }
  return absl::OkStatus();
}

}  // namespace communique::contacts
