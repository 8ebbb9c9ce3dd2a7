// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "services/platform/storage/migrations.h"
#include "services/platform/storage/session.h"

// Calls that change something may carry a request_id (AIP-155). Sent again within a day, by the same principal to the
// same method, they change nothing and are told what the first one did: which resource, in which revision. The answer
// is then rebuilt from that, through the permissions of today; it is not stored.
namespace communique::platform {

// The tables that Idempotently needs: one of the sets given to Migrate.
const MigrationSet& IdempotencyMigrations();

constexpr absl::Duration kIdempotencyKept = absl::Hours(24);

struct IdempotentCall {
  std::string principal;
  std::string method;      // "communique.releases.v1.ReleaseService/PublishRelease"
  std::string request_id;  // empty: the caller did not ask for this, and the call is simply made
  std::string fingerprint;
};

// What a call did. `name` must not be empty.
struct Outcome {
  std::string name;      // the resource
  std::string revision;  // whatever the service needs to rebuild the answer: an etag, a revision id
};

struct IdempotentResult {
  Outcome outcome;
  bool replayed = false;  // an earlier call did it
};

// Runs `work` in the caller's Write transaction unless a call like this was made before `now` and within `kept`, and
// records its outcome. Must come before anything else the transaction does. While another transaction makes the same
// call, waits for its end: then replays it, or, when it failed, runs `work`.
// REQUEST_ID_REUSED when the request_id came with another request before.
absl::StatusOr<IdempotentResult> Idempotently(Session& session, const IdempotentCall& call, absl::Time now,
                                              const std::function<absl::StatusOr<Outcome>()>& work,
                                              absl::Duration kept = kIdempotencyKept);

// Removes records older than `kept`, at most `max_rows` of them; how many. In a Write transaction of its own.
absl::StatusOr<std::int64_t> TrimIdempotency(Session& session, absl::Time now, std::int64_t max_rows,
                                             absl::Duration kept = kIdempotencyKept);

// The fingerprint of a request: SHA-256 of its deterministic bytes.
std::string FingerprintOf(const google::protobuf::Message& request);

}  // namespace communique::platform
