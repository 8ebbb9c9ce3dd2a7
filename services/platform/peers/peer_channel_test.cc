// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// How a peer is reached: TLS, plaintext, and what is wrong with a configuration.

#include "services/platform/peers/peer_channel.h"

#include <gmock/gmock.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/platform/peers/peer_settings.h"
#include "services/platform/rpc/testing/note_service.grpc.pb.h"
#include "services/platform/server/testing/test_certificates.h"

namespace communique::platform {
namespace {

using ::testing::HasSubstr;

// Servers with gRPC's own health service, which a channel asks before it calls the connection ready.
class WithHealth {
 public:
  WithHealth() { grpc::EnableDefaultHealthCheckService(true); }
  ~WithHealth() { grpc::EnableDefaultHealthCheckService(false); }
};

// A server with TLS whose methods are never called: whether a channel connects is all that is asked here.
class TlsServer {
 public:
  // `ca`: callers must show a certificate of this authority.
  TlsServer(const TestCertificates& files, const std::string& name, const std::string& ca = "") {
    grpc::SslServerCredentialsOptions options(ca.empty() ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
                                                         : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_key_cert_pairs.push_back({files.Read(files.Key(name)), files.Read(files.Certificate(name))});
    if (!ca.empty()) options.pem_root_certs = files.Read(files.Certificate(ca));
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(options), &port_);
    builder.RegisterService(&notes_);
    server_ = builder.BuildAndStart();
  }
  std::string At(const std::string& host) const { return absl::StrCat(host, ":", port_); }

 private:
  rpctest::v1::NoteService::CallbackService notes_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

class PeerChannelTest : public ::testing::Test {
 protected:
  PeerChannelTest() { options_.name = "notes"; }

  bool Connects(absl::Duration patience = absl::Seconds(10)) {
    const auto channel = MakePeerChannel(options_);
    EXPECT_TRUE(channel.ok()) << channel.status();
    return channel.ok() && (*channel)->WaitForConnected(absl::ToChronoTime(absl::Now() + patience));
  }
  std::string Problem() { return std::string(MakePeerChannel(options_).status().message()); }

  const WithHealth with_health_;
  TestCertificates files_;
  PeerOptions options_;
};

TEST_F(PeerChannelTest, TrustsTheAuthoritiesItWasGivenAndChecksTheName) {
  files_.MakeSelfSigned("good");
  files_.MakeSelfSigned("other");
  const TlsServer server(files_, "good");
  options_.address = server.At("localhost");
  options_.ca_file = files_.Certificate("good");
  EXPECT_TRUE(Connects());
  options_.ca_file = files_.Certificate("other");
  EXPECT_FALSE(Connects(absl::Milliseconds(500)));
  // The certificate is for "localhost".
  options_.ca_file = files_.Certificate("good");
  options_.address = server.At("127.0.0.1");
  EXPECT_FALSE(Connects(absl::Milliseconds(500)));
}

TEST_F(PeerChannelTest, ShowsItsCertificate) {
  files_.MakeSelfSigned("ca");
  files_.MakeSelfSigned("server");
  files_.MakeSigned("contacts", "ca");
  const TlsServer server(files_, "server", "ca");
  options_.address = server.At("localhost");
  options_.ca_file = files_.Certificate("server");
  options_.certificate_file = files_.Certificate("contacts");
  options_.key_file = files_.Key("contacts");
  EXPECT_TRUE(Connects());
}

TEST_F(PeerChannelTest, DoesWithoutTlsOnThisMachineAndWhereToldTo) {
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("0.0.0.0:0", grpc::InsecureServerCredentials(), &port);
  rpctest::v1::NoteService::CallbackService notes;
  builder.RegisterService(&notes);
  const auto server = builder.BuildAndStart();
  options_.address = absl::StrCat("127.0.0.1:", port);
  EXPECT_TRUE(Connects());
  // The same machine by an address that could be another one.
  options_.address = absl::StrCat("0.0.0.0:", port);
  EXPECT_FALSE(Connects(absl::Milliseconds(500)));
  options_.plaintext = true;
  EXPECT_TRUE(Connects());
}

TEST_F(PeerChannelTest, SaysWhichFileCannotBeUsed) {
  files_.MakeSelfSigned("good");
  options_.address = "";
  EXPECT_THAT(Problem(), HasSubstr("peers.notes.address: "));
  options_.address = "releases.example:7401";
  options_.ca_file = files_.Path("missing");
  EXPECT_THAT(Problem(), HasSubstr("peers.notes.tls.ca_file: "));
  options_.ca_file = files_.Key("good");
  EXPECT_THAT(Problem(), HasSubstr("peers.notes.tls.ca_file: "));
  options_.ca_file = files_.Certificate("good");
  options_.certificate_file = files_.Certificate("good");
  options_.key_file = files_.Certificate("good");
  EXPECT_THAT(Problem(), HasSubstr("peers.notes.tls.key_file: "));
}

TEST(PeerSettingsTest, NamesEveryKeyAndWhatIsWrong) {
  PeerOptions options;
  options.address = "127.0.0.1:7401";
  Settings settings("contacts", "tests");
  BindPeer(settings, "releases", options);
  ASSERT_TRUE(settings.Load({"--peers.releases.timeout=500ms", "--peers.releases.address=releases:7401"}, {}).ok());
  EXPECT_EQ(options.name, "releases");
  EXPECT_EQ(options.timeout, absl::Milliseconds(500));
  EXPECT_EQ(options.address, "releases:7401");

  const auto problem = [&](std::vector<std::string> flags) {
    PeerOptions fresh;
    fresh.address = "127.0.0.1:7401";
    Settings other("contacts", "tests");
    BindPeer(other, "releases", fresh);
    return std::string(other.Load(std::move(flags), {}).status().message());
  };
  EXPECT_THAT(problem({"--peers.releases.address=releases:0"}), HasSubstr("peers.releases.address"));
  EXPECT_THAT(problem({"--peers.releases.tls.certificate_file=a.crt"}),
              HasSubstr("peers.releases.tls.certificate_file"));
  EXPECT_THAT(problem({"--peers.releases.plaintext=true", "--peers.releases.tls.ca_file=ca.crt"}),
              HasSubstr("peers.releases.plaintext"));
}

}  // namespace
}  // namespace communique::platform
