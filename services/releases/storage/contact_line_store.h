// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "communique/releases/v1/release_service.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"
#include "services/releases/domain/contact_printing.h"
#include "services/releases/storage/edition_store.h"

// Which editions print which contacts, and what they show of them.
//
// An answer of the contacts service is out of date as soon as there is news of a contact that it depends on. So who
// asks notes the contacts first (NoteContacts), and who writes what was answered holds their numbers locked and sees
// that they are still the same (ReadNews). Whoever hears news raises the number and marks the lines that are written by
// then (MarkNews): either he finds the line, or its writer finds the new number.
namespace communique::releases {

// How often there was news of a contact, by its name.
using ContactNews = std::map<std::string, std::int64_t>;

// From now on news of these contacts is counted.
absl::Status NoteContacts(platform::Session& session, const std::set<std::string>& contacts);

// The numbers of those of the contacts that have been noted. Locked, they do not change until the transaction ends.
absl::StatusOr<ContactNews> ReadNews(platform::Session& session, const std::set<std::string>& contacts,
                                     platform::RowLock lock);

// There is news of these contacts and organizations.
absl::Status MarkNews(platform::Session& session, const std::set<std::string>& names);

// There may have been news of any contact.
absl::Status MarkNewsOfAll(platform::Session& session);

// Makes `lines` the lines of the release's editions: as the contacts service said last, or, with `news`, perhaps not.
absl::Status ReplaceContactLines(platform::Session& session, const EditionOwner& owner, const PrintedLines& lines,
                                 bool news);

// Those of a release, in the order of edition and part.
absl::StatusOr<PrintedLines> FindContactLines(platform::Session& session, const std::string& release_uid);

// The first releases behind `after`, in the order of their names, some of whose lines have news to be looked at.
absl::StatusOr<std::vector<std::string>> FindReleasesWithNews(platform::Session& session, const std::string& after,
                                                              int limit);

// The news of the release's lines has been looked at.
absl::Status ClearNews(platform::Session& session, const std::string& release_uid);

// Where the contact of the request is printed in editions that have begun by `now`.
absl::StatusOr<v1::ListContactUsagesResponse> ListContactUsages(platform::Session& session,
                                                                const v1::ListContactUsagesRequest& request,
                                                                absl::Time now);

}  // namespace communique::releases
