// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/errors/preconditions.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"

namespace communique::platform {
namespace {

constexpr std::size_t kMostSubjects = 20;

}  // namespace

absl::Status FailedPreconditions(Reason reason,
                                 const std::vector<std::pair<std::string, std::string>>& subjects_and_descriptions) {
  std::string message;
  google::rpc::PreconditionFailure failure;
  for (const auto& [subject, description] : subjects_and_descriptions) {
    if (static_cast<std::size_t>(failure.violations_size()) == kMostSubjects) break;
    absl::StrAppend(&message, message.empty() ? "" : "; ", subject, ": ", description);
    auto* violation = failure.add_violations();
    violation->set_type(ReasonName(reason));
    violation->set_subject(subject);
    violation->set_description(description);
  }
  if (subjects_and_descriptions.size() > kMostSubjects) {
    absl::StrAppend(&message, "; and ", subjects_and_descriptions.size() - kMostSubjects, " more");
  }
  absl::Status status = MakeError(absl::StatusCode::kFailedPrecondition, reason, message);
  status.SetPayload(absl::StrCat("type.googleapis.com/", google::rpc::PreconditionFailure::descriptor()->full_name()),
                    absl::Cord(failure.SerializeAsString()));
  return status;
}

}  // namespace communique::platform
