// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/grpc_status.h"

#include <string>

#include "google/rpc/status.pb.h"
#include "services/platform/errors/error.h"

namespace communique::platform {

grpc::Status ToGrpcStatus(const absl::Status& status, std::string_view domain, std::string_view request_id) {
  if (status.ok()) return grpc::Status::OK;
  const google::rpc::Status wire = ToRpcStatus(status, domain, request_id);
  return {static_cast<grpc::StatusCode>(status.code()), wire.message(), wire.SerializeAsString()};
}

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  google::rpc::Status wire;
  // Details of another code than the call's are not about this error: a proxy may have replaced it.
  if (!wire.ParseFromString(status.error_details()) || wire.code() != static_cast<int>(status.error_code())) {
    wire.Clear();
    wire.set_code(static_cast<int>(status.error_code()));
    wire.set_message(status.error_message());
  }
  return FromRpcStatus(wire);
}

}  // namespace communique::platform
