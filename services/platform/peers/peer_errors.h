// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace communique::platform {

// What a peer's answer means for whoever this service answers.
//
// A peer that gave no answer (it is not there, is too slow, is overloaded, fails, or does not accept this service's own
// token) is nothing that our caller can put right: UNAVAILABLE, PEER_UNAVAILABLE, with the peer's wish when to try
// again or that in a second. An answer that is about what was asked (NOT_FOUND, INVALID_ARGUMENT, FAILED_PRECONDITION,
// ABORTED, ALREADY_EXISTS, OUT_OF_RANGE) stays as it is, reason and domain included.
absl::Status FromPeer(std::string_view peer, const absl::Status& answer);

// Whether it gave an answer.
bool IsAnswer(const absl::Status& answer);

// PEER_UNAVAILABLE.
absl::Status PeerUnavailable(std::string_view peer, std::string_view why, absl::Duration retry_after);

}  // namespace communique::platform
