// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/erasure_subject.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/contact_addresses.h"
#include "services/contacts/domain/erasure_plan.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/personal_data.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/erasure_store.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/storage/processing_record_store.h"
#include "services/contacts/storage/suppression_store.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using platform::RowLock;
using platform::Session;
using Place = v1::ErasurePlace;

class Places {
 public:
  void Add(const std::string& resource, std::string_view path, Place::Action action, std::string_view why = {}) {
    Place place;
    place.set_service(std::string(kContactsService));
    place.set_resource(resource);
    place.set_path(std::string(path));
    place.set_action(action);
    place.set_why(std::string(why));
    places_.push_back(std::move(place));
  }
  void AddErased(const std::string& resource, std::string_view path) { Add(resource, path, Place::ACTION_ERASED); }
  std::vector<Place> Take() { return std::move(places_); }

 private:
  std::vector<Place> places_;
};

void AddContact(const storage::ContactRecord& record, Places& places) {
  const std::string& name = record.contact().name();
  places.Add(name, "contact.name", Place::ACTION_KEPT, "so that nobody gets it again");
  if (!record.contact().substitute().empty()) {
    places.Add(name, "contact.substitute", Place::ACTION_KEPT, "says who is shown instead");
  }
  for (const std::string& path : TextPaths(record)) places.AddErased(name, path);
}

}  // namespace

std::vector<std::string> ErasureSubject::names() const {
  std::vector<std::string> names;
  for (const storage::ContactRecord& record : contacts) names.push_back(record.contact().name());
  return names;
}

std::vector<v1::Contact> ErasureSubject::versions() const {
  std::vector<v1::Contact> versions;
  for (const storage::ContactRecord& record : contacts) versions.push_back(record.contact());
  for (const storage::MergeRecord& merge : merges) {
    for (const storage::ContactRecord& before : merge.before()) versions.push_back(before.contact());
  }
  return versions;
}

std::vector<std::string> ErasureSubject::other_roles() const {
  const std::vector<v1::Contact> own = versions();
  std::vector<std::string> names;
  for (const v1::Contact& other : others) {
    const auto is_it = [&](const v1::Contact& version) { return MayBeSamePerson(version, other); };
    if (std::any_of(own.begin(), own.end(), is_it)) names.push_back(other.name());
  }
  return names;
}

absl::StatusOr<ErasureSubject> FindSubject(Session& session, const std::string& contact, RowLock lock) {
  const auto newsroom = NewsroomOf(session, ContactName::Parse(contact)->newsroom, "contact", contact);
  if (!newsroom.ok()) return newsroom.status();
  ErasureSubject subject{newsroom->uid, {}, {}, {}};
  auto named = FindContactRow(session, newsroom->uid, contact, lock);
  if (!named.ok()) return named.status();
  const bool erased = named->contact().state() == v1::Contact::STATE_ERASED;
  subject.contacts.push_back(*std::move(named));
  if (erased) return subject;
  auto names = WithMergedContacts(session, newsroom->uid, contact);
  if (!names.ok()) return names.status();
  for (const std::string& name : *names) {
    if (name != contact) {
      auto record = FindContactRow(session, newsroom->uid, name, lock);
      if (!record.ok()) return record.status();
      subject.contacts.push_back(*std::move(record));
    }
    auto merges = FindMergesInto(session, newsroom->uid, name);
    if (!merges.ok()) return merges.status();
    subject.merges.insert(subject.merges.end(), std::make_move_iterator(merges->begin()),
                          std::make_move_iterator(merges->end()));
  }
  if (lock == RowLock::kForUpdate) {
    if (auto status = LockSuppressions(session, newsroom->uid); !status.ok()) return status;
  }
  auto others = FindOthersSharing(session, subject.versions());
  if (!others.ok()) return others.status();
  subject.others = *std::move(others);
  return subject;
}

