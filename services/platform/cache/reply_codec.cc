// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/cache/reply_codec.h"

#include <openssl/crypto.h>

#include <cstdint>
#include <cstring>

#include "services/platform/base/sha256.h"

namespace communique::platform {
namespace {

constexpr std::string_view kMagic = "CQR1";  // its last character is the version of this layout
constexpr std::size_t kCodeSize = 16;

void AppendInt64(std::string& out, std::int64_t value) {
  for (unsigned shift = 0; shift < 64; shift += 8) {
    out.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> shift));
  }
}

void AppendSized(std::string& out, std::string_view text) {
  AppendInt64(out, static_cast<std::int64_t>(text.size()));
  out.append(text);
}

// Takes fields off the front of a view; once anything is missing, everything is.
class Fields {
 public:
  explicit Fields(std::string_view rest) : rest_(rest) {}

  std::string_view Take(std::size_t size) {
    if (size > rest_.size()) {
      complete_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::int64_t TakeInt64() {
    const std::string_view bytes = Take(8);
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i > 0; --i) value = value << 8U | static_cast<unsigned char>(bytes[i - 1]);
    return static_cast<std::int64_t>(value);
  }
  std::string_view TakeSized() { return Take(static_cast<std::size_t>(TakeInt64())); }
  std::string_view TakeRest() { return Take(rest_.size()); }
  bool complete() const { return complete_; }

 private:
  std::string_view rest_;
  bool complete_ = true;
};

}  // namespace

std::string EncodeReply(std::string_view key, const StoredReply& reply, std::string_view signing_key) {
  std::string out;
  out.reserve(kMagic.size() + 4 * 8 + key.size() + reply.etag.size() + reply.bytes.size() + kCodeSize);
  out.append(kMagic);
  AppendInt64(out, reply.as_of);
  AppendInt64(out, absl::ToUnixMicros(reply.expires_at));
  AppendSized(out, key);
  AppendSized(out, reply.etag);
  out.append(reply.bytes);
  out.append(AsBytes(HmacSha256(signing_key, out)).substr(0, kCodeSize));
  return out;
}

std::optional<StoredReply> DecodeReply(std::string_view key, std::string_view bytes, std::string_view signing_key) {
  if (bytes.size() < kMagic.size() + kCodeSize || !bytes.starts_with(kMagic)) return std::nullopt;
  const std::string_view signed_part = bytes.substr(0, bytes.size() - kCodeSize);
  const Sha256Digest code = HmacSha256(signing_key, signed_part);
  if (CRYPTO_memcmp(code.data(), bytes.data() + signed_part.size(), kCodeSize) != 0) return std::nullopt;

  Fields fields(signed_part.substr(kMagic.size()));
  StoredReply reply;
  reply.as_of = fields.TakeInt64();
  reply.expires_at = absl::FromUnixMicros(fields.TakeInt64());
  if (fields.TakeSized() != key) return std::nullopt;
  reply.etag = fields.TakeSized();
  reply.bytes = fields.TakeRest();
  if (!fields.complete()) return std::nullopt;
  return reply;
}

}  // namespace communique::platform
