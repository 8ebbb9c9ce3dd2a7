// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/testing/fake_server.h"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

namespace communique::command {
namespace {

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  buffer.Dump(&slices);
  std::string bytes;
  for (const auto& slice : slices) bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  return bytes;
}

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const auto wire = platform::ToRpcStatus(status, "communique.releases.v1", "fake-request");
  return {static_cast<grpc::StatusCode>(wire.code()), wire.message(), wire.SerializeAsString()};
}

}  // namespace

// One call: reads the request, then sends what was prepared.
class FakeServer::Reactor final : public grpc::ServerGenericBidiReactor {
 public:
  Reactor(FakeServer& server, grpc::GenericCallbackServerContext& context) : server_(server), context_(context) {
    StartRead(&buffer_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status(grpc::StatusCode::INTERNAL, "no request"));
    Received received{context_.method().substr(context_.method().rfind('/') + 1), {}, ToBytes(buffer_)};
    for (const auto& [key, value] : context_.client_metadata()) {
      received.metadata.emplace(std::string(key.data(), key.size()), std::string(value.data(), value.size()));
    }
    answer_ = server_.Take(received.method);
    server_.Remember(std::move(received));
    if (!answer_.hangs) return SendNext();
    // The caller may have given up before its request was read.
    if (context_.IsCancelled()) FinishCancelled();
  }

  void OnWriteDone(bool) override { SendNext(); }

  void OnCancel() override {
    if (answer_.hangs) FinishCancelled();
  }

  void OnDone() override { delete this; }

 private:
  void SendNext() {
    if (sent_ == answer_.messages.size()) return Finish(ToGrpc(answer_.status));
    buffer_ = ToBuffer(answer_.messages[sent_++]);
    StartWrite(&buffer_);
  }

  void FinishCancelled() {
    if (!finished_.exchange(true)) Finish(grpc::Status::CANCELLED);
  }

  FakeServer& server_;
  grpc::GenericCallbackServerContext& context_;
  std::atomic<bool> finished_ = false;
  grpc::ByteBuffer buffer_;
  Prepared answer_;  // hangs is read by OnCancel, on another thread
  std::size_t sent_ = 0;
};

class FakeServer::Service final : public grpc::CallbackGenericService {
 public:
  explicit Service(FakeServer& server) : server_(server) {}

  grpc::ServerGenericBidiReactor* CreateReactor(grpc::GenericCallbackServerContext* context) override {
    return new Reactor(server_, *context);
  }

 private:
  FakeServer& server_;
};

FakeServer::FakeServer(const std::string& key, const std::string& certificate)
    : service_(std::make_unique<Service>(*this)) {
  std::shared_ptr<grpc::ServerCredentials> credentials = grpc::InsecureServerCredentials();
  if (!key.empty()) {
    grpc::SslServerCredentialsOptions options;
    options.pem_key_cert_pairs.push_back({key, certificate});
    credentials = grpc::SslServerCredentials(options);
  }
  grpc::ServerBuilder builder;
  builder.RegisterCallbackGenericService(service_.get());
  builder.AddListeningPort("127.0.0.1:0", credentials, &port_);
  server_ = builder.BuildAndStart();
}

FakeServer::~FakeServer() { server_->Shutdown(std::chrono::system_clock::now()); }

std::string FakeServer::address() const { return absl::StrCat("127.0.0.1:", port_); }

void FakeServer::Answer(const std::string& method, const google::protobuf::Message& reply) {
  Prepare(method, {{reply.SerializeAsString()}, absl::OkStatus()});
}

void FakeServer::Fail(const std::string& method, const absl::Status& error) { Prepare(method, {{}, error}); }

void FakeServer::Hang(const std::string& method) { Prepare(method, {{}, absl::OkStatus(), true}); }

std::vector<FakeServer::Received> FakeServer::received() const {
  const platform::MutexLock lock(mutex_);
  return received_;
}

void FakeServer::Prepare(const std::string& method, Prepared answer) {
  const platform::MutexLock lock(mutex_);
  prepared_[method].push_back(std::move(answer));
}

FakeServer::Prepared FakeServer::Take(const std::string& method) {
  const platform::MutexLock lock(mutex_);
  auto& answers = prepared_[method];
  if (answers.empty()) return {{}, absl::UnimplementedError(absl::StrCat("no answer is prepared for ", method))};
  Prepared answer = answers.front();
  if (answers.size() > 1) answers.pop_front();
  return answer;
}

void FakeServer::Remember(Received received) {
  const platform::MutexLock lock(mutex_);
  received_.push_back(std::move(received));
}

}  // namespace communique::command
