// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "communique/releases/v1/content.pb.h"

namespace communique::releases {

// The version of the definition below. A stored digest is compared as it is, never computed again by another version.
inline constexpr int kDigestVersion = 1;

// What approvals and publications bind: SHA-256, in hexadecimal, over "communique content digest v1\n" and the
// deterministic serialisation of `content`, without the blocks' etags and with the value of each PERSON, EMAIL and
// PHONE segment of a contact line replaced by HMAC-SHA-256(key, kind, value). `key` is a secret of the release
// (NewDigestKey): once a value is blanked and the commitments are kept in its place, nobody can tell what it was, and
// the digest still verifies.
//
// INVALID_ARGUMENT when the content holds fields that this version does not know: what is signed must be understood.
absl::StatusOr<std::string> ContentDigest(const v1::ReleaseContent& content, std::string_view key);

// A new key: 32 random bytes.
std::string NewDigestKey();

// Whether the two contents are the same, etags of blocks aside.
bool SameContent(const v1::ReleaseContent& a, const v1::ReleaseContent& b);

// Takes the blocks' etags, which are for answers only, out of `content`.
void ClearBlockEtags(v1::ReleaseContent& content);

// Sets each block's etag: a digest of the block as it stands.
void SetBlockEtags(v1::ReleaseContent& content);
std::string BlockEtag(const v1::Block& block);

}  // namespace communique::releases
