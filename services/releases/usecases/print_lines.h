// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/releases/domain/contact_printing.h"
#include "services/releases/domain/edition_plan.h"
#include "services/releases/usecases/change_release.h"
#include "services/releases/usecases/contact_answers.h"

// The contact lines of a release in the middle of a verb's transaction.
namespace communique::releases {

// Whether all lines of `content` that refer to contacts may be published in `locale` so that readers first see them at
// `since`. FAILED_PRECONDITION (NOT_PRINTABLE) that says of each line what the matter is.
absl::Status CheckPrintable(const OpenRelease& open, const std::string& locale, const v1::ReleaseContent& content,
                            absl::Time since, ContactAnswers& answers);

// Whether the lines, as they were decided, show somebody at `since`, to which the publication is moved.
// FAILED_PRECONDITION (NOT_PRINTABLE).
absl::Status CheckStillPrintable(const OpenRelease& open, absl::Time since);

// Writes the words of lines that refer to a contact and have none, for freezing. FAILED_PRECONDITION (NOT_PRINTABLE),
// also for lines from which something was erased.
absl::Status WriteLines(OpenRelease& open, v1::ReleaseContent& content, ContactAnswers& answers);

// What the release's editions print from now on for lines that refer to contacts, and keeps it: anew by `answers`, or
// without them (null) as it was decided before. Sets open.lines_changed.
absl::StatusOr<PrintedLines> DecideLines(OpenRelease& open, const FrozenTexts& texts, ContactAnswers* answers);

// What WriteLines wrote is kept in `record` for as long as the release is not a draft again, shown in `content`, that
// of the record or one like it, and taken out of it again when that is saved. See boilerplate_texts.h.
void KeepLines(const v1::ReleaseContent& frozen, storage::ReleaseRecord& record);
void ShowLines(const storage::ReleaseRecord& record, v1::ReleaseContent& content);
void ForgetLines(const storage::ReleaseRecord& record, v1::ReleaseContent& content);

}  // namespace communique::releases
