// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/merge_contacts.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/merge.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/feed.h"
#include "services/contacts/storage/group_members.h"
#include "services/contacts/usecases/change_contact.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/contacts/usecases/suppressed_fields.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/errors/error.h"
#include "services/platform/verbs/write_once.h"

namespace communique::contacts {
namespace {

using platform::RowLock;
using platform::Session;
using storage::ContactRecord;
using storage::MergeRecord;

using Merged = MergeAnswer<v1::MergeContactsResponse>;
using Taken = MergeAnswer<v1::UnmergeContactsResponse>;

// Locks the contacts in an order that is the same for everybody, so that no two wait for each other; gives them in the
// order of `names`.
absl::StatusOr<std::vector<ContactRecord>> LockContacts(Session& session, const std::string& newsroom_uid,
                                                        const std::vector<std::string>& names) {
  std::map<std::string, ContactRecord> locked;
  for (const std::string& name : names) locked[name];
  for (auto& [name, record] : locked) {
    auto found = FindContact(session, newsroom_uid, name, RowLock::kForUpdate);
    if (!found.ok()) return found.status();
    record = *std::move(found);
  }
  std::vector<ContactRecord> records;
  for (const std::string& name : names) records.push_back(locked[name]);
  return records;
}

std::vector<std::string> ContactsOf(const v1::Merge& merge) {
  std::vector<std::string> names{merge.contact()};
  names.insert(names.end(), merge.merged_contacts().begin(), merge.merged_contacts().end());
  return names;
}

absl::StatusOr<platform::FeedPosition> Tell(Session& session, const platform::WriteStamp& stamp, v1::Change::Verb verb,
                                            const std::vector<ContactRecord>& records) {
  platform::ChangeSet changes;
  for (const ContactRecord& record : records) {
    changes.internal.push_back(MakeChange(record.contact().name(), record.contact().uid(), verb));
  }
  const auto positions = platform::AppendChanges(session, stamp, changes);
  if (!positions.ok()) return positions.status();
  return positions->internal;
}

absl::Status RefuseAnyErased(const std::vector<ContactRecord>& records) {
  for (const ContactRecord& record : records) {
    if (auto status = RefuseErased(record.contact()); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// What the caller has seen of the contacts is what they are.
absl::Status CheckSeen(const v1::MergeContactsRequest& request, const std::vector<ContactRecord>& records) {
  if (auto status = RefuseAnyErased(records); !status.ok()) return status;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const v1::Contact& contact = records[i].contact();
    const std::string& etag = i == 0 ? request.etag() : request.sources(static_cast<int>(i) - 1).etag();
    if (etag != contact.etag()) return platform::EtagMismatch(contact.name(), contact.etag());
  }
  for (const ContactRecord& record : records) {
    if (auto status = CheckContactVerb(v1::Change::VERB_MERGED, record.contact()); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CheckEtagsGiven(const v1::MergeContactsRequest& request) {
  if (auto status = CheckEtagGiven(request.contact(), request.etag()); !status.ok()) return status;
  for (const v1::MergeSource& source : request.sources()) {
    if (auto status = CheckEtagGiven(source.contact(), source.etag()); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::StatusOr<Written<Merged>> Merge(const Environment& environment, const Caller& caller,
                                      const v1::MergeContactsRequest& request, const std::string& merge_name,
                                      Session& session) {
  const auto line = LineOf(session, ContactName::Parse(request.contact())->newsroom, "contact", request.contact());
  if (!line.ok()) return line.status();
  const std::string& newsroom_uid = line->front().uid;
  std::vector<std::string> names{request.contact()};
  for (const v1::MergeSource& source : request.sources()) names.push_back(source.contact());
  auto records = LockContacts(session, newsroom_uid, names);
  if (!records.ok()) return records.status();
  if (auto status = CheckSeen(request, *records); !status.ok()) return status;

  MergeRecord merge;
  merge.mutable_merge()->set_name(merge_name);
  merge.mutable_merge()->set_contact(request.contact());
  merge.mutable_merge()->set_creator(caller.principal);
  std::vector<v1::Contact> sources;
  for (std::size_t i = 0; i < records->size(); ++i) {
    *merge.add_before() = (*records)[i];
    if (i == 0) continue;
    merge.mutable_merge()->add_merged_contacts(names[i]);
    sources.push_back((*records)[i].contact());
  }
  auto merged = MergeInto(records->front().contact(), sources, request.keep_primary(), environment.rules.limits);
  if (!merged.ok()) return merged.status();
  const auto erased = CheckNotErased(environment, session, *line, records->front().contact(), merged->contact);
  if (!erased.ok()) return erased;

  const absl::Time now = platform::ToStoredPrecision(environment.clock.Now());
  const platform::WriteStamp stamp{caller.principal, caller.request_id, now};
  // The sources first: whether substitutes lead back is seen by following what is stored.
  for (std::size_t i = 1; i < records->size(); ++i) {
    *(*records)[i].mutable_contact() = std::move(merged->sources[i - 1]);
    (*records)[i].mutable_contact()->set_merge(merge_name);
    if (auto status = UpdateContact(session, newsroom_uid, stamp, (*records)[i]); !status.ok()) return status;
    if (auto status = MergeMemberships(session, names[i], request.contact()); !status.ok()) return status;
  }
  ContactRecord& left = records->front();
  *left.mutable_contact() = std::move(merged->contact);
  auto status = CheckSubstitutes(left.contact(), LookupIn(session, *line, RowLock::kForUpdate));
  if (!status.ok()) return status;
  if (status = UpdateContact(session, newsroom_uid, stamp, left); !status.ok()) return status;
  if (status = InsertMerge(session, newsroom_uid, stamp, merge); !status.ok()) return status;
  const auto position = Tell(session, stamp, v1::Change::VERB_MERGED, *records);
  if (!position.ok()) return position.status();
  Written<Merged> written{{}, *position};
  *written.value.response.mutable_contact() = PresentContact(left);
  *written.value.response.mutable_merge() = merge.merge();
  return written;
}

absl::Status CannotUnmerge(const v1::Merge& merge, std::string_view state, const std::string& why) {
  return StateConflict(merge.name(), state, "undo", why);
}

// Of two versions of one contact, whether the first one is the later one.
bool IsLater(const std::string& etag, const std::string& than) {
  return etag.size() != than.size() ? etag.size() > than.size() : etag > than;
}

// Merges into one contact are undone in the reverse order.
absl::Status CheckIsLast(Session& session, const std::string& newsroom_uid, const MergeRecord& merge) {
  const auto merges = FindMergesInto(session, newsroom_uid, merge.merge().contact());
  if (!merges.ok()) return merges.status();
  for (const MergeRecord& other : *merges) {
    if (!IsLater(other.before(0).contact().etag(), merge.before(0).contact().etag())) continue;
    return CannotUnmerge(merge.merge(), "OVERTAKEN",
                         absl::StrCat("the contact was merged again since; undo ", other.merge().name(), " first"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Written<Taken>> Unmerge(const Environment& environment, const Caller& caller,
                                       const v1::UnmergeContactsRequest& request, Session& session) {
  const auto line = LineOf(session, MergeName::Parse(request.name())->newsroom, "merge", request.name());
  if (!line.ok()) return line.status();
  const std::string& newsroom_uid = line->front().uid;
  const auto named = FindMerge(session, newsroom_uid, request.name());
  if (!named.ok()) return named.status();
  auto records = LockContacts(session, newsroom_uid, ContactsOf(named->merge()));
  if (!records.ok()) return records.status();
  // Nothing is left to take apart.
  if (auto status = RefuseAnyErased(*records); !status.ok()) return status;
  // Only now: somebody else may have undone it while this waited.
  auto merge = FindMerge(session, newsroom_uid, request.name(), RowLock::kForUpdate);
  if (!merge.ok()) return merge.status();
  if (merge->merge().undone()) return CannotUnmerge(merge->merge(), "UNDONE", "there is nothing to be done");
  const v1::Contact& left = records->front().contact();
  if (request.etag() != left.etag()) return platform::EtagMismatch(left.name(), left.etag());
  if (auto status = CheckContactVerb(v1::Change::VERB_UNMERGED, left); !status.ok()) return status;
  if (auto status = CheckIsLast(session, newsroom_uid, *merge); !status.ok()) return status;

  const absl::Time now = platform::ToStoredPrecision(environment.clock.Now());
  const platform::WriteStamp stamp{caller.principal, caller.request_id, now};
  const v1::Contact merged = left;
  for (std::size_t i = 0; i < records->size(); ++i) {
    ContactRecord restored = merge->before(static_cast<int>(i));
    *restored.mutable_contact() = Unmerged(restored.contact(), (*records)[i].contact());
    auto status = CheckNotErased(environment, session, *line, merged, restored.contact(), restored.contact().name());
    if (!status.ok()) return status;
    status = RestoreReferences(session, *line, *restored.mutable_contact());
    if (!status.ok()) return status;
    (*records)[i] = std::move(restored);
    if (status = UpdateContact(session, newsroom_uid, stamp, (*records)[i]); !status.ok()) return status;
    if (i == 0) continue;
    const std::string& contact = (*records)[i].contact().name();
    const auto members = WithMergedContacts(session, newsroom_uid, contact);
    if (!members.ok()) return members.status();
    if (status = UnmergeMemberships(session, *members, contact); !status.ok()) return status;
  }
  for (const ContactRecord& record : *records) {
    auto status = CheckSubstitutes(record.contact(), LookupIn(session, *line, RowLock::kForUpdate));
    if (!status.ok()) return status;
  }
  auto copied = CopyRefusals(session, newsroom_uid, stamp, merge->merge());
  if (!copied.ok()) return copied;
  merge->mutable_merge()->set_undone(true);
  // They are what they were: nobody needs a second copy of what is personal.
  merge->clear_before();
  if (auto status = UpdateMerge(session, newsroom_uid, stamp, *merge); !status.ok()) return status;
  const auto position = Tell(session, stamp, v1::Change::VERB_UNMERGED, *records);
  if (!position.ok()) return position.status();
  Written<Taken> written{{}, *position};
  for (const ContactRecord& record : *records) *written.value.response.add_contacts() = PresentContact(record);
  *written.value.response.mutable_merge() = merge->merge();
  return written;
}

}  // namespace

absl::StatusOr<Written<Merged>> MergeContacts(const Environment& environment, const Caller& caller,
                                              const v1::MergeContactsRequest& request) {
  if (auto status = ValidateMerge(request); !status.ok()) return status;
  if (auto status = CheckEtagsGiven(request); !status.ok()) return status;
  const std::string newsroom = ContactName::Parse(request.contact())->newsroom;
  const std::string merge_name = MergeName{newsroom, MadeId()}.ToString();
  return platform::WriteOnce<Merged>(
      environment, caller, {request.request_id(), request.validate_only(), request},
      [&](Session& session, absl::Time) { return Merge(environment, caller, request, merge_name, session); },
      [&](Session& session, absl::Time, const std::string& made) -> absl::StatusOr<Merged> {
        const auto line = LineOf(session, newsroom, "merge", made);
        if (!line.ok()) return line.status();
        const auto merge = FindMerge(session, line->front().uid, made);
        if (!merge.ok()) return merge.status();
        const auto left = FindContact(session, line->front().uid, request.contact());
        if (!left.ok()) return left.status();
        Merged merged;
        *merged.response.mutable_contact() = PresentContact(*left);
        *merged.response.mutable_merge() = merge->merge();
        return merged;
      });
}

absl::StatusOr<Written<Taken>> UnmergeContacts(const Environment& environment, const Caller& caller,
                                               const v1::UnmergeContactsRequest& request) {
  const auto name = MergeName::Parse(request.name());
  if (!name) return InvalidName("name", request.name(), kMergePattern);
  if (request.etag().empty()) {
    return platform::FailedPrecondition(platform::Reason::ERROR_REASON_ETAG_REQUIRED, request.name(),
                                        "send the etag of the contact that is left, as you have read it");
  }
  return platform::WriteOnce<Taken>(
      environment, caller, {request.request_id(), request.validate_only(), request},
      [&](Session& session, absl::Time) { return Unmerge(environment, caller, request, session); },
      [&](Session& session, absl::Time, const std::string& made) -> absl::StatusOr<Taken> {
        const auto line = LineOf(session, name->newsroom, "merge", made);
        if (!line.ok()) return line.status();
        const auto merge = FindMerge(session, line->front().uid, made);
        if (!merge.ok()) return merge.status();
        Taken taken;
        *taken.response.mutable_merge() = merge->merge();
        for (const std::string& contact : ContactsOf(merge->merge())) {
          const auto record = FindContact(session, line->front().uid, contact);
          if (!record.ok()) return record.status();
          *taken.response.add_contacts() = PresentContact(*record);
        }
        return taken;
      });
}

}  // namespace communique::contacts
