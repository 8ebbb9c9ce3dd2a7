// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/contacts/v1/contact_service.pb.h"
#include "services/platform/errors/error.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using contacts::v1::BatchGetContactsRequest;
using contacts::v1::BatchGetContactsResponse;
using contacts::v1::Contact;
using contacts::v1::ListContactsRequest;
using contacts::v1::ListContactsResponse;
using contacts::v1::MergeContactsRequest;
using contacts::v1::MergeContactsResponse;
using contacts::v1::UnmergeContactsRequest;
using contacts::v1::UnmergeContactsResponse;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ContactMergeVerbsTest : public CommandTest {
 protected:
  void SetUp() override {
    environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address();
    *merged_.mutable_contact() = Load<Contact>("contact");
    merged_.mutable_merge()->set_name("newsrooms/igh-de/merges/m1");
    merged_.mutable_merge()->set_contact("newsrooms/igh-de/contacts/spokesperson");
    merged_.mutable_merge()->add_merged_contacts("newsrooms/igh-de/contacts/k7");
    merged_.mutable_merge()->add_merged_contacts("newsrooms/igh-de/contacts/k8");
    server_.Answer("MergeContacts", merged_);
  }

  // The contacts of these etags.
  static BatchGetContactsResponse Contacts(const std::vector<std::string>& etags) {
    BatchGetContactsResponse response;
    for (const auto& etag : etags) response.add_contacts()->set_etag(etag);
    return response;
  }

  std::string SentMerge() const {
    auto request = LastRequest<MergeContactsRequest>("MergeContacts");
    EXPECT_THAT(request.request_id(), SizeIs(36));
    request.clear_request_id();
    return request.ShortDebugString();
  }

  std::string SentUnmerge() const {
    auto request = LastRequest<UnmergeContactsRequest>("UnmergeContacts");
    EXPECT_THAT(request.request_id(), SizeIs(36));
    request.clear_request_id();
    return request.ShortDebugString();
  }

  MergeContactsResponse merged_;
};

TEST_F(ContactMergeVerbsTest, MergeActsOnTheVersionsThereAre) {
  server_.Answer("BatchGetContacts", Contacts({"\"7\"", "\"2\"", "\"3\""}));
  const Result result = Run({"contact", "merge", "igh-de/spokesperson", "igh-de/k7", "igh-de/k8", "--keep-primary"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  ExpectOutput("contact_merge", result.out);
  EXPECT_THAT(Methods(), ElementsAre("BatchGetContacts", "MergeContacts"));
  EXPECT_EQ(LastRequest<BatchGetContactsRequest>("BatchGetContacts").ShortDebugString(),
            R"(names: "newsrooms/igh-de/contacts/spokesperson" names: "newsrooms/igh-de/contacts/k7" )"
            R"(names: "newsrooms/igh-de/contacts/k8")");
  EXPECT_EQ(SentMerge(), R"(contact: "newsrooms/igh-de/contacts/spokesperson" etag: "\"7\"" )"
                         R"(sources { contact: "newsrooms/igh-de/contacts/k7" etag: "\"2\"" } )"
                         R"(sources { contact: "newsrooms/igh-de/contacts/k8" etag: "\"3\"" } keep_primary: true)");
}

TEST_F(ContactMergeVerbsTest, GivenEtagsAreSentUnseen) {
  server_.Answer("BatchGetContacts", Contacts({"\"2\""}));
  Run({"contact", "merge", "a/b", "a/c", "--etag", "\"5\""});
  EXPECT_EQ(LastRequest<BatchGetContactsRequest>("BatchGetContacts").ShortDebugString(),
            R"(names: "newsrooms/a/contacts/c")");
  EXPECT_EQ(SentMerge(), R"(contact: "newsrooms/a/contacts/b" etag: "\"5\"" )"
                         R"(sources { contact: "newsrooms/a/contacts/c" etag: "\"2\"" })");
  Run({"contact", "merge", "a/b", "a/c", "a/d", "--etag", "\"5\"", "--source-etag", "\"8\"", "--source-etag", "\"9\""});
  EXPECT_EQ(SentMerge(), R"(contact: "newsrooms/a/contacts/b" etag: "\"5\"" )"
                         R"(sources { contact: "newsrooms/a/contacts/c" etag: "\"8\"" } )"
                         R"(sources { contact: "newsrooms/a/contacts/d" etag: "\"9\"" })");
  EXPECT_THAT(Methods(), ElementsAre("BatchGetContacts", "MergeContacts", "MergeContacts"));
}

TEST_F(ContactMergeVerbsTest, AMergeThatWasNotMadeHasNoName) {
  server_.Answer("BatchGetContacts", Contacts({"\"7\"", "\"2\""}));
  const Result result = Run({"contact", "merge", "igh-de/spokesperson", "igh-de/k7", "--validate-only"});
  EXPECT_THAT(result.out, StartsWith("Nothing was changed. It would be so:\nnewsrooms/igh-de/contacts/spokesperson\n"));
  EXPECT_THAT(result.out, Not(HasSubstr("unmerge")));
  EXPECT_THAT(SentMerge(), HasSubstr("validate_only: true"));
  EXPECT_THAT(Run({"contact", "merge", "a/b", "a/c", "--output", "json"}).out, HasSubstr("\"merge\": {"));
}

