// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <set>
#include <vector>

#include "services/platform/concurrency/executor.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/server/testing/echo_service.grpc.pb.h"

namespace communique::platform {

// The open streams of the test's service, as a call chain keeps them.
class EchoStreams {
 public:
  class Stream;
  // Ends all with UNAVAILABLE, and those to come at once.
  void End();
  std::size_t size();

 private:
  friend class Stream;
  Mutex mutex_;
  std::set<Stream*> open_ ABSL_GUARDED_BY(mutex_);
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

class EchoService final : public server_test::EchoService::CallbackService {
 public:
  EchoService(Executor& executor, EchoStreams& streams) : executor_(executor), streams_(streams) {}

  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const server_test::EchoRequest* request,
                                 server_test::EchoReply* reply) override;
  grpc::ServerWriteReactor<server_test::EchoReply>* Follow(grpc::CallbackServerContext* context,
                                                           const server_test::EchoRequest* request) override;
  grpc::ServerUnaryReactor* Wait(grpc::CallbackServerContext* context, const server_test::EchoRequest* request,
                                 server_test::EchoReply* reply) override;
  grpc::ServerUnaryReactor* Hang(grpc::CallbackServerContext* context, const server_test::EchoRequest* request,
                                 server_test::EchoReply* reply) override;

 private:
  Executor& executor_;
  EchoStreams& streams_;
};

class PublicEchoService final : public server_test::PublicEchoService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const server_test::EchoRequest* request,
                                 server_test::EchoReply* reply) override {
    reply->set_text(request->text());
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

}  // namespace communique::platform
