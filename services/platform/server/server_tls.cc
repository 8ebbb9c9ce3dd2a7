// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/server_tls.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

namespace tls = grpc::experimental;

// gRPC's own look at the files in memory, in seconds: the shortest it knows.
constexpr unsigned int kProviderInterval = 1;

absl::StatusOr<std::string> ReadFile(const char* setting, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  if (!file || !(content << file.rdbuf())) {
    return InvalidField(setting, absl::StrCat("cannot read ", path, ": ", std::strerror(errno)));
  }
  return content.str();
}

}  // namespace

ServerTls::ServerTls(TlsOptions options, const Clock& clock, Log log, Metrics& metrics)
    : options_(std::move(options)),
      clock_(clock),
      log_(std::move(log)),
      expiry_(metrics
                  .AddGauge("communique_tls_certificate_expiry_timestamp_seconds",
                            "When the certificate in use ends, in seconds since 1970.")
                  .With()),
      rejected_(metrics
                    .AddGauge("communique_tls_files_rejected",
                              "1 while the files hold a pair that cannot be used and the one before stays in use.")
                    .With()),
      reloads_(metrics.AddCounter("communique_tls_reloads_total", "New pairs taken up.").With()) {}

absl::StatusOr<TlsFiles> ServerTls::ReadFiles() const {
  TlsFiles files;
  auto certificate = ReadFile("tls.certificate_file", options_.certificate_file);
  if (!certificate.ok()) return certificate.status();
  files.certificate = *std::move(certificate);
  auto key = ReadFile("tls.key_file", options_.key_file);
  if (!key.ok()) return key.status();
  files.key = *std::move(key);
  if (!options_.client_ca_file.empty()) {
    auto client_ca = ReadFile("tls.client_ca_file", options_.client_ca_file);
    if (!client_ca.ok()) return client_ca.status();
    files.client_ca = *std::move(client_ca);
    if (files.client_ca.empty()) return InvalidField("tls.client_ca_file", "is empty");
  }
  return files;
}

absl::Status ServerTls::Reload() {
  auto files = ReadFiles();
  if (!files.ok()) return files.status();
  if (*files == current_) return absl::OkStatus();
  const auto until = CheckTlsFiles(*files, clock_.Now());
  if (!until.ok()) return until.status();
  if (const auto replaced = identity_file_.Replace(absl::StrCat(files->key, "\n", files->certificate));
      !replaced.ok()) {
    return replaced;
  }
  if (!files->client_ca.empty()) {
    if (const auto replaced = client_ca_file_.Replace(files->client_ca); !replaced.ok()) return replaced;
  }
  current_ = *std::move(files);
  expiry_.Set(absl::ToDoubleSeconds(*until - absl::UnixEpoch()));
  reloads_.Increment();
  log_.Info("TLS certificate taken up", {{"file", options_.certificate_file}, {"ends", *until}});
  return absl::OkStatus();
}

absl::Status ServerTls::CheckNow() {
  const MutexLock lock(mutex_);
  const absl::Status status = Reload();
  rejected_.Set(status.ok() ? 0 : 1);
  // Said once per problem, not at every look.
  if (const std::string problem(status.message()); problem != last_problem_) {
    last_problem_ = problem;
    if (!status.ok()) log_.Error("TLS files cannot be used; the pair before stays", {{"problem", problem}});
  }
  return status;
}

absl::StatusOr<std::unique_ptr<ServerTls>> ServerTls::Open(const TlsOptions& options, const Clock& clock, Log log,
                                                           Metrics& metrics) {
  std::unique_ptr<ServerTls> opened(new ServerTls(options, clock, std::move(log), metrics));
  {
    const MutexLock lock(opened->mutex_);
    if (const absl::Status loaded = opened->Reload(); !loaded.ok()) return loaded;
  }
  const std::string identity = opened->identity_file_.path();
  const std::string client_ca = options.client_ca_file.empty() ? "" : opened->client_ca_file_.path();
  opened->provider_ =
      std::make_shared<tls::FileWatcherCertificateProvider>(identity, identity, client_ca, kProviderInterval);
  opened->watcher_ = std::thread([server_tls = opened.get()] { server_tls->WatchFiles(); });
  return opened;
}

ServerTls::~ServerTls() {
  {
    const MutexLock lock(mutex_);
    closed_ = true;
    closed_condition_.NotifyAll();
  }
  if (watcher_.joinable()) watcher_.join();
}

void ServerTls::WatchFiles() {
  for (;;) {
    {
      const auto until = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(options_.reload_interval);
      const MutexLock lock(mutex_);
      while (!closed_ && closed_condition_.WaitUntil(mutex_, until)) {
      }
      if (closed_) return;
    }
    CheckNow().IgnoreError();  // has been logged
  }
}

std::shared_ptr<grpc::ServerCredentials> ServerTls::Credentials(bool ask_clients) const {
  tls::TlsServerCredentialsOptions options(provider_);
  options.watch_identity_key_cert_pairs();
  if (ask_clients && !options_.client_ca_file.empty()) {
    options.watch_root_certs();
    options.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  }
  return tls::TlsServerCredentials(options);
}

}  // namespace communique::platform
