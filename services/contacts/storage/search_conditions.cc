// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/search_conditions.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/platform/base/timestamp.h"

namespace communique::contacts {
namespace {

// The last character there is (U+10FFFF): what begins with a word comes before the word with it.
constexpr char kLastCharacter[] = "\xF4\x8F\xBF\xBF";

}  // namespace

std::string KeyBeginsWith(const std::vector<std::string>& forms, platform::SqlParams& params) {
  std::vector<std::string> ranges;
  for (const std::string& form : forms) {
    ranges.push_back(absl::StrCat("(k.value >= ", params.Add(form), " AND k.value < ",
                                  params.Add(absl::StrCat(form, kLastCharacter)), ")"));
  }
  return absl::StrCat("(", absl::StrJoin(ranges, " OR "), ")");
}

std::string KeyIsOf(const std::vector<std::string>& newsroom_uids, platform::SqlParams& params) {
  std::vector<std::string> names;
  for (const std::string& uid : newsroom_uids) names.push_back(params.Add(uid));
  return absl::StrCat("k.newsroom_uid IN (", absl::StrJoin(names, ", "), ")");
}

std::string ContactIsPrinted(absl::Time now, platform::SqlParams& params) {
  const std::string at = params.Add(platform::ToMicros(now));
  return absl::StrCat("t.state = ", params.Add(std::int64_t{v1::Contact::STATE_ACTIVE}),
                      " AND t.visibility = ", params.Add(std::int64_t{v1::VISIBILITY_PUBLIC}),
                      " AND t.valid_from_us <= ", at, " AND t.valid_until_us > ", at);
}

std::string OrganizationIsFoundBy(const SearchWords& words, platform::SqlParams& params) {
  std::vector<std::string> conditions;
  for (const auto& forms : words) {
    conditions.push_back(
        absl::StrCat("EXISTS (SELECT 1 FROM organization_keys k WHERE k.newsroom_uid = t.newsroom_uid AND k.uid = "
                     "t.uid AND ",
                     KeyBeginsWith(forms, params), ")"));
  }
  return absl::StrJoin(conditions, " AND ");
}

}  // namespace communique::contacts
