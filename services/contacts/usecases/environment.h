// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/time/time.h"
#include "services/contacts/domain/contact_validation.h"
#include "services/contacts/domain/erasure_plan.h"
#include "services/contacts/domain/exchange/exchange_limits.h"
#include "services/contacts/domain/group_validation.h"
#include "services/contacts/domain/organization_validation.h"
#include "services/contacts/domain/processing_record.h"
#include "services/contacts/domain/suppression_keys.h"
#include "services/platform/verbs/caller.h"
#include "services/platform/verbs/store_access.h"

namespace communique::contacts {

using platform::Caller;
using platform::Written;

class PersonalDataSource;
class UsageSource;

// How much is kept, from the configuration.
struct Limits {
  // retention.deleted: how long a deleted contact or organization can be taken back.
  absl::Duration kept_after_deletion = absl::Hours(30 * 24);
};

// How erasures go on after this service has forgotten the person (erasure.*).
struct ErasureTimes {
  // How long EraseContact waits for the others.
  absl::Duration wait = absl::Seconds(10);
  // How long a replica has an erasure for itself after each step; another one goes on with it then.
  absl::Duration claim = absl::Minutes(1);
  // How long after a failure it is tried again, and how often it is looked what is due.
  absl::Duration retry_interval = absl::Seconds(5);
};

// What the use cases work with. Everything in it outlives them and may be used from any thread. The clock is the
// database's: what decides about who is shown.
struct Environment : platform::StoreAccess {
  Limits limits;
  ContactRules rules;
  OrganizationLimits organization_limits;
  // Where contacts are printed.
  UsageSource* usages = nullptr;
  GroupLimits group_limits;
  ExchangeLimits exchange_limits;
  // What releases hold of people.
  PersonalDataSource* personal_data = nullptr;
  ErasureTimes erasure;
  ErasureLimits erasure_limits;
  ConsentRules consent;
  // Under which suppressed addresses are recognised.
  SuppressionKeys suppression_keys;
};

}  // namespace communique::contacts
