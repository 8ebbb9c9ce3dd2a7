// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include <fstream>

#include "communique/releases/v1/release_service.pb.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/process.h"
#include "services/platform/testing/temporary_folder.h"
#include "tools/communique/connection.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using platform::Reason;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::SizeIs;

class ClientTest : public CommandTest {
 protected:
  void SetUp() override {
    release_.set_name("newsrooms/a/releases/b");
    release_.set_etag("\"7\"");
  }

  releases::v1::Release release_;
};

TEST_F(ClientTest, TriesAgainWhileTheServerIsUnavailable) {
  server_.Fail("GetRelease", absl::UnavailableError("not yet"));
  server_.Fail("GetRelease", absl::UnavailableError("not yet"));
  server_.Answer("GetRelease", release_);
  EXPECT_EQ(Run({"release", "get", "a/b"}).code, kExitOk);
  EXPECT_THAT(server_.received(), SizeIs(3));
  ASSERT_THAT(pauses_, SizeIs(2));
  EXPECT_THAT(pauses_[0], testing::AllOf(Ge(absl::Milliseconds(80)), Le(absl::Milliseconds(120))));
  EXPECT_THAT(pauses_[1], testing::AllOf(Ge(absl::Milliseconds(160)), Le(absl::Milliseconds(240))));
}

TEST_F(ClientTest, GivesUpAfterTheRetriesItHas) {
  server_.Fail("GetRelease", absl::UnavailableError("not yet"));
  EXPECT_EQ(Run({"release", "get", "a/b", "--retries", "2"}).code, kExitFailed);
  EXPECT_THAT(server_.received(), SizeIs(3));
  EXPECT_EQ(Run({"release", "get", "a/b", "--retries", "0"}).code, kExitFailed);
  EXPECT_THAT(server_.received(), SizeIs(4));
}

TEST_F(ClientTest, WaitsAsLongAsTheServerAsks) {
  server_.Fail("GetRelease", platform::Exhausted(Reason::ERROR_REASON_OVERLOADED, "busy", absl::Seconds(3)));
  server_.Answer("GetRelease", release_);
  EXPECT_EQ(Run({"release", "get", "a/b"}).code, kExitOk);
  EXPECT_THAT(pauses_, ElementsAre(absl::Seconds(3)));
}

TEST_F(ClientTest, DoesNotWaitBeyondTheDeadline) {
  server_.Fail("GetRelease", platform::Unavailable(Reason::ERROR_REASON_DATABASE_UNAVAILABLE, "x", absl::Minutes(5)));
  const Result result = Run({"release", "get", "a/b", "--deadline", "10s"});
  EXPECT_EQ(result.code, kExitFailed);
  EXPECT_THAT(result.err, HasSubstr("DATABASE_UNAVAILABLE"));
  EXPECT_THAT(pauses_, SizeIs(0));
}

TEST_F(ClientTest, RepeatsNothingElse) {
  server_.Fail("GetRelease", absl::InternalError("x"));
  server_.Fail("GetRelease", absl::AbortedError("x"));
  server_.Fail("GetRelease", absl::ResourceExhaustedError("too large"));
  for (int i = 1; i <= 3; ++i) {
    EXPECT_EQ(Run({"release", "get", "a/b"}).code, kExitFailed);
    EXPECT_THAT(server_.received(), SizeIs(i));
  }
}

TEST_F(ClientTest, ARepeatedChangeIsTheSameChange) {
  server_.Answer("GetRelease", release_);
  server_.Fail("SubmitRelease", absl::UnavailableError("broken off"));
  server_.Answer("SubmitRelease", release_);
  EXPECT_EQ(Run({"release", "submit", "a/b"}).code, kExitOk);
  const auto received = server_.received();
  EXPECT_THAT(Methods(), ElementsAre("GetRelease", "SubmitRelease", "SubmitRelease"));
  EXPECT_EQ(received[1].bytes, received[2].bytes);
  EXPECT_THAT(received[1].As<releases::v1::SubmitReleaseRequest>().request_id(), SizeIs(36));
}

