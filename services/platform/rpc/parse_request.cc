// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/parse_request.h"

#include <grpcpp/support/slice.h>

#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "services/platform/errors/error.h"
#include "services/platform/rpc/call_errors.h"
#include "services/platform/rpc/wire_check.h"

namespace communique::platform {
namespace {

absl::Status Malformed(std::string_view field, std::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_MALFORMED_REQUEST, message,
                   {{"field", field}});
}

absl::Status DescribeMalformed(const google::protobuf::Descriptor& type, std::string_view bytes) {
  const std::optional<WireProblem> problem = FindMalformedField(type, bytes);
  if (!problem) return Malformed("", absl::StrCat("the bytes are not a ", type.full_name()));
  return Malformed(problem->field,
                   absl::StrCat(problem->field.empty() ? type.full_name() : problem->field, " ", problem->description));
}

absl::Status DescribeUnknown(const google::protobuf::Descriptor& type, const WireProblem& problem) {
  return MakeError(
      absl::StatusCode::kInvalidArgument, Reason::ERROR_REASON_UNKNOWN_FIELD,
      absl::StrCat(problem.field, " ", problem.description, " in ", type.full_name(),
                   ": a change with it would be lost. Leave it out, or use the server's version of the API"),
      {{"field", problem.field}});
}

}  // namespace

absl::Status ParseBytes(const grpc::ByteBuffer& bytes, std::size_t max_bytes, bool mutation,
                        google::protobuf::Message& request) {
  const google::protobuf::Descriptor& type = *request.GetDescriptor();
  if (!bytes.Valid()) return Malformed("", absl::StrCat("there is no request: send one ", type.full_name()));
  if (bytes.Length() > max_bytes) return RequestTooLarge(bytes.Length(), max_bytes);

  grpc::Slice slice;
  // Small requests come in one piece and are read where they are.
  const grpc::Status gathered = bytes.TrySingleSlice(&slice).ok() ? grpc::Status::OK : bytes.DumpToSingleSlice(&slice);
  if (!gathered.ok()) return Malformed("", "the request's compression cannot be undone");
  const std::string_view whole(reinterpret_cast<const char*>(slice.begin()), slice.size());
  if (!request.ParseFromArray(whole.data(), static_cast<int>(whole.size()))) return DescribeMalformed(type, whole);
  if (mutation) {
    if (const auto problem = FindUnknownField(type, whole)) return DescribeUnknown(type, *problem);
  }
  return absl::OkStatus();
}

}  // namespace communique::platform
