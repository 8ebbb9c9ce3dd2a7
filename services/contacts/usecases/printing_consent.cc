// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/printing_consent.h"

#include <algorithm>
#include <utility>

#include "services/contacts/domain/processing_status.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/platform/base/timestamp.h"

namespace communique::contacts {

using platform::Session;

absl::StatusOr<v1::Contact> AsPrinted(const Environment& environment, Session& session,
                                      const std::vector<Newsroom>& line, v1::Contact contact) {
  const Newsroom* newsroom = NewsroomIn(line, contact.name());
  // The others are not printed anyway.
  const bool considered = contact.state() == v1::Contact::STATE_ACTIVE &&
                          contact.visibility() == v1::VISIBILITY_PUBLIC && newsroom != nullptr;
  if (!considered) return contact;
  const auto history = HistoryOf(session, newsroom->uid, contact.name());
  if (!history.ok()) return history.status();
  // Now, whatever time is asked about: a refusal counts for the past as well.
  const ProcessingStatus status = StatusOf(*history, v1::PURPOSE_PRINTING, v1::CHANNEL_UNSPECIFIED,
                                           environment.clock.Now(), environment.consent.double_opt_in);
  if (status.standing == Standing::kNoBasis) return contact;
  if (status.standing != Standing::kPermitted) {
    contact.set_visibility(v1::VISIBILITY_INTERNAL);
  } else if (status.valid_until) {
    const absl::Time end = contact.has_valid_until()
                               ? std::min(platform::FromTimestamp(contact.valid_until()), *status.valid_until)
                               : *status.valid_until;
    *contact.mutable_valid_until() = platform::ToTimestamp(end);
  }
  return contact;
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
