// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/domain/digest.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/platform/base/random.h"
#include "services/platform/base/sha256.h"
#include "services/platform/base/string_view.h"
#include "services/platform/errors/error.h"
#include "services/platform/resources/unknown_fields.h"
#include "services/releases/domain/blocks.h"

namespace communique::releases {
namespace {

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

// Calls `visit` with each segment that a digest of that version covers a commitment to.
template <typename Visit>
void VisitPersonal(const v1::ReleaseContent& content, int version, Visit visit) {
  for (int i = 0; i < content.contact_lines_size(); ++i) {
    const auto& line = content.contact_lines(i);
    for (int j = 0; j < line.segments_size(); ++j) {
      if (IsPersonal(line.segments(j).kind(), version)) visit(i, j, line.segments(j));
    }
  }
}

platform::Sha256Digest Commitment(std::string_view key, const v1::ContactSegment& segment) {
  return platform::HmacSha256(key, absl::StrCat(static_cast<int>(segment.kind()), ":", segment.value()));
}

internal::KeptCommitments CommitmentsOf(const v1::ReleaseContent& content, std::string_view key, int version) {
  internal::KeptCommitments made;
  VisitPersonal(content, version, [&](int, int, const v1::ContactSegment& segment) {
    made.add_commitments(std::string(platform::AsBytes(Commitment(key, segment))));
  });
  return made;
}

std::string ToHex(std::string_view bytes) { return absl::BytesToHexString(platform::ToAbsl(bytes)); }

// The digest of a content whose personal segments have these commitments, in their order.
absl::StatusOr<std::string> DigestOf(const v1::ReleaseContent& content, const internal::KeptCommitments& commitments,
                                     int version) {
  if (const std::string unknown = platform::FindUnknownField(content); !unknown.empty()) {
    return platform::MakeError(absl::StatusCode::kInvalidArgument, platform::Reason::ERROR_REASON_UNKNOWN_FIELD,
                               absl::StrCat("content has the unknown field ", unknown,
                                            ": a text is only signed when all of it is understood"));
  }
  v1::ReleaseContent covered = content;
  ClearBlockEtags(covered);
  int next = 0;
  VisitPersonal(content, version, [&](int line, int segment, const v1::ContactSegment&) {
    auto& piece = *covered.mutable_contact_lines(line)->mutable_segments(segment);
    piece.clear_erased();
    piece.set_value(next < commitments.commitments_size() ? ToHex(commitments.commitments(next)) : "");
    ++next;
  });
  const std::string preamble = absl::StrCat("communique content digest v", version, "\n");
  return platform::ToHex(platform::Sha256(absl::StrCat(preamble, SerializeSized(covered))));
}

std::string SealOf(const v1::ReleaseRevision& revision, const internal::KeptCommitments& kept, std::string_view key) {
  v1::ReleaseContent content = revision.content();
  ClearBlockEtags(content);
  internal::KeptCommitments commitments;
  *commitments.mutable_commitments() = kept.commitments();
  const std::string sealed = absl::StrCat("communique content seal v1\n", SerializeSized(commitments), "\n",
                                          revision.digest(), "\n", SerializeSized(content));
  return std::string(platform::AsBytes(platform::HmacSha256(key, sealed)));
}

bool HasDigest(const v1::ReleaseRevision& revision, const internal::KeptCommitments& commitments) {
  const auto digest = DigestOf(revision.content(), commitments, revision.digest_version());
  return digest.ok() && *digest == revision.digest();
}

}  // namespace

bool IsPersonal(v1::ContactSegment::Kind kind, int version) {
  switch (kind) {
    case v1::ContactSegment::KIND_PERSON:
    case v1::ContactSegment::KIND_EMAIL:
    case v1::ContactSegment::KIND_PHONE:
      return true;
    case v1::ContactSegment::KIND_URL:
      return version >= 2;
    default:
      return false;
  }
}

absl::StatusOr<std::string> ContentDigest(const v1::ReleaseContent& content, std::string_view key, int version) {
  return DigestOf(content, CommitmentsOf(content, key, version), version);
}

bool Verifies(const v1::ReleaseRevision& revision, std::string_view key, const internal::KeptCommitments* kept) {
  if (kept == nullptr) return HasDigest(revision, CommitmentsOf(revision.content(), key, revision.digest_version()));
  return HasDigest(revision, *kept) && kept->seal() == SealOf(revision, *kept, key);
}

internal::KeptCommitments Rekey(const v1::ReleaseRevision& before, const v1::ReleaseRevision& after,
                                const internal::KeptCommitments* kept, std::string_view old_key,
                                std::string_view new_key) {
  internal::KeptCommitments now;
  if (kept == nullptr) {
    now = CommitmentsOf(before.content(), old_key, before.digest_version());
  } else {
    *now.mutable_commitments() = kept->commitments();
  }
  // What did not verify before does not begin to by being sealed anew.
  if (Verifies(before, old_key, kept)) now.set_seal(SealOf(after, now, new_key));
  return now;
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
