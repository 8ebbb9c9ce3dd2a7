// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/health_service.h"

#include <grpcpp/grpcpp.h>

#include <optional>
#include <string>
#include <utility>

#include "grpc/health/v1/health.grpc.pb.h"

namespace communique::platform {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

// Each costs a few kilobytes, and anyone may open one.
constexpr std::size_t kMaxWatches = 50'000;

// One Watch call. Lives from its making to OnDone; callbacks that Health still holds keep it a little longer.
class WatchCall final : public grpc::ServerWriteReactor<HealthCheckResponse>,
                        public std::enable_shared_from_this<WatchCall> {
 public:
  // `shown` is false for a name that this listener keeps to itself.
  static WatchCall* Start(Health& health, const std::string& name, bool shown) {
    auto call = std::shared_ptr<WatchCall>(new WatchCall(health, name, shown));
    call->self_ = call;
    if (health.watches() >= kMaxWatches) {
      call->End(grpc::StatusCode::RESOURCE_EXHAUSTED);
      return call.get();
    }
    call->watch_id_ = health.Watch([call] { call->Look(); }, [call] { call->End(grpc::StatusCode::UNAVAILABLE); });
    call->Look();
    return call.get();
  }

  void OnWriteDone(bool ok) override {
    {
      const MutexLock lock(mutex_);
      writing_ = false;
      if (!ok) ending_ = grpc::StatusCode::CANCELLED;
    }
    Look();
  }

  void OnCancel() override { End(grpc::StatusCode::CANCELLED); }

  void OnDone() override {
    health_.Unwatch(watch_id_);
    const std::shared_ptr<WatchCall> last = std::move(self_);
  }

 private:
  WatchCall(Health& health, std::string name, bool shown) : health_(health), name_(std::move(name)), shown_(shown) {}

  void End(grpc::StatusCode code) {
    {
      const MutexLock lock(mutex_);
      if (ending_ == grpc::StatusCode::OK) ending_ = code;
    }
    Look();
  }

  HealthCheckResponse::ServingStatus StatusNow() const {
    const auto serving = shown_ ? health_.IsServing(name_) : std::nullopt;
    if (!serving) return HealthCheckResponse::SERVICE_UNKNOWN;
    return *serving ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING;
  }

  // Does what is to be done next: write the status if it is not the last one written, or finish. The status is read
  // here and not passed along, so that of two changes at once the later one is what the watcher ends up with.
  void Look() {
    grpc::StatusCode end = grpc::StatusCode::OK;
    {
      const MutexLock lock(mutex_);
      if (writing_ || finished_) return;
      end = ending_;
      if (end == grpc::StatusCode::OK) {
        const auto status = StatusNow();
        if (status == written_) return;
        written_ = status;
        response_.set_status(status);
        writing_ = true;
      } else {
        finished_ = true;
      }
    }
    if (end == grpc::StatusCode::OK) {
      StartWrite(&response_);
    } else {
      Finish({end, end == grpc::StatusCode::RESOURCE_EXHAUSTED
                       ? "too many clients watch the health of this server"
                       : "the server is shutting down; another one will answer"});
    }
  }

  Health& health_;
  const std::string name_;
  const bool shown_;
  std::shared_ptr<WatchCall> self_;
  std::uint64_t watch_id_ = 0;

  Mutex mutex_;
  HealthCheckResponse response_;  // untouched while writing_
  HealthCheckResponse::ServingStatus written_ ABSL_GUARDED_BY(mutex_) = HealthCheckResponse::UNKNOWN;
  grpc::StatusCode ending_ ABSL_GUARDED_BY(mutex_) = grpc::StatusCode::OK;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

class HealthService final : public grpc::health::v1::Health::CallbackService {
 public:
  HealthService(Health& health, std::function<bool(std::string_view)> shows)
      : health_(health), shows_(std::move(shows)) {}

  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context, const HealthCheckRequest* request,
                                  HealthCheckResponse* response) override {
    grpc::ServerUnaryReactor* const reactor = context->DefaultReactor();
    const auto serving = shows_(request->service()) ? health_.IsServing(request->service()) : std::nullopt;
    if (!serving) {
      reactor->Finish({grpc::StatusCode::NOT_FOUND, "no service or dependency of this server has that name"});
    } else {
      response->set_status(*serving ? HealthCheckResponse::SERVING : HealthCheckResponse::NOT_SERVING);
      reactor->Finish(grpc::Status::OK);
    }
    return reactor;
  }

  grpc::ServerWriteReactor<HealthCheckResponse>* Watch(grpc::CallbackServerContext* /*context*/,
                                                       const HealthCheckRequest* request) override {
    return WatchCall::Start(health_, request->service(), shows_(request->service()));
  }

 private:
  Health& health_;
  const std::function<bool(std::string_view)> shows_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeHealthService(Health& health, std::function<bool(std::string_view name)> shows) {
  return std::make_unique<HealthService>(health, std::move(shows));
}

}  // namespace communique::platform
