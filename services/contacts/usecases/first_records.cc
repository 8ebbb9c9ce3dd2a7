// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/first_records.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/processing_record.h"
#include "services/contacts/domain/processing_status.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/field_checks.h"

namespace communique::contacts {
namespace {

using platform::Reason;
using Record = v1::ProcessingRecord;

constexpr int kMostRecords = 20;

bool IsConsent(const Record& record) { return record.event() == Record::EVENT_GRANTED; }

}  // namespace

absl::StatusOr<std::vector<Record>> FirstRecords(const Environment& environment, const Caller& caller,
                                                 const std::string& newsroom, v1::ProcessingBasis basis,
                                                 const google::protobuf::RepeatedPtrField<Record>& records,
                                                 absl::Time now) {
  if (!records.empty() && !caller.May(common::v1::PERMISSION_RECORD_CONSENT)) {
    return MissingPermission(caller, common::v1::PERMISSION_RECORD_CONSENT, newsroom, "processing_records");
  }
  platform::FieldViolations violations;
  std::vector<Record> first;
  if (!v1::ProcessingBasis_IsValid(basis)) {
    violations.Add("basis",
                   "must be CONSENT, CONTRACT, LEGAL_OBLIGATION, VITAL_INTEREST, PUBLIC_TASK, LEGITIMATE_INTEREST or "
                   "ORGANIZATION_MANDATE");
  } else if (basis == v1::PROCESSING_BASIS_CONSENT) {
    if (std::none_of(records.begin(), records.end(), IsConsent)) {
      violations.Add("basis",
                     "CONSENT is for people to give: put what they agreed to, and which notice they were shown, into "
                     "processing_records as GRANTED");
    }
  } else if (basis != v1::PROCESSING_BASIS_UNSPECIFIED) {
    Record declared;
    declared.set_event(Record::EVENT_DECLARED);
    declared.set_purpose(v1::PURPOSE_MEDIA_RELATIONS);
    declared.set_basis(basis);
    NormalizeProcessingRecord(now, declared);
    first.push_back(std::move(declared));
  }
  platform::CheckCount("processing_records", records.size(), kMostRecords, violations);
  for (int i = 0; i < records.size() && i < kMostRecords; ++i) {
    Record record = records[i];
    NormalizeProcessingRecord(now, record);
    violations.Merge(absl::StrCat("processing_records[", i, "]"),
                     ValidateProcessingRecord(environment.consent, now, record));
    first.push_back(std::move(record));
  }
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  return first;
}

absl::Status CheckBasis(const v1::Contact& contact, const std::vector<Record>& records) {
  if (contact.relation() != v1::Contact::RELATION_JOURNALIST) return absl::OkStatus();
  const bool has =
      std::any_of(records.begin(), records.end(), [](const Record& record) { return IsGround(record.event()); });
  if (has) return absl::OkStatus();
  return platform::FailedPrecondition(
      Reason::ERROR_REASON_BASIS_REQUIRED, "basis",
      "a JOURNALIST is kept only when it is said on what ground (basis, or a processing record) and how the data came "
      "here (contact.source)");
}

}  // namespace communique::contacts
