// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/server/server_tls.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "grpc/health/v1/health.grpc.pb.h"
#include "services/platform/server/api_server.h"
#include "services/platform/server/grpc_log.h"
#include "services/platform/server/health_service.h"
#include "services/platform/server/memory_file.h"
#include "services/platform/server/testing/test_certificates.h"
#include "services/platform/testing/captured_log.h"
#include "services/platform/testing/golden.h"

namespace communique::platform {
namespace {

using ::testing::HasSubstr;

TEST(MemoryFileTest, IsReplacedAsAWholeUnderOnePath) {
  MemoryFile file;
  ASSERT_TRUE(file.Replace("one").ok());
  const std::string path = file.path();
  EXPECT_EQ(TestCertificates::Read(path), "one");
  std::ifstream open_before(path);
  ASSERT_TRUE(file.Replace(std::string(100'000, 'x')).ok());
  EXPECT_EQ(file.path(), path);
  EXPECT_EQ(TestCertificates::Read(path).size(), 100'000U);
  std::string still;
  open_before >> still;
  EXPECT_EQ(still, "one") << "who reads the old one reads it to its end";
}

// A server with the files server.crt, server.key (and ca.crt with `client_ca`).
class ServerTlsTest : public testing::Test {
 protected:
  void Install(const std::string& certificate, const std::string& key) {
    TestCertificates::Write(options_.certificate_file, TestCertificates::Read(certificates_.Certificate(certificate)));
    TestCertificates::Write(options_.key_file, TestCertificates::Read(certificates_.Key(key)));
  }

  void StartServer(const std::string& client_ca = "") {
    options_.client_ca_file = client_ca.empty() ? "" : certificates_.Certificate(client_ca);
    options_.reload_interval = absl::Hours(1);  // the tests say when to look
    auto tls = ServerTls::Open(options_, clock_, log_.log(), metrics_);
    ASSERT_TRUE(tls.ok()) << tls.status();
    tls_ = *std::move(tls);
    ApiServer::Setup setup{"listen.internal", "127.0.0.1:0", tls_->Credentials(/*ask_clients=*/true), false, {}};
    setup.services.push_back(MakeHealthService(health_));
    health_.SetReady(true);
    auto api = ApiServer::Start(std::move(setup), server_options_);
    ASSERT_TRUE(api.ok()) << api.status();
    api_ = *std::move(api);
  }

  // What a client hears on a new connection that trusts `root`, and shows `identity`.
  grpc::Status Call(const std::string& root, const std::string& identity = "", bool wait_for_ready = false) {
    grpc::SslCredentialsOptions options;
    options.pem_root_certs = TestCertificates::Read(certificates_.Certificate(root));
    if (!identity.empty()) {
      options.pem_cert_chain = TestCertificates::Read(certificates_.Certificate(identity));
      options.pem_private_key = TestCertificates::Read(certificates_.Key(identity));
    }
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetSslTargetNameOverride("localhost");
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
    const auto channel = grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(api_->port()),
                                                   grpc::SslCredentials(options), arguments);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    context.set_wait_for_ready(wait_for_ready);
    grpc::health::v1::HealthCheckResponse response;
    return grpc::health::v1::Health::NewStub(channel)->Check(&context, {}, &response);
  }

  // Tries until a handshake succeeds: gRPC takes a new pair up within its interval of a second, and tells nobody.
  grpc::Status CallWhenTrusted(const std::string& root) { return Call(root, "", /*wait_for_ready=*/true); }

  double Metric(const std::string& name) {
    const std::string page = metrics_.Text();
    const auto at = page.find("\n" + name + " ");
    return at == std::string::npos ? -1 : std::stod(page.substr(at + name.size() + 2));
  }

  TestCertificates certificates_;
  TlsOptions options_{certificates_.Path("server.crt"), certificates_.Path("server.key"), "", absl::Hours(1)};
  ServerOptions server_options_;
  SystemClock clock_;
  CapturedLog log_;
  GrpcLogRoute grpc_log_{log_.log()};
  Metrics metrics_;
  Health health_;
  std::unique_ptr<ServerTls> tls_;
  std::unique_ptr<ApiServer> api_;
};

TEST_F(ServerTlsTest, ServesWithTheCertificateOfTheFiles) {
  certificates_.MakeSelfSigned("a");
  certificates_.MakeSelfSigned("b");
  Install("a", "a");
  StartServer();
  EXPECT_TRUE(Call("a").ok()) << Call("a").error_message();
  EXPECT_EQ(Call("b").error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_GT(Metric("communique_tls_certificate_expiry_timestamp_seconds"), absl::ToUnixSeconds(absl::Now()));
  ExpectGolden("services/platform/server/testdata/tls_metrics.golden", metrics_.Describe());
}

TEST_F(ServerTlsTest, TakesUpANewPairWhileItRuns) {
  certificates_.MakeSelfSigned("a");
  certificates_.MakeSelfSigned("b");
  Install("a", "a");
  StartServer();
  ASSERT_TRUE(Call("a").ok());
  Install("b", "b");
  ASSERT_TRUE(tls_->CheckNow().ok());
  EXPECT_TRUE(CallWhenTrusted("b").ok());
  EXPECT_FALSE(Call("a").ok());
  EXPECT_EQ(Metric("communique_tls_reloads_total"), 2);
}

TEST_F(ServerTlsTest, KeepsTheOldPairWhenTheNewOneIsBad) {
  certificates_.MakeSelfSigned("a");
  certificates_.MakeSelfSigned("b");
  Install("a", "a");
  StartServer();
  Install("b", "a");
  const absl::Status mismatched = tls_->CheckNow();
  EXPECT_THAT(std::string(mismatched.message()), HasSubstr("tls.key_file: is not the key of the certificate"));
  EXPECT_FALSE(tls_->CheckNow().ok());
  EXPECT_EQ(Metric("communique_tls_files_rejected"), 1);
  EXPECT_TRUE(Call("a").ok()) << "the old pair still serves";

  TestCertificates::Write(options_.key_file, "half a file");
  EXPECT_THAT(std::string(tls_->CheckNow().message()), HasSubstr("holds no private key"));
  std::remove(options_.key_file.c_str());
  EXPECT_THAT(std::string(tls_->CheckNow().message()), HasSubstr("cannot read"));
  EXPECT_TRUE(Call("a").ok());

  Install("b", "b");
  EXPECT_TRUE(tls_->CheckNow().ok());
  EXPECT_EQ(Metric("communique_tls_files_rejected"), 0);
  EXPECT_TRUE(CallWhenTrusted("b").ok());

  const std::string log = log_.Text();
  EXPECT_THAT(log, HasSubstr("TLS files cannot be used"));
  EXPECT_EQ(log.find("is not the key", log.find("is not the key") + 1), std::string::npos) << "said once: " << log;
}

TEST_F(ServerTlsTest, AsksClientsForACertificateOfTheAuthority) {
  certificates_.MakeSelfSigned("a");
  certificates_.MakeSelfSigned("ca");
  certificates_.MakeSelfSigned("stranger");
  certificates_.MakeSigned("client", "ca");
  Install("a", "a");
  StartServer("ca");
  EXPECT_TRUE(Call("a", "client").ok()) << Call("a", "client").error_message();
  EXPECT_FALSE(Call("a").ok());
  EXPECT_FALSE(Call("a", "stranger").ok());
}

TEST_F(ServerTlsTest, DoesNotStartWithBadFiles) {
  certificates_.MakeSelfSigned("a");
  certificates_.MakeSelfSigned("b");
  const auto problem = [this] {
    return std::string(ServerTls::Open(options_, clock_, log_.log(), metrics_).status().message());
  };
  EXPECT_THAT(problem(), HasSubstr("tls.certificate_file: cannot read " + options_.certificate_file +
                                   ": No such file or directory"));
  Install("a", "b");
  EXPECT_THAT(problem(), HasSubstr("tls.key_file: is not the key of the certificate in tls.certificate_file"));
  Install("a", "a");
  TestCertificates::Write(options_.certificate_file, "nothing");
  EXPECT_THAT(problem(), HasSubstr("tls.certificate_file: holds no certificate"));
}

TEST_F(ServerTlsTest, SaysWhenACertificateIsNotValidNow) {
  certificates_.MakeSelfSigned("a", 1);
  const TlsFiles files{TestCertificates::Read(certificates_.Certificate("a")),
                       TestCertificates::Read(certificates_.Key("a")), ""};
  const absl::Time now = absl::Now();
  const auto until = CheckTlsFiles(files, now);
  ASSERT_TRUE(until.ok()) << until.status();
  EXPECT_LT(*until, now + absl::Hours(25));
  EXPECT_THAT(std::string(CheckTlsFiles(files, now + absl::Hours(25)).status().message()),
              HasSubstr("tls.certificate_file: ended on "));
  EXPECT_THAT(std::string(CheckTlsFiles(files, now - absl::Hours(1)).status().message()),
              HasSubstr("tls.certificate_file: is not valid before "));
}

}  // namespace
}  // namespace communique::platform
