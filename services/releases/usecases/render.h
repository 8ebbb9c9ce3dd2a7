// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/releases/v1/edition.pb.h"
#include "communique/releases/v1/rendering.pb.h"

namespace communique::releases {

// Writes `content` down, under its notices if it has any and parted from them; without any, the plain text of an
// imported content is what was imported, byte for byte. INVALID_ARGUMENT for a format that is not there.
absl::StatusOr<v1::Rendering> Render(const v1::ReleaseContent& content, const v1::EditionLabels& labels,
                                     const std::vector<v1::Notice>& notices, v1::RenderFormat format);

// The same for the serialised v1::Edition that readers get. FAILED_PRECONDITION when it has no text (any more).
absl::StatusOr<v1::Rendering> RenderStored(const std::string& edition, v1::RenderFormat format);

}  // namespace communique::releases
