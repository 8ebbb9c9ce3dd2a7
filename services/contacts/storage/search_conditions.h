// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/platform/storage/filter_fields.h"

// How rows are found by the words that people type, as SQL.
namespace communique::contacts {

// The words of a query, each in the forms that it is found in (domain/text/word_keys.h).
using SearchWords = std::vector<std::vector<std::string>>;

// That k.value begins with one of `forms`: ranges, which an index answers on both engines.
std::string KeyBeginsWith(const std::vector<std::string>& forms, platform::SqlParams& params);

// That k.newsroom_uid is one of these.
std::string KeyIsOf(const std::vector<std::string>& newsroom_uids, platform::SqlParams& params);

// That the contact t may be printed `now` as far as it says itself: what newsrooms below its own may know of, unless
// the person has refused (usecases/printing_consent.h).
std::string ContactIsPrinted(absl::Time now, platform::SqlParams& params);

// That all words are found in the names of the organization t.
std::string OrganizationIsFoundBy(const SearchWords& words, platform::SqlParams& params);

}  // namespace communique::contacts