TEST_F(ContactMergeVerbsTest, MergesNothingThatCannotBeRead) {
  server_.Fail("BatchGetContacts", platform::NotFound("contact", "newsrooms/a/contacts/c"));
  EXPECT_EQ(Run({"contact", "merge", "a/b", "a/c"}).code, kExitNotFound);
  EXPECT_THAT(Methods(), ElementsAre("BatchGetContacts"));
}

TEST_F(ContactMergeVerbsTest, UnmergeFindsWhoIsLeft) {
  ListContactsResponse first;
  auto* other = first.add_contacts();
  other->set_merge("newsrooms/igh-de/merges/m0");
  other->set_merged_into("newsrooms/igh-de/contacts/desk");
  first.set_next_page_token("page-2");
  ListContactsResponse second;
  auto* source = second.add_contacts();
  source->set_merge("newsrooms/igh-de/merges/m1");
  source->set_merged_into("newsrooms/igh-de/contacts/spokesperson");
  server_.Answer("ListContacts", first);
  server_.Answer("ListContacts", second);
  server_.Answer("GetContact", merged_.contact());
  UnmergeContactsResponse unmerged;
  *unmerged.add_contacts() = merged_.contact();
  auto* again = unmerged.add_contacts();
  again->set_name("newsrooms/igh-de/contacts/k7");
  again->set_state(Contact::STATE_UNCONFIRMED);
  server_.Answer("UnmergeContacts", unmerged);
  const Result result = Run({"contact", "unmerge", "igh-de/m1"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.out,
            "newsrooms/igh-de/contacts/spokesperson is ACTIVE\n"
            "newsrooms/igh-de/contacts/k7 is UNCONFIRMED\n");
  EXPECT_THAT(Methods(), ElementsAre("ListContacts", "ListContacts", "GetContact", "UnmergeContacts"));
  EXPECT_EQ(LastRequest<ListContactsRequest>("ListContacts").ShortDebugString(),
            R"(parent: "newsrooms/igh-de" page_size: 1000 page_token: "page-2" filter: "state=\"MERGED\"" )"
            R"(read_mask { paths: "merge" paths: "merged_into" })");
  EXPECT_EQ(LastRequest<contacts::v1::GetContactRequest>("GetContact").name(),
            "newsrooms/igh-de/contacts/spokesperson");
  EXPECT_EQ(SentUnmerge(), R"(name: "newsrooms/igh-de/merges/m1" etag: "\"7\"")");
}

TEST_F(ContactMergeVerbsTest, UnmergeSendsAGivenEtagUnseen) {
  server_.Answer("UnmergeContacts", UnmergeContactsResponse());
  EXPECT_EQ(Run({"contact", "unmerge", "newsrooms/a/merges/m1", "--etag", "\"9\"", "--validate-only"}).out,
            "Nothing was changed. It would be so:\n");
  EXPECT_THAT(Methods(), ElementsAre("UnmergeContacts"));
  EXPECT_EQ(SentUnmerge(), R"(name: "newsrooms/a/merges/m1" etag: "\"9\"" validate_only: true)");
}

TEST_F(ContactMergeVerbsTest, UnmergeSaysWhatStandsInItsWay) {
  server_.Fail("UnmergeContacts",
               platform::FailedPrecondition(platform::Reason::ERROR_REASON_STATE_CONFLICT, "newsrooms/a/merges/m1",
                                            "the contact was merged again since; undo newsrooms/a/merges/m2 first"));
  EXPECT_EQ(Run({"contact", "unmerge", "a/m1", "--etag", "\"9\""}).err,
            "communique: FAILED_PRECONDITION: the contact was merged again since; undo newsrooms/a/merges/m2 first\n"
            "  reason: STATE_CONFLICT\n"
            "  request id: fake-request\n");
}

TEST_F(ContactMergeVerbsTest, UnmergeSaysThatNobodyIsMergedByIt) {
  server_.Answer("ListContacts", ListContactsResponse());
  const Result result = Run({"contact", "unmerge", "a/m1"});
  EXPECT_EQ(result.code, kExitFailed);
  EXPECT_EQ(result.err,
            "communique: no contact is merged by newsrooms/a/merges/m1: it was undone, or there is no such merge; the "
            "merge that a contact went by is shown by: communique contact get\n");
  EXPECT_THAT(Methods(), ElementsAre("ListContacts"));
}

TEST_F(ContactMergeVerbsTest, MistakesAreUsageErrorsAndCallNothing) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> mistakes = {
      {{"merge", "a/b"}, "SOURCE"},
      {{"merge", "a/b", "c"}, "NEWSROOM/CONTACT"},
      {{"merge", "a/b", "a/c", "a/d", "--source-etag", "\"1\""},
       "--source-etag is given 1 times for 2 contacts; give one for each, in their order, or none"},
      {{"unmerge"}, "MERGE"},
      {{"unmerge", "newsrooms/a/contacts/b"}, "NEWSROOM/MERGE"},
  };
  for (const auto& [arguments, error] : mistakes) {
    std::vector<std::string> words = {"contact"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Result result = Run(words);
    EXPECT_EQ(result.code, kExitUsage) << error;
    EXPECT_THAT(result.err, HasSubstr(error));
  }
  EXPECT_THAT(server_.received(), IsEmpty());
}

}  // namespace
}  // namespace communique::command
