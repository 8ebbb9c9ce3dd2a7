// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace communique::platform {

// Carries the change that an update asks for into `target` (AIP-134, AIP-161): the fields of `source` that `mask`
// names; without a mask, those that are set; with "*", all that callers may write. What is named and not set in
// `source` is cleared. Fields that callers do not write (OUTPUT_ONLY, IMMUTABLE, IDENTIFIER, and the etag) are passed
// over, also when named (AIP-203). INVALID_ARGUMENT for a path that is not there.
absl::Status ApplyUpdate(const google::protobuf::Message& source, const google::protobuf::FieldMask& mask,
                         google::protobuf::Message& target);

}  // namespace communique::platform
