// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/contacts/v1/contact_service.pb.h"
#include "services/platform/errors/error.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using contacts::v1::Contact;
using contacts::v1::GetContactRequest;
using contacts::v1::UpdateContactRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ContactUpdateVerbTest : public CommandTest {
 protected:
  void SetUp() override {
    environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address();
    server_.Answer("GetContact", contact_);
    server_.Answer("UpdateContact", contact_);
  }

  // What `contact update igh-de/spokesperson` sends with these arguments.
  UpdateContactRequest Sent(std::vector<std::string> arguments, const std::string& in = "") {
    arguments.insert(arguments.begin(), {"contact", "update", "igh-de/spokesperson"});
    const Result result = Run(arguments, in);
    EXPECT_EQ(result.code, kExitOk) << result.err;
    auto request = LastRequest<UpdateContactRequest>("UpdateContact");
    EXPECT_THAT(request.request_id(), SizeIs(36));
    request.clear_request_id();
    return request;
  }

  Contact contact_ = Load<Contact>("contact");
};

TEST_F(ContactUpdateVerbTest, SendsWhatIsGivenAndNamesIt) {
  EXPECT_EQ(Sent({"--person",       "Brkic, Milena",
                  "--person",       "sr-Latn=Milena",
                  "--language",     "de,en",
                  "--organization", "igh-de/igh",
                  "--role",         "de=Sprecherin, Leitung",
                  "--role",         "en=Head",
                  "--relation",     "partner",
                  "--email",        "a@example.org",
                  "--email",        "b@example.org",
                  "--phone",        "022 555 01 00",
                  "--substitute",   "igh-de/desk",
                  "--time-zone",    "Europe/Zurich",
                  "--valid-from",   "2026-10-16T10:00:00+02:00",
                  "--valid-until",  "2026-11-15T08:00:00Z",
                  "--source",       "directory",
                  "--note",         "Not before nine",
                  "--validate-only"})
                .ShortDebugString(),
            R"(contact { name: "newsrooms/igh-de/contacts/spokesperson" etag: "\"7\"" relation: RELATION_PARTNER )"
            R"(person_names { display_name: "Brkic, Milena" } )"
            R"(person_names { locale: "sr-Latn" display_name: "Milena" } )"
            R"(organization: "newsrooms/igh-de/organizations/igh" )"
            R"(role_titles { locale: "de" text: "Sprecherin, Leitung" } role_titles { locale: "en" text: "Head" } )"
            R"(emails { address: "a@example.org" visibility: VISIBILITY_INTERNAL } )"
            R"(emails { address: "b@example.org" visibility: VISIBILITY_INTERNAL } )"
            R"(phones { number: "022 555 01 00" visibility: VISIBILITY_INTERNAL } languages: "de" languages: "en" )"
            R"(time_zone: "Europe/Zurich" valid_from { seconds: 1792137600 } valid_until { seconds: 1794729600 } )"
            R"(substitute: "newsrooms/igh-de/contacts/desk" source: "directory" note: "Not before nine" } )"
            R"(update_mask { paths: "relation" paths: "person_names" paths: "organization" paths: "role_titles" )"
            R"(paths: "emails" paths: "phones" paths: "languages" paths: "time_zone" paths: "valid_from" )"
            R"(paths: "valid_until" paths: "substitute" paths: "source" paths: "note" } validate_only: true)");
  EXPECT_THAT(Methods(), ElementsAre("GetContact", "UpdateContact"));
  // What is replaced as a whole needs nothing personal to be read.
  EXPECT_EQ(LastRequest<GetContactRequest>("GetContact").ShortDebugString(),
            R"(name: "newsrooms/igh-de/contacts/spokesperson")");
}

TEST_F(ContactUpdateVerbTest, AGivenEtagIsSentUnseen) {
  EXPECT_EQ(Sent({"--desk", "de=Presse", "--etag", "\"3\""}).ShortDebugString(),
            R"(contact { name: "newsrooms/igh-de/contacts/spokesperson" etag: "\"3\"" )"
            R"(desk_names { locale: "de" text: "Presse" } } update_mask { paths: "desk_names" })");
  EXPECT_THAT(Methods(), ElementsAre("UpdateContact"));
}

