// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>

#include <memory>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "services/platform/base/clock.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/observability/log.h"
#include "services/platform/observability/metrics.h"
#include "services/platform/server/certificate_check.h"
#include "services/platform/server/memory_file.h"
#include "services/platform/server/server_options.h"

namespace communique::platform {

// The certificates of a server: looks at the files now and then, and hands a new pair to gRPC only if it is good (it
// parses, the key belongs to the certificate, it is valid today). After a bad change the old pair stays, the log says
// so, and communique_tls_files_rejected is 1 until the files are good again.
//
// gRPC has a watcher of files, but it takes whatever it finds, and a pair that does not match fails every handshake. So
// it watches files in memory into which only checked content is put; private keys touch no disk.
class ServerTls {
 public:
  // INVALID_ARGUMENT naming the setting and the file when the files are not good to begin with. `clock` and `metrics`
  // must outlive the result. Requires: options.enabled().
  static absl::StatusOr<std::unique_ptr<ServerTls>> Open(const TlsOptions& options, const Clock& clock, Log log,
                                                         Metrics& metrics);
  ~ServerTls();
  ServerTls(const ServerTls&) = delete;
  ServerTls& operator=(const ServerTls&) = delete;

  // For a listener. With `ask_clients`, callers must show a certificate of options.client_ca_file (if there is one).
  std::shared_ptr<grpc::ServerCredentials> Credentials(bool ask_clients) const;

  // Looks at the files at once. OK when they are good, or are what they were.
  absl::Status CheckNow();

 private:
  ServerTls(TlsOptions options, const Clock& clock, Log log, Metrics& metrics);
  absl::StatusOr<TlsFiles> ReadFiles() const;
  absl::Status Reload() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void WatchFiles();

  const TlsOptions options_;
  const Clock& clock_;
  const Log log_;
  Gauge& expiry_;
  Gauge& rejected_;
  Counter& reloads_;

  Mutex mutex_;
  Condition closed_condition_;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  TlsFiles current_ ABSL_GUARDED_BY(mutex_);
  std::string last_problem_ ABSL_GUARDED_BY(mutex_);
  MemoryFile identity_file_;  // key and chain in one, so that they change together
  MemoryFile client_ca_file_;
  std::shared_ptr<grpc::experimental::FileWatcherCertificateProvider> provider_;
  std::thread watcher_;
};

}  // namespace communique::platform
