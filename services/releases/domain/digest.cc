// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/digest.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "absl/strings/str_cat.h"
#include "services/platform/base/random.h"
#include "services/platform/base/sha256.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/unknown_fields.h"
#include "services/releases/domain/blocks.h"

namespace communique::releases {
namespace {

constexpr std::string_view kPreamble = "communique content digest v1\n";

std::string Serialize(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeWithCachedSizes(&coded);
  }
  return bytes;
}

std::string SerializeSized(const google::protobuf::Message& message) {
  message.ByteSizeLong();  // what SerializeWithCachedSizes relies on
  return Serialize(message);
}

bool IsPersonal(v1::ContactSegment::Kind kind) {
  return kind == v1::ContactSegment::KIND_PERSON || kind == v1::ContactSegment::KIND_EMAIL ||
         kind == v1::ContactSegment::KIND_PHONE;
}

}  // namespace

absl::StatusOr<std::string> ContentDigest(const v1::ReleaseContent& content, std::string_view key) {
  if (const std::string unknown = platform::FindUnknownField(content); !unknown.empty()) {
    return platform::MakeError(absl::StatusCode::kInvalidArgument, platform::Reason::ERROR_REASON_UNKNOWN_FIELD,
                               absl::StrCat("content has the unknown field ", unknown,
                                            ": a text is only signed when all of it is understood"));
  }
  v1::ReleaseContent covered = content;
  ClearBlockEtags(covered);
  for (auto& line : *covered.mutable_contact_lines()) {
    for (auto& segment : *line.mutable_segments()) {
      if (!IsPersonal(segment.kind())) continue;
      segment.set_value(platform::ToHex(
          platform::HmacSha256(key, absl::StrCat(static_cast<int>(segment.kind()), ":", segment.value()))));
    }
  }
  return platform::ToHex(platform::Sha256(absl::StrCat(platform::ToAbsl(kPreamble), SerializeSized(covered))));
}

std::string NewDigestKey() { return platform::RandomBytes(32); }

bool SameContent(const v1::ReleaseContent& a, const v1::ReleaseContent& b) {
  v1::ReleaseContent left = a;
  v1::ReleaseContent right = b;
  ClearBlockEtags(left);
  ClearBlockEtags(right);
  return SerializeSized(left) == SerializeSized(right);
}

void ClearBlockEtags(v1::ReleaseContent& content) {
  ForEachBlock(content, [](v1::Block& block) { block.clear_etag(); });
}

void SetBlockEtags(v1::ReleaseContent& content) {
  ForEachBlock(content, [](v1::Block& block) { block.set_etag(BlockEtag(block)); });
}

std::string BlockEtag(const v1::Block& block) {
  v1::Block bare = block;
  bare.clear_etag();
  return absl::StrCat("\"", platform::ToHex(platform::Sha256(SerializeSized(bare))).substr(0, 16), "\"");
}

}  // namespace communique::releases
