// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/platform/auth/authenticator.h"
#include "services/platform/auth/token_file.h"
#include "services/platform/base/clock.h"
#include "services/platform/concurrency/mutex.h"
#include "services/platform/observability/log.h"

namespace communique::platform {

struct TokenAuthenticatorOptions {
  // `auth.tokens_file`.
  std::string path;
  // `auth.reload_interval`: how often the file is looked at. A token taken out of the file is refused after at most
  // this long; streams that are open end at their age. Zero: only Reload() looks.
  absl::Duration reload_interval = absl::Seconds(1);
};

// `auth.mode: tokens`: "authorization: Bearer <token>" against a token file (token_file.h). Tokens are known by their
// SHA-256 only. The file is read again when its content changes; while a new one is broken the last good one holds,
// and the log says what is wrong with it, once.
class TokenAuthenticator final : public Authenticator {
 public:
  // Reads the file: a server does not start with a broken one. `clock` must outlive the result.
  static absl::StatusOr<std::unique_ptr<TokenAuthenticator>> Open(TokenAuthenticatorOptions options, const Clock& clock,
                                                                  Log log);
  ~TokenAuthenticator() override;

  absl::StatusOr<std::shared_ptr<const Principal>> Authenticate(const Credentials& credentials) const override;

  // Looks at the file now. The error says why the last good content still holds.
  absl::Status Reload();

 private:
  TokenAuthenticator(TokenAuthenticatorOptions options, const Clock& clock, Log log);
  std::shared_ptr<const TokenTable> Table() const;
  void WatchUntilClosed();

  const TokenAuthenticatorOptions options_;
  const Clock& clock_;
  const Log log_;

  Mutex reload_mutex_;
  Sha256Digest seen_ ABSL_GUARDED_BY(reload_mutex_){};  // of the content last looked at, good or bad
  absl::Status seen_status_ ABSL_GUARDED_BY(reload_mutex_);

  mutable Mutex table_mutex_;                                              // held for copying the pointer only
  std::shared_ptr<const TokenTable> table_ ABSL_GUARDED_BY(table_mutex_);  // null until a good file was read

  Mutex closed_mutex_;
  Condition closed_condition_;
  bool closed_ ABSL_GUARDED_BY(closed_mutex_) = false;
  std::thread watcher_;
};

}  // namespace communique::platform
