// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/benchmarks/call_load.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/byte_buffer.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <latch>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "services/platform/concurrency/mutex.h"

namespace communique::benchmarks {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::seconds kDeadline(10);

void Prepare(grpc::ClientContext& context, const RepeatedCall& call) {
  context.set_deadline(std::chrono::system_clock::now() + kDeadline);
  for (const auto& [key, value] : call.metadata) context.AddMetadata(key, value);
}

grpc::ByteBuffer ToByteBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

class Load {
 public:
  Load(const std::vector<std::shared_ptr<grpc::Channel>>& channels, const RepeatedCall& call, int calls, int under_way)
      : call_(call), request_(ToByteBuffer(call.request)), micros_(static_cast<std::size_t>(calls)), done_(under_way) {
    for (const auto& channel : channels) stubs_.push_back(std::make_unique<grpc::GenericStub>(channel));
    for (int lane = 0; lane < under_way; ++lane) {
      StartNext(*stubs_[static_cast<std::size_t>(lane) % stubs_.size()]);
    }
  }

  absl::StatusOr<LoadResult> Wait() {
    done_.wait();
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - begin_).count();
    {
      const platform::MutexLock lock(mutex_);
      if (!failure_.ok()) return failure_;
    }
    std::sort(micros_.begin(), micros_.end());
    return LoadResult{seconds, micros_[micros_.size() / 2], micros_[micros_.size() * 99 / 100]};
  }

 private:
  struct OneCall {
    grpc::ClientContext context;
    grpc::ByteBuffer request;
    grpc::ByteBuffer reply;
    SteadyClock::time_point begin = SteadyClock::now();
  };

  void StartNext(grpc::GenericStub& stub) {
    const std::size_t number = started_.fetch_add(1);
    if (number >= micros_.size()) {
      done_.count_down();
      return;
    }
    auto* one = new OneCall;
    one->request = request_;
    Prepare(one->context, call_);
    stub.UnaryCall(&one->context, call_.path, grpc::StubOptions(), &one->request, &one->reply,
                   [this, &stub, one, number](const grpc::Status& status) {
                     micros_[number] =
                         std::chrono::duration<double, std::micro>(SteadyClock::now() - one->begin).count();
                     Check(status, one->reply);
                     delete one;
                     StartNext(stub);
                   });
  }

  void Check(const grpc::Status& status, const grpc::ByteBuffer& reply) {
    if (status.ok() && reply.Length() == call_.reply_bytes) return;
    const platform::MutexLock lock(mutex_);
    if (!failure_.ok()) return;
    failure_ = status.ok()
                   ? absl::DataLossError(absl::StrCat("a reply of ", reply.Length(), " bytes, not ", call_.reply_bytes))
                   : absl::UnknownError(absl::StrCat("code ", status.error_code(), ": ", status.error_message()));
  }

  const RepeatedCall& call_;
  const grpc::ByteBuffer request_;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs_;
  std::vector<double> micros_;
  const SteadyClock::time_point begin_ = SteadyClock::now();
  std::atomic<std::size_t> started_{0};
  std::latch done_;
  platform::Mutex mutex_;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

std::vector<std::shared_ptr<grpc::Channel>> Connect(const std::string& address, int connections) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (int i = 0; i < connections; ++i) {
    grpc::ChannelArguments arguments;
    // Otherwise channels to one address share a connection.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    channels.push_back(grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
  }
  return channels;
}

absl::StatusOr<std::string> CallOnce(const std::shared_ptr<grpc::Channel>& channel, const RepeatedCall& call) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  Prepare(context, call);
  grpc::ByteBuffer request = ToByteBuffer(call.request);
  grpc::ByteBuffer reply;
  grpc::Status status;
  std::latch done(1);
  stub.UnaryCall(&context, call.path, grpc::StubOptions(), &request, &reply, [&](const grpc::Status& result) {
    status = result;
    done.count_down();
  });
  done.wait();
  if (!status.ok()) {
    return absl::UnknownError(absl::StrCat(call.path, ": code ", status.error_code(), ": ", status.error_message()));
  }
  grpc::Slice bytes;
  if (!reply.DumpToSingleSlice(&bytes).ok()) return absl::UnknownError("a reply without a message");
  return std::string(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
}

absl::StatusOr<LoadResult> RunLoad(const std::vector<std::shared_ptr<grpc::Channel>>& channels,
                                   const RepeatedCall& call, int calls, int under_way) {
  return Load(channels, call, calls, under_way).Wait();
}

}  // namespace communique::benchmarks
