// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/processing_records.h"

#include <google/protobuf/util/time_util.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/processing_record.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/feed.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/storage/processing_record_store.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/errors/error.h"
#include "services/platform/verbs/write_once.h"

namespace communique::contacts {
namespace {

using platform::Session;

// Deleted contacts take records: a refusal that comes late counts when the contact is taken back.
absl::Status CheckTakesRecords(const v1::Contact& contact) {
  if (contact.state() == v1::Contact::STATE_ERASED) {
    return platform::FailedPrecondition(platform::Reason::ERROR_REASON_ERASED, contact.name(),
                                        absl::StrCat(contact.name(), " was erased; nothing is recorded about it"));
  }
  if (contact.state() != v1::Contact::STATE_MERGED) return absl::OkStatus();
  return StateConflict(contact.name(), "MERGED", "record anything for",
                       absl::StrCat("record it for ", contact.merged_into()));
}

absl::StatusOr<Written<v1::ProcessingRecord>> Create(const Environment& environment, const Caller& caller,
                                                     const v1::CreateProcessingRecordRequest& request,
                                                     const ProcessingRecordName& name, Session& session) {
  const auto newsroom = NewsroomOf(session, name.newsroom, "contact", request.parent());
  if (!newsroom.ok()) return newsroom.status();
  // Locked, so that nobody merges or erases it meanwhile.
  const auto contact = FindContact(session, newsroom->uid, request.parent(), platform::RowLock::kForUpdate);
  if (!contact.ok()) return contact.status();
  if (auto status = CheckTakesRecords(contact->contact()); !status.ok()) return status;
  const absl::Time now = platform::ToStoredPrecision(environment.clock.Now());
  v1::ProcessingRecord record = request.processing_record();
  NormalizeProcessingRecord(now, record);
  platform::FieldViolations violations;
  violations.Merge("processing_record", ValidateProcessingRecord(environment.consent, now, record));
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  record.set_name(name.ToString());
  record.set_recorder(caller.principal);
  const platform::WriteStamp stamp{caller.principal, caller.request_id, now};
  if (auto status = InsertProcessingRecord(session, newsroom->uid, stamp, record); !status.ok()) return status;
  // Who follows contacts learns that it is to be asked about again.
  const v1::Contact& about = contact->contact();
  const auto positions = platform::AppendChanges(
      session, stamp, {.internal = {MakeChange(about.name(), about.uid(), v1::Change::VERB_UPDATED)}});
  if (!positions.ok()) return positions.status();
  return Written<v1::ProcessingRecord>{std::move(record), positions->internal};
}

absl::StatusOr<v1::ProcessingRecord> Find(Session& session, const std::string& name) {
  const auto parsed = ProcessingRecordName::Parse(name);
  const auto newsroom = NewsroomOf(session, parsed->newsroom, "processing record", name);
  if (!newsroom.ok()) return newsroom.status();
  return FindProcessingRecord(session, newsroom->uid, name);
}

}  // namespace

absl::StatusOr<Written<v1::ProcessingRecord>> CreateProcessingRecord(const Environment& environment,
                                                                     const Caller& caller,
                                                                     const v1::CreateProcessingRecordRequest& request) {
  const auto contact = ContactName::Parse(request.parent());
  if (!contact) return InvalidName("parent", request.parent(), kContactPattern);
  const ProcessingRecordName name{contact->newsroom, contact->contact, MadeId()};
  return platform::WriteOnce<v1::ProcessingRecord>(
      environment, caller, {request.request_id(), request.validate_only(), request},
      [&](Session& session, absl::Time) { return Create(environment, caller, request, name, session); },
      [&](Session& session, absl::Time, const std::string& made) { return Find(session, made); });
}

absl::StatusOr<v1::ProcessingRecord> GetProcessingRecord(const Environment& environment, const Caller& caller,
                                                         const v1::GetProcessingRecordRequest& request) {
  if (!ProcessingRecordName::Parse(request.name())) {
    return InvalidName("name", request.name(), kProcessingRecordPattern);
  }
  absl::StatusOr<v1::ProcessingRecord> record;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) {
    record = Find(session, request.name());
    return record.status();
  });
  if (!status.ok()) return status;
  return record;
}

