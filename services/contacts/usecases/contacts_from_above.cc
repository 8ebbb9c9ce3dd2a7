// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/contacts_from_above.h"

#include <string>
#include <vector>

#include "google/protobuf/field_mask.pb.h"
#include "services/contacts/domain/exchange/contact_card.h"
#include "services/contacts/domain/personal_fields.h"
#include "services/contacts/usecases/printing_consent.h"

namespace communique::contacts {

void KeepPrinted(v1::Contact& contact) {
  static const auto* const kPrinted = [] {
    google::protobuf::FieldMask mask;
    for (const char* path : {"name", "uid", "etag", "kind", "state", "visibility", "person_names.locale",
                             "person_names.display_name", "desk_names", "organization", "role_titles"}) {
      mask.add_paths(path);
    }
    return new ContactReadMask(*ContactReadMask::Parse(mask));
  }();
  kPrinted->Apply(contact);
  RemoveSearchSpellings(contact);
}

absl::Status RemoveRefusingFromAbove(const Environment& environment, platform::Session& session,
                                     const std::vector<Newsroom>& line, absl::Time now,
                                     std::vector<FoundContact>& found) {
  std::vector<std::string> from_above;
  for (const FoundContact& each : found) {
    if (each.level > 0) from_above.push_back(each.contact.name());
  }
  const auto refusing = WhoRefusesPrinting(environment, session, line, from_above, now);
  if (!refusing.ok()) return refusing.status();
  std::erase_if(found, [&](const FoundContact& each) { return refusing->contains(each.contact.name()); });
  return absl::OkStatus();
}

}  // namespace communique::contacts
