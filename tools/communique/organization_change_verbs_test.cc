// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/contacts/v1/organization_service.pb.h"
#include "services/platform/errors/error.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using contacts::v1::DeleteOrganizationRequest;
using contacts::v1::Organization;
using contacts::v1::UndeleteOrganizationRequest;
using contacts::v1::UpdateOrganizationRequest;
using platform::Reason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class OrganizationChangeVerbsTest : public CommandTest {
 protected:
  void SetUp() override {
    environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address();
    server_.Answer("GetOrganization", organization_);
    server_.Answer("UpdateOrganization", organization_);
  }

  // What `organization update igh-de/igh` sends with these arguments.
  std::string Sent(std::vector<std::string> arguments, const std::string& in = "") {
    arguments.insert(arguments.begin(), {"organization", "update", "igh-de/igh"});
    const Result result = Run(arguments, in);
    EXPECT_EQ(result.code, kExitOk) << result.err;
    auto request = LastRequest<UpdateOrganizationRequest>("UpdateOrganization");
    EXPECT_THAT(request.request_id(), SizeIs(36));
    request.clear_request_id();
    return request.ShortDebugString();
  }

  Organization organization_ = Load<Organization>("organization");
};

TEST_F(OrganizationChangeVerbsTest, UpdateSendsWhatIsGivenAndNamesIt) {
  EXPECT_EQ(Sent({"--name", "Hilfe", "--acronym", "H", "--language", "de", "--name", "en=Aid", "--kind", "media",
                  "--parent", "igh/rivers", "--country", "AT", "--mail-domain", "example.org,example.com", "--website",
                  "https://example.org/", "--validate-only"}),
            R"(organization { name: "newsrooms/igh-de/organizations/igh" etag: "\"2\"" )"
            R"(names { locale: "de" display_name: "Hilfe" acronym: "H" } )"
            R"(names { locale: "en" display_name: "Aid" } kind: KIND_MEDIA )"
            R"(parent_organization: "newsrooms/igh/organizations/rivers" country: "AT" mail_domains: "example.org" )"
            R"(mail_domains: "example.com" website: "https://example.org/" } update_mask { paths: "names" )"
            R"(paths: "kind" paths: "parent_organization" paths: "country" paths: "mail_domains" paths: "website" } )"
            R"(validate_only: true)");
  EXPECT_THAT(Methods(), ElementsAre("GetOrganization", "UpdateOrganization"));
}

TEST_F(OrganizationChangeVerbsTest, AGivenEtagIsSentUnseen) {
  EXPECT_EQ(Sent({"--country", "AT", "--etag", "\"1\""}),
            R"(organization { name: "newsrooms/igh-de/organizations/igh" etag: "\"1\"" country: "AT" } )"
            R"(update_mask { paths: "country" })");
  EXPECT_THAT(Methods(), ElementsAre("UpdateOrganization"));
}

TEST_F(OrganizationChangeVerbsTest, AnAcronymGoesToTheNameThereIs) {
  EXPECT_EQ(Sent({"--acronym", "en=ISA"}),
            R"(organization { name: "newsrooms/igh-de/organizations/igh" etag: "\"2\"" )"
            R"(names { locale: "de" display_name: "Internationale Gesellschaft f\303\274r Hilfe" acronym: "IGH" } )"
            R"(names { locale: "en" display_name: "International Society for Aid" acronym: "ISA" } } )"
            R"(update_mask { paths: "names" })");
  EXPECT_THAT(Methods(), ElementsAre("GetOrganization", "UpdateOrganization"));
  const Result result = Run({"organization", "update", "igh-de/igh", "--acronym", "fr=SIA"});
  EXPECT_EQ(result.code, kExitFailed);
  EXPECT_EQ(result.err, "communique: --acronym fr=SIA: there is no name in fr; give one with --name\n");
}

TEST_F(OrganizationChangeVerbsTest, ClearsWhatItIsTold) {
  EXPECT_EQ(Sent({"--clear", "parent,mail-domain"}),
            R"(organization { name: "newsrooms/igh-de/organizations/igh" etag: "\"2\"" } )"
            R"(update_mask { paths: "parent_organization" paths: "mail_domains" })");
}

TEST_F(OrganizationChangeVerbsTest, ChangesWhatAFileGives) {
  const std::string json = R"({"etag": "\"1\"", "names": [{"locale": "de", "displayName": "Hilfe"}], "country": "DE"})";
  EXPECT_EQ(Sent({"--file", "-", "--acronym", "de=H", "--clear", "country"}, json),
            R"(organization { name: "newsrooms/igh-de/organizations/igh" etag: "\"1\"" )"
            R"(names { locale: "de" display_name: "Hilfe" acronym: "H" } } )"
            R"(update_mask { paths: "country" paths: "names" })");
  EXPECT_THAT(Methods(), ElementsAre("UpdateOrganization"));
}

