// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/status.h"
#include "services/releases/domain/person.h"
#include "services/releases/usecases/change_release.h"

namespace communique::releases {

// How many places of a release have been emptied.
struct ErasedPlaces {
  int contact_lines = 0;
  int edition_lines = 0;
};

// Erases the person from all of a release, in the middle of a transaction: the working text, every revision, every
// state of its editions, what is kept to print them, and the fingerprints of the calls that brought it. Approvals and
// digests stay; the release gets another digest key (domain/digest.h). Editions that showed the person show another
// line or none from now on, without a notice. Changes nothing where there is nothing of the person.
absl::Status EraseFromRelease(OpenRelease& open, const Person& person, ErasedPlaces& erased);

}  // namespace communique::releases
