// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/peers/peer_token.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

constexpr std::size_t kMaxBytes = 8 << 10;

// Says nothing of what the file holds.
absl::Status Unusable(const std::string& path, const char* why) {
  return MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_FIELD_INVALID,
                   absl::StrCat("the token file ", path, " ", why));
}

bool IsSame(const struct stat& a, const struct stat& b) {
  return a.st_ino == b.st_ino && a.st_dev == b.st_dev && a.st_size == b.st_size &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PeerToken>> PeerToken::Open(std::string path, Log log) {
  std::unique_ptr<PeerToken> token(new PeerToken(std::move(path), std::move(log)));
  if (token->path_.empty()) return token;
  struct stat state = {};
  if (stat(token->path_.c_str(), &state) != 0) return Unusable(token->path_, "cannot be read: is it there?");
  const MutexLock lock(token->mutex_);
  if (auto status = token->Read(state); !status.ok()) return status;
  return token;
}

std::string PeerToken::Authorization() {
  if (path_.empty()) return {};
  const MutexLock lock(mutex_);
  struct stat state = {};
  if (stat(path_.c_str(), &state) != 0) {
    if (!std::exchange(missing_, true)) log_.Warning("the token file is gone; its last content holds");
    return authorization_;
  }
  missing_ = false;
  if (!IsSame(state, seen_)) {
    if (auto status = Read(state); status.ok()) {
      log_.Info("uses a new token");
    } else {
      log_.Warning("the new token cannot be used; the last one holds", {LogField::Error(status)});
    }
  }
  return authorization_;
}

absl::Status PeerToken::Read(const struct stat& state) {
  seen_ = state;
  std::ifstream file(path_, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) return Unusable(path_, "cannot be read");
  absl::StripTrailingAsciiWhitespace(&text);
  if (text.empty()) return Unusable(path_, "is empty; write the token into it");
  // What gRPC would end the process for.
  const bool sendable = std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isgraph(c); });
  if (!sendable || text.size() > kMaxBytes) {
    return Unusable(path_, "holds something else than one token of printable characters without spaces");
  }
  authorization_ = absl::StrCat("Bearer ", text);
  return absl::OkStatus();
}

}  // namespace communique::platform
