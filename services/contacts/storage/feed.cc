// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/feed.h"

#include "services/platform/changes/resource_change.h"

namespace communique::contacts {
namespace {

constexpr std::string_view kVerbPrefix = "VERB_";

}  // namespace

platform::Change MakeChange(std::string_view resource, std::string_view uid, v1::Change::Verb verb) {
  return platform::ResourceChange(resource, uid, v1::Change::Verb_Name(verb).substr(kVerbPrefix.size()));
}

}  // namespace communique::contacts
