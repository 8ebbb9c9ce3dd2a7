// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/printing_consent.h"

#include <algorithm>
#include <map>
#include <utility>

#include "services/contacts/domain/contact_validity.h"
#include "services/contacts/storage/processing_record_store.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/platform/base/timestamp.h"

namespace communique::contacts {
namespace {

using platform::Session;

// What the person has said about being printed. Now, whatever time is asked about: a refusal counts for the past as
// well.
ProcessingStatus PrintingStatus(const Environment& environment, const ProcessingHistory& history, absl::Time now) {
  return StatusOf(history, v1::PURPOSE_PRINTING, v1::CHANNEL_UNSPECIFIED, now, environment.consent.double_opt_in);
}

bool IsRefused(const ProcessingStatus& status) {
  return status.standing != Standing::kNoBasis && status.standing != Standing::kPermitted;
}

}  // namespace

bool RefusesPrinting(const Environment& environment, const ProcessingHistory& history, absl::Time now) {
  return IsRefused(PrintingStatus(environment, history, now));
}

absl::StatusOr<v1::Contact> AsPrinted(const Environment& environment, Session& session,
                                      const std::vector<Newsroom>& line, v1::Contact contact) {
  const Newsroom* newsroom = NewsroomIn(line, contact.name());
  // The others are not printed anyway.
  const bool considered = contact.state() == v1::Contact::STATE_ACTIVE &&
                          contact.visibility() == v1::VISIBILITY_PUBLIC && newsroom != nullptr;
  if (!considered) return contact;
  const auto history = HistoryOf(session, newsroom->uid, contact.name());
  if (!history.ok()) return history.status();
  const ProcessingStatus status = PrintingStatus(environment, *history, environment.clock.Now());
  if (IsRefused(status)) {
    contact.set_visibility(v1::VISIBILITY_INTERNAL);
  } else if (status.valid_until) {
    *contact.mutable_valid_until() = platform::ToTimestamp(std::min(ValidUntil(contact), *status.valid_until));
  }
  return contact;
}

absl::StatusOr<std::set<std::string>> WhoRefusesPrinting(const Environment& environment, Session& session,
                                                         const std::vector<Newsroom>& line,
                                                         const std::vector<std::string>& contacts, absl::Time now) {
  std::set<std::string> refusing;
  std::map<std::string, std::vector<std::string>> by_newsroom;
  for (const std::string& contact : contacts) by_newsroom[NewsroomIn(line, contact)->uid].push_back(contact);
  for (const auto& [newsroom_uid, some] : by_newsroom) {
    const auto asked = ContactsWithWordOn(session, newsroom_uid, some, v1::PURPOSE_PRINTING);
    if (!asked.ok()) return asked.status();
    const auto histories = HistoriesOf(session, newsroom_uid, *asked);
    if (!histories.ok()) return histories.status();
    for (const auto& [contact, history] : *histories) {
      if (RefusesPrinting(environment, history, now)) refusing.insert(contact);
    }
  }
  return refusing;
}

ContactLookup PrintLookupIn(const Environment& environment, Session& session, const std::vector<Newsroom>& line) {
  return [&environment, &line, &session,
          lookup = LookupIn(session, line)](const std::string& name) -> absl::StatusOr<std::optional<v1::Contact>> {
    auto contact = lookup(name);
    if (!contact.ok() || !*contact) return contact;
    auto printed = AsPrinted(environment, session, line, **std::move(contact));
    if (!printed.ok()) return printed.status();
    return *std::move(printed);
  };
}

}  // namespace communique::contacts
