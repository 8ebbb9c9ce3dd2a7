// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/auth/token_authenticator.h"

#include <chrono>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

absl::Status Refused(std::string_view why) {
  return MakeError(absl::StatusCode::kUnauthenticated, Reason::ERROR_REASON_TOKEN_REQUIRED, why);
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad()) {
    return absl::NotFoundError(absl::StrCat("cannot read the token file ", path, " (auth.tokens_file)"));
  }
  return content;
}

}  // namespace

absl::StatusOr<std::unique_ptr<TokenAuthenticator>> TokenAuthenticator::Open(TokenAuthenticatorOptions options,
                                                                             const Clock& clock, Log log) {
  std::unique_ptr<TokenAuthenticator> authenticator(new TokenAuthenticator(std::move(options), clock, std::move(log)));
  if (const absl::Status status = authenticator->Reload(); !status.ok()) return status;
  if (authenticator->options_.reload_interval > absl::ZeroDuration()) {
    authenticator->watcher_ = std::thread([watched = authenticator.get()] { watched->WatchUntilClosed(); });
  }
  return authenticator;
}

TokenAuthenticator::TokenAuthenticator(TokenAuthenticatorOptions options, const Clock& clock, Log log)
    : options_(std::move(options)), clock_(clock), log_(std::move(log)) {}

TokenAuthenticator::~TokenAuthenticator() {
  {
    const MutexLock lock(closed_mutex_);
    closed_ = true;
    closed_condition_.NotifyAll();
  }
  if (watcher_.joinable()) watcher_.join();
}

void TokenAuthenticator::WatchUntilClosed() {
  const auto interval = absl::ToChronoNanoseconds(options_.reload_interval);
  for (;;) {
    {
      const MutexLock lock(closed_mutex_);
      const auto until = std::chrono::steady_clock::now() + interval;
      while (!closed_ && closed_condition_.WaitUntil(closed_mutex_, until)) {
      }
      if (closed_) return;
    }
    Reload().IgnoreError();
  }
}

absl::Status TokenAuthenticator::Reload() {
  const MutexLock lock(reload_mutex_);
  const absl::StatusOr<std::string> content = ReadFile(options_.path);
  // The content decides, not the file's times: they miss a second change within a tick, and a mounted secret changes by
  // a link. A file that is gone counts as content of its own, so that it is logged once.
  const Sha256Digest digest = Sha256(content.ok() ? *content : "");
  if (digest == seen_) return seen_status_;
  seen_ = digest;
  auto parsed = content.ok() ? ParseTokenFile(*content) : absl::StatusOr<TokenTable>(content.status());
  seen_status_ = parsed.status();
  if (!parsed.ok()) {
    // At the start there is none that could hold: whoever starts is told why that is impossible.
    if (Table() == nullptr) return seen_status_;
    log_.Error("the token file is not usable; the last good one holds",
               {{"path", options_.path}, {"problem", ToStd(parsed.status().message())}});
    return seen_status_;
  }
  auto table = std::make_shared<const TokenTable>(*std::move(parsed));
  log_.Info("token file read", {{"path", options_.path}, {"tokens", table->size()}});
  const MutexLock table_lock(table_mutex_);
  table_ = std::move(table);
  return absl::OkStatus();
}

std::shared_ptr<const TokenTable> TokenAuthenticator::Table() const {
  const MutexLock lock(table_mutex_);
  return table_;
}

absl::StatusOr<std::shared_ptr<const Principal>> TokenAuthenticator::Authenticate(
    const Credentials& credentials) const {
  if (credentials.authorization.empty()) return Principal::Anonymous();
  absl::string_view token = ToAbsl(credentials.authorization);
  constexpr absl::string_view kScheme = "Bearer ";
  if (!absl::StartsWithIgnoreCase(token, kScheme)) {
    return Refused("metadata authorization must be: Bearer <token>");
  }
  token.remove_prefix(kScheme.size());

  const std::shared_ptr<const TokenTable> table = Table();
  const Token* known = table->Find(Sha256(ToStd(token)));
  if (known == nullptr) return Refused("this token is not known here");
  if (clock_.Now() >= known->expires) return Refused("this token has expired");
  return known->principal;
}

}  // namespace communique::platform
