// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/errors.h"

#include <gtest/gtest.h>

#include <sstream>

#include "services/platform/errors/error.h"
#include "services/platform/testing/golden.h"

namespace communique::command {
namespace {

using platform::Reason;

// As it comes over the wire.
absl::Status Sent(const absl::Status& status) {
  const auto wire = platform::ToRpcStatus(status, "communique.releases.v1", "0192-request");
  return FromGrpc({static_cast<grpc::StatusCode>(wire.code()), wire.message(), wire.SerializeAsString()});
}

std::string Printed(const absl::Status& status, Output output = Output::kText) {
  std::ostringstream err;
  PrintError(err, output, status);
  return err.str();
}

TEST(PrintErrorTest, SaysNothingOfSuccess) {
  EXPECT_EQ(Printed(absl::OkStatus()), "");
  EXPECT_EQ(Printed(absl::OkStatus(), Output::kJson), "");
}

TEST(PrintErrorTest, ListsWrongFields) {
  platform::FieldViolations violations;
  violations.Add("newsroom.source_language", "\"deutsch\" is no language tag; give a BCP 47 tag such as de");
  violations.Add("newsroom.time_zone", "there is no time zone Europe/Genf");
  EXPECT_EQ(Printed(Sent(violations.ToStatus())),
            "communique: INVALID_ARGUMENT: 2 fields are wrong\n"
            "  newsroom.source_language: \"deutsch\" is no language tag; give a BCP 47 tag such as de\n"
            "  newsroom.time_zone: there is no time zone Europe/Genf\n"
            "  reason: FIELD_INVALID\n"
            "  request id: 0192-request\n");
}

TEST(PrintErrorTest, SaysHowManyMoreFieldsAreWrong) {
  platform::FieldViolations violations;
  for (int i = 0; i < 23; ++i) violations.Add("f" + std::to_string(i), "is wrong");
  EXPECT_EQ(Printed(Sent(violations.ToStatus())).substr(0, 67),
            "communique: INVALID_ARGUMENT: 20 fields are wrong and 3 more\n  f0: ");
}

TEST(PrintErrorTest, GivesEachConflictOfAMergeALine) {
  const std::string a = "newsrooms/n/contacts/a";
  const std::string b = "newsrooms/n/contacts/b";
  const auto conflict = [&](const std::string& description) {
    return Printed(Sent(platform::FailedPrecondition(Reason::ERROR_REASON_MERGE_CONFLICT, a, description)));
  };
  EXPECT_EQ(
      conflict("cannot be taken together: relation: " + b + " has another relation than " + a + "; role_titles: " + b +
               " has another role in \"de\" than " + a + ". With keep_primary, those of " + a + " hold"),
      "communique: FAILED_PRECONDITION: cannot be taken together\n"
      "  relation: newsrooms/n/contacts/b has another relation than newsrooms/n/contacts/a\n"
      "  role_titles: newsrooms/n/contacts/b has another role in \"de\" than newsrooms/n/contacts/a\n"
      "  reason: MERGE_CONFLICT\n"
      "  request id: 0192-request\n"
      "  With --keep-primary, those of newsrooms/n/contacts/a hold.\n");
  EXPECT_EQ(
      conflict("cannot be taken together: state: " + b + " is not in the state that " + a +
               " is in; confirm, deactivate or reactivate one of them first; emails: 12 together; at most 10 are "
               "allowed, take some out first"),
      "communique: FAILED_PRECONDITION: cannot be taken together\n"
      "  state: newsrooms/n/contacts/b is not in the state that newsrooms/n/contacts/a is in; confirm, deactivate or "
      "reactivate one of them first\n"
      "  emails: 12 together; at most 10 are allowed, take some out first\n"
      "  reason: MERGE_CONFLICT\n"
      "  request id: 0192-request\n"
      "  What each of them is and has, is shown by: communique contact get\n");
}

TEST(PrintErrorTest, SaysHowAContactThatIsThereGetsItsGround) {
  EXPECT_NE(Printed(Sent(platform::FailedPrecondition(Reason::ERROR_REASON_BASIS_REQUIRED, "newsrooms/n/contacts/a",
                                                      "a JOURNALIST needs a ground")))
                .find("communique contact consent record --event declared\n"),
            std::string::npos);
}

TEST(PrintErrorTest, SaysWhoHoldsOnToWhatCannotGo) {
  const auto in_use = [](const std::string& resource) {
    return Printed(Sent(platform::FailedPrecondition(Reason::ERROR_REASON_IN_USE, resource, "is in use")));
  };
  EXPECT_NE(in_use("newsrooms/n/contacts/a")
                .find("  Who they are is shown by: communique contact list --newsroom newsrooms/n --filter "
                      "'substitute=\"newsrooms/n/contacts/a\"'\n"),
            std::string::npos);
  EXPECT_NE(in_use("newsrooms/n/organizations/o")
                .find("communique contact list --newsroom newsrooms/n --filter "
                      "'organization=\"newsrooms/n/organizations/o\"' and communique organization list --newsroom "
                      "newsrooms/n --filter 'parent_organization=\"newsrooms/n/organizations/o\"'\n"),
            std::string::npos);
}

TEST(PrintErrorTest, KeepsAMessageThatSaysMoreThanItsFields) {
  EXPECT_EQ(Printed(Sent(platform::FieldNotSupported("media", "pictures come with the media service"))),
            "communique: INVALID_ARGUMENT: 1 field is wrong\n"
            "  media: pictures come with the media service\n"
            "  reason: FIELD_NOT_SUPPORTED\n"
            "  request id: 0192-request\n");
}

TEST(PrintErrorTest, SaysWhatAPreconditionIsAndWhatToDo) {
  EXPECT_EQ(Printed(Sent(platform::FailedPrecondition(Reason::ERROR_REASON_APPROVAL_MISSING, "newsrooms/a/releases/b",
                                                      "revision 2 is not approved",
                                                      {{"revision", "2"}, {"digest", "9f86"}}))),
            "communique: FAILED_PRECONDITION: revision 2 is not approved\n"
            "  reason: APPROVAL_MISSING (digest 9f86, revision 2)\n"
            "  request id: 0192-request\n"
            "  Submit the text and have it approved: communique release submit, communique release approve\n");
}

TEST(PrintErrorTest, NamesTheEtagThereIs) {
  EXPECT_EQ(Printed(Sent(platform::EtagMismatch("newsrooms/a/releases/b", "\"8\""))),
            "communique: ABORTED: newsrooms/a/releases/b has changed since you read it; its etag is now \"8\". Read it "
            "again and make your change to what it is now\n"
            "  reason: ETAG_MISMATCH (etag \"8\", resource newsrooms/a/releases/b)\n"
            "  request id: 0192-request\n"
            "  Without an etag (--etag, or in a --file) the command takes the version there is now; look at it first "
            "with: communique release "
            "get\n");
}

TEST(PrintErrorTest, OfAnErrorWithoutDetailsThereIsTheMessage) {
  EXPECT_EQ(Printed(absl::NotFoundError("gone")), "communique: NOT_FOUND: gone\n");
}

TEST(PrintErrorTest, LetsNoServerWriteToTheTerminal) {
  EXPECT_EQ(Printed(absl::InternalError("a\x1b[2Jb\nc")), "communique: INTERNAL: a\uFFFD[2Jb c\n");
}

TEST(PrintErrorTest, TellsOwnErrorsAsTheyStand) {
  EXPECT_EQ(Printed(LocalError("there is no block b9")), "communique: there is no block b9\n");
  EXPECT_EQ(Printed(UsageError("no such file")), "communique: no such file\nRun with --help for more information.\n");
}

TEST(PrintErrorTest, IsGoogleRpcStatusForPrograms) {
  platform::ExpectGolden("tools/communique/testdata/error_json.golden",
                         Printed(Sent(platform::NotFound("release", "newsrooms/a/releases/b")), Output::kJson));
  EXPECT_EQ(Printed(LocalError("there is no block b9"), Output::kJsonLines),
            "{\"code\":9,\"message\":\"there is no block b9\"}\n");
}

TEST(FromGrpcTest, TakesNoDetailsThatAreNone) {
  const auto status = FromGrpc({grpc::StatusCode::NOT_FOUND, "gone", "\xff\xff"});
  EXPECT_EQ(status, absl::NotFoundError("gone"));
  google::rpc::Status other;
  other.set_code(3);
  EXPECT_EQ(FromGrpc({grpc::StatusCode::NOT_FOUND, "gone", other.SerializeAsString()}).code(),
            absl::StatusCode::kNotFound);
}

TEST(ExitCodeTest, TellsWhatScriptsNeed) {
  EXPECT_EQ(ExitCodeOf(absl::OkStatus()), kExitOk);
  EXPECT_EQ(ExitCodeOf(absl::InvalidArgumentError("x")), kExitFailed);
  EXPECT_EQ(ExitCodeOf(absl::UnavailableError("x")), kExitFailed);
  EXPECT_EQ(ExitCodeOf(LocalError("x")), kExitFailed);
  EXPECT_EQ(ExitCodeOf(UsageError("x")), kExitUsage);
  EXPECT_EQ(ExitCodeOf(absl::NotFoundError("x")), kExitNotFound);
}

}  // namespace
}  // namespace communique::command
