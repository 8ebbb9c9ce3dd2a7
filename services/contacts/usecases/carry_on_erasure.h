// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <stop_token>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/contacts/usecases/environment.h"

// What is left to do of erasures, after this service has forgotten the person: the releases service is asked step by
// step, each answer is stored before the next question, and the files are cleaned at the end. Whoever is ended in the
// middle leaves an erasure that the next one takes up where it was; steps may be done twice without harm.
namespace communique::contacts {

// Goes on with one erasure, which the caller has for itself (claimed_until_us), until it is DONE, or until `until`. The
// first error ends it, and is kept in the receipt of the service that has failed; it is tried again after
// erasure.retry_interval, and after twice as long each time that the files cannot be cleaned, up to ten minutes.
absl::Status CarryOnErasure(const Environment& environment, const std::string& newsroom_uid, const std::string& name,
                            absl::Time until, const std::stop_token& stop);

// Goes on with all that are due, one after the other; the first error, after which the others have been gone on with
// all the same. By several replicas at once: each takes its own.
absl::Status CarryOnErasures(const Environment& environment, absl::Time until, const std::stop_token& stop);

}  // namespace communique::contacts