absl::StatusOr<std::vector<Place>> PlacesOf(const Environment& environment, Session& session,
                                            const ErasureSubject& subject) {
  Places places;
  for (const storage::ContactRecord& record : subject.contacts) AddContact(record, places);
  for (const storage::MergeRecord& merge : subject.merges) {
    for (const std::string& path : TextPaths(merge)) places.AddErased(merge.merge().name(), path);
  }
  for (const std::string& name : subject.other_roles()) {
    places.Add(name, "contact", Place::ACTION_KEPT,
               "another contact with the same mailbox: if it is the same person, erase it as well");
  }
  const std::vector<std::string> names = subject.names();
  const auto memberships = MembershipsOf(session, names);
  if (!memberships.ok()) return memberships.status();
  for (const Membership& membership : *memberships) {
    places.AddErased(membership.group, absl::StrCat("members[", membership.contact, "]"));
  }
  const auto records = ProcessingRecordsOf(session, subject.newsroom_uid, names);
  if (!records.ok()) return records.status();
  for (const v1::ProcessingRecord& record : *records) places.AddErased(record.name(), "processing_record");
  const auto suppressions = SuppressionsOf(environment, session, subject);
  if (!suppressions.ok()) return suppressions.status();
  for (const v1::Suppression& suppression : *suppressions) {
    places.Add(suppression.name(), "suppression", Place::ACTION_KEPT,
               "a keyed hash of an address, so that it goes on not being written to");
  }
  const auto imports = ImportsOf(session, subject.newsroom_uid, names);
  if (!imports.ok()) return imports.status();
  for (const storage::ImportRecord& record : *imports) {
    for (const v1::ImportedCard& card : record.cards()) {
      places.Add(record.name(), absl::StrCat("cards[", card.index(), "].contact"), Place::ACTION_KEPT,
                 "names the contact and nothing of it; goes with the import");
    }
  }
  return places.Take();
}

absl::StatusOr<std::vector<v1::Suppression>> SuppressionsIn(const Environment& environment, Session& session,
                                                            const ErasureSubject& subject,
                                                            const std::vector<std::string>& newsroom_uids) {
  std::set<std::string> macs;
  for (const v1::Contact& version : subject.versions()) {
    for (const ContactAddress& address : AddressesOf(version, v1::CHANNEL_UNSPECIFIED)) {
      for (const std::string& mac : environment.suppression_keys.Lookup(address.key)) macs.insert(mac);
    }
  }
  if (macs.empty()) return std::vector<v1::Suppression>();
  const auto found = SuppressionsOf(session, newsroom_uids, {macs.begin(), macs.end()});
  if (!found.ok()) return found.status();
  std::vector<v1::Suppression> suppressions;
  for (const storage::SuppressionRecord& record : *found) suppressions.push_back(record.suppression());
  return suppressions;
}

absl::StatusOr<std::vector<v1::Suppression>> SuppressionsOf(const Environment& environment, Session& session,
                                                            const ErasureSubject& subject) {
  const std::string newsroom = NewsroomName{ContactName::Parse(subject.contact().name())->newsroom}.ToString();
  const auto line = NewsroomAndAncestors(session, newsroom);
  if (!line.ok()) return line.status();
  std::vector<std::string> newsroom_uids;
  for (const Newsroom& each : *line) newsroom_uids.push_back(each.uid);
  return SuppressionsIn(environment, session, subject, newsroom_uids);
}

std::vector<storage::ErasureStep> StepsOf(const ErasureSubject& subject) {
  std::vector<storage::ErasureStep> steps;
  const auto add = [&](const std::string& contact, const std::vector<std::string>& some) {
    storage::ErasureStep& step = steps.emplace_back();
    step.set_contact(contact);
    step.mutable_values()->Assign(some.begin(), some.end());
  };
  const std::vector<std::string> names = subject.names();
  const auto requests = InRequests(ValuesToErase(subject.versions(), subject.others));
  for (const auto& some : requests) add(names.front(), some);
  for (std::size_t i = requests.empty() ? 0 : 1; i < names.size(); ++i) add(names[i], {});
  return steps;
}

}  // namespace communique::contacts
