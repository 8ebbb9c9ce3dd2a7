// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::command {

// A server on a free port of this machine that answers every RPC with what a test has prepared for it, and remembers
// what it was asked. Methods are named as in the contract ("GetRelease"). Several answers of one method are given in
// order, the last one again and again. A call without an answer is UNIMPLEMENTED.
class FakeServer {
 public:
  struct Received {
    std::string method;
    std::multimap<std::string, std::string> metadata;
    std::string bytes;

    template <typename Request>
    Request As() const {
      Request request;
      request.ParseFromString(bytes);
      return request;
    }
  };

  // With a key and a certificate (PEM) it speaks TLS.
  explicit FakeServer(const std::string& key = "", const std::string& certificate = "");
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  std::string address() const;  // "127.0.0.1:PORT"

  void Answer(const std::string& method, const google::protobuf::Message& reply);
  // The error goes over the wire as services send it: google.rpc.Status, request id "fake-request".
  void Fail(const std::string& method, const absl::Status& error);
  // For streams: these messages, then the end with `status`.
  template <typename Message>
  void AnswerStream(const std::string& method, const std::vector<Message>& messages, const absl::Status& status) {
    Prepared answer{{}, status};
    for (const auto& message : messages) answer.messages.push_back(message.SerializeAsString());
    Prepare(method, std::move(answer));
  }
  // Leaves calls of the method without an answer until the caller gives up.
  void Hang(const std::string& method);

  std::vector<Received> received() const;

 private:
  struct Prepared {
    std::vector<std::string> messages;
    absl::Status status;
    bool hangs = false;
  };
  class Service;
  class Reactor;

  void Prepare(const std::string& method, Prepared answer);
  Prepared Take(const std::string& method);
  void Remember(Received received);

  mutable platform::Mutex mutex_;
  std::map<std::string, std::deque<Prepared>> prepared_ ABSL_GUARDED_BY(mutex_);
  std::vector<Received> received_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<Service> service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace communique::command
