// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/testing/in_process_server.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <utility>

#include "absl/strings/str_cat.h"

namespace communique::platform {
namespace {

[[noreturn]] void Stop(const std::string& why) {
  std::fprintf(stderr, "InProcessServer: %s\n", why.c_str());
  std::abort();
}

}  // namespace

InProcessServer::InProcessServer(std::vector<ServiceMethods> services, const InProcessServerOptions& options) {
  log_writer_ = LogWriter::ToFunction({.service = "test", .severity = options.severity}, [this](std::string_view line) {
    const MutexLock lock(lines_mutex_);
    lines_.emplace_back(line);
  });
  const Authenticator& authenticator = options.authenticator != nullptr ? *options.authenticator : everybody_;
  const Clock& clock = options.clock != nullptr ? *options.clock : system_clock_;
  chain_ = std::make_unique<CallChain>(options.chain, authenticator, clock, log_writer_->log(), *metrics_);

  grpc::ServerBuilder builder;
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetMaxReceiveMessageSize(options.max_receive_bytes);
  builder.SetResourceQuota(grpc::ResourceQuota("test").Resize(options.max_buffered_bytes));
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
  for (ServiceMethods& service : services) {
    auto bound = chain_->Bind(std::move(service));
    if (!bound.ok()) Stop(bound.status().ToString());
    builder.RegisterService(services_.emplace_back(std::make_unique<RawService>(*std::move(bound))).get());
  }
  server_ = builder.BuildAndStart();
  if (server_ == nullptr || port_ == 0) Stop("the server does not start");
}

InProcessServer::~InProcessServer() {
  chain_->RefuseCalls();
  server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(2));
  server_.reset();
  // A stream that a test still holds keeps the log, which has nothing more to write here.
  log_writer_->Flush(absl::Seconds(10));
}

std::shared_ptr<grpc::Channel> InProcessServer::NewChannel(grpc::ChannelArguments arguments) const {
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", port_), grpc::InsecureChannelCredentials(), arguments);
}

std::vector<std::string> InProcessServer::LogLines() {
  log_writer_->Flush(absl::Seconds(10));
  const MutexLock lock(lines_mutex_);
  return lines_;
}

grpc::Status CallWithBytes(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                           std::string_view bytes, grpc::ClientContext& context, std::string* reply) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  const grpc::ByteBuffer request(&slice, 1);
  grpc::ByteBuffer response;
  std::promise<grpc::Status> done;
  grpc::GenericStub(channel).UnaryCall(&context, path, grpc::StubOptions(), &request, &response,
                                       [&](grpc::Status status) { done.set_value(std::move(status)); });
  const grpc::Status status = done.get_future().get();
  grpc::Slice whole;
  if (status.ok() && reply != nullptr && response.DumpToSingleSlice(&whole).ok()) {
    reply->assign(reinterpret_cast<const char*>(whole.begin()), whole.size());
  }
  return status;
}

}  // namespace communique::platform
