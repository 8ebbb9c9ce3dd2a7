// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "services/releases/domain/importing/release_parser.h"

namespace communique::releases {

// The event of a media advisory: lines headed "What", "When" and "Where" make one, told in the text. Needs a time or
// place. Such a text is an advisory, whether or not it says so.
void ReadAdvisoryEvent(ReleaseReading& reading);

}  // namespace communique::releases
