// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/change_contact.h"

#include <google/protobuf/util/message_differencer.h>

#include <utility>

#include "services/contacts/domain/names.h"
#include "services/contacts/domain/personal_fields.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/feed.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/changes/append_changes.h"
#include "services/platform/errors/error.h"
#include "services/platform/verbs/write_once.h"

namespace communique::contacts {
namespace {

using google::protobuf::util::MessageDifferencer;
using platform::Session;
using State = v1::Contact::State;

// What a verb is called in errors, which states it is for, and what to do in others.
struct VerbRow {
  v1::Change::Verb verb;
  std::string_view name;
  std::initializer_list<State> states;
};

const VerbRow kVerbs[] = {
    {v1::Change::VERB_UPDATED,
     "update",
     {v1::Contact::STATE_UNCONFIRMED, v1::Contact::STATE_ACTIVE, v1::Contact::STATE_DEACTIVATED}},
    {v1::Change::VERB_DELETED,
     "delete",
     {v1::Contact::STATE_UNCONFIRMED, v1::Contact::STATE_ACTIVE, v1::Contact::STATE_DEACTIVATED}},
    {v1::Change::VERB_UNDELETED, "undelete", {v1::Contact::STATE_DELETED}},
    {v1::Change::VERB_DEACTIVATED, "deactivate", {v1::Contact::STATE_ACTIVE}},
    {v1::Change::VERB_REACTIVATED, "reactivate", {v1::Contact::STATE_DEACTIVATED}},
    {v1::Change::VERB_MERGED,
     "merge",
     {v1::Contact::STATE_UNCONFIRMED, v1::Contact::STATE_ACTIVE, v1::Contact::STATE_DEACTIVATED}},
    {v1::Change::VERB_UNMERGED,
     "unmerge",
     {v1::Contact::STATE_UNCONFIRMED, v1::Contact::STATE_ACTIVE, v1::Contact::STATE_DEACTIVATED}},
};

std::string_view AdviceFor(State state) {
  switch (state) {
    case v1::Contact::STATE_UNCONFIRMED:
      return "confirm it by an update first";
    case v1::Contact::STATE_MERGED:
      return "change the contact in merged_into, or undo the merge first";
    case v1::Contact::STATE_DELETED:
      return "undelete it first";
    default:
      return "there is nothing to be done";
  }
}

std::string_view StateName(State state) {
  constexpr std::string_view kPrefix = "STATE_";
  const std::string& name = v1::Contact::State_Name(state);
  return name.empty() ? std::string_view("UNKNOWN") : std::string_view(name).substr(kPrefix.size());
}

}  // namespace

absl::Status CheckContactVerb(v1::Change::Verb verb, const v1::Contact& contact) {
  for (const VerbRow& row : kVerbs) {
    if (row.verb != verb) continue;
    for (const State state : row.states) {
      if (contact.state() == state) return absl::OkStatus();
    }
    return StateConflict(contact.name(), StateName(contact.state()), row.name, AdviceFor(contact.state()));
  }
  return platform::InternalError("a verb without a row of states");
}

v1::Contact PresentContact(const storage::ContactRecord& record) {
  v1::Contact contact = record.contact();
  static const ContactReadMask kUnasked;
  kUnasked.Apply(contact);
  return contact;
}

absl::StatusOr<Written<v1::Contact>> ChangeContact(const Environment& environment, const ContactCall& call,
                                                   const std::function<absl::Status(OpenContact&)>& change) {
  const auto name = ContactName::Parse(call.name);
  if (!name) {
    const bool update = call.verb == v1::Change::VERB_UPDATED;
    return InvalidName(update ? "contact.name" : "name", call.name, kContactPattern);
  }
  if (auto status = CheckEtagGiven(call.name, call.etag); !status.ok()) return status;
  const auto work = [&](Session& session, absl::Time) -> absl::StatusOr<Written<v1::Contact>> {
    const auto line = LineOf(session, name->newsroom, "contact", call.name);
    if (!line.ok()) return line.status();
    auto record = FindContact(session, line->front().uid, call.name, platform::RowLock::kForUpdate);
    if (!record.ok()) return record.status();
    if (auto status = RefuseErased(record->contact()); !status.ok()) return status;
    if (call.etag != record->contact().etag()) return platform::EtagMismatch(call.name, record->contact().etag());
    if (auto status = CheckContactVerb(call.verb, record->contact()); !status.ok()) return status;
    // Only now: it may have taken a while until everybody else was done with the contact.
    const absl::Time now = platform::ToStoredPrecision(environment.clock.Now());
    const storage::ContactRecord before = *record;
    OpenContact open{session, *line, now, *record};
    if (auto status = change(open); !status.ok()) return status;
    if (MessageDifferencer::Equals(before, *record)) return Written<v1::Contact>{PresentContact(*record)};
    const platform::WriteStamp stamp{call.caller.principal, call.caller.request_id, now};
    if (auto status = UpdateContact(session, line->front().uid, stamp, *record); !status.ok()) return status;
    const auto positions = platform::AppendChanges(
        session, stamp, {.internal = {MakeChange(call.name, record->contact().uid(), call.verb)}});
    if (!positions.ok()) return positions.status();
    return Written<v1::Contact>{PresentContact(*record), positions->internal};
  };
  const auto replay = [&](Session& session, absl::Time, const std::string&) -> absl::StatusOr<v1::Contact> {
    const auto line = LineOf(session, name->newsroom, "contact", call.name);
    if (!line.ok()) return line.status();
    const auto record = FindContact(session, line->front().uid, call.name);
    if (!record.ok()) return record.status();
    return PresentContact(*record);
  };
  return platform::WriteOnce<v1::Contact>(environment, call.caller, {call.request_id, call.validate_only, call.request},
                                          work, replay);
}

}  // namespace communique::contacts
