// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/contacts_from_above.h"

#include "google/protobuf/field_mask.pb.h"
#include "services/contacts/domain/exchange/contact_card.h"
#include "services/contacts/domain/personal_fields.h"

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

}  // namespace communique::contacts