TEST_F(ContactUpdateVerbTest, TheAddressesGivenAreShownToWhoMaySeeTheContact) {
  auto sent = Sent({"--email", "a@example.org", "--add-phone", "+41225550199", "--visibility", "media-only"}).contact();
  EXPECT_EQ(sent.visibility(), contacts::v1::VISIBILITY_MEDIA_ONLY);
  EXPECT_EQ(sent.emails(0).visibility(), contacts::v1::VISIBILITY_MEDIA_ONLY);
  ASSERT_EQ(sent.phones_size(), 3);
  EXPECT_EQ(sent.phones(1).visibility(), contact_.phones(1).visibility());
  EXPECT_EQ(sent.phones(2).visibility(), contacts::v1::VISIBILITY_MEDIA_ONLY);
  sent = Sent({"--email", "a@example.org", "--public"}).contact();
  EXPECT_EQ(sent.visibility(), contacts::v1::VISIBILITY_PUBLIC);
  EXPECT_EQ(sent.emails(0).visibility(), contacts::v1::VISIBILITY_PUBLIC);
}

TEST_F(ContactUpdateVerbTest, AddsAndRemovesOneByOne) {
  contact_.mutable_phones(0)->set_e164("+41225550100");
  contact_.mutable_emails(0)->set_ascii_address("mbrkic@xn--hilfe-kva.example.org");
  contact_.set_etag("\"8\"");
  server_.Answer("GetContact", contact_);
  Run({"contact", "update", "a/b", "--note", "first"});  // takes the answer that SetUp has prepared
  EXPECT_EQ(Sent({"--add-email", "new@example.org", "--remove-email", "MBRKIC@xn--hilfe-kva.example.org",
                  "--remove-phone", "+41225550100"})
                .ShortDebugString(),
            R"(contact { name: "newsrooms/igh-de/contacts/spokesperson" etag: "\"8\"" )"
            R"(emails { address: "new@example.org" visibility: VISIBILITY_INTERNAL } )"
            R"(phones { number: "+41 79 555 01 00" kind: KIND_MOBILE } } )"
            R"(update_mask { paths: "emails" paths: "phones" })");
  EXPECT_EQ(LastRequest<GetContactRequest>("GetContact").ShortDebugString(),
            R"(name: "newsrooms/igh-de/contacts/spokesperson" )"
            R"(read_mask { paths: "emails" paths: "phones" paths: "etag" })");
}

TEST_F(ContactUpdateVerbTest, TheLastOneCanBeRemoved) {
  const auto sent = Sent({"--remove-email", "mbrkic@example.org", "--etag", "\"3\""});
  EXPECT_THAT(sent.contact().emails(), IsEmpty());
  EXPECT_EQ(sent.update_mask().ShortDebugString(), R"(paths: "emails")");
  EXPECT_EQ(sent.contact().etag(), "\"3\"");
}

TEST_F(ContactUpdateVerbTest, WhatIsNotThereCannotBeRemoved) {
  const Result result = Run({"contact", "update", "igh-de/spokesperson", "--remove-phone", "+41225559999"});
  EXPECT_EQ(result.code, kExitFailed);
  EXPECT_EQ(result.err,
            "communique: --remove-phone +41225559999: the contact does not have it; what it has is shown by: "
            "communique contact get --personal\n");
  EXPECT_THAT(Methods(), ElementsAre("GetContact"));
}

TEST_F(ContactUpdateVerbTest, ClearsWhatItIsTold) {
  EXPECT_EQ(Sent({"--clear", "note,valid-until", "--clear", "role", "--time-zone", "Europe/Berlin"}).ShortDebugString(),
            R"(contact { name: "newsrooms/igh-de/contacts/spokesperson" etag: "\"7\"" time_zone: "Europe/Berlin" } )"
            R"(update_mask { paths: "note" paths: "valid_until" paths: "role_titles" paths: "time_zone" })");
}

TEST_F(ContactUpdateVerbTest, ChangesWhatAFileGives) {
  const std::string json = R"({
    "name": "newsrooms/igh-de/contacts/spokesperson", "etag": "\"6\"", "note": "old", "source": "card",
    "webAddresses": [{"uri": "https://example.org/milena"}]})";
  EXPECT_EQ(Sent({"--file", "-", "--clear", "note", "--source", "directory"}, json).ShortDebugString(),
            R"(contact { name: "newsrooms/igh-de/contacts/spokesperson" etag: "\"6\"" )"
            R"(web_addresses { uri: "https://example.org/milena" } source: "directory" } )"
            R"(update_mask { paths: "note" paths: "web_addresses" paths: "source" })");
  EXPECT_THAT(Methods(), ElementsAre("UpdateContact"));
  EXPECT_EQ(Sent({"--file", "-", "--etag", "\"9\""}, json).contact().etag(), "\"9\"");
}

