// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/erase_contact.h"

#include <algorithm>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/contacts/domain/erasure_plan.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/erasure_store.h"
#include "services/contacts/storage/feed.h"
#include "services/contacts/storage/group_members.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/storage/processing_record_store.h"
#include "services/contacts/usecases/carry_on_erasure.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/erasure_subject.h"
#include "services/contacts/usecases/personal_data_source.h"
#include "services/contacts/usecases/suppressions.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/forget_fingerprints.h"
#include "services/platform/verbs/write_once.h"

namespace communique::contacts {
namespace {

using platform::Reason;
using platform::RowLock;
using platform::Session;
using platform::WriteStamp;
using storage::ErasureRecord;
using storage::ErasureStep;
using Request = v1::EraseContactRequest;
using Place = v1::ErasurePlace;

absl::Status CheckRequest(const Request& request) {
  if (!ContactName::Parse(request.name())) return InvalidName("name", request.name(), kContactPattern);
  if (request.reason() == v1::Erasure::REASON_UNSPECIFIED || !v1::Erasure::Reason_IsValid(request.reason())) {
    return platform::InvalidField("reason",
                                  "must say why: REQUESTED, CONSENT_WITHDRAWN, OBJECTED, RETENTION or UNLAWFUL");
  }
  if (request.identity_verified() || !NeedsIdentity(request.reason())) return absl::OkStatus();
  return platform::FailedPrecondition(
      Reason::ERROR_REASON_IDENTITY_NOT_VERIFIED, request.name(),
      "make sure that it is this person who asks, then set identity_verified; the reasons RETENTION and UNLAWFUL, for "
      "which nobody asks, do without");
}

// What an ERASED contact answers to another erasure.
absl::Status AlreadyErased(Session& session, const ErasureSubject& subject) {
  const auto erasure = FindErasureOf(session, subject.newsroom_uid, subject.contact().name());
  if (!erasure.ok()) return erasure.status();
  if (!erasure->has_value() || (*erasure)->erasure().state() != v1::Erasure::STATE_RUNNING) {
    return RefuseErased(subject.contact());
  }
  const std::string& running = (*erasure)->erasure().name();
  return platform::FailedPrecondition(Reason::ERROR_REASON_ERASURE_UNDER_WAY, subject.contact().name(),
                                      absl::StrCat(subject.contact().name(), " is being erased: see ", running),
                                      {{"resource", running}});
}

absl::Status CheckSubject(Session& session, const Request& request, const ErasureSubject& subject) {
  const v1::Contact& contact = subject.contact();
  if (contact.state() == v1::Contact::STATE_ERASED) return AlreadyErased(session, subject);
  // Nobody can have read one that was purged.
  const bool purged = contact.kind() == v1::Contact::KIND_UNSPECIFIED;
  if (!purged || !request.etag().empty()) {
    if (auto status = CheckEtagGiven(contact.name(), request.etag()); !status.ok()) return status;
    if (request.etag() != contact.etag()) return platform::EtagMismatch(contact.name(), contact.etag());
  }
  if (contact.state() != v1::Contact::STATE_MERGED) return absl::OkStatus();
  return StateConflict(contact.name(), "MERGED", "erase",
                       absl::StrCat("erase ", contact.merged_into(), ", which it went into, or undo the merge first"));
}

// Everything that releases hold, asked before the transaction: it does not wait for others.
absl::StatusOr<std::vector<Place>> AskForPlaces(const Environment& environment, const Caller& caller,
                                                const std::vector<ErasureStep>& steps) {
  std::vector<Place> places;
  for (const ErasureStep& step : steps) {
    releases::v1::ListPersonalDataRequest ask;
    ask.set_contact(step.contact());
    *ask.mutable_values() = step.values();
    ask.set_page_size(1000);
    do {
      const auto answer = environment.personal_data->List(ask, {caller.deadline, caller.request_id});
      if (!answer.ok()) return answer.status();
      for (const auto& place : answer->places()) places.push_back(PlaceOf(place));
      ask.set_page_token(answer->next_page_token());
    } while (!ask.page_token().empty());
  }
  return places;
}

// What the plan says of releases; nothing is known, and nothing asked, of a contact that is erased already.
absl::StatusOr<std::vector<Place>> PlanElsewhere(const Environment& environment, const Caller& caller,
                                                 const Request& request) {
  std::vector<ErasureStep> steps;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    steps.clear();
    const auto subject = FindSubject(session, request.name());
    if (!subject.ok()) return subject.status();
    if (subject->contact().state() == v1::Contact::STATE_ERASED) return absl::OkStatus();
    if (auto checked = CheckSubject(session, request, *subject); !checked.ok()) return checked;
    steps = StepsOf(*subject);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return AskForPlaces(environment, caller, steps);
}

// What calls about the person have made or changed: hashes of such calls are known by these names.
absl::StatusOr<std::vector<std::string>> ResourcesOf(const Environment& environment, Session& session,
                                                     const ErasureSubject& subject) {
  std::vector<std::string> resources = subject.names();
  for (const storage::MergeRecord& merge : subject.merges) resources.push_back(merge.merge().name());
  const auto records = ProcessingRecordsOf(session, subject.newsroom_uid, subject.names());
  if (!records.ok()) return records.status();
  for (const v1::ProcessingRecord& record : *records) resources.push_back(record.name());
  const std::string newsroom = NewsroomName{ContactName::Parse(subject.contact().name())->newsroom}.ToString();
  const auto uids = NewsroomsAboveAndBelow(session, newsroom);
  if (!uids.ok()) return uids.status();
  const auto suppressions = SuppressionsIn(environment, session, subject, *uids);
  if (!suppressions.ok()) return suppressions.status();
  for (const v1::Suppression& suppression : *suppressions) resources.push_back(suppression.name());
  // A file of one card is known by its hash.
  const auto imports = ImportsOf(session, subject.newsroom_uid, subject.names());
  if (!imports.ok()) return imports.status();
  for (const storage::ImportRecord& record : *imports) resources.push_back(record.name());
  return resources;
}

// This service forgets the person; the rows' new versions are in `subject`.
absl::Status Forget(const Environment& environment, Session& session, const WriteStamp& stamp,
                    ErasureSubject& subject) {
  const auto resources = ResourcesOf(environment, session, subject);
  if (!resources.ok()) return resources.status();
  auto status = SuppressErased(environment, session, subject.newsroom_uid, stamp, subject.versions(), subject.others);
  if (!status.ok()) return status;
  const std::vector<std::string> names = subject.names();
  const std::string substitute = subject.contact().substitute();
  for (storage::ContactRecord& record : subject.contacts) {
    // Whoever printed one that was merged goes on with who stands in for the person.
    status = EraseContactRow(session, subject.newsroom_uid, stamp, substitute, record);
    if (!status.ok()) return status;
    status = DeleteProcessingRecords(session, subject.newsroom_uid, record.contact().name());
    if (!status.ok()) return status;
  }
  for (const storage::MergeRecord& merge : subject.merges) {
    storage::MergeRecord erased = ErasedMerge(merge);
    if (status = UpdateMerge(session, subject.newsroom_uid, stamp, erased); !status.ok()) return status;
  }
  if (status = RemoveMemberships(session, names); !status.ok()) return status;
  for (const std::string& resource : *resources) {
    if (status = platform::ForgetFingerprints(session, resource); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<platform::FeedPosition> Tell(Session& session, const WriteStamp& stamp, const ErasureSubject& subject) {
  platform::ChangeSet changes;
  for (const storage::ContactRecord& record : subject.contacts) {
    changes.internal.push_back(MakeChange(record.contact().name(), record.contact().uid(), v1::Change::VERB_ERASED));
  }
  const auto positions = platform::AppendChanges(session, stamp, changes);
  if (!positions.ok()) return positions.status();
  return positions->internal;
}

v1::ErasureReceipt OwnReceipt(const std::vector<Place>& places, const ErasureSubject& subject) {
  v1::ErasureReceipt receipt;
  receipt.set_service(std::string(kContactsService));
  receipt.set_erased_count(static_cast<int>(std::count_if(
      places.begin(), places.end(), [](const Place& place) { return place.action() == Place::ACTION_ERASED; })));
  receipt.set_resource_count(static_cast<int>(subject.contacts.size() + subject.merges.size()));
  return receipt;
}

absl::Status PlanChanged(const std::string& name) {
  return platform::MakeError(
      absl::StatusCode::kAborted, Reason::ERROR_REASON_PLAN_CHANGED,
      absl::StrCat("what an erasure of ", name,
                   " would do is not what the plan says any more: plan it again (validate_only), "
                   "look at it, and send its digest"));
}

struct Begun {
  const Environment& environment;
  const Caller& caller;
  const Request& request;
  const std::string& name;  // of the erasure
  const std::vector<Place>& elsewhere;
};

absl::StatusOr<Written<v1::Erasure>> Begin(const Begun& begun, Session& session) {
  auto subject = FindSubject(session, begun.request.name(), RowLock::kForUpdate);
  if (!subject.ok()) return subject.status();
  if (auto status = CheckSubject(session, begun.request, *subject); !status.ok()) return status;
  auto places = PlacesOf(begun.environment, session, *subject);
  if (!places.ok()) return places.status();
  const v1::ErasureReceipt receipt = OwnReceipt(*places, *subject);
  places->insert(places->end(), begun.elsewhere.begin(), begun.elsewhere.end());
  const v1::ErasurePlan plan = MakePlan(*places, begun.environment.erasure_limits);
  if (!begun.request.plan().empty() && begun.request.plan() != plan.digest()) return PlanChanged(begun.request.name());

  ErasureRecord record;
  v1::Erasure& erasure = *record.mutable_erasure();
  erasure.set_name(begun.name);
  erasure.set_contact(begun.request.name());
  const std::vector<std::string> names = subject->names();
  erasure.mutable_merged_contacts()->Assign(names.begin() + 1, names.end());
  erasure.set_state(v1::Erasure::STATE_RUNNING);
  erasure.set_reason(begun.request.reason());
  erasure.set_creator(begun.caller.principal);
  *erasure.add_receipts() = receipt;
  erasure.add_receipts()->set_service(std::string(kReleasesService));
  const std::vector<ErasureStep> steps = StepsOf(*subject);
  for (const bool list : {true, false}) {
    for (const ErasureStep& step : steps) {
      // Texts are found by values alone.
      if (list && step.values().empty()) continue;
      *record.add_steps() = step;
      record.mutable_steps()->rbegin()->set_list(list);
    }
  }
  const absl::Time now = platform::ToStoredPrecision(begun.environment.clock.Now());
  const WriteStamp stamp{begun.caller.principal, begun.caller.request_id, now};
  record.set_claimed_until_us(platform::ToMicros(now + begun.environment.erasure.claim));
  if (auto status = Forget(begun.environment, session, stamp, *subject); !status.ok()) return status;
  if (auto status = InsertErasure(session, subject->newsroom_uid, stamp, record); !status.ok()) return status;
  const auto position = Tell(session, stamp, *subject);
  if (!position.ok()) return position.status();
  Written<v1::Erasure> written{record.erasure(), *position};
  if (begun.request.validate_only()) *written.value.mutable_plan() = plan;
  return written;
}

// What validate_only answers: there is no erasure to be found.
v1::Erasure PlanOnly(const v1::Erasure& taken_back) {
  v1::Erasure erasure;
  erasure.set_contact(taken_back.contact());
  *erasure.mutable_merged_contacts() = taken_back.merged_contacts();
  erasure.set_reason(taken_back.reason());
  *erasure.mutable_plan() = taken_back.plan();
  return erasure;
}

// The newsroom's uid, and the erasure as it is now.
absl::StatusOr<v1::Erasure> Find(Session& session, const std::string& newsroom, const std::string& name,
                                 std::string* newsroom_uid = nullptr) {
  const auto found = FindNewsroom(session, NewsroomName{newsroom}.ToString());
  if (!found.ok()) return found.status();
  const auto record = FindErasure(session, found->uid, name);
  if (!record.ok()) return record.status();
  if (newsroom_uid != nullptr) *newsroom_uid = found->uid;
  return record->erasure();
}

}  // namespace

absl::StatusOr<Written<v1::Erasure>> EraseContact(const Environment& environment, const Caller& caller,
                                                  const v1::EraseContactRequest& request) {
  if (auto status = CheckRequest(request); !status.ok()) return status;
  std::vector<Place> elsewhere;
  if (request.validate_only() || !request.plan().empty()) {
    auto places = PlanElsewhere(environment, caller, request);
    if (!places.ok()) return places.status();
    elsewhere = *std::move(places);
  }
  const std::string newsroom = ContactName::Parse(request.name())->newsroom;
  const std::string name = ErasureName{newsroom, MadeId()}.ToString();
  auto written = platform::WriteOnce<v1::Erasure>(
      environment, caller, {request.request_id(), request.validate_only(), request},
      [&](Session& session, absl::Time) {
        return Begin({environment, caller, request, name, elsewhere}, session);
      },
      [&](Session& session, absl::Time, const std::string& made) { return Find(session, newsroom, made); });
  // A repetition finds another one's erasure, at which somebody is.
  if (!written.ok() || written->value.name() != name) return written;
  if (request.validate_only()) {
    written->value = PlanOnly(written->value);
    return written;
  }

  // Whatever comes now, the person is erased here: the answer says how far the rest is.
  const absl::Time until = std::min(caller.deadline - absl::Seconds(1), absl::Now() + environment.erasure.wait);
  std::string newsroom_uid;
  const auto read = [&](Session& session) {
    auto now = Find(session, newsroom, name, &newsroom_uid);
    if (now.ok()) written->value = *std::move(now);
    return now.status();
  };
  environment.database.Read(caller.deadline, read).IgnoreError();
  if (newsroom_uid.empty()) return written;
  CarryOnErasure(environment, newsroom_uid, name, until, std::stop_token()).IgnoreError();
  environment.database.Read(caller.deadline, read).IgnoreError();
  return written;
}

}  // namespace communique::contacts
