// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/impl/service_type.h>

#include <functional>
#include <memory>
#include <string_view>

#include "services/platform/server/health.h"

namespace communique::platform {

// grpc.health.v1 over `health`: Check, and Watch whose streams end when `health` ends its watches. (The one built into
// gRPC serves "" from the first moment, cannot end its watches, which then hold up every shutdown to its deadline, and
// is invisible to reflection.) Names for which `shows` is false are as unknown to its callers as those that nobody
// added. One for each server; `health` must outlive it.
std::unique_ptr<grpc::Service> MakeHealthService(
    Health& health, std::function<bool(std::string_view name)> shows = [](std::string_view) { return true; });

}  // namespace communique::platform