TEST_F(OrganizationChangeVerbsTest, SaysWhatWasChanged) {
  ExpectOutput("organization_get", Run({"organization", "update", "igh-de/igh", "--country", "CH"}).out);
  EXPECT_THAT(Run({"organization", "update", "igh-de/igh", "--country", "CH", "--validate-only"}).out,
              StartsWith("Nothing was changed. It would be so:\nnewsrooms/igh-de/organizations/igh\n"));
  EXPECT_THAT(Run({"organization", "update", "igh-de/igh", "--country", "CH", "--output", "jsonl"}).out,
              StartsWith("{\"name\":\"newsrooms/igh-de/organizations/igh\","));
}

TEST_F(OrganizationChangeVerbsTest, DeleteActsOnTheVersionThereIs) {
  organization_.mutable_purge_time()->set_seconds(1794729600);
  server_.Answer("DeleteOrganization", organization_);
  const Result result = Run({"organization", "delete", "igh-de/igh"});
  EXPECT_THAT(result.out, HasSubstr("Gone for good  2026-11-15 08:00:00 UTC\n")) << result.err;
  EXPECT_THAT(Methods(), ElementsAre("GetOrganization", "DeleteOrganization"));
  auto sent = LastRequest<DeleteOrganizationRequest>("DeleteOrganization");
  EXPECT_THAT(sent.request_id(), SizeIs(36));
  sent.clear_request_id();
  EXPECT_EQ(sent.ShortDebugString(), R"(name: "newsrooms/igh-de/organizations/igh" etag: "\"2\"")");
}

TEST_F(OrganizationChangeVerbsTest, UndeleteSendsAGivenEtagUnseen) {
  server_.Answer("UndeleteOrganization", organization_);
  EXPECT_THAT(Run({"organization", "undelete", "igh-de/igh", "--etag", "\"3\"", "--validate-only"}).out,
              StartsWith("Nothing was changed. It would be so:\n"));
  EXPECT_THAT(Methods(), ElementsAre("UndeleteOrganization"));
  auto sent = LastRequest<UndeleteOrganizationRequest>("UndeleteOrganization");
  sent.clear_request_id();
  EXPECT_EQ(sent.ShortDebugString(), R"(name: "newsrooms/igh-de/organizations/igh" etag: "\"3\"" validate_only: true)");
}

TEST_F(OrganizationChangeVerbsTest, SaysWhatToDoAboutErrors) {
  const std::string name = "newsrooms/igh-de/organizations/igh";
  server_.Fail("DeleteOrganization",
               platform::FailedPrecondition(Reason::ERROR_REASON_STATE_CONFLICT, name, "is DELETED"));
  EXPECT_THAT(Run({"organization", "delete", "igh-de/igh"}).err, HasSubstr("communique organization get\n"));
  server_.Fail("GetOrganization", platform::NotFound("organization", name));
  Run({"organization", "delete", "igh-de/igh"});  // takes the answer that SetUp has prepared
  EXPECT_EQ(Run({"organization", "update", "igh-de/igh", "--country", "AT"}).code, kExitNotFound);
}

TEST_F(OrganizationChangeVerbsTest, ExplainsWhatItCannotSend) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
      {{}, "say what to change"},
      {{"--name", "Hilfe"}, "--name \"Hilfe\": say its language, as de=\"…\" or with --language"},
      {{"--acronym", "IGH"}, "--acronym \"IGH\": say its language"},
      {{"--name", "de=Hilfe", "--acronym", "en=ISA"}, "--acronym en=ISA: there is no name in en"},
      {{"--kind", "club"}, "--kind"},
      {{"--country", ""}, "--country: is empty; --clear takes a field away"},
      {{"--clear", "names"}, "--clear"},
      {{"--clear", "parent", "--parent", "a/c"}, "--clear parent and --parent exclude each other"},
      {{"--file", "-"}, "is no organization in protobuf JSON"},
  };
  for (const auto& [arguments, error] : mistakes) {
    std::vector<std::string> words = {"organization", "update", "a/b"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Result result = Run(words, R"({"nmes": []})");
    EXPECT_EQ(result.code, kExitUsage) << error;
    EXPECT_THAT(result.err, HasSubstr(error));
  }
  EXPECT_EQ(Run({"organization", "delete", "b"}).code, kExitUsage);
  EXPECT_THAT(Run({"organization", "update", "a/b", "--file", "-"}, R"({"name": "newsrooms/a/organizations/c"})").err,
              HasSubstr("- is of newsrooms/a/organizations/c, not of newsrooms/a/organizations/b"));
  EXPECT_THAT(server_.received(), IsEmpty());
}

}  // namespace
}  // namespace communique::command
