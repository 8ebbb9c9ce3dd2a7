// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "communique/common/v1/error_reason.pb.h"
#include "google/rpc/status.pb.h"

// The only place where errors are made. An error is an absl::Status whose payloads are the google.rpc detail messages
// (AIP-193): always an ErrorInfo with a documented reason, then what helps the caller to put it right. platform/rpc
// sends them as they are. Messages are for people: what was wrong, where, what would be right. They never hold a
// driver's text.
namespace communique::platform {

using Reason = common::v1::ErrorReason;

// Key and value pairs of ErrorInfo.metadata.
using ErrorMetadata = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// An error with an ErrorInfo and nothing else. The functions below say more; prefer them.
absl::Status MakeError(absl::StatusCode code, Reason reason, std::string_view message, ErrorMetadata metadata = {});

// INVALID_ARGUMENT for one field. `field` is its path in the request ("release.content.headline",
// "body[2].quote.text").
absl::Status InvalidField(std::string_view field, std::string_view description);

// INVALID_ARGUMENT: the contract has the field, this version does not enforce its rule yet, so it must be empty.
absl::Status FieldNotSupported(std::string_view field, std::string_view description);

// NOT_FOUND. `type` is the resource type in words ("release"), `name` its resource name as the caller gave it.
absl::Status NotFound(std::string_view type, std::string_view name);

// ALREADY_EXISTS: the name is taken, or was once. `type` and `name` as in NotFound.
absl::Status AlreadyExists(std::string_view type, std::string_view name);

// ABORTED: `name` has changed since the caller read it; `current` is the etag it has now.
absl::Status EtagMismatch(std::string_view name, std::string_view current);

// FAILED_PRECONDITION with a google.rpc.PreconditionFailure about `subject` (a resource name).
absl::Status FailedPrecondition(Reason reason, std::string_view subject, std::string_view description,
                                ErrorMetadata metadata = {});

// UNAVAILABLE or RESOURCE_EXHAUSTED with a google.rpc.RetryInfo: trying again after `retry_after` makes sense.
absl::Status Unavailable(Reason reason, std::string_view message, absl::Duration retry_after,
                         ErrorMetadata metadata = {});
absl::Status Exhausted(Reason reason, std::string_view message, absl::Duration retry_after,
                       ErrorMetadata metadata = {});

// INTERNAL: a mistake of ours. `detail` goes to the log, never to the caller.
absl::Status InternalError(std::string_view detail);

// Collects everything that is wrong with a request, so that the caller learns it in one round.
class FieldViolations {
 public:
  void Add(std::string_view field, std::string_view description);
  // Takes over the violations of `status`, each field prefixed with `prefix` and a dot, when it is a field error;
  // otherwise remembers it as the error to return.
  void Merge(std::string_view prefix, const absl::Status& status);
  bool empty() const { return violations_.empty() && other_.ok(); }
  // OK when empty; else INVALID_ARGUMENT naming each field (at most 20; the message says how many more there are).
  absl::Status ToStatus() const;

 private:
  std::vector<std::pair<std::string, std::string>> violations_;
  absl::Status other_;
};

// The reason in `status`, or ERROR_REASON_UNSPECIFIED where there is none.
Reason ReasonOf(const absl::Status& status);

// A value of its ErrorInfo.metadata; empty when there is none.
std::string ErrorMetadataValue(const absl::Status& status, std::string_view key);

// What its RetryInfo asks callers to wait; nothing where there is none.
std::optional<absl::Duration> RetryAfterOf(const absl::Status& status);

// The name a caller sees: "ETAG_MISMATCH".
std::string ReasonName(Reason reason);

// What goes over the wire, at most `max_bytes` long: `domain` (a proto package) where the ErrorInfo has none yet, a
// RequestInfo with `request_id`, and no detail of an internal error. gRPC clients with default settings fail on details
// beyond about 8 KB, so long descriptions are cut first and field violations dropped last.
google::rpc::Status ToRpcStatus(const absl::Status& status, std::string_view domain, std::string_view request_id,
                                std::size_t max_bytes = 4096);

// The reverse, for the answers of peers.
absl::Status FromRpcStatus(const google::rpc::Status& wire);

}  // namespace communique::platform