absl::StatusOr<v1::ListProcessingRecordsResponse> ListProcessingRecords(
    const Environment& environment, const Caller& caller, const v1::ListProcessingRecordsRequest& request) {
  const auto contact = ContactName::Parse(request.parent());
  if (!contact) return InvalidName("parent", request.parent(), kContactPattern);
  absl::StatusOr<v1::ListProcessingRecordsResponse> response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    const auto newsroom = NewsroomOf(session, contact->newsroom, "contact", request.parent());
    if (!newsroom.ok()) return newsroom.status();
    const auto found = FindContact(session, newsroom->uid, request.parent());
    if (!found.ok()) return found.status();
    response = ListProcessingRecords(session, newsroom->uid, request);
    return response.status();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<ProcessingHistory> HistoryOf(Session& session, const std::string& newsroom_uid,
                                            const std::string& contact) {
  auto histories = HistoriesOf(session, newsroom_uid, {contact});
  if (!histories.ok()) return histories.status();
  return std::move((*histories)[contact]);
}

absl::StatusOr<std::map<std::string, ProcessingHistory>> HistoriesOf(Session& session, const std::string& newsroom_uid,
                                                                     const std::vector<std::string>& contacts) {
  std::map<std::string, ProcessingHistory> histories;
  if (contacts.empty()) return histories;
  // Of everybody, the contact that is left: what went into a contact belongs to it, and what went into that as well.
  std::map<std::string, std::string> left;
  for (const std::string& contact : contacts) left.emplace(contact, contact);
  for (std::vector<std::string> into = contacts; !into.empty();) {
    const auto merges = FindMergesInto(session, newsroom_uid, into);
    if (!merges.ok()) return merges.status();
    into.clear();
    for (const storage::MergeRecord& record : *merges) {
      const v1::Merge& merge = record.merge();
      const std::string of = left[merge.contact()];
      for (const std::string& merged : merge.merged_contacts()) {
        histories[of].merges.push_back({merged, merge.contact(), platform::FromTimestamp(merge.create_time())});
        if (left.emplace(merged, of).second) into.push_back(merged);
      }
    }
  }
  std::vector<std::string> all;
  for (const auto& [contact, of] : left) all.push_back(contact);
  auto records = ProcessingRecordsOf(session, newsroom_uid, all);
  if (!records.ok()) return records.status();
  for (v1::ProcessingRecord& record : *records) {
    const std::string contact = ProcessingRecordName::Parse(record.name())->ContactToString();
    histories[left[contact]].records.push_back(std::move(record));
  }
  return histories;
}

absl::Status AddProcessingRecords(Session& session, const std::string& newsroom_uid, const std::string& contact,
                                  const platform::WriteStamp& stamp, std::vector<v1::ProcessingRecord> records) {
  for (v1::ProcessingRecord& record : records) {
    const auto name = ContactName::Parse(contact);
    record.set_name(ProcessingRecordName{name->newsroom, name->contact, MadeId()}.ToString());
    record.set_recorder(stamp.actor);
    if (auto status = InsertProcessingRecord(session, newsroom_uid, stamp, record); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CopyRefusals(Session& session, const std::string& newsroom_uid, const platform::WriteStamp& stamp,
                          const v1::Merge& merge) {
  auto records = ProcessingRecordsOf(session, newsroom_uid, {merge.contact()});
  if (!records.ok()) return records.status();
  std::vector<v1::ProcessingRecord> refusals;
  for (v1::ProcessingRecord& record : *records) {
    if (!IsRefusal(record.event()) || record.create_time() < merge.create_time()) continue;
    record.clear_uid();
    record.clear_etag();
    refusals.push_back(std::move(record));
  }
  for (const std::string& contact : merge.merged_contacts()) {
    const auto status = AddProcessingRecords(session, newsroom_uid, contact, stamp, refusals);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace communique::contacts
