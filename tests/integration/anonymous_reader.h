// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/integration/comparable_reply.h"

namespace communique::testing {

// A call of any method, in bytes.
class RawCall {
 public:
  // With this x-request-id; none when it is empty.
  RawCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& path, const std::string& request,
          const std::string& request_id);
  ~RawCall();

  // The next message; nothing at the end.
  std::optional<std::string> Read();
  void Cancel() { context_.TryCancel(); }
  // Must be called, once, at the end.
  grpc::Status Finish();
  const grpc::ClientContext& context() const { return context_; }

 private:
  bool Step();

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
};

// Somebody without a token at a public listener, who writes down everything he can see of an answer: the status, its
// words and details, all metadata, all bytes; made comparable.
class AnonymousReader {
 public:
  explicit AnonymousReader(std::shared_ptr<grpc::Channel> channel) : channel_(std::move(channel)) {}

  // Calls a unary method of EditionService and writes down what came, under `what`. The bytes of the reply.
  std::string Ask(const std::string& what, const std::string& method, const google::protobuf::Message& request,
                  const std::string& request_id = "reader");

  // Begins to watch; any number of watches may be open.
  std::unique_ptr<RawCall> Watch(const std::string& parent, const std::string& token);
  // Writes down all events until nothing more happens, with the bookmark that says so, and ends the watch. Or how it
  // ended.
  void WriteUntilBookmark(const std::string& what, RawCall& watch);
  // Writes down the events of a watch until the one with `token`, which must be known to come. Bookmarks on the way are
  // not written down, because when they come is a matter of time; they must name a position that was told before.
  void WriteUntil(const std::string& token, RawCall& watch);

  // What was written down since the last time, with times marked.
  std::vector<std::string> Take() { return std::exchange(lines_, {}); }

  // The methods called so far.
  const std::set<std::string>& asked() const { return asked_; }

 private:
  void WriteEnd(const std::string& what, RawCall& call, const std::string& reply);

  const std::shared_ptr<grpc::Channel> channel_;
  ComparableReply comparable_;
  std::vector<std::string> lines_;
  std::set<std::string> asked_;
};

}  // namespace communique::testing
