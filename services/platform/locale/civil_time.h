// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/common/v1/civil_time.pb.h"

namespace communique::platform {

// The instant that a local time in a zone means. A time that a clock change skips is the instant just after the gap;
// one that occurs twice is the later one: an embargo never ends too early. INVALID_ARGUMENT naming `local` or
// `time_zone` when one of them cannot be read.
absl::StatusOr<absl::Time> ResolveCivilTime(std::string_view local, std::string_view time_zone);

// Checks `time` and sets its instant; a missing zone becomes `default_zone`. Errors as above.
absl::Status ResolveInPlace(common::v1::CivilTime& time, std::string_view default_zone);

// The instant that ResolveInPlace has set.
absl::Time InstantOf(const common::v1::CivilTime& time);

// Whether the IANA time zone database of this machine knows `name`.
bool IsTimeZone(std::string_view name);

}  // namespace communique::platform
