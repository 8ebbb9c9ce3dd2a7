// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/idempotency.h"
#include "services/platform/verbs/caller.h"
#include "services/platform/verbs/store_access.h"

namespace communique::platform {

// How often and whether at all a change is to be made.
struct WriteOptions {
  const std::string& request_id;
  bool validate_only = false;
  const google::protobuf::Message& request;
};

// The same instant as tables keep it.
absl::Time ToStoredPrecision(absl::Time now);

// INVALID_ARGUMENT unless `request_id` is empty or a UUID (AIP-155).
absl::Status CheckRequestId(const std::string& request_id);

// Returned by work under validate_only, to take back what it did.
absl::Status TakenBack();

// Runs `work` in one write transaction on the database's clock, at most once for its request_id; a repetition gets what
// `replay` reads of the resource with the name that the first call gave or found. With validate_only everything is done
// and then taken back. Tells the store's caches and watchers of a change. `Value` must have name() and etag().
template <typename Value>
absl::StatusOr<Written<Value>> WriteOnce(
    const StoreAccess& store, const Caller& caller, const WriteOptions& options,
    const std::function<absl::StatusOr<Written<Value>>(Session&, absl::Time)>& work,
    const std::function<absl::StatusOr<Value>(Session&, absl::Time, const std::string& name)>& replay) {
  if (auto status = CheckRequestId(options.request_id); !status.ok()) return status;
  const IdempotentCall call{caller.principal, caller.method, options.validate_only ? std::string() : options.request_id,
                            FingerprintOf(options.request)};
  Written<Value> written;
  const absl::Status status = store.database.Write(caller.deadline, [&](Session& session) -> absl::Status {
    written = {};
    const absl::Time now = ToStoredPrecision(store.clock.Now());
    const auto result = Idempotently(session, call, now, [&]() -> absl::StatusOr<Outcome> {
      auto done = work(session, now);
      if (!done.ok()) return done.status();
      written = *std::move(done);
      return Outcome{written.value.name(), written.value.etag()};
    });
    if (!result.ok()) return result.status();
    if (result->replayed) {
      auto seen = replay(session, now, result->outcome.name);
      if (!seen.ok()) return seen.status();
      written.value = *std::move(seen);
    }
    return options.validate_only ? TakenBack() : absl::OkStatus();
  });
  if (options.validate_only && status == TakenBack()) return written;
  if (!status.ok()) return status;
  if (written.position > 0) store.changed(written.value.name(), written.position);
  return written;
}

}  // namespace communique::platform
