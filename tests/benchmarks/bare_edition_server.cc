// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What GetEdition costs with gRPC and nothing else: a server that always answers with one edition, and checks, counts
// and limits nothing. It fetches the edition from a real server first, so that it answers with the same bytes.
//
//   bare_edition_server typed|raw SERVER EDITION
//
//   typed   generated code: the request is parsed, the reply copied from one that is ready, and serialised
//   raw     bytes in, bytes out
//
// Prints "listening HOST:PORT", then serves until it is ended by a signal.

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "communique/releases/v1/edition_service.grpc.pb.h"

namespace communique::benchmarks {
namespace {

using releases::v1::Edition;
using releases::v1::EditionService;
using releases::v1::GetEditionRequest;

class TypedService final : public EditionService::WithCallbackMethod_GetEdition<EditionService::Service> {
 public:
  explicit TypedService(Edition edition) : edition_(std::move(edition)) {}

  grpc::ServerUnaryReactor* GetEdition(grpc::CallbackServerContext* context, const GetEditionRequest*,
                                       Edition* reply) override {
    *reply = edition_;
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  const Edition edition_;
};

class RawService final : public EditionService::WithRawCallbackMethod_GetEdition<EditionService::Service> {
 public:
  explicit RawService(const Edition& edition) {
    const grpc::Slice slice(edition.SerializeAsString());
    reply_ = grpc::ByteBuffer(&slice, 1);
  }

  grpc::ServerUnaryReactor* GetEdition(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                       grpc::ByteBuffer* reply) override {
    *reply = reply_;
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

 private:
  grpc::ByteBuffer reply_;
};

int Serve(std::string_view api, const std::string& from, const std::string& name) {
  const auto stub = EditionService::NewStub(grpc::CreateChannel(from, grpc::InsecureChannelCredentials()));
  grpc::ClientContext context;
  GetEditionRequest request;
  request.set_name(name);
  Edition edition;
  if (const grpc::Status status = stub->GetEdition(&context, request, &edition); !status.ok()) {
    std::fprintf(stderr, "%s has no %s: %s\n", from.c_str(), name.c_str(), status.error_message().c_str());
    return 1;
  }
  std::unique_ptr<grpc::Service> service;
  if (api == "typed") {
    service = std::make_unique<TypedService>(std::move(edition));
  } else {
    service = std::make_unique<RawService>(edition);
  }
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(service.get());
  const auto server = builder.BuildAndStart();
  if (server == nullptr) return 1;
  std::printf("listening 127.0.0.1:%d\n", port);
  std::fflush(stdout);
  server->Wait();
  return 0;
}

}  // namespace
}  // namespace communique::benchmarks

int main(int argc, char** argv) {
  const std::string_view api = argc == 4 ? argv[1] : "";
  if (api != "typed" && api != "raw") {
    std::fprintf(stderr, "usage: bare_edition_server typed|raw SERVER EDITION\n");
    return 2;
  }
  return communique::benchmarks::Serve(api, argv[2], argv[3]);
}
