// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "communique/releases/v1/content.pb.h"
#include "communique/releases/v1/release.pb.h"
#include "services/releases/domain/kept_commitments.pb.h"

namespace communique::releases {

// The version of the definition below that new digests are made by. A stored digest is compared as it is, and verified
// by the version that it was made by.
inline constexpr int kDigestVersion = 2;

// What approvals and publications bind: SHA-256, in hexadecimal, over "communique content digest v2\n" and the
// deterministic serialisation of `content`, without the blocks' etags and with the value of each personal segment of a
// contact line replaced by HMAC-SHA-256(key, kind, value). Personal are PERSON, EMAIL, PHONE and URL; in version 1,
// whose text begins with "communique content digest v1\n", URL is covered as it is. `key` is a secret of the release
// (NewDigestKey).
//
// INVALID_ARGUMENT when the content holds fields that this version does not know: what is signed must be understood.
absl::StatusOr<std::string> ContentDigest(const v1::ReleaseContent& content, std::string_view key,
                                          int version = kDigestVersion);

// A new key: 32 random bytes.
std::string NewDigestKey();

// Whether a digest of that version covers a commitment to such a segment, so that its value can be erased.
bool IsPersonal(v1::ContactSegment::Kind kind, int version);

// Erasing. A digest together with its key and the rest of the text lets anybody try out what an erased telephone number
// was: so when something is erased from a revision, the release gets another key, and each of its revisions keeps the
// commitments that its digest covers. The old key is gone, and with it the way to try.

// Whether the text of `revision` is the one that its digest was made of. Erased values count as unchanged. `kept` is
// what has been kept beside it, null where nothing was erased from the release since it was made.
bool Verifies(const v1::ReleaseRevision& revision, std::string_view key, const internal::KeptCommitments* kept);

// What is to be kept beside a revision when the release's key changes from `old_key` to `new_key`. `before` is as it
// was before something was erased from it, `after` as it is now; `kept` as above. A revision without personal segments
// needs nothing: no commitments.
internal::KeptCommitments Rekey(const v1::ReleaseRevision& before, const v1::ReleaseRevision& after,
                                const internal::KeptCommitments* kept, std::string_view old_key,
                                std::string_view new_key);

// Whether the two contents are the same, etags of blocks aside.
bool SameContent(const v1::ReleaseContent& a, const v1::ReleaseContent& b);

// Takes the blocks' etags, which are for answers only, out of `content`.
void ClearBlockEtags(v1::ReleaseContent& content);

// Sets each block's etag: a digest of the block as it stands.
void SetBlockEtags(v1::ReleaseContent& content);
std::string BlockEtag(const v1::Block& block);

}  // namespace communique::releases
