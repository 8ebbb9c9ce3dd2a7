// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/api/services.h"

#include "services/contacts/api/consent_api.h"
#include "services/contacts/api/contact_api.h"
#include "services/contacts/api/erasure_api.h"
#include "services/contacts/api/exchange_api.h"
#include "services/contacts/api/group_api.h"
#include "services/contacts/api/organization_api.h"
#include "services/contacts/api/watch.h"

namespace communique::contacts {

std::vector<std::pair<platform::Reach, platform::ServiceMethods>> Services(const ApiParts& parts,
                                                                           platform::WatchHub& watch) {
  return {{platform::Reach::kInternal, OrganizationMethods(parts)},
          {platform::Reach::kInternal, ContactMethods(parts, WatchContactsMethod(watch, parts.db_read))},
          {platform::Reach::kInternal, GroupMethods(parts)},
          {platform::Reach::kInternal, ExchangeMethods(parts)},
          {platform::Reach::kInternal, ConsentMethods(parts)},
          {platform::Reach::kInternal, ErasureMethods(parts)}};
}

}  // namespace communique::contacts
