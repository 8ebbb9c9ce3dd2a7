// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// What operators build dashboards and alerts on: every metric of the service, as its ops port tells it. Renaming or
// dropping one shows as a diff of the golden file, and the README explains each.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/platform/server/testing/test_certificates.h"
#include "services/platform/testing/golden.h"
#include "services/platform/testing/redis_server.h"
#include "services/platform/testing/temporary_folder.h"
#include "tests/testing/client.h"
#include "tests/testing/press_office.h"
#include "tests/testing/run_program.h"
#include "tests/testing/service_data.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

constexpr char kGolden[] = "services/releases/testdata/metrics.golden";
constexpr char kReadme[] = "services/releases/README.md";
constexpr char kContactsGolden[] = "services/contacts/testdata/metrics.golden";
constexpr char kContactsReadme[] = "services/contacts/README.md";

struct Family {
  std::string type;
  std::string help;
  std::set<std::string> labels;
};
using Families = std::map<std::string, Family>;

// Adds the families of a page in Prometheus' text format. One without series is not on it.
void AddFamilies(const std::string& page, Families& families) {
  static const RE2 kHelp(R"(# HELP (\S+) (.*))"), kType(R"(# TYPE (\S+) (\S+))"), kSample(R"((\w+)(\{.*\})? \S+)");
  static const RE2 kLabel(R"re([{,](\w+)="(?:[^"\\]|\\.)*")re");
  std::string family;
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(page, '\n'))) {
    std::string name, text;
    if (RE2::FullMatch(line, kHelp, &name, &text)) {
      families[name].help = text;
    } else if (RE2::FullMatch(line, kType, &name, &text)) {
      families[name].type = text;
      family = name;
    } else if (RE2::FullMatch(line, kSample, &name, &text)) {
      ASSERT_TRUE(name.starts_with(family)) << line;
      re2::StringPiece labels(text);
      for (std::string label; RE2::FindAndConsume(&labels, kLabel, &label);) {
        if (label != "le") families[family].labels.insert(label);
      }
    }
  }
}

// One line a family: "counter communique_log_dropped_lines_total{} What it counts."
std::string Describe(const Families& families) {
  std::string text;
  for (const auto& [name, family] : families) {
    absl::StrAppend(&text, family.type, " ", name, "{", absl::StrJoin(family.labels, ","), "} ", family.help, "\n");
  }
  return text;
}

// The rows of a README with their labels: | `name` | labels | what it says |
std::map<std::string, std::string> ExplainedIn(const char* readme) {
  std::map<std::string, std::string> explained;
  static const RE2 kRow(R"(\| `((?:communique|grpc_server|process)_\w+)` \| ([^|]*) \| [^|]+ \|)");
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(ReadFile(readme), '\n'))) {
    std::string name, labels;
    if (RE2::FullMatch(line, kRow, &name, &labels)) explained[name] = labels;
  }
  return explained;
}

// The same of what a process has shown.
std::map<std::string, std::string> Exposed(const Families& families) {
  std::map<std::string, std::string> exposed;
  for (const auto& [name, family] : families) {
    exposed[name] = absl::StrJoin(
        family.labels, ", ", [](std::string* out, const std::string& label) { absl::StrAppend(out, "`", label, "`"); });
  }
  return exposed;
}

// Everything that has series of its own only once it has happened: calls of both kinds, answered and refused.
void UseIt(const ReleasesProcess& process) {
  Client client(process.internal());
  ASSERT_TRUE(PressOffice(client).Open().ok());
  ASSERT_TRUE(PressOffice(client).MakePublic("news", "News").ok());
  Client reader(process.public_reads());
  ASSERT_TRUE(reader.Read(EditionName("news")).Is(v1::Edition::VISIBILITY_LIVE));
  ASSERT_FALSE(reader.Read(EditionName("nothing")).edition.ok());
  grpc::ClientContext context;
  reader.SetDeadline(context);
  v1::WatchEditionsRequest request;
  request.set_parent("newsrooms/-/releases/-");
  const auto stream = v1::EditionService::NewStub(reader.channel())->WatchEditions(&context, request);
  stream->WaitForInitialMetadata();
  context.TryCancel();
  stream->Finish();
}

TEST(MetricsTest, AreThoseOfTheGoldenFileAndTheReadmeExplainsThem) {
  const platform::RedisServer redis;
  platform::TestCertificates certificates;
  certificates.MakeSelfSigned("service");
  Families families;
  {
    const ReleasesData data("sqlite");
    // Nobody listens there: that is counted as well.
    const platform::TemporaryFolder nobody;
    const ReleasesProcess process(data.FlagsAnd({"--redis.enabled=true", "--redis.address=" + redis.address(),
                                                 "--peers.contacts.address=unix:" + nobody.File("contacts.sock")}));
    UseIt(process);
    while (process.Metric(R"(communique_follower_failures_total{feed="contacts",peer="contacts"})") < 1) {
      std::this_thread::yield();
    }
    AddFamilies(process.Http("/metrics"), families);
  }
  {
    const ReleasesData data("sqlite");
    const ReleasesProcess process(data.FlagsAnd({"--tls.certificate_file=" + certificates.Certificate("service"),
                                                 "--tls.key_file=" + certificates.Key("service")}));
    AddFamilies(process.Http("/metrics"), families);
  }
  platform::ExpectGolden(kGolden, Describe(families));

  EXPECT_THAT(ExplainedIn(kReadme), ::testing::ContainerEq(Exposed(families))) << kReadme;
}

TEST(MetricsTest, ContactsHasOfItsOwnWhatItsReadmeExplainsAndNothingElseThatReleasesHasNot) {
  const ContactsData data("sqlite");
  const platform::TemporaryFolder nobody;
  const ContactsProcess process(data.FlagsAnd({"--peers.releases.address=unix:" + nobody.File("releases.sock")}));
  Families families;
  AddFamilies(process.Http("/metrics"), families);
  for (const auto& [name, labels] : ExplainedIn(kReadme)) families.erase(name);
  platform::ExpectGolden(kContactsGolden, Describe(families));
  EXPECT_THAT(ExplainedIn(kContactsReadme), ::testing::ContainerEq(Exposed(families))) << kContactsReadme;
}

}  // namespace
}  // namespace communique::testing
