// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/errors/preconditions.h"

#include <gtest/gtest.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"

namespace communique::platform {
namespace {

google::rpc::PreconditionFailure FailureOf(const absl::Status& status) {
  google::rpc::PreconditionFailure failure;
  const google::rpc::Status wire = ToRpcStatus(status, "test", "call");
  for (const auto& detail : wire.details()) detail.UnpackTo(&failure);
  return failure;
}

TEST(PreconditionsTest, NamesEachSubject) {
  const absl::Status status = FailedPreconditions(Reason::ERROR_REASON_SUPPRESSED,
                                                  {{"contact.emails[1].address", "a"}, {"contact.phones[0]", "b"}});
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_SUPPRESSED);
  EXPECT_EQ(status.message(), "contact.emails[1].address: a; contact.phones[0]: b");
  const auto failure = FailureOf(status);
  ASSERT_EQ(failure.violations_size(), 2);
  EXPECT_EQ(failure.violations(0).type(), "SUPPRESSED");
  EXPECT_EQ(failure.violations(0).subject(), "contact.emails[1].address");
  EXPECT_EQ(failure.violations(1).description(), "b");
}

TEST(PreconditionsTest, TellsHowManyItLeavesOut) {
  std::vector<std::pair<std::string, std::string>> subjects;
  for (int i = 0; i < 23; ++i) subjects.emplace_back(absl::StrCat("s", i), "no");
  const absl::Status status = FailedPreconditions(Reason::ERROR_REASON_SUPPRESSED, subjects);
  EXPECT_TRUE(absl::EndsWith(status.message(), "; and 3 more")) << status;
  EXPECT_EQ(FailureOf(status).violations_size(), 20);
}

}  // namespace
}  // namespace communique::platform
