// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

// The three forms of an instant: absl::Time in code, google.protobuf.Timestamp in messages, microseconds since 1970 in
// UTC in tables. Microseconds are what tables keep, so messages carry no more either.
namespace communique::platform {

inline std::int64_t ToMicros(absl::Time time) { return absl::ToUnixMicros(time); }
inline absl::Time FromMicros(std::int64_t micros) { return absl::FromUnixMicros(micros); }

inline google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  const std::int64_t micros = ToMicros(time);
  // Rounded towards the past, so that nanos is never negative.
  const std::int64_t seconds = micros >= 0 ? micros / 1'000'000 : -((-micros + 999'999) / 1'000'000);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(static_cast<std::int32_t>((micros - seconds * 1'000'000) * 1'000));
  return timestamp;
}

inline absl::Time FromTimestamp(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

}  // namespace communique::platform
