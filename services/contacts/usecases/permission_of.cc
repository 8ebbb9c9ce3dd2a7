// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/permission_of.h"

#include <set>
#include <string>

#include "services/contacts/domain/contact_addresses.h"
#include "services/contacts/domain/permission.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/printing_consent.h"
#include "services/contacts/usecases/processing_records.h"
#include "services/contacts/usecases/suppressed_fields.h"

namespace communique::contacts {

absl::StatusOr<v1::Permission> PermissionOf(const Environment& environment, platform::Session& session,
                                            const std::vector<Newsroom>& line, const v1::PermissionCheck& check,
                                            const v1::Contact& contact, absl::Time now) {
  const Newsroom* newsroom = NewsroomIn(line, contact.name());
  const auto history = HistoryOf(session, newsroom->uid, contact.name());
  if (!history.ok()) return history.status();
  const ProcessingStatus status =
      StatusOf(*history, check.purpose(), check.channel(), now, environment.consent.double_opt_in);
  const auto suppressed =
      SuppressedFields(environment, session, line, AddressesOf(contact, check.channel()), Suppressing::kAny);
  if (!suppressed.ok()) return suppressed.status();
  const PermissionFacts facts{contact, status, *suppressed, newsroom != &line.front(),
                              RefusesPrinting(environment, *history, now)};
  return DecidePermission(check, facts, now);
}

}  // namespace communique::contacts
