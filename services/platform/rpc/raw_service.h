// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>

#include "services/platform/rpc/bound_service.h"

namespace communique::platform {

// A bound service as gRPC sees it: every method takes and gives bytes, so that the chain sees what a client really
// sent. (The handlers of generated code answer bytes that do not parse with an empty UNIMPLEMENTED before our code
// runs.) Clients notice nothing; reflection lists it. Make one for each server; it must outlive the server.
class RawService final : public grpc::Service {
 public:
  explicit RawService(std::shared_ptr<const BoundService> service);

 private:
  const std::shared_ptr<const BoundService> service_;
};

}  // namespace communique::platform
