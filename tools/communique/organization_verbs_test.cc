// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/contacts/v1/organization_service.pb.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using contacts::v1::CreateOrganizationRequest;
using contacts::v1::ListOrganizationsRequest;
using contacts::v1::ListOrganizationsResponse;
using contacts::v1::Organization;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class OrganizationVerbsTest : public CommandTest {
 protected:
  void SetUp() override { environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address(); }

  // What `organization create` sends with these arguments; it answers with organization_.
  CreateOrganizationRequest Sent(std::vector<std::string> arguments, const std::string& in = "") {
    server_.Answer("CreateOrganization", organization_);
    arguments.insert(arguments.begin(), {"organization", "create"});
    const Result result = Run(arguments, in);
    EXPECT_EQ(result.code, kExitOk) << result.err;
    auto request = LastRequest<CreateOrganizationRequest>("CreateOrganization");
    EXPECT_THAT(request.request_id(), SizeIs(36));
    request.clear_request_id();
    return request;
  }

  Organization organization_ = Load<Organization>("organization");
};

TEST_F(OrganizationVerbsTest, GetShowsIt) {
  server_.Answer("GetOrganization", organization_);
  const Result result = Run({"organization", "get", "igh-de/igh"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  ExpectOutput("organization_get", result.out);
  EXPECT_EQ(LastRequest<contacts::v1::GetOrganizationRequest>("GetOrganization").name(),
            "newsrooms/igh-de/organizations/igh");
  EXPECT_THAT(Run({"organization", "get", "igh-de/igh", "--output", "jsonl"}).out,
              StartsWith("{\"name\":\"newsrooms/igh-de/organizations/igh\","));
}

TEST_F(OrganizationVerbsTest, CreateSendsWhatTheOptionsSay) {
  EXPECT_EQ(Sent({"igh-de/igh",
                  "--name",
                  "Gesellschaft, für Hilfe",
                  "--acronym",
                  "IGH",
                  "--language",
                  "de",
                  "--name",
                  "en=Society for Aid",
                  "--acronym",
                  "en=ISA",
                  "--kind",
                  "non-governmental",
                  "--parent",
                  "igh/rivers",
                  "--country",
                  "CH",
                  "--mail-domain",
                  "example.org,example.com",
                  "--website",
                  "https://example.org/",
                  "--validate-only"})
                .ShortDebugString(),
            R"(parent: "newsrooms/igh-de" organization_id: "igh" organization { )"
            R"(names { locale: "de" display_name: "Gesellschaft, f\303\274r Hilfe" acronym: "IGH" } )"
            R"(names { locale: "en" display_name: "Society for Aid" acronym: "ISA" } kind: KIND_NON_GOVERNMENTAL )"
            R"(parent_organization: "newsrooms/igh/organizations/rivers" country: "CH" mail_domains: "example.org" )"
            R"(mail_domains: "example.com" website: "https://example.org/" } validate_only: true)");
}

TEST_F(OrganizationVerbsTest, TheServerMakesTheIdWhenThereIsNone) {
  const auto request = Sent({"--newsroom", "igh-de", "--name", "de=Hilfe"});
  EXPECT_EQ(request.parent(), "newsrooms/igh-de");
  EXPECT_EQ(request.organization_id(), "");
}

TEST_F(OrganizationVerbsTest, CreateStartsFromAFile) {
  const std::string json = R"({"names": [{"locale": "de", "displayName": "Hilfe"}], "country": "DE"})";
  const auto sent = Sent({"a/b", "--file", "-", "--country", "AT", "--acronym", "de=H"}, json).organization();
  EXPECT_EQ(sent.ShortDebugString(), R"(names { locale: "de" display_name: "Hilfe" acronym: "H" } country: "AT")");
}

TEST_F(OrganizationVerbsTest, CreateSaysThatNothingWasMade) {
  server_.Answer("CreateOrganization", organization_);
  EXPECT_THAT(Run({"organization", "create", "a/b", "--name", "de=Hilfe", "--validate-only"}).out,
              StartsWith("Nothing was made. It would be so:\nnewsrooms/igh-de/organizations/igh\n"));
}

TEST_F(OrganizationVerbsTest, CreateExplainsWhatItCannotSend) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
      {{"--name", "de=Hilfe"}, "give a NAME, or --newsroom and the server makes one"},
      {{"a/b"}, "say what it is called"},
      {{"a/b", "--name", "Hilfe"}, "--name \"Hilfe\": say its language, as de=\"…\" or with --language"},
      {{"a/b", "--name", "de=Hilfe", "--acronym", "IGH"}, "--acronym \"IGH\": say its language"},
      {{"a/b", "--name", "de=Hilfe", "--acronym", "en=ISA"},
       "--acronym en=ISA: there is no name in en; give one with --name"},
      {{"a/b", "--newsroom", "a", "--name", "de=Hilfe"}, "excludes"},
      {{"a/b", "--name", "de=Hilfe", "--kind", "club"}, "--kind"},
      {{"a/b", "--file", "-"}, "is no organization in protobuf JSON"},
  };
  for (const auto& [arguments, error] : mistakes) {
    std::vector<std::string> words = {"organization", "create"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Result result = Run(words, R"({"nmes": []})");
    EXPECT_EQ(result.code, kExitUsage) << error;
    EXPECT_THAT(result.err, HasSubstr(error));
  }
  EXPECT_THAT(server_.received(), IsEmpty());
}

TEST_F(OrganizationVerbsTest, ListAlignsColumnsAndReadsPages) {
  ListOrganizationsResponse first;
  *first.add_organizations() = organization_;
  first.set_next_page_token("page-2");
  ListOrganizationsResponse second;
  auto* ministry = second.add_organizations();
  ministry->set_name("newsrooms/igh-de/organizations/ministry");
  ministry->add_names()->set_display_name("Umweltministerium");
  server_.Answer("ListOrganizations", first);
  server_.Answer("ListOrganizations", second);
  const Result result = Run({"organization", "list", "--newsroom", "igh-de", "--query", "genf hilfe", "--filter", "f",
                             "--order-by", "name desc", "--include-ancestors", "--show-deleted"});
  EXPECT_EQ(result.out,
            "newsrooms/igh-de/organizations/igh       IGH  Internationale Gesellschaft für Hilfe\n"
            "newsrooms/igh-de/organizations/ministry       Umweltministerium\n");
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(LastRequest<ListOrganizationsRequest>("ListOrganizations").ShortDebugString(),
            R"(parent: "newsrooms/igh-de" page_size: 99 page_token: "page-2" filter: "f" order_by: "name desc" )"
            R"(query: "genf hilfe" include_ancestors: true show_deleted: true)");
}

TEST_F(OrganizationVerbsTest, ListIsOfOneNewsroom) { EXPECT_EQ(Run({"organization", "list"}).code, kExitUsage); }

}  // namespace
}  // namespace communique::command
