// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/contacts/v1/contact_service.pb.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using contacts::v1::Contact;
using contacts::v1::CreateContactRequest;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ContactCreateVerbTest : public CommandTest {
 protected:
  void SetUp() override { environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address(); }

  // What `contact create` sends with these arguments.
  CreateContactRequest Sent(std::vector<std::string> arguments, const std::string& in = "") {
    server_.Answer("CreateContact", Load<Contact>("contact"));
    arguments.insert(arguments.begin(), {"contact", "create"});
    const Result result = Run(arguments, in);
    EXPECT_EQ(result.code, kExitOk) << result.err;
    auto request = LastRequest<CreateContactRequest>("CreateContact");
    EXPECT_THAT(request.request_id(), SizeIs(36));
    request.clear_request_id();
    return request;
  }
};

TEST_F(ContactCreateVerbTest, SendsAPerson) {
  EXPECT_EQ(
      Sent({"demo/spokesperson",
            "--person",
            "Brkic, Milena",
            "--person",
            "sr-Latn=Milena",
            "--language",
            "de,en",
            "--organization",
            "demo/igh",
            "--role",
            "Sprecherin, Leitung",
            "--role",
            "en=Spokesperson",
            "--relation",
            "own-staff",
            "--email",
            "mbrkic@example.org",
            "--email",
            "press@example.org",
            "--phone",
            "022 555 01 00",
            "--substitute",
            "demo/desk",
            "--source",
            "directory",
            "--unconfirmed",
            "--validate-only"})
          .ShortDebugString(),
      R"(parent: "newsrooms/demo" contact_id: "spokesperson" contact { kind: KIND_PERSON )"
      R"(relation: RELATION_OWN_STAFF person_names { display_name: "Brkic, Milena" } )"
      R"(person_names { locale: "sr-Latn" display_name: "Milena" } organization: "newsrooms/demo/organizations/igh" )"
      R"(role_titles { locale: "de" text: "Sprecherin, Leitung" } )"
      R"(role_titles { locale: "en" text: "Spokesperson" } )"
      R"(emails { address: "mbrkic@example.org" visibility: VISIBILITY_INTERNAL } )"
      R"(emails { address: "press@example.org" visibility: VISIBILITY_INTERNAL } )"
      R"(phones { number: "022 555 01 00" visibility: VISIBILITY_INTERNAL } languages: "de" languages: "en" )"
      R"(substitute: "newsrooms/demo/contacts/desk" source: "directory" } unconfirmed: true validate_only: true)");
}

TEST_F(ContactCreateVerbTest, SendsOnWhatGroundAJournalistIsKept) {
  EXPECT_EQ(Sent({"--newsroom", "demo", "--person", "Clara", "--relation", "journalist", "--source", "Press fair",
                  "--basis", "legitimate-interest"})
                .ShortDebugString(),
            R"(parent: "newsrooms/demo" contact { kind: KIND_PERSON relation: RELATION_JOURNALIST person_names { )"
            R"(display_name: "Clara" } source: "Press fair" } basis: PROCESSING_BASIS_LEGITIMATE_INTEREST)");
}

TEST_F(ContactCreateVerbTest, SendsADesk) {
  EXPECT_EQ(Sent({"--newsroom", "demo", "--desk", "Pressestelle", "--desk", "en=Media desk", "--language", "de"})
                .ShortDebugString(),
            R"(parent: "newsrooms/demo" contact { kind: KIND_DESK desk_names { locale: "de" text: "Pressestelle" } )"
            R"(desk_names { locale: "en" text: "Media desk" } languages: "de" })");
}

TEST_F(ContactCreateVerbTest, PublicIsWhatWasGivenHere) {
  const std::string json = R"({"webAddresses": [{"uri": "https://example.org/"}]})";
  const auto sent = Sent({"demo/desk", "--desk", "de=Presse", "--email", "a@example.org", "--phone", "+41225550100",
                          "--public", "--file", "-"},
                         json)
                        .contact();
  EXPECT_EQ(sent.visibility(), contacts::v1::VISIBILITY_PUBLIC);
  EXPECT_EQ(sent.emails(0).visibility(), contacts::v1::VISIBILITY_PUBLIC);
  EXPECT_EQ(sent.phones(0).visibility(), contacts::v1::VISIBILITY_PUBLIC);
  EXPECT_EQ(sent.web_addresses(0).visibility(), contacts::v1::VISIBILITY_UNSPECIFIED);
}

TEST_F(ContactCreateVerbTest, StartsFromAFile) {
  const std::string json = R"({
    "kind": "KIND_PERSON", "personNames": [{"displayName": "Milena", "phonetic": "Mi-LE-na"}],
    "emails": [{"address": "old@example.org"}], "timeZone": "Europe/Zurich"})";
  EXPECT_EQ(Sent({"demo/a", "--file", "-", "--email", "new@example.org"}, json).contact().ShortDebugString(),
            R"(kind: KIND_PERSON person_names { display_name: "Milena" phonetic: "Mi-LE-na" } )"
            R"(emails { address: "new@example.org" visibility: VISIBILITY_INTERNAL } time_zone: "Europe/Zurich")");
}

TEST_F(ContactCreateVerbTest, AnEqualsSignIsPartOfATextThatNamesNoLanguage) {
  EXPECT_EQ(Sent({"demo/a", "--desk", "1+1=2", "--language", "de"}).contact().desk_names(0).text(), "1+1=2");
}

TEST_F(ContactCreateVerbTest, SaysWhatWasMade) {
  server_.Answer("CreateContact", Load<Contact>("contact"));
  EXPECT_THAT(Run({"contact", "create", "demo/a", "--person", "Milena"}).out,
              StartsWith("newsrooms/igh-de/contacts/spokesperson\n"));
  EXPECT_THAT(Run({"contact", "create", "demo/a", "--person", "Milena", "--validate-only"}).out,
              StartsWith("Nothing was made. It would be so:\nnewsrooms/igh-de/contacts/spokesperson\n"));
}

TEST_F(ContactCreateVerbTest, ExplainsWhatItCannotSend) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
      {{"--person", "Milena"}, "give a NAME, or --newsroom and the server makes one"},
      {{"a/b"}, "say who it is: --person NAME, --desk NAME, or a --file"},
      {{"a/b", "--person", "Milena", "--desk", "de=Presse"}, "excludes"},
      {{"a/b", "--desk", "Presse"}, "--desk \"Presse\": say its language, as de=\"…\" or with --language"},
      {{"a/b", "--person", "Milena", "--role", "Sprecherin"}, "--role \"Sprecherin\": say its language"},
      {{"a/b", "--person", "Milena", "--organization", "igh"}, "NEWSROOM/ORGANIZATION"},
      {{"a/b", "--person", "Milena", "--relation", "friend"}, "--relation"},
      {{"a/b", "--file", "-"}, "is no contact in protobuf JSON"},
  };
  for (const auto& [arguments, error] : mistakes) {
    std::vector<std::string> words = {"contact", "create"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Result result = Run(words, R"({"personNmes": []})");
    EXPECT_EQ(result.code, kExitUsage) << error;
    EXPECT_THAT(result.err, HasSubstr(error));
  }
  EXPECT_THAT(server_.received(), IsEmpty());
}

}  // namespace
}  // namespace communique::command
