// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/releases/domain/importing/release_parser.h"

// What can be said about a release only when all of it was read. Each adds its findings to reading.findings.
namespace communique::releases {

// A sentence says that something can be had elsewhere ("also available online"), and no address in its paragraph says
// where.
void CheckLinkPromises(ReleaseReading& reading);

// The contacts name a second organisation, which may be issuing the release, too.
void CheckOrganizations(ReleaseReading& reading);

}  // namespace communique::releases
