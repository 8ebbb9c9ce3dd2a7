// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "absl/status/status.h"
#include "communique/releases/v1/content.pb.h"
#include "services/platform/storage/session.h"
#include "services/releases/storage/release_record.pb.h"

// Standing texts in contents: an about text that names a boilerplate gets heading and blocks from it, in the content's
// language. The ids of the blocks are the about text's id with a number.
namespace communique::releases {

// For reading a draft: from the pinned revision, else from the newest. A boilerplate that is not there (in this
// language) leaves the about text empty.
absl::Status FillBoilerplates(platform::Session& session, v1::ReleaseContent& content);

// For freezing a content: as FillBoilerplates, but pins the revision, and FAILED_PRECONDITION (REFERENCE_MISSING) when
// there is no text.
absl::Status PinBoilerplates(platform::Session& session, v1::ReleaseContent& content);

// Keeps in `record` which revisions `frozen` pins, for as long as the release is not a draft again.
void KeepPins(const v1::ReleaseContent& frozen, storage::ReleaseRecord& record);

// Writes into `content`, that of the record or one like it, the revisions that are kept: what is in review is shown as
// it was submitted. ForgetPins takes out again what ShowPins wrote: who saves what was read changes nothing.
void ShowPins(const storage::ReleaseRecord& record, v1::ReleaseContent& content);
void ForgetPins(const storage::ReleaseRecord& record, v1::ReleaseContent& content);

}  // namespace communique::releases