TEST_F(ClientTest, EndsAtTheDeadline) {
  server_.Hang("GetRelease");
  const Result result = Run({"release", "get", "a/b", "--deadline", "200ms"});
  EXPECT_EQ(result.code, kExitFailed);
  EXPECT_THAT(result.err, HasSubstr("DEADLINE_EXCEEDED"));
  EXPECT_THAT(result.err, HasSubstr("--deadline 2m"));
}

TEST_F(ClientTest, SaysWhereTheServerMayBeWhenThereIsNone) {
  const Result result = RunElsewhere({"release", "get", "a/b", "--server", "127.0.0.1:1"});
  EXPECT_EQ(result.code, kExitFailed);
  EXPECT_THAT(result.err, HasSubstr("Is the server running"));
  EXPECT_THAT(pauses_, SizeIs(4));
}

TEST(ConnectionTest, KnowsThisMachine) {
  for (const char* here : {"localhost:1", "127.0.0.1:1", "127.1.2.3:1", "[::1]:1", "unix:path/to.sock"}) {
    EXPECT_TRUE(IsLoopback(here)) << here;
  }
  for (const char* elsewhere : {"releases:7401", "10.0.0.1:1", "localhost.example.org:1", "[::2]:1", "0.0.0.0:1"}) {
    EXPECT_FALSE(IsLoopback(elsewhere)) << elsewhere;
  }
}

ConnectionOptions To(const char* server) {
  ConnectionOptions options;
  options.server = server;
  return options;
}

TEST(ConnectionTest, WantsAnAddress) {
  for (const char* wrong : {"", "localhost", "localhost:", "localhost:http", ":7401", "unix:"}) {
    EXPECT_EQ(ExitCodeOf(Connect(To(wrong)).status()), kExitUsage) << wrong;
  }
  for (const char* right : {"localhost:1", "[::1]:7401", "unix:a.sock"}) EXPECT_TRUE(Connect(To(right)).ok()) << right;
}

// A server with a certificate of its own making for this machine.
class TlsTest : public ClientTest {
 protected:
  void SetUp() override {
    ClientTest::SetUp();
    ASSERT_EQ(platform::RunProcess({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                                    "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
                                    "subjectAltName=IP:127.0.0.1", "-keyout", key_, "-out", certificate_},
                                   {"", folder_.File("log"), {}}),
              0);
    tls_ = std::make_unique<FakeServer>(Read(key_), Read(certificate_));
    tls_->Answer("GetRelease", release_);
  }

  static std::string Read(const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }

  platform::TemporaryFolder folder_;
  std::string key_ = folder_.File("key.pem");
  std::string certificate_ = folder_.File("certificate.pem");
  std::unique_ptr<FakeServer> tls_;
};

TEST_F(TlsTest, TrustsTheAuthoritiesItIsGiven) {
  const Result result = RunElsewhere({"release", "get", "a/b", "--server", tls_->address(), "--ca-file", certificate_});
  EXPECT_EQ(result.code, kExitOk) << result.err;
}

TEST_F(TlsTest, TrustsNobodyElse) {
  const Result result = RunElsewhere({"release", "get", "a/b", "--server", tls_->address(), "--tls", "--retries", "0"});
  EXPECT_EQ(result.code, kExitFailed);
  EXPECT_THAT(result.err, HasSubstr("UNAVAILABLE"));
  EXPECT_THAT(tls_->received(), SizeIs(0));
}

TEST_F(TlsTest, WantsCertificatesInTheFile) {
  for (const std::string& file : {key_, folder_.File("missing")}) {
    const Result result = RunElsewhere({"release", "get", "a/b", "--server", tls_->address(), "--ca-file", file});
    EXPECT_EQ(result.code, kExitUsage);
    EXPECT_THAT(result.err, HasSubstr("PEM certificates"));
  }
}

}  // namespace
}  // namespace communique::command
