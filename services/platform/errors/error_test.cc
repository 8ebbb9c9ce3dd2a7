// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/errors/error.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"

namespace communique::platform {
namespace {

TEST(ErrorTest, NamesTheFieldAndKeepsTheReason) {
  const absl::Status status = InvalidField("release.content.headline", "must not be empty");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "release.content.headline: must not be empty");
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_FIELD_INVALID);
}

TEST(ErrorTest, CollectsAllViolationsAndSaysHowManyMore) {
  FieldViolations violations;
  EXPECT_TRUE(violations.ToStatus().ok());
  for (int i = 0; i < 25; ++i) violations.Add(absl::StrCat("f", i), "wrong");
  const std::string message(violations.ToStatus().message());
  EXPECT_NE(message.find("f19: wrong; and 5 more"), std::string::npos) << message;
}

TEST(ErrorTest, MergePrefixesFieldErrorsAndKeepsOthers) {
  FieldViolations violations;
  violations.Merge("release", InvalidField("headline", "empty"));
  EXPECT_EQ(violations.ToStatus().message(), "release.headline: empty");
  violations.Merge("release", NotFound("newsroom", "newsrooms/x"));
  EXPECT_EQ(violations.ToStatus().code(), absl::StatusCode::kNotFound);
}

TEST(ErrorTest, SaysWhenToTryAgainAndWhoWasMissing) {
  const absl::Status status = Unavailable(Reason::ERROR_REASON_PEER_UNAVAILABLE, "releases does not answer",
                                          absl::Milliseconds(1500), {{"peer", "releases"}});
  EXPECT_EQ(RetryAfterOf(status), absl::Milliseconds(1500));
  EXPECT_EQ(ErrorMetadataValue(status, "peer"), "releases");
  EXPECT_EQ(RetryAfterOf(InvalidField("headline", "empty")), std::nullopt);
}

TEST(ErrorTest, EtagMismatchTellsTheCurrentEtag) {
  const absl::Status status = EtagMismatch("newsrooms/n/releases/r", "\"7\"");
  EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
  EXPECT_EQ(ErrorMetadataValue(status, "etag"), "\"7\"");
}

TEST(ErrorTest, GoesOverTheWireAndBack) {
  const absl::Status status =
      FailedPrecondition(Reason::ERROR_REASON_EVER_PUBLIC, "newsrooms/n/releases/r", "was public", {{"state", "X"}});
  const google::rpc::Status wire = ToRpcStatus(status, "communique.releases.v1", "id-1");
  google::rpc::ErrorInfo info;
  ASSERT_TRUE(wire.details(0).UnpackTo(&info));
  EXPECT_EQ(info.domain(), "communique.releases.v1");
  EXPECT_EQ(info.reason(), "EVER_PUBLIC");
  const absl::Status back = FromRpcStatus(wire);
  EXPECT_EQ(back.code(), status.code());
  EXPECT_EQ(ReasonOf(back), Reason::ERROR_REASON_EVER_PUBLIC);
}

TEST(ErrorTest, InternalDetailsStayInside) {
  const google::rpc::Status wire = ToRpcStatus(InternalError("password=hunter2"), "d", "id-2");
  EXPECT_EQ(wire.SerializeAsString().find("hunter2"), std::string::npos);
  EXPECT_NE(wire.message().find("id-2"), std::string::npos);
}

TEST(ErrorTest, StaysBelowFourKilobytesAndWithinCharacters) {
  FieldViolations violations;
  std::string umlauts;
  for (int i = 0; i < 5000; ++i) umlauts += "ü";
  for (int i = 0; i < 100; ++i) violations.Add(absl::StrCat("field", i, umlauts), umlauts);
  const google::rpc::Status wire = ToRpcStatus(violations.ToStatus(), "communique.releases.v1", "id-3");
  EXPECT_LE(wire.ByteSizeLong(), 4096U);
  google::rpc::Status parsed;
  EXPECT_TRUE(parsed.ParseFromString(wire.SerializeAsString()));
}

}  // namespace
}  // namespace communique::platform
