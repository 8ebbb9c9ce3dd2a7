// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/raw_service.h"

#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/rpc_service_method.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <utility>

#include "services/platform/rpc/stream_call.h"
#include "services/platform/rpc/unary_call.h"

namespace communique::platform {
namespace {

using grpc::ByteBuffer;
using grpc::CallbackServerContext;
using grpc::internal::RpcMethod;

struct Registration {
  RpcMethod::RpcType type;
  grpc::internal::MethodHandler* handler;  // becomes gRPC's
};

// As the WithRawCallbackMethod_ templates of generated code do. One case per kind of method.
Registration Register(const std::shared_ptr<const BoundService>& service, const BoundMethod& method) {
  switch (method.info.kind) {
    case MethodKind::kServerStream:
      return {RpcMethod::SERVER_STREAMING,
              new grpc::internal::CallbackServerStreamingHandler<ByteBuffer, ByteBuffer>(
                  [service, &method](CallbackServerContext* context, const ByteBuffer* request) {
                    return StreamCall::Serve(service, method, context, request);
                  })};
    case MethodKind::kUnary:
      break;
  }
  return {RpcMethod::NORMAL_RPC,
          new grpc::internal::CallbackUnaryHandler<ByteBuffer, ByteBuffer>(
              [&method](CallbackServerContext* context, const ByteBuffer* request, ByteBuffer* response) {
                return UnaryCall::Serve(method, context, request, response);
              })};
}

}  // namespace

RawService::RawService(std::shared_ptr<const BoundService> service) : service_(std::move(service)) {
  int index = 0;
  for (const auto& method : service_->methods) {
    const Registration registration = Register(service_, *method);
    AddMethod(new grpc::internal::RpcServiceMethod(method->info.path.c_str(), registration.type, nullptr));
    MarkMethodRawCallback(index++, registration.handler);
  }
}

}  // namespace communique::platform
