// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The service at a shell with a real grpcurl: what people and integration tests that have no stubs of their own see.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/testing/run_program.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

using Words = std::vector<std::string>;

Outcome Grpcurl(const Words& words) {
  Words command = {".tools/bin/grpcurl", "-plaintext", "-max-time", "20"};
  command.insert(command.end(), words.begin(), words.end());
  return RunProgram(std::move(command));
}

class GrpcurlTest : public ::testing::Test {
 protected:
  // A call of the releases service at the internal listener.
  Outcome Call(const std::string& method, const std::string& request) {
    return Grpcurl({"-d", request, process_.internal(), "communique.releases.v1." + method});
  }
  nlohmann::json Must(const std::string& method, const std::string& request) {
    const Outcome outcome = Call(method, request);
    EXPECT_TRUE(outcome.ok()) << method << ": " << outcome;
    return outcome.ok() ? outcome.Json() : nlohmann::json::object();
  }
  void MakeNewsroom() {
    Must("NewsroomService/CreateNewsroom",
         R"({"newsroom_id": "river-aid", "newsroom": {"display_name": "River Aid", "source_language": "en",
             "time_zone": "Europe/Zurich", "policy": {"allow_self_approval": true}}})");
  }

  ReleasesData data_{"sqlite"};
  ReleasesProcess process_{data_.FlagsAnd({"--server.reflection=true"})};
};

TEST_F(GrpcurlTest, ListsAndDescribesByReflection) {
  EXPECT_EQ(Grpcurl({process_.internal(), "list"}).out,
            "communique.releases.v1.BoilerplateService\n"
            "communique.releases.v1.EditionService\n"
            "communique.releases.v1.NewsroomService\n"
            "communique.releases.v1.PersonalDataService\n"
            "communique.releases.v1.ReleaseService\n"
            "communique.releases.v1.SectionService\n"
            "grpc.health.v1.Health\n"
            "grpc.reflection.v1alpha.ServerReflection\n");
  EXPECT_THAT(Grpcurl({process_.internal(), "list", "communique.releases.v1.EditionService"}).out,
              AllOf(HasSubstr("communique.releases.v1.EditionService.GetEdition\n"),
                    HasSubstr("communique.releases.v1.EditionService.WatchEditions\n")));
  // Options, too, so that who may call is read off the server.
  EXPECT_THAT(Grpcurl({process_.internal(), "describe", "communique.releases.v1.ReleaseService.PublishRelease"}).out,
              AllOf(HasSubstr("rpc PublishRelease ( .communique.releases.v1.PublishReleaseRequest )"),
                    HasSubstr("permission: PERMISSION_PUBLISH")));
  EXPECT_THAT(Grpcurl({process_.internal(), "describe", ".communique.releases.v1.GetEditionRequest"}).out,
              HasSubstr("string if_none_match = 2"));
}

TEST_F(GrpcurlTest, ThePublicListenerAndProductionAreNotDescribed) {
  const Outcome from_outside = Grpcurl({process_.public_reads(), "list"});
  EXPECT_EQ(from_outside.status, 1);
  EXPECT_THAT(from_outside.err, HasSubstr("server does not support the reflection API"));
  ReleasesData other("sqlite");
  const ReleasesProcess production(other.flags());
  EXPECT_THAT(Grpcurl({production.internal(), "list"}).err, HasSubstr("server does not support the reflection API"));
}

TEST_F(GrpcurlTest, ThePublicListenerIsCalledWithTheProtos) {
  const auto call = [this](const std::string& method, const std::string& request) {
    return Grpcurl({"-import-path", "protos", "-import-path", ".tools/googleapis", "-proto",
                    "communique/releases/v1/edition_service.proto", "-proto",
                    "communique/releases/v1/newsroom_service.proto", "-d", request, process_.public_reads(),
                    "communique.releases.v1." + method});
  };
  const Outcome list = call("EditionService/ListEditions", R"({"parent": "newsrooms/-/releases/-"})");
  ASSERT_TRUE(list.ok()) << list;
  EXPECT_TRUE(list.Json().contains("watchToken"));
  EXPECT_THAT(call("NewsroomService/ListNewsrooms", "{}").err, HasSubstr("Code: Unimplemented"));
}

