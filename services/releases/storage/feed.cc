// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/storage/feed.h"

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/changes/resource_change.h"

namespace communique::releases {
namespace {

constexpr std::string_view kVerbPrefix = "VERB_";

}  // namespace

platform::Change MakeChange(std::string_view resource, std::string_view uid, v1::Change::Verb verb,
                            std::string_view revision) {
  return platform::ResourceChange(resource, uid, v1::Change::Verb_Name(verb).substr(kVerbPrefix.size()), revision);
}

v1::Change::Verb VerbOf(const platform::Change& change) {
  v1::Change::Verb verb = v1::Change::VERB_UNSPECIFIED;
  v1::Change::Verb_Parse(absl::StrCat(platform::ToAbsl(kVerbPrefix), change.verb), &verb);
  return verb;
}

}  // namespace communique::releases
