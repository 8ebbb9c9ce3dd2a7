// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "services/platform/auth/no_authentication.h"
#include "services/platform/auth/principal.h"
#include "services/platform/auth/roles.h"
#include "services/platform/errors/error.h"

namespace communique::platform {
namespace {

using common::v1::AUDIENCE_PUBLIC;
using common::v1::AUDIENCE_STAFF;
using common::v1::PERMISSION_CORRECT;
using common::v1::PERMISSION_EDIT;
using common::v1::PERMISSION_PUBLISH;
using common::v1::PERMISSION_READ;
using common::v1::PERMISSION_READ_PUBLIC;
using common::v1::PERMISSION_UNSPECIFIED;
using common::v1::PERMISSION_WITHDRAW;

TEST(RolesTest, EveryNameParsesBackToItsRole) {
  for (const Role role : kAllRoles) EXPECT_EQ(ParseRole(RoleName(role)), role) << RoleName(role);
  EXPECT_EQ(ParseRole("root"), std::nullopt);
  EXPECT_EQ(ParseRole(""), std::nullopt);
}

TEST(RolesTest, PublishCorrectAndWithdrawAreNotTheAuthorsNorEachOthers) {
  for (const Permission permission : {PERMISSION_PUBLISH, PERMISSION_CORRECT, PERMISSION_WITHDRAW}) {
    EXPECT_FALSE(PermissionsOf(Role::kAuthor).Has(permission));
    EXPECT_FALSE(PermissionsOf(Role::kNewsroomAdmin).Has(permission));
    EXPECT_FALSE(PermissionsOf(Role::kAuditor).Has(permission));
  }
  EXPECT_FALSE(PermissionsOf(Role::kPublisher).Has(PERMISSION_CORRECT));
  EXPECT_FALSE(PermissionsOf(Role::kPublisher).Has(PERMISSION_WITHDRAW));
  EXPECT_FALSE(PermissionsOf(Role::kCorrector).Has(PERMISSION_PUBLISH));
}

TEST(RolesTest, UnspecifiedAndUnknownPermissionsAreNeverGranted) {
  for (const Role role : kAllRoles) {
    EXPECT_FALSE(PermissionsOf(role).Has(PERMISSION_UNSPECIFIED));
    EXPECT_FALSE(PermissionsOf(role).Has(static_cast<Permission>(32 + PERMISSION_READ)));
    EXPECT_FALSE(PermissionsOf(role).Has(static_cast<Permission>(-1)));
  }
}

TEST(PrincipalTest, TheAnonymousReadsThePublicAndNothingElse) {
  const Principal& anonymous = *Principal::Anonymous();
  EXPECT_TRUE(anonymous.anonymous());
  EXPECT_TRUE(anonymous.Allows(PERMISSION_READ_PUBLIC, "any"));
  EXPECT_TRUE(anonymous.Allows(PERMISSION_READ_PUBLIC, "-"));
  EXPECT_FALSE(anonymous.Allows(PERMISSION_READ, "any"));
  EXPECT_FALSE(anonymous.Allows(PERMISSION_READ, ""));
}

TEST(PrincipalTest, ARoleHoldsInItsNewsroomsOnly) {
  const Principal anna("anna", {{{Role::kAuthor}, {"germany", "austria"}}, {{Role::kReader}, {"world"}}});
  EXPECT_FALSE(anna.anonymous());
  EXPECT_TRUE(anna.Allows(PERMISSION_EDIT, "germany"));
  EXPECT_TRUE(anna.Allows(PERMISSION_EDIT, "austria"));
  EXPECT_TRUE(anna.Allows(PERMISSION_READ, "world"));
  EXPECT_FALSE(anna.Allows(PERMISSION_EDIT, "world"));
  EXPECT_FALSE(anna.Allows(PERMISSION_EDIT, "german"));
  EXPECT_FALSE(anna.Allows(PERMISSION_EDIT, "germany2"));
}

TEST(PrincipalTest, EveryNewsroomAtOnceNeedsTheStar) {
  const Principal some("some", {{{Role::kAuthor}, {"germany"}}});
  EXPECT_FALSE(some.Allows(PERMISSION_READ, "-"));
  EXPECT_FALSE(some.Allows(PERMISSION_READ, ""));
  const Principal all("all", {{{Role::kReader}, {"*"}}, {{Role::kAuthor}, {"germany"}}});
  EXPECT_TRUE(all.Allows(PERMISSION_READ, "-"));
  EXPECT_TRUE(all.Allows(PERMISSION_READ, ""));
  EXPECT_TRUE(all.Allows(PERMISSION_EDIT, "germany"));
  EXPECT_FALSE(all.Allows(PERMISSION_EDIT, "-"));
}

TEST(NewsroomOfTest, TakesTheFirstSegmentOnly) {
  EXPECT_EQ(NewsroomOf("newsrooms/germany/releases/r"), "germany");
  EXPECT_EQ(NewsroomOf("newsrooms/germany"), "germany");
  EXPECT_EQ(NewsroomOf("newsrooms/-/releases/-"), "-");
  for (const char* wrong : {"", "newsrooms", "newsrooms/", "newsrooms//releases/r", "/newsrooms/germany",
                            "newsroom/germany", "releases/newsrooms/germany", "Newsrooms/germany"}) {
    EXPECT_EQ(NewsroomOf(wrong), "") << wrong;
  }
}

TEST(CheckAccessTest, SaysWhetherATokenWouldHelp) {
  const absl::Status anonymous = CheckAccess(*Principal::Anonymous(), AUDIENCE_STAFF, PERMISSION_READ, "germany");
  EXPECT_EQ(anonymous.code(), absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(ReasonOf(anonymous), Reason::ERROR_REASON_TOKEN_REQUIRED);

  const Principal reader("rita", {{{Role::kReader}, {"germany"}}});
  const absl::Status denied = CheckAccess(reader, AUDIENCE_STAFF, PERMISSION_PUBLISH, "germany");
  EXPECT_EQ(denied.code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(denied), Reason::ERROR_REASON_PERMISSION_DENIED);
  EXPECT_EQ(ErrorMetadataValue(denied, "permission"), "PUBLISH");
  EXPECT_EQ(ErrorMetadataValue(denied, "newsroom"), "germany");

  EXPECT_TRUE(CheckAccess(reader, AUDIENCE_STAFF, PERMISSION_READ, "germany").ok());
  EXPECT_TRUE(CheckAccess(*Principal::Anonymous(), AUDIENCE_PUBLIC, PERMISSION_READ_PUBLIC, "germany").ok());
}

TEST(CheckAccessTest, TheAnonymousIsRefusedByAudienceEvenWithThePermission) {
  EXPECT_EQ(CheckAccess(*Principal::Anonymous(), AUDIENCE_STAFF, PERMISSION_READ_PUBLIC, "x").code(),
            absl::StatusCode::kUnauthenticated);
  EXPECT_EQ(CheckAccess(*Principal::Anonymous(), common::v1::AUDIENCE_UNSPECIFIED, PERMISSION_READ_PUBLIC, "x").code(),
            absl::StatusCode::kUnauthenticated);
}

TEST(NoAuthenticationTest, EveryCallerIsLocalWithEveryRole) {
  const auto principal = NoAuthentication().Authenticate({});
  ASSERT_TRUE(principal.ok());
  EXPECT_EQ((*principal)->id(), "local");
  EXPECT_TRUE((*principal)->Allows(common::v1::PERMISSION_ADMINISTER, "-"));
}

TEST(CheckLoopbackOnlyTest, NamesTheAddressOthersCouldReach) {
  EXPECT_TRUE(CheckLoopbackOnly({
                                    "127.0.0.1:8443",
                                    "127.9.9.9:0",
                                    "[::1]:8443",
                                    "localhost:1",
                                    "unix:/run/c.sock",
                                })
                  .ok());
  for (const char* open : {"0.0.0.0:8443", "[::]:8443", "10.0.0.1:1", "releases:8443", "localhost.example.org:1", ":1",
                           "[::ffff:10.0.0.1]:1", "128.0.0.1:1", "127.0.0.1.example.org:1", "[::1"}) {
    const absl::Status status = CheckLoopbackOnly({"127.0.0.1:1", open});
    EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition) << open;
    EXPECT_NE(status.message().find(open), absl::string_view::npos) << status;
  }
}

}  // namespace
}  // namespace communique::platform