TEST_F(GrpcurlTest, WalksAReleaseToItsReaders) {
  MakeNewsroom();
  const std::string start =
      Must("ReleaseService/ListReleases", R"({"parent": "newsrooms/river-aid"})")["watch_token"].dump();
  const std::string name = R"("name": "newsrooms/river-aid/releases/well")";
  auto release = Must("ReleaseService/CreateRelease",
                      R"({"parent": "newsrooms/river-aid", "release_id": "well", "release": {"content": {
                          "headline": "River Aid opens its hundredth well",
                          "lead": {"paragraph": {"text": "River Aid opened its hundredth well in Riverton."}}}}})");
  EXPECT_EQ(release.value("state", ""), "STATE_DRAFT");
  const auto verb = [&](const std::string& method, const std::string& more = "") {
    const std::string etag = nlohmann::json(release.value("etag", "")).dump();
    release = Must("ReleaseService/" + method, "{" + name + R"(, "etag": )" + etag + more + "}");
  };
  verb("SubmitRelease");
  verb("ApproveRelease");
  verb("PublishRelease", R"(, "languages": ["en"])");
  EXPECT_EQ(release.value("state", ""), "STATE_PUBLISHED");
  const std::string edition = R"({"name": "newsrooms/river-aid/releases/well/editions/en"})";
  EXPECT_EQ(Must("EditionService/GetEdition", edition)["content"].value("headline", ""),
            "River Aid opens its hundredth well");
  EXPECT_EQ(Must("EditionService/RenderEdition",
                 R"({"name": "newsrooms/river-aid/releases/well/editions/en", "format": "RENDER_FORMAT_PLAIN_TEXT"})")
                .value("media_type", ""),
            "text/plain; charset=utf-8");
  verb("WithdrawRelease", R"(, "withdrawal": {"kind": "KIND_GONE"})");
  EXPECT_EQ(Must("EditionService/GetEdition", edition).value("visibility", ""), "VISIBILITY_TOMBSTONE");
  // The stream of what happened, from before the first event; grpcurl ends it after a second.
  const Outcome watched = Grpcurl({"-max-time", "1", "-d", R"({"parent": "newsrooms/-", "watch_token": )" + start + "}",
                                   process_.internal(), "communique.releases.v1.ReleaseService/WatchReleases"});
  EXPECT_THAT(watched.out, AllOf(HasSubstr("VERB_CREATED"), HasSubstr("VERB_PUBLISHED"), HasSubstr("VERB_WITHDRAWN")));
}

TEST_F(GrpcurlTest, ErrorsSayWhatIsWrongAndWhere) {
  MakeNewsroom();
  const Outcome absent = Call("EditionService/GetEdition", R"({"name": "newsrooms/river-aid/releases/x/editions/en"})");
  EXPECT_EQ(absent.status, 64 + 5) << absent;  // grpcurl's way of saying NOT_FOUND
  EXPECT_THAT(
      absent.err,
      AllOf(HasSubstr("Code: NotFound"), HasSubstr("google.rpc.ErrorInfo"), HasSubstr(R"("reason": "NOT_FOUND")"),
            HasSubstr(R"("domain": "communique.releases.v1")"), HasSubstr("google.rpc.RequestInfo")));
  const Outcome wrong = Call("NewsroomService/CreateNewsroom",
                             R"({"newsroom_id": "sea-aid", "newsroom": {"display_name": "River Aid",
                                 "source_language": "en_US", "time_zone": "Mars/Olympus"}})");
  EXPECT_THAT(wrong.err, AllOf(HasSubstr("Code: InvalidArgument"), HasSubstr("google.rpc.BadRequest"),
                               HasSubstr(R"("field": "newsroom.time_zone")"),
                               HasSubstr(R"("field": "newsroom.source_language")")));
  const Outcome stale = Call("NewsroomService/UpdateNewsroom",
                             R"({"newsroom": {"name": "newsrooms/river-aid", "etag": "\"7\"", "display_name": "X"}})");
  EXPECT_THAT(stale.err, AllOf(HasSubstr("Code: Aborted"), HasSubstr(R"("reason": "ETAG_MISMATCH")")));
}

TEST_F(GrpcurlTest, HealthIsTold) {
  for (const std::string& target : {process_.ops_grpc(), process_.internal()}) {
    const Outcome whole = Grpcurl({target, "grpc.health.v1.Health/Check"});
    // The ops listener has no reflection: with the proto.
    const Outcome health = whole.ok() ? whole
                                      : Grpcurl({"-import-path", COMMUNIQUE_GRPC_PROTOS, "-proto",
                                                 "grpc/health/v1/health.proto", target, "grpc.health.v1.Health/Check"});
    ASSERT_TRUE(health.ok()) << health;
    EXPECT_EQ(health.Json().value("status", ""), "SERVING");
  }
  EXPECT_EQ(process_.HttpStatus("/livez"), "200 OK");
  EXPECT_EQ(process_.HttpStatus("/readyz"), "200 OK");
}

}  // namespace
}  // namespace communique::testing
