// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/channel.h>

#include <memory>

#include "absl/status/statusor.h"
#include "services/platform/peers/peer_options.h"

namespace communique::platform {

// The channel to a peer: plaintext on this machine and where the options say so, TLS everywhere else. INVALID_ARGUMENT,
// beginning with the setting that is to blame, when a file cannot be used.
absl::StatusOr<std::shared_ptr<grpc::Channel>> MakePeerChannel(const PeerOptions& options);

}  // namespace communique::platform
