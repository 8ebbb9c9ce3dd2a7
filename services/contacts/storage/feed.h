// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "communique/contacts/v1/change.pb.h"
#include "services/platform/changes/feed.h"

// This service's words in the change feed.
namespace communique::contacts {

// What was done to `resource`, whose name says its newsroom and its type.
platform::Change MakeChange(std::string_view resource, std::string_view uid, v1::Change::Verb verb);

}  // namespace communique::contacts
