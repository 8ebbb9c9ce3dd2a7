// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/present_change.h"

#include "absl/strings/str_cat.h"
#include "services/platform/base/string_view.h"
#include "services/platform/base/timestamp.h"

namespace communique::contacts {
namespace {

constexpr std::string_view kVerbPrefix = "VERB_";

}  // namespace

v1::Change PresentChange(const platform::FeedEntry& entry) {
  v1::Change change;
  v1::Change::Verb verb = v1::Change::VERB_UNSPECIFIED;
  v1::Change::Verb_Parse(absl::StrCat(platform::ToAbsl(kVerbPrefix), entry.change.verb), &verb);
  change.set_verb(verb);
  change.set_resource(entry.change.name);
  change.set_uid(entry.change.uid);
  change.set_actor(entry.actor);
  change.set_request_id(entry.request_id);
  *change.mutable_time() = platform::ToTimestamp(entry.time);
  return change;
}

}  // namespace communique::contacts