TEST_F(ContactUpdateVerbTest, SaysWhatWasChanged) {
  const std::vector<std::string> change = {"contact", "update", "igh-de/spokesperson", "--note", "x"};
  const Result result = Run(change);
  ExpectOutput("contact_get", result.out);
  EXPECT_EQ(result.err,
            "Addresses, numbers, source and note are not in the answer: see communique contact get --personal\n");
  EXPECT_EQ(Run({"contact", "update", "igh-de/spokesperson", "--role", "de=x"}).err, "");
  auto arguments = change;
  arguments.emplace_back("--validate-only");
  EXPECT_THAT(Run(arguments).out,
              StartsWith("Nothing was changed. It would be so:\nnewsrooms/igh-de/contacts/spokesperson\n"));
  arguments = change;
  arguments.insert(arguments.end(), {"--output", "json", "--request-id", "0192aaaa-bbbb-7ccc-8ddd-eeeeffff0000"});
  EXPECT_THAT(Run(arguments).out, StartsWith("{\n \"name\""));
  EXPECT_EQ(LastRequest<UpdateContactRequest>("UpdateContact").request_id(), "0192aaaa-bbbb-7ccc-8ddd-eeeeffff0000");
}

TEST_F(ContactUpdateVerbTest, ChangesNothingThatCannotBeRead) {
  server_.Fail("GetContact", platform::NotFound("contact", "newsrooms/a/contacts/b"));
  Run({"contact", "update", "a/b", "--note", "first"});  // takes the answer that SetUp has prepared
  EXPECT_EQ(Run({"contact", "update", "a/b", "--note", "x"}).code, kExitNotFound);
  EXPECT_EQ(Run({"contact", "update", "a/b", "--add-email", "x@example.org"}).code, kExitNotFound);
  EXPECT_THAT(Methods(), ElementsAre("GetContact", "UpdateContact", "GetContact", "GetContact"));
}

TEST_F(ContactUpdateVerbTest, ExplainsWhatItCannotSend) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
      {{}, "say what to change"},
      {{"--validate-only"}, "say what to change"},
      {{"--role", "Sprecherin"}, "\"Sprecherin\": give LANGUAGE=TEXT"},
      {{"--desk", "Presse"}, "\"Presse\": give LANGUAGE=TEXT"},
      {{"--person", "Milena", "--desk", "de=Presse"}, "excludes"},
      {{"--email", "a@example.org", "--add-email", "b@example.org"}, "excludes"},
      {{"--phone", "+41225550100", "--remove-phone", "+41225550101"}, "excludes"},
      {{"--file", "-", "--add-phone", "+41225550100"}, "excludes"},
      {{"--public", "--visibility", "internal"}, "excludes"},
      {{"--visibility", "everybody"}, "--visibility"},
      {{"--relation", "friend"}, "--relation"},
      {{"--organization", "igh"}, "NEWSROOM/ORGANIZATION"},
      {{"--valid-until", "tomorrow"}, "is no time"},
      {{"--note", ""}, "--note: is empty; --clear takes a field away"},
      {{"--clear", "state"}, "--clear"},
      {{"--clear", "note", "--note", "x"}, "--clear note and --note exclude each other"},
      {{"--clear", "email", "--add-email", "a@example.org"}, "--clear email and --add-email exclude each other"},
      {{"--file", "-"}, "is no contact in protobuf JSON"},
  };
  for (const auto& [arguments, error] : mistakes) {
    std::vector<std::string> words = {"contact", "update", "a/b"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Result result = Run(words, R"({"personNmes": []})");
    EXPECT_EQ(result.code, kExitUsage) << error;
    EXPECT_THAT(result.err, HasSubstr(error));
  }
  EXPECT_THAT(Run({"contact", "update", "a/b", "--file", "-"}, R"({"name": "newsrooms/a/contacts/c"})").err,
              HasSubstr("- is of newsrooms/a/contacts/c, not of newsrooms/a/contacts/b"));
  EXPECT_THAT(server_.received(), IsEmpty());
}

}  // namespace
}  // namespace communique::command
