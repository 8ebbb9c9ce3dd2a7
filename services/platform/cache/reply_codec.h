// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/platform/cache/stored_reply.h"

// How a reply looks outside the process. A shared store may hold anything: what another version wrote, what was written
// under another key, what a crash cut off, what somebody else put there. So the bytes carry their key, and a code
// (HMAC-SHA-256, 128 bits) over all of it under a key that only the replicas know; whatever does not fit is no entry.
namespace communique::platform {

std::string EncodeReply(std::string_view key, const StoredReply& reply, std::string_view signing_key);

// The reply that EncodeReply was given, or nothing.
std::optional<StoredReply> DecodeReply(std::string_view key, std::string_view bytes, std::string_view signing_key);

}  // namespace communique::platform
