// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/contacts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/print_choice.h"
#include "services/contacts/storage/feed.h"
#include "services/contacts/storage/processing_record_store.h"
#include "services/contacts/usecases/change_contact.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/first_records.h"
#include "services/contacts/usecases/prepare_contact.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/contacts/usecases/suppressed_fields.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/field_checks.h"
#include "services/platform/resources/field_mask.h"
#include "services/platform/verbs/write_once.h"

namespace communique::contacts {
namespace {

using platform::Reason;
using platform::Session;

constexpr std::size_t kReasonCharacters = 500;

absl::Status InUse(const std::string& name, std::int64_t count) {
  return platform::FailedPrecondition(
      Reason::ERROR_REASON_IN_USE, name,
      absl::StrCat(name, " stands in for ", count, count == 1 ? " contact" : " contacts",
                   ": give them another substitute first, or deactivate it instead"),
      {{"count", absl::StrCat(count)}});
}

google::protobuf::FieldMask Everything() {
  google::protobuf::FieldMask mask;
  mask.add_paths("*");
  return mask;
}

absl::Status CheckUpdateMask(const google::protobuf::FieldMask& mask) {
  if (mask.paths().empty()) return platform::InvalidField("update_mask", "name the fields to change, at least one");
  for (const std::string& path : mask.paths()) {
    if (path == "*") {
      return platform::InvalidField("update_mask",
                                    "\"*\" is refused: a contact that was read without its personal fields would lose "
                                    "them; name the fields to change");
    }
  }
  return absl::OkStatus();
}

// Whether it may become what it was not before.
absl::Status CheckBecomes(Session& session, const Newsroom& newsroom, const v1::Contact& before,
                          const v1::Contact& contact) {
  if (contact.relation() == before.relation()) return absl::OkStatus();
  const auto records = ProcessingRecordsOf(session, newsroom.uid, {contact.name()});
  if (!records.ok()) return records.status();
  return CheckBasis(contact, *records);
}

}  // namespace

absl::StatusOr<Written<v1::Contact>> CreateContact(const Environment& environment, const Caller& caller,
                                                   const v1::CreateContactRequest& request) {
  const auto newsroom = NewsroomName::Parse(request.parent());
  if (!newsroom) return InvalidName("parent", request.parent(), kNewsroomPattern);
  const std::string id = request.contact_id().empty() ? MadeId() : request.contact_id();
  if (auto status = CheckId("contact_id", id); !status.ok()) return status;
  const std::string name = ContactName{newsroom->newsroom, id}.ToString();
  return platform::WriteOnce<v1::Contact>(
      environment, caller, {request.request_id(), request.validate_only(), request},
      [&](Session& session, absl::Time now) -> absl::StatusOr<Written<v1::Contact>> {
        const auto line = NewsroomAndAncestors(session, request.parent());
        if (!line.ok()) return line.status();
        storage::ContactRecord record;
        v1::Contact& contact = *record.mutable_contact();
        if (auto status = platform::ApplyUpdate(request.contact(), Everything(), contact); !status.ok()) return status;
        contact.set_name(name);
        contact.set_state(request.unconfirmed() ? v1::Contact::STATE_UNCONFIRMED : v1::Contact::STATE_ACTIVE);
        auto records =
            FirstRecords(environment, caller, newsroom->newsroom, request.basis(), request.processing_records(), now);
        if (!records.ok()) return records.status();
        if (auto status = CheckBasis(contact, *records); !status.ok()) return status;
        if (auto status = PrepareContact(environment, session, *line, {}, contact); !status.ok()) return status;
        const platform::WriteStamp stamp{caller.principal, caller.request_id, now};
        if (auto status = InsertContact(session, line->front().uid, stamp, record); !status.ok()) return status;
        const auto recorded = AddProcessingRecords(session, line->front().uid, name, stamp, *std::move(records));
        if (!recorded.ok()) return recorded;
        const auto positions = platform::AppendChanges(
            session, stamp, {.internal = {MakeChange(name, record.contact().uid(), v1::Change::VERB_CREATED)}});
        if (!positions.ok()) return positions.status();
        return Written<v1::Contact>{PresentContact(record), positions->internal};
      },
      [&](Session& session, absl::Time, const std::string& made) -> absl::StatusOr<v1::Contact> {
        const auto found = FindNewsroom(session, request.parent());
        if (!found.ok()) return found.status();
        const auto record = FindContact(session, found->uid, made);
        if (!record.ok()) return record.status();
        return PresentContact(*record);
      });
}

absl::StatusOr<Written<v1::Contact>> UpdateContact(const Environment& environment, const Caller& caller,
                                                   const v1::UpdateContactRequest& request) {
  if (auto status = CheckUpdateMask(request.update_mask()); !status.ok()) return status;
  return ChangeContact(environment,
                       {caller, v1::Change::VERB_UPDATED, request.contact().name(), request.contact().etag(),
                        request.request_id(), request.validate_only(), request},
                       [&](OpenContact& open) -> absl::Status {
                         const v1::Contact before = open.contact();
                         v1::Contact& contact = open.contact();
                         const auto status = platform::ApplyUpdate(request.contact(), request.update_mask(), contact);
                         if (!status.ok()) return status;
                         if (contact.state() == v1::Contact::STATE_UNCONFIRMED) {
                           contact.set_state(v1::Contact::STATE_ACTIVE);
                         }
                         const auto becomes = CheckBecomes(open.session, open.line.front(), before, contact);
                         if (!becomes.ok()) return becomes;
                         return PrepareContact(environment, open.session, open.line, before, contact);
                       });
}

absl::StatusOr<Written<v1::Contact>> DeleteContact(const Environment& environment, const Caller& caller,
                                                   const v1::DeleteContactRequest& request) {
  return ChangeContact(
      environment,
      {caller, v1::Change::VERB_DELETED, request.name(), request.etag(), request.request_id(), request.validate_only(),
       request},
      [&](OpenContact& open) -> absl::Status {
        const auto names = WithMergedContacts(open.session, open.line.front().uid, open.contact().name());
        if (!names.ok()) return names.status();
        const auto count = CountSubstituted(open.session, *names);
        if (!count.ok()) return count.status();
        if (*count > 0) return InUse(open.contact().name(), *count);
        v1::Contact& contact = open.contact();
        open.record.set_state_before_deletion(contact.state());
        contact.set_state(v1::Contact::STATE_DELETED);
        *contact.mutable_delete_time() = platform::ToTimestamp(open.now);
        *contact.mutable_purge_time() = platform::ToTimestamp(open.now + environment.limits.kept_after_deletion);
        return absl::OkStatus();
      });
}

absl::StatusOr<Written<v1::Contact>> UndeleteContact(const Environment& environment, const Caller& caller,
                                                     const v1::UndeleteContactRequest& request) {
  return ChangeContact(environment,
                       {caller, v1::Change::VERB_UNDELETED, request.name(), request.etag(), request.request_id(),
                        request.validate_only(), request},
                       [&environment](OpenContact& open) -> absl::Status {
                         v1::Contact& contact = open.contact();
                         // Gone, although nobody has come to purge it yet.
                         if (open.now >= platform::FromTimestamp(contact.purge_time())) {
                           return platform::NotFound("contact", contact.name());
                         }
                         auto status = CheckNotErased(environment, open.session, open.line, {}, contact);
                         if (!status.ok()) return status;
                         // Deleted contacts keep nobody from deleting what they name.
                         status = RestoreReferences(open.session, open.line, contact);
                         if (!status.ok()) return status;
                         status = CheckSubstitutes(contact, LookupIn(open.session, open.line));
                         if (!status.ok()) return status;
                         contact.set_state(open.record.state_before_deletion());
                         open.record.clear_state_before_deletion();
                         contact.clear_delete_time();
                         contact.clear_purge_time();
                         return absl::OkStatus();
                       });
}

absl::StatusOr<Written<v1::Contact>> DeactivateContact(const Environment& environment, const Caller& caller,
                                                       const v1::DeactivateContactRequest& request) {
  const std::string& substitute = request.substitute();
  if (!substitute.empty() && !ContactName::Parse(substitute)) {
    return InvalidName("substitute", substitute, kContactPattern);
  }
  platform::FieldViolations violations;
  platform::CheckText("reason", request.reason(), {.max_characters = kReasonCharacters}, violations);
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  return ChangeContact(
      environment,
      {caller, v1::Change::VERB_DEACTIVATED, request.name(), request.etag(), request.request_id(),
       request.validate_only(), request},
      [&](OpenContact& open) -> absl::Status {
        v1::Contact& contact = open.contact();
        contact.set_state(v1::Contact::STATE_DEACTIVATED);
        contact.set_deactivation_reason(request.reason());
        // The contact's own substitute may have gone out of use: that is no reason to go on printing the contact.
        if (substitute.empty()) return absl::OkStatus();
        contact.set_substitute(substitute);
        if (auto status = CheckSubstitute(open.session, open.line, "substitute", contact); !status.ok()) return status;
        const auto stand_in = FindContactIn(open.session, open.line, substitute);
        if (!stand_in.ok()) return stand_in.status();
        if (stand_in->contact().state() == v1::Contact::STATE_ACTIVE) return absl::OkStatus();
        return platform::FailedPrecondition(
            Reason::ERROR_REASON_REFERENCE_MISSING, substitute,
            absl::StrCat("substitute: ", substitute, " is not in use; choose a contact whose state is ACTIVE"),
            {{"resource", substitute}});
      });
}

absl::StatusOr<Written<v1::Contact>> ReactivateContact(const Environment& environment, const Caller& caller,
                                                       const v1::ReactivateContactRequest& request) {
  return ChangeContact(environment,
                       {caller, v1::Change::VERB_REACTIVATED, request.name(), request.etag(), request.request_id(),
                        request.validate_only(), request},
                       [](OpenContact& open) {
                         open.contact().set_state(v1::Contact::STATE_ACTIVE);
                         open.contact().clear_deactivation_reason();
                         return absl::OkStatus();
                       });
}

}  // namespace communique::contacts
