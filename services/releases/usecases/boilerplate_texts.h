// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/status.h"
#include "communique/releases/v1/content.pb.h"
#include "services/platform/storage/session.h"

// Standing texts in contents: an about text that names a boilerplate gets heading and blocks from it, in the content's
// language. The ids of the blocks are the about text's id with a number.
namespace communique::releases {

// For reading a draft: from the pinned revision, else from the newest. A boilerplate that is not there (in this
// language) leaves the about text empty.
absl::Status FillBoilerplates(platform::Session& session, v1::ReleaseContent& content);

// For freezing a content: as FillBoilerplates, but pins the revision, and FAILED_PRECONDITION (REFERENCE_MISSING) when
// there is no text.
absl::Status PinBoilerplates(platform::Session& session, v1::ReleaseContent& content);

}  // namespace communique::releases
