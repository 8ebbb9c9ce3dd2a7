// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/errors/error.h"

#include <algorithm>
#include <optional>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "google/rpc/error_details.pb.h"
#include "services/platform/base/string_view.h"

namespace communique::platform {
namespace {

constexpr char kTypePrefix[] = "type.googleapis.com/";
constexpr std::size_t kMaxViolations = 20;
constexpr std::size_t kMaxDescription = 200;

template <typename Detail>
std::string TypeUrl() {
  return absl::StrCat(kTypePrefix, Detail::descriptor()->full_name());
}

template <typename Detail>
void SetDetail(absl::Status& status, const Detail& detail) {
  status.SetPayload(TypeUrl<Detail>(), absl::Cord(detail.SerializeAsString()));
}

template <typename Detail>
std::optional<Detail> GetDetail(const absl::Status& status) {
  const auto payload = status.GetPayload(TypeUrl<Detail>());
  Detail detail;
  if (!payload || !detail.ParseFromString(std::string(*payload))) return std::nullopt;
  return detail;
}

void SetRetry(absl::Status& status, absl::Duration retry_after) {
  google::rpc::RetryInfo retry;
  const auto nanos = absl::ToInt64Nanoseconds(retry_after);
  retry.mutable_retry_delay()->set_seconds(nanos / 1'000'000'000);
  retry.mutable_retry_delay()->set_nanos(static_cast<std::int32_t>(nanos % 1'000'000'000));
  SetDetail(status, retry);
}

// Cuts at a character boundary: a message with half a character would not parse at the other end.
std::string Cut(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return std::string(text);
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
  return absl::StrCat(ToAbsl(text.substr(0, end)), "…");
}

template <typename Detail>
void PackInto(google::rpc::Status& status, const Detail& detail) {
  status.add_details()->PackFrom(detail);
}

}  // namespace

absl::Status MakeError(absl::StatusCode code, Reason reason, std::string_view message, ErrorMetadata metadata) {
  absl::Status status(code, ToAbsl(message));
  google::rpc::ErrorInfo info;
  info.set_reason(ReasonName(reason));
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[std::string(key)] = std::string(value);
  SetDetail(status, info);
  return status;
}

absl::Status InvalidField(std::string_view field, std::string_view description) {
  FieldViolations violations;
  violations.Add(field, description);
  return violations.ToStatus();
}

absl::Status FieldNotSupported(std::string_view field, std::string_view description) {
  absl::Status status = MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_FIELD_NOT_SUPPORTED,
                                  ToStd(absl::StrCat(ToAbsl(field), ": must be empty for now; ", ToAbsl(description))));
  google::rpc::BadRequest bad;
  auto* violation = bad.add_field_violations();
  violation->set_field(std::string(field));
  violation->set_description(std::string(description));
  SetDetail(status, bad);
  return status;
}

absl::Status NotFound(std::string_view type, std::string_view name) {
  absl::Status status = MakeError(absl::StatusCode::kNotFound, Reason::ERROR_REASON_NOT_FOUND,
                                  ToStd(absl::StrCat("there is no ", ToAbsl(type), " ", ToAbsl(Cut(name, 300)))));
  google::rpc::ResourceInfo info;
  info.set_resource_type(std::string(type));
  info.set_resource_name(Cut(name, 300));
  SetDetail(status, info);
  return status;
}

absl::Status AlreadyExists(std::string_view type, std::string_view name) {
  absl::Status status = MakeError(
      absl::StatusCode::kAlreadyExists, Reason::ERROR_REASON_ALREADY_EXISTS,
      ToStd(absl::StrCat("the ", ToAbsl(type), " ", ToAbsl(Cut(name, 300)), " exists, or existed; choose another id")));
  google::rpc::ResourceInfo info;
  info.set_resource_type(std::string(type));
  info.set_resource_name(Cut(name, 300));
  SetDetail(status, info);
  return status;
}

absl::Status EtagMismatch(std::string_view name, std::string_view current) {
  return MakeError(absl::StatusCode::kAborted, Reason::ERROR_REASON_ETAG_MISMATCH,
                   ToStd(absl::StrCat(ToAbsl(name), " has changed since you read it; its etag is now ", ToAbsl(current),
                                      ". Read it again and make your change to what it is now")),
                   {{"etag", current}, {"resource", name}});
}

absl::Status FailedPrecondition(Reason reason, std::string_view subject, std::string_view description,
                                ErrorMetadata metadata) {
  absl::Status status = MakeError(absl::StatusCode::kFailedPrecondition, reason, description, metadata);
  google::rpc::PreconditionFailure failure;
  auto* violation = failure.add_violations();
  violation->set_type(ReasonName(reason));
  violation->set_subject(std::string(subject));
  violation->set_description(std::string(description));
  SetDetail(status, failure);
  return status;
}

absl::Status Unavailable(Reason reason, std::string_view message, absl::Duration retry_after, ErrorMetadata metadata) {
  absl::Status status = MakeError(absl::StatusCode::kUnavailable, reason, message, metadata);
  SetRetry(status, retry_after);
  return status;
}

absl::Status Exhausted(Reason reason, std::string_view message, absl::Duration retry_after, ErrorMetadata metadata) {
  absl::Status status = MakeError(absl::StatusCode::kResourceExhausted, reason, message, metadata);
  SetRetry(status, retry_after);
  return status;
}

absl::Status InternalError(std::string_view detail) {
  return MakeError(absl::StatusCode::kInternal, Reason::ERROR_REASON_INTERNAL, detail);
}

void FieldViolations::Add(std::string_view field, std::string_view description) {
  violations_.emplace_back(field, description);
}

void FieldViolations::Merge(std::string_view prefix, const absl::Status& status) {
  if (status.ok()) return;
  const auto bad = GetDetail<google::rpc::BadRequest>(status);
  if (!bad || ReasonOf(status) != Reason::ERROR_REASON_FIELD_INVALID) {
    if (other_.ok()) other_ = status;
    return;
  }
  for (const auto& violation : bad->field_violations()) {
    Add(prefix.empty() ? violation.field() : absl::StrCat(ToAbsl(prefix), ".", violation.field()),
        violation.description());
  }
}

absl::Status FieldViolations::ToStatus() const {
  if (!other_.ok()) return other_;
  if (violations_.empty()) return absl::OkStatus();
  const std::size_t shown = std::min(violations_.size(), kMaxViolations);
  std::string message = absl::StrJoin(
      violations_.begin(), violations_.begin() + static_cast<std::ptrdiff_t>(shown), "; ",
      [](std::string* out, const auto& violation) { absl::StrAppend(out, violation.first, ": ", violation.second); });
  if (violations_.size() > shown) absl::StrAppend(&message, "; and ", violations_.size() - shown, " more");
  absl::Status status = MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_FIELD_INVALID, message);
  google::rpc::BadRequest bad;
  for (std::size_t i = 0; i < shown; ++i) {
    auto* violation = bad.add_field_violations();
    violation->set_field(violations_[i].first);
    violation->set_description(violations_[i].second);
  }
  SetDetail(status, bad);
  return status;
}

Reason ReasonOf(const absl::Status& status) {
  const auto info = GetDetail<google::rpc::ErrorInfo>(status);
  Reason reason = Reason::ERROR_REASON_UNSPECIFIED;
  if (info) common::v1::ErrorReason_Parse(absl::StrCat("ERROR_REASON_", info->reason()), &reason);
  return reason;
}

std::string ErrorMetadataValue(const absl::Status& status, std::string_view key) {
  const auto info = GetDetail<google::rpc::ErrorInfo>(status);
  if (!info) return {};
  const auto found = info->metadata().find(std::string(key));
  return found == info->metadata().end() ? std::string() : found->second;
}

std::optional<absl::Duration> RetryAfterOf(const absl::Status& status) {
  const auto retry = GetDetail<google::rpc::RetryInfo>(status);
  if (!retry) return std::nullopt;
  return absl::Seconds(retry->retry_delay().seconds()) + absl::Nanoseconds(retry->retry_delay().nanos());
}

std::string ReasonName(Reason reason) {
  return std::string(absl::StripPrefix(common::v1::ErrorReason_Name(reason), "ERROR_REASON_"));
}

google::rpc::Status ToRpcStatus(const absl::Status& status, std::string_view domain, std::string_view request_id,
                                std::size_t max_bytes) {
  google::rpc::Status wire;
  wire.set_code(static_cast<int>(status.code()));
  const bool ours = status.code() == absl::StatusCode::kInternal || status.code() == absl::StatusCode::kUnknown;
  wire.set_message(
      ours ? absl::StrCat("something went wrong on our side; the log knows this call as ", ToAbsl(request_id))
           : Cut(ToStd(status.message()), 1000));

  google::rpc::ErrorInfo info;
  if (auto given = GetDetail<google::rpc::ErrorInfo>(status)) {
    info = *std::move(given);
  } else {
    info.set_reason(ReasonName(Reason::ERROR_REASON_INTERNAL));
  }
  if (info.domain().empty()) info.set_domain(std::string(domain));
  for (auto& [key, value] : *info.mutable_metadata()) value = Cut(value, kMaxDescription);
  PackInto(wire, info);

  google::rpc::RequestInfo request;
  request.set_request_id(std::string(request_id));
  PackInto(wire, request);

  if (const auto retry = GetDetail<google::rpc::RetryInfo>(status)) PackInto(wire, *retry);
  if (const auto resource = GetDetail<google::rpc::ResourceInfo>(status)) PackInto(wire, *resource);
  if (auto failure = GetDetail<google::rpc::PreconditionFailure>(status)) {
    for (auto& violation : *failure->mutable_violations()) {
      violation.set_description(Cut(violation.description(), kMaxDescription));
    }
    while (failure->violations_size() > 1 && wire.ByteSizeLong() + failure->ByteSizeLong() + 100 > max_bytes) {
      failure->mutable_violations()->RemoveLast();
    }
    PackInto(wire, *failure);
  }
  if (auto bad = GetDetail<google::rpc::BadRequest>(status)) {
    for (auto& violation : *bad->mutable_field_violations()) {
      violation.set_field(Cut(violation.field(), kMaxDescription));
      violation.set_description(Cut(violation.description(), kMaxDescription));
    }
    while (bad->field_violations_size() > 1 && wire.ByteSizeLong() + bad->ByteSizeLong() + 100 > max_bytes) {
      bad->mutable_field_violations()->RemoveLast();
    }
    PackInto(wire, *bad);
  }
  return wire;
}

absl::Status FromRpcStatus(const google::rpc::Status& wire) {
  absl::Status status(static_cast<absl::StatusCode>(wire.code()), wire.message());
  for (const auto& detail : wire.details()) status.SetPayload(detail.type_url(), absl::Cord(detail.value()));
  return status;
}

}  // namespace communique::platform
