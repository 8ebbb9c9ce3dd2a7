// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/contacts/v1/contact_service.pb.h"
#include "services/platform/errors/error.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using contacts::v1::Contact;
using contacts::v1::DeactivateContactRequest;
using contacts::v1::GetContactRequest;
using contacts::v1::GetPrintableContactRequest;
using contacts::v1::PrintableContact;
using platform::Reason;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ContactVerbsTest : public CommandTest {
 protected:
  void SetUp() override { environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address(); }

  Contact contact_ = Load<Contact>("contact");
};

TEST_F(ContactVerbsTest, GetShowsAllThatWasAnswered) {
  server_.Answer("GetContact", contact_);
  const Result result = Run({"contact", "get", "igh-de/spokesperson", "--personal"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  ExpectOutput("contact_get", result.out);
}

TEST_F(ContactVerbsTest, GetAsksForWhatIsPersonalWhenTold) {
  server_.Answer("GetContact", contact_);
  Run({"contact", "get", "igh-de/spokesperson"});
  EXPECT_EQ(LastRequest<GetContactRequest>("GetContact").ShortDebugString(),
            R"(name: "newsrooms/igh-de/contacts/spokesperson")");
  Run({"contact", "get", "newsrooms/igh-de/contacts/spokesperson", "--personal"});
  EXPECT_EQ(LastRequest<GetContactRequest>("GetContact").ShortDebugString(),
            R"(name: "newsrooms/igh-de/contacts/spokesperson" read_mask { paths: "*" })");
}

TEST_F(ContactVerbsTest, GetOfADeskIsShort) {
  Contact desk;
  desk.set_name("newsrooms/a/contacts/desk");
  desk.set_kind(Contact::KIND_DESK);
  desk.set_state(Contact::STATE_MERGED);
  desk.set_merged_into("newsrooms/a/contacts/press");
  desk.set_merge("newsrooms/a/merges/m1");
  auto* name = desk.add_desk_names();
  name->set_locale("de");
  name->set_text("Pressestelle");
  server_.Answer("GetContact", desk);
  EXPECT_EQ(Run({"contact", "get", "a/desk"}).out,
            "newsrooms/a/contacts/desk\n"
            "  Name        Pressestelle (de)\n"
            "  Kind        DESK\n"
            "  State       MERGED into newsrooms/a/contacts/press\n"
            "  Merge       newsrooms/a/merges/m1\n"
            "  Visible to  INTERNAL\n"
            "  Created     -\n"
            "  Changed     -\n");
}

TEST_F(ContactVerbsTest, ListAlignsColumns) {
  contacts::v1::ListContactsResponse list;
  *list.add_contacts() = contact_;
  auto* desk = list.add_contacts();
  desk->set_name("newsrooms/igh-de/contacts/desk");
  desk->set_state(Contact::STATE_DEACTIVATED);
  desk->add_desk_names()->set_text("広報室");
  list.set_watch_token("w");
  server_.Answer("ListContacts", list);
  const Result result = Run({"contact", "list", "--newsroom", "igh-de", "--filter", "state=\"ACTIVE\"", "--order-by",
                             "name", "--show-deleted", "--personal"});
  ExpectOutput("contact_list", result.out);
  EXPECT_EQ(LastRequest<contacts::v1::ListContactsRequest>("ListContacts").ShortDebugString(),
            R"(parent: "newsrooms/igh-de" page_size: 100 filter: "state=\"ACTIVE\"" order_by: "name" )"
            R"(read_mask { paths: "*" } show_deleted: true)");
  EXPECT_THAT(Run({"contact", "list", "--newsroom", "igh-de", "--output", "json"}).out,
              HasSubstr("\"watchToken\": \"w\""));
}

TEST_F(ContactVerbsTest, SearchReadsPagesUpToItsLimit) {
  contacts::v1::SearchContactsResponse page;
  *page.add_contacts() = contact_;
  page.set_next_page_token("page-2");
  server_.Answer("SearchContacts", page);
  const Result result = Run({"contact", "search", "brkic", "--newsroom", "igh-de", "--limit", "2"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.err, "There are more; raise --limit to see them.\n");
  EXPECT_THAT(Methods(), ElementsAre("SearchContacts", "SearchContacts"));
  EXPECT_EQ(LastRequest<contacts::v1::SearchContactsRequest>("SearchContacts").ShortDebugString(),
            R"(parent: "newsrooms/igh-de" query: "brkic" page_size: 1 page_token: "page-2")");
  Run({"contact", "search", "+41 22 555 01 00", "--newsroom", "igh-de", "--limit", "1", "--personal"});
  EXPECT_EQ(LastRequest<contacts::v1::SearchContactsRequest>("SearchContacts").ShortDebugString(),
            R"(parent: "newsrooms/igh-de" query: "+41 22 555 01 00" page_size: 1 read_mask { paths: "*" })");
}

TEST_F(ContactVerbsTest, PrintableShowsWhatReadersGet) {
  PrintableContact printable;
  printable.set_contact("newsrooms/igh/contacts/desk");
  printable.set_instead_of("newsrooms/igh/contacts/spokesperson");
  printable.set_etag("\"3\"");
  printable.set_locale("sr");
  printable.set_display_name("Media desk");
  printable.set_organization_name("International Society for Aid");
  printable.set_organization_acronym("ISA");
  printable.add_emails("press@example.org");
  printable.add_phones("+41 22 555 01 00");
  printable.mutable_show_until()->set_seconds(1794729600);
  server_.Answer("GetPrintableContact", printable);
  const Result result = Run({"contact", "printable", "igh/spokesperson", "--language", "sr", "--newsroom", "igh-de",
                             "--at", "2026-10-16T10:00:00+02:00"});
  EXPECT_EQ(result.out,
            "newsrooms/igh/contacts/desk\n"
            "  Instead of    newsrooms/igh/contacts/spokesperson\n"
            "  Name          Media desk\n"
            "  Organization  International Society for Aid, ISA\n"
            "  Mail          press@example.org\n"
            "  Phone         +41 22 555 01 00\n"
            "  Language      sr, which not all of it has\n"
            "  Until         2026-11-15 08:00:00 UTC, then nobody\n"
            "  Etag          \"3\"\n");
  EXPECT_EQ(LastRequest<GetPrintableContactRequest>("GetPrintableContact").ShortDebugString(),
            R"(newsroom: "newsrooms/igh-de" contact: "newsrooms/igh/contacts/spokesperson" locale: "sr" )"
            R"(at_time { seconds: 1792137600 })");
}

TEST_F(ContactVerbsTest, PrintableIsForItsOwnNewsroomNowUnlessTold) {
  server_.Answer("GetPrintableContact", PrintableContact());
  EXPECT_EQ(Run({"contact", "printable", "igh/spokesperson", "--language", "de"}).code, kExitOk);
  EXPECT_EQ(LastRequest<GetPrintableContactRequest>("GetPrintableContact").ShortDebugString(),
            R"(newsroom: "newsrooms/igh" contact: "newsrooms/igh/contacts/spokesperson" locale: "de")");
}

TEST_F(ContactVerbsTest, UsagesShowWhatReadersSeeWhere) {
  contacts::v1::ListUsagesResponse list;
  auto& printed = *list.add_usages();
  printed.set_edition("newsrooms/igh-de/releases/wells/editions/de");
  printed.set_shown_contact("newsrooms/igh-de/contacts/spokesperson");
  printed.add_fields(releases::v1::ContactUsage::FIELD_NAME);
  printed.add_fields(releases::v1::ContactUsage::FIELD_EMAIL);
  printed.mutable_show_until()->set_seconds(1794729600);
  auto& replaced = *list.add_usages();
  replaced.set_edition("newsrooms/igh-de/releases/tents/editions/de");
  replaced.set_shown_contact("newsrooms/igh-de/contacts/desk");
  replaced.set_substitute(true);
  list.add_usages()->set_edition("newsrooms/igh-de/releases/water/editions/de");
  server_.Answer("ListUsages", list);
  const Result result = Run({"contact", "usages", "igh-de/spokesperson"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_THAT(result.out, HasSubstr("releases/wells/editions/de  newsrooms/igh-de/contacts/spokesperson"));
  EXPECT_THAT(result.out, HasSubstr("NAME, EMAIL"));
  EXPECT_THAT(result.out, HasSubstr("until 2026-11-15 08:00:00 UTC"));
  EXPECT_THAT(result.out, HasSubstr("newsrooms/igh-de/contacts/desk stands in"));
  EXPECT_THAT(result.out, HasSubstr("nobody"));
  EXPECT_EQ(LastRequest<contacts::v1::ListUsagesRequest>("ListUsages").ShortDebugString(),
            R"(name: "newsrooms/igh-de/contacts/spokesperson" page_size: 100)");
}

TEST_F(ContactVerbsTest, ConfirmTakesIntoUseAndShowsToNobodyUnlessTold) {
  contact_.set_state(Contact::STATE_UNCONFIRMED);
  server_.Answer("GetContact", contact_);
  contact_.set_state(Contact::STATE_ACTIVE);
  server_.Answer("UpdateContact", contact_);
  EXPECT_EQ(Run({"contact", "confirm", "igh-de/spokesperson"}).out,
            "newsrooms/igh-de/contacts/spokesperson is ACTIVE\n");
  auto sent = LastRequest<contacts::v1::UpdateContactRequest>("UpdateContact");
  EXPECT_EQ(sent.update_mask().ShortDebugString(), R"(paths: "visibility")");
  EXPECT_EQ(sent.contact().visibility(), contact_.visibility());
  EXPECT_EQ(sent.contact().etag(), contact_.etag());
  EXPECT_THAT(sent.request_id(), SizeIs(36));

  Run({"contact", "confirm", "igh-de/spokesperson", "--public"});
  sent = LastRequest<contacts::v1::UpdateContactRequest>("UpdateContact");
  EXPECT_EQ(sent.update_mask().ShortDebugString(),
            R"(paths: "visibility" paths: "emails" paths: "phones" paths: "web_addresses")");
  EXPECT_EQ(sent.contact().visibility(), contacts::v1::VISIBILITY_PUBLIC);
  for (const auto& email : sent.contact().emails()) EXPECT_EQ(email.visibility(), contacts::v1::VISIBILITY_PUBLIC);
  for (const auto& phone : sent.contact().phones()) EXPECT_EQ(phone.visibility(), contacts::v1::VISIBILITY_PUBLIC);
  EXPECT_EQ(sent.contact().emails_size(), contact_.emails_size());
}

TEST_F(ContactVerbsTest, DeactivateActsOnTheVersionThereIs) {
  server_.Answer("GetContact", contact_);
  contact_.set_state(Contact::STATE_DEACTIVATED);
  server_.Answer("DeactivateContact", contact_);
  const Result result =
      Run({"contact", "deactivate", "igh-de/spokesperson", "--substitute", "igh-de/desk", "--reason", "in Elternzeit"});
  EXPECT_EQ(result.out,
            "newsrooms/igh-de/contacts/spokesperson is DEACTIVATED, and newsrooms/igh-de/contacts/desk stands in\n");
  EXPECT_THAT(Methods(), ElementsAre("GetContact", "DeactivateContact"));
  auto sent = LastRequest<DeactivateContactRequest>("DeactivateContact");
  EXPECT_THAT(sent.request_id(), SizeIs(36));
  sent.clear_request_id();
  EXPECT_EQ(sent.ShortDebugString(), R"(name: "newsrooms/igh-de/contacts/spokesperson" etag: "\"7\"" )"
                                     R"(substitute: "newsrooms/igh-de/contacts/desk" reason: "in Elternzeit")");
}

TEST_F(ContactVerbsTest, DeactivateSaysThatNobodyStandsIn) {
  contact_.set_state(Contact::STATE_DEACTIVATED);
  contact_.clear_substitute();
  server_.Answer("DeactivateContact", contact_);
  EXPECT_EQ(Run({"contact", "deactivate", "a/b", "--etag", "\"3\"", "--validate-only"}).out,
            "Nothing was changed. It would be so:\n"
            "newsrooms/igh-de/contacts/spokesperson is DEACTIVATED, and nobody stands in\n");
}

TEST_F(ContactVerbsTest, AGivenEtagIsSentUnseen) {
  server_.Answer("ReactivateContact", contact_);
  const Result result = Run({"contact", "reactivate", "igh-de/spokesperson", "--etag", "\"3\""});
  EXPECT_EQ(result.out, "newsrooms/igh-de/contacts/spokesperson is ACTIVE\n");
  EXPECT_THAT(Methods(), ElementsAre("ReactivateContact"));
  auto sent = LastRequest<contacts::v1::ReactivateContactRequest>("ReactivateContact");
  EXPECT_THAT(sent.request_id(), SizeIs(36));
  sent.clear_request_id();
  EXPECT_EQ(sent.ShortDebugString(), R"(name: "newsrooms/igh-de/contacts/spokesperson" etag: "\"3\"")");
}

TEST_F(ContactVerbsTest, ReactivateActsOnTheVersionThereIs) {
  server_.Answer("GetContact", contact_);
  server_.Answer("ReactivateContact", contact_);
  EXPECT_THAT(Run({"contact", "reactivate", "igh-de/spokesperson", "--output", "json"}).out,
              StartsWith("{\n \"name\""));
  EXPECT_EQ(LastRequest<contacts::v1::ReactivateContactRequest>("ReactivateContact").etag(), "\"7\"");
}

TEST_F(ContactVerbsTest, DeleteSaysUntilWhenItCanBeTakenBack) {
  server_.Answer("GetContact", contact_);
  contact_.set_state(Contact::STATE_DELETED);
  contact_.mutable_purge_time()->set_seconds(1794729600);
  server_.Answer("DeleteContact", contact_);
  EXPECT_EQ(Run({"contact", "delete", "igh-de/spokesperson"}).out,
            "newsrooms/igh-de/contacts/spokesperson is DELETED, and goes for good on 2026-11-15 08:00:00 UTC\n");
  EXPECT_THAT(Methods(), ElementsAre("GetContact", "DeleteContact"));
  auto sent = LastRequest<contacts::v1::DeleteContactRequest>("DeleteContact");
  EXPECT_THAT(sent.request_id(), SizeIs(36));
  sent.clear_request_id();
  EXPECT_EQ(sent.ShortDebugString(), R"(name: "newsrooms/igh-de/contacts/spokesperson" etag: "\"7\"")");
}

TEST_F(ContactVerbsTest, UndeleteTakesADeletionBack) {
  server_.Answer("UndeleteContact", contact_);
  EXPECT_EQ(Run({"contact", "undelete", "igh-de/spokesperson", "--etag", "\"8\"", "--validate-only"}).out,
            "Nothing was changed. It would be so:\n"
            "newsrooms/igh-de/contacts/spokesperson is ACTIVE\n");
  EXPECT_THAT(Methods(), ElementsAre("UndeleteContact"));
  auto sent = LastRequest<contacts::v1::UndeleteContactRequest>("UndeleteContact");
  sent.clear_request_id();
  EXPECT_EQ(sent.ShortDebugString(),
            R"(name: "newsrooms/igh-de/contacts/spokesperson" etag: "\"8\"" validate_only: true)");
}

TEST_F(ContactVerbsTest, AVerbOnWhatIsNotThereIsNotFound) {
  server_.Fail("GetContact", platform::NotFound("contact", "newsrooms/a/contacts/b"));
  EXPECT_EQ(Run({"contact", "deactivate", "a/b"}).code, kExitNotFound);
  EXPECT_THAT(Methods(), ElementsAre("GetContact"));
}

TEST_F(ContactVerbsTest, SaysWhatToDoAboutErrors) {
  server_.Fail("DeactivateContact", platform::EtagMismatch("newsrooms/a/contacts/b", "\"8\""));
  EXPECT_THAT(Run({"contact", "deactivate", "a/b", "--etag", "\"7\""}).err,
              HasSubstr("look at it first with: communique contact get\n"));
  server_.Fail("ReactivateContact", platform::FailedPrecondition(Reason::ERROR_REASON_STATE_CONFLICT,
                                                                 "newsrooms/a/contacts/b", "is ACTIVE"));
  EXPECT_THAT(Run({"contact", "reactivate", "a/b", "--etag", "\"7\""}).err, HasSubstr("communique contact get\n"));
  server_.Fail("DeleteContact", platform::FailedPrecondition(Reason::ERROR_REASON_IN_USE, "newsrooms/a/contacts/b",
                                                             "newsrooms/a/contacts/b stands in for 2 contacts"));
  EXPECT_THAT(Run({"contact", "delete", "a/b", "--etag", "\"7\""}).err,
              HasSubstr("communique contact list --newsroom newsrooms/a --filter "
                        "'substitute=\"newsrooms/a/contacts/b\"'\n"));
  server_.Fail("GetPrintableContact", platform::FailedPrecondition(Reason::ERROR_REASON_NOT_PRINTABLE,
                                                                   "newsrooms/a/contacts/b", "is not PUBLIC"));
  EXPECT_THAT(Run({"contact", "printable", "a/b", "--language", "de"}).err, HasSubstr("deactivate --substitute\n"));
}

TEST_F(ContactVerbsTest, MistakesAreUsageErrorsAndCallNothing) {
  const std::vector<std::vector<std::string>> mistakes = {
      {"contact"},
      {"contact", "get", "spokesperson"},
      {"contact", "get", "newsrooms/a/releases/b"},
      {"contact", "list"},
      {"contact", "search", "--newsroom", "a"},
      {"contact", "search", "brkic"},
      {"contact", "printable", "a/b"},
      {"contact", "printable", "a/b", "--language", "de", "--at", "2026-10-16T10:00"},
      {"contact", "deactivate", "a/b", "--substitute", "b"},
      {"contact", "reactivate", "a/b", "--substitute", "a/c"},
      {"contact", "delete"},
      {"contact", "undelete", "b"},
  };
  for (const auto& arguments : mistakes) {
    EXPECT_EQ(Run(arguments).code, kExitUsage) << testing::PrintToString(arguments);
  }
  EXPECT_THAT(server_.received(), IsEmpty());
}

// Contacts have a server of their own.
class ContactsServerTest : public CommandTest {
 protected:
  void SetUp() override { server_.Answer("GetContact", Load<Contact>("contact")); }
};

TEST_F(ContactsServerTest, IsGivenByAnOptionOrTheEnvironment) {
  EXPECT_EQ(RunElsewhere({"contact", "get", "a/b", "--contacts-server", server_.address()}).code, kExitOk);
  environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address();
  EXPECT_EQ(RunElsewhere({"contact", "get", "a/b", "--server", "127.0.0.1:1"}).code, kExitOk);
  environment_["COMMUNIQUE_CONTACTS_SERVER"] = "127.0.0.1:1";
  EXPECT_EQ(RunElsewhere({"contact", "get", "a/b", "--contacts-server", server_.address()}).code, kExitOk);
  EXPECT_THAT(server_.received(), SizeIs(3));
}

TEST_F(ContactsServerTest, IsNotTheOneOfThisMachineWhenTheOtherIsElsewhere) {
  const Result result = RunElsewhere({"contact", "get", "a/b", "--server", "press.example.org:443"});
  EXPECT_EQ(result.code, kExitUsage);
  EXPECT_EQ(result.err,
            "communique: the server is press.example.org:443, and contacts have one of their own: give its address, "
            "--contacts-server HOST:PORT or COMMUNIQUE_CONTACTS_SERVER\n"
            "Run with --help for more information.\n");
}

TEST_F(ContactsServerTest, IsNamedInErrors) {
  EXPECT_THAT(RunElsewhere({"contact", "get", "a/b", "--contacts-server", "nowhere"}).err,
              StartsWith("communique: --contacts-server nowhere: give HOST:PORT or unix:PATH\n"));
}

TEST_F(ContactsServerTest, IsNotAskedForReleases) {
  RunElsewhere(
      {"release", "get", "a/b", "--retries", "0", "--server", "127.0.0.1:1", "--contacts-server", server_.address()});
  EXPECT_THAT(server_.received(), IsEmpty());
}

}  // namespace
}  // namespace communique::command
