// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/rpc/testing/access_matrix.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/platform/rpc/testing/note_service.pb.h"
#include "services/platform/testing/golden.h"

namespace communique::platform {
namespace {

const google::protobuf::ServiceDescriptor* Service(std::string_view name) {
  return rpctest::v1::Note::descriptor()->file()->FindServiceByName(std::string(name));
}

TEST(AccessMatrixTest, ShowsEveryRpcAndEveryRole) {
  const auto matrix = AccessMatrix({Service("NoteService")});
  ASSERT_TRUE(matrix.ok()) << matrix.status();
  ExpectGolden("services/platform/rpc/testdata/access_matrix.golden", *matrix);
}

TEST(AccessMatrixTest, FailsForAnRpcThatNoServerWouldStartWith) {
  for (const char* service :
       {"NoRuleService", "NoPermissionService", "NoAudienceService", "PublicWriteService", "NoResourceService"}) {
    const auto matrix = AccessMatrix({Service("NoteService"), Service(service)});
    EXPECT_EQ(matrix.status().code(), absl::StatusCode::kFailedPrecondition) << service;
    EXPECT_THAT(std::string(matrix.status().message()), testing::HasSubstr(absl::StrCat(service, ".Get"))) << service;
  }
}

}  // namespace
}  // namespace communique::platform
