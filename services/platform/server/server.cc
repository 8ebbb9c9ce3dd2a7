// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/server.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/platform/base/version.h"
#include "services/platform/errors/error.h"
#include "services/platform/server/health_service.h"
#include "services/platform/server/listen.h"
#include "services/platform/server/start_error.h"

namespace communique::platform {
namespace {

// What threads with nothing to do take to end.
constexpr absl::Duration kHurriedJoin = absl::Milliseconds(500);

std::string SettingOf(Server::Listener listener) {
  switch (listener) {
    case Server::Listener::kPublic:
      return "listen.public";
    case Server::Listener::kInternal:
      return "listen.internal";
    case Server::Listener::kOps:
      return "ops.grpc";
  }
  return {};
}

void ExportHealth(Metrics& metrics, const std::shared_ptr<const Health>& health) {
  Gauge& ready = metrics.AddGauge("communique_server_ready", "1 while the server wants calls.").With();
  auto& dependencies = metrics.AddGauge("communique_server_dependency_up",
                                        "1 while the dependency answers (db, cache, …).", {"dependency"});
  metrics.BeforeCollect([health, &ready, &dependencies] {
    ready.Set(health->ready() ? 1 : 0);
    for (const Health::Entry& entry : health->All()) {
      if (entry.is_dependency) dependencies.With({entry.name}).Set(entry.serving ? 1 : 0);
    }
  });
}

}  // namespace

Server::Server(ServerOptions options, const Clock& clock, Log log, std::shared_ptr<Metrics> metrics)
    : options_(std::move(options)), clock_(clock), log_(std::move(log)), metrics_(std::move(metrics)), grpc_log_(log_) {
  ExportHealth(*metrics_, health_);
  // Debian builds Abseil with its checks on, and gRPC's locks are Abseil's: each one taken goes into a graph that the
  // whole process shares, and two that were ever taken in both orders end the process. That is for those who work on
  // gRPC.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
}

Server::~Server() {
  if (listeners_.empty()) return;
  health_->Drain();
  for (const auto& refuse : refuse_calls_) refuse();
  health_->EndWatches();
  listeners_.clear();
}

void Server::AddService(std::string_view name, Reach reach, std::function<std::unique_ptr<grpc::Service>()> make) {
  services_.push_back({std::string(name), reach, std::move(make)});
}

void Server::OnRefuseCalls(std::function<void()> refuse) { refuse_calls_.push_back(std::move(refuse)); }

void Server::OnEndBy(std::function<void(absl::Time)> end_by) { end_by_.push_back(std::move(end_by)); }

void Server::JoinOnStop(Executor& executor) { executors_.push_back(&executor); }

void Server::CloseOnStop(std::string_view name, std::function<void()> close) {
  closers_.emplace_back(name, std::move(close));
}

const std::string& Server::AddressOf(Listener listener) const {
  switch (listener) {
    case Listener::kPublic:
      return options_.listen_public;
    case Listener::kInternal:
      return options_.listen_internal;
    case Listener::kOps:
      break;
  }
  return options_.ops_grpc;
}

bool Server::IsPublic(std::string_view service) const {
  return std::any_of(services_.begin(), services_.end(), [service](const ServiceEntry& entry) {
    return entry.name == service && entry.reach == Reach::kPublic;
  });
}

absl::Status Server::StartListener(Listener listener) {
  ApiServer::Setup setup;
  setup.setting = SettingOf(listener);
  setup.address = AddressOf(listener);
  if (setup.address.empty()) return absl::OkStatus();
  const bool is_api = listener != Listener::kOps;
  setup.credentials = is_api && tls_ != nullptr ? tls_->Credentials(/*ask_clients=*/listener == Listener::kInternal)
                                                : grpc::InsecureServerCredentials();
  setup.reflection = options_.reflection && listener == Listener::kInternal;
  // Clients that check the health of a connection ask on that connection, so every listener answers.
  // What everyone may ask is what everyone may call; how our databases are is nobody else's business.
  setup.services.push_back(MakeHealthService(*health_, [this, listener](std::string_view name) {
    return listener != Listener::kPublic || name.empty() || IsPublic(name);
  }));
  for (const ServiceEntry& entry : services_) {
    const bool reached =
        listener == Listener::kInternal || (listener == Listener::kPublic && entry.reach == Reach::kPublic);
    if (reached) setup.services.push_back(entry.make());
  }
  auto started = ApiServer::Start(std::move(setup), options_);
  if (!started.ok()) return started.status();
  ports_[listener] = (*started)->port();
  log_.Info("listening", {{"setting", (*started)->setting()},
                          {"address", AddressOf(listener)},
                          {"port", (*started)->port()},
                          {"tls", is_api && tls_ != nullptr}});
  listeners_[listener] = *std::move(started);
  return absl::OkStatus();
}

absl::Status Server::StartListeners() {
  if (options_.tls.enabled()) {
    auto tls = ServerTls::Open(options_.tls, clock_, log_, *metrics_);
    if (!tls.ok()) return tls.status();
    tls_ = *std::move(tls);
  }
  // Probes find an answer from the first moment on: "not ready".
  for (const Listener listener : {Listener::kOps, Listener::kPublic, Listener::kInternal}) {
    if (const absl::Status started = StartListener(listener); !started.ok()) return started;
  }
  if (!options_.ops_http.empty()) {
    if (const absl::Status free = CheckCanListen(options_.ops_http); !free.ok()) {
      return InvalidField("ops.http", std::string(free.message()));
    }
    auto http = OpsHttp::Start(options_.ops_http, *metrics_, *health_);
    if (!http.ok()) return http.status();
    ops_http_ = *std::move(http);
    ops_http_port_ = ops_http_->port();
    log_.Info("listening", {{"setting", "ops.http"}, {"address", options_.ops_http}, {"port", ops_http_port_}});
  }
  return absl::OkStatus();
}

absl::Status Server::Start() {
  log_.Info("starting", {{"version", Version()}, {"open_file_limit", RaiseOpenFileLimit()}});
  for (const ServiceEntry& entry : services_) health_->AddService(entry.name);
  const absl::Status started = StartListeners();
  if (!started.ok()) {
    ops_http_.reset();
    listeners_.clear();
    ports_.clear();
    stopped_ = true;
  }
  return started;
}

int Server::port(Listener listener) const {
  const auto found = ports_.find(listener);
  return found == ports_.end() ? 0 : found->second;
}

int Server::ops_http_port() const { return ops_http_port_; }

void Server::TellEnd(absl::Time when) const {
  for (const auto& end_by : end_by_) end_by(when);
}

bool Server::EndCalls(ShutdownSignal& signal, absl::Duration grace) {
  std::vector<ApiServer*> apis;
  for (const auto& [listener, api] : listeners_) {
    if (listener != Listener::kOps) apis.push_back(api.get());
  }
  for (ApiServer* api : apis) api->BeginShutdown(grace, [&signal] { signal.Poke(); });
  const auto finished = [&apis] {
    return std::all_of(apis.begin(), apis.end(), [](const ApiServer* api) { return api->finished(); });
  };
  if (grace > absl::ZeroDuration() && signal.WaitForSecond(grace, finished)) {
    log_.Warning("second signal: calls under way are cut off");
    for (ApiServer* api : apis) api->CancelCalls();
  }
  return signal.WaitForDone(options_.give_up_after, finished);
}

absl::Status Server::JoinExecutors(absl::Duration patience) {
  const absl::Time until = absl::Now() + patience;
  absl::Status joined;
  for (Executor* executor : executors_) joined.Update(executor->Join(until - absl::Now()));
  return joined;
}

absl::Status Server::Stop(ShutdownSignal& signal) {
  if (std::exchange(stopped_, true)) return absl::OkStatus();
  log_.Info("ending", {{"drain_delay_seconds", options_.drain_delay}});
  health_->Drain();
  const bool hurried = signal.WaitForSecond(options_.drain_delay);
  if (hurried) log_.Warning("second signal: no more delay, no grace");

  absl::Duration grace = hurried ? absl::ZeroDuration() : options_.shutdown_grace;
  log_.Info("ending streams and calls", {{"grace_seconds", grace}});
  for (const auto& refuse : refuse_calls_) refuse();
  health_->EndWatches();
  TellEnd(absl::Now() + grace);
  const absl::Duration refusing = std::min(options_.refuse_time, grace);
  grace = signal.WaitForSecond(refusing) ? absl::ZeroDuration() : grace - refusing;
  if (!EndCalls(signal, grace)) return InternalError("calls are still under way long after they were cut off");

  // A store is not closed below work that uses it.
  const bool hurry = signal.WaitForSecond(absl::ZeroDuration());
  const absl::Duration patience = hurry ? std::min(kHurriedJoin, options_.executor_grace) : options_.executor_grace;
  TellEnd(absl::Now() + patience);
  if (const absl::Status joined = JoinExecutors(patience); !joined.ok()) return joined;
  for (auto closer = closers_.rbegin(); closer != closers_.rend(); ++closer) {
    closer->second();
    log_.Info("closed", {{"part", closer->first}});
  }
  listeners_.clear();
  ops_http_.reset();
  log_.Info("ended");
  return absl::OkStatus();
}

int Server::Run(ShutdownSignal& signal) {
  signal.Arm();
  if (const absl::Status started = Start(); !started.ok()) return CannotStart(started, log_);
  health_->SetReady(true);
  log_.Info("ready");
  signal.WaitForFirst();
  if (const absl::Status ended = Stop(signal); !ended.ok()) {
    log_.Error("cannot end in order; ending anyway", {{"problem", std::string(ended.message())}});
    log_.Flush(absl::Seconds(1));
    // Destructors would wait for what does not end. Nothing acknowledged is lost: it is in the database.
    std::_Exit(1);
  }
  return 0;
}

}  // namespace communique::platform
