// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace communique::benchmarks {

// One unary call, made over and over: always the same bytes, and the answer is looked at by its length only, so that
// the program that asks costs as little as it can.
struct RepeatedCall {
  // "/package.Service/Method"
  std::string path;
  std::string request;
  // Sent with each call.
  std::vector<std::pair<std::string, std::string>> metadata;
  // What a right answer has; any other is a failure.
  std::size_t reply_bytes = 0;
};

struct LoadResult {
  double seconds = 0;
  // By the client's clock, from the call's start to its answer.
  double p50_micros = 0;
  double p99_micros = 0;
};

// Plaintext connections to `address`, each a connection of its own.
std::vector<std::shared_ptr<grpc::Channel>> Connect(const std::string& address, int connections);

// The answer to one such call.
absl::StatusOr<std::string> CallOnce(const std::shared_ptr<grpc::Channel>& channel, const RepeatedCall& call);

// Makes `calls` calls, `under_way` of them at any time, spread over the channels: the next one starts when one ends.
// An error when any of them fails.
absl::StatusOr<LoadResult> RunLoad(const std::vector<std::shared_ptr<grpc::Channel>>& channels,
                                   const RepeatedCall& call, int calls, int under_way);

}  // namespace communique::benchmarks
