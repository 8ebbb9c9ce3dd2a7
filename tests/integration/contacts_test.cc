// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The contacts service as a process beside the releases service: it learns of newsrooms, keeps who speaks for whom, and
// gives away nothing personal by itself.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "communique/contacts/v1/contact_service.grpc.pb.h"
#include "communique/contacts/v1/exchange_service.grpc.pb.h"
#include "communique/contacts/v1/group_service.grpc.pb.h"
#include "communique/contacts/v1/organization_service.grpc.pb.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/temporary_folder.h"
#include "tests/testing/client.h"
#include "tests/testing/service_process.h"

namespace communique::testing {
namespace {

namespace contacts = communique::contacts::v1;
using platform::Reason;
using platform::ReasonOf;

class ContactsTest : public ::testing::Test {
 protected:
  // A newsroom in the releases service; its name.
  std::string OpenNewsroom(const std::string& id, const std::string& parent = "") {
    v1::CreateNewsroomRequest request;
    request.set_newsroom_id(id);
    request.mutable_newsroom()->set_display_name("Example Relief");
    request.mutable_newsroom()->set_source_language("de");
    request.mutable_newsroom()->set_parent_newsroom(parent);
    const auto made = releases_client_.Call(&v1::NewsroomService::Stub::CreateNewsroom, request);
    EXPECT_TRUE(made.ok()) << made.status();
    return made.ok() ? made->name() : "";
  }
  // Until the contacts service has heard of the newsroom.
  absl::StatusOr<contacts::Organization> CreateOrganization(const std::string& newsroom, const std::string& id) {
    contacts::CreateOrganizationRequest request;
    request.set_parent(newsroom);
    request.set_organization_id(id);
    auto& name = *request.mutable_organization()->add_names();
    name.set_locale("de");
    name.set_display_name("Internationale Gesellschaft für Hilfe");
    name.set_acronym("IGH");
    request.mutable_organization()->set_country("CH");
    const absl::Time end = absl::Now() + absl::Seconds(30);
    for (;;) {
      auto made = contacts_client_->Call(&contacts::OrganizationService::Stub::CreateOrganization, request);
      if (made.ok() || ReasonOf(made.status()) != Reason::ERROR_REASON_NOT_FOUND || absl::Now() > end) return made;
      std::this_thread::yield();
    }
  }
  contacts::CreateContactRequest Spokesperson(const std::string& newsroom, const std::string& organization) const {
    contacts::CreateContactRequest request;
    request.set_parent(newsroom);
    request.set_contact_id("spokesperson");
    auto& contact = *request.mutable_contact();
    contact.set_kind(contacts::Contact::KIND_PERSON);
    contact.set_visibility(contacts::VISIBILITY_PUBLIC);
    contact.add_person_names()->set_display_name("Milena Brkić");
    contact.set_organization(organization);
    auto& mail = *contact.add_emails();
    mail.set_address("mbrkic@example.org");
    mail.set_visibility(contacts::VISIBILITY_PUBLIC);
    auto& phone = *contact.add_phones();
    phone.set_number("022 717 91 11");
    phone.set_visibility(contacts::VISIBILITY_INTERNAL);
    return request;
  }

  platform::TemporaryFolder folder_;
  ReleasesProcess releases_{{"--database.file=" + folder_.File("releases.db")}};
  Client releases_client_{releases_.internal()};
  ContactsProcess contacts_{
      {"--database.file=" + folder_.File("contacts.db"), "--peers.releases.address=" + releases_.internal()}};
  std::unique_ptr<Client> contacts_client_ = std::make_unique<Client>(contacts_.internal());
};

TEST_F(ContactsTest, LearnsOfNewsroomsAndKeepsWhoSpeaksForWhom) {
  const std::string newsroom = OpenNewsroom("river");
  const auto organization = CreateOrganization(newsroom, "igh");
  ASSERT_TRUE(organization.ok()) << organization.status();

  const auto made = contacts_client_->Call(&contacts::ContactService::Stub::CreateContact,
                                           Spokesperson(newsroom, organization->name()));
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->emails_size(), 0) << "personal, and not asked for";

  contacts::GetContactRequest get;
  get.set_name(made->name());
  get.mutable_read_mask()->add_paths("*");
  const auto whole = contacts_client_->Call(&contacts::ContactService::Stub::GetContact, get);
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_EQ(whole->phones(0).e164(), "+41227179111") << "a number of the organization's country";

  contacts::SearchContactsRequest search;
  search.set_parent(newsroom);
  search.set_query("brkic");
  const auto found = contacts_client_->Call(&contacts::ContactService::Stub::SearchContacts, search);
  ASSERT_TRUE(found.ok()) << found.status();
  ASSERT_EQ(found->contacts_size(), 1);

  contacts::GetPrintableContactRequest print;
  print.set_newsroom(newsroom);
  print.set_contact(made->name());
  print.set_locale("de");
  const auto printed = contacts_client_->Call(&contacts::ContactService::Stub::GetPrintableContact, print);
  ASSERT_TRUE(printed.ok()) << printed.status();
  EXPECT_EQ(printed->display_name(), "Milena Brkić");
  EXPECT_EQ(printed->organization_acronym(), "IGH");
  ASSERT_EQ(printed->emails_size(), 1);
  EXPECT_EQ(printed->emails(0), "mbrkic@example.org");
  EXPECT_EQ(printed->phones_size(), 0) << "internal";
}

TEST_F(ContactsTest, KnowsNewsroomsThatWereMadeWhileItWasAway) {
  ASSERT_TRUE(CreateOrganization(OpenNewsroom("river"), "igh").ok());
  // A process that is killed while it lists is waited for: it may be another replica's (follow.listing_lease).
  while (contacts_.Metric(R"(communique_follower_state{feed="newsrooms",peer="releases",state="following"})") != 1) {
    std::this_thread::yield();
  }
  contacts_.Kill();
  OpenNewsroom("hq");
  const std::string lake = OpenNewsroom("lake", "newsrooms/hq");
  contacts_.Start();
  contacts_client_ = std::make_unique<Client>(contacts_.internal());
  EXPECT_TRUE(CreateOrganization(lake, "igh").ok());
}

TEST_F(ContactsTest, WorksOnWhatItKnowsWithoutTheReleasesService) {
  const std::string newsroom = OpenNewsroom("river");
  ASSERT_TRUE(CreateOrganization(newsroom, "igh").ok());
  releases_.Kill();
  EXPECT_TRUE(CreateOrganization(newsroom, "other").ok());
  EXPECT_EQ(contacts_.HttpStatus("/readyz"), "200 OK");
  EXPECT_EQ(contacts_.Terminate(), 0);
}

// Through all layers: several transactions of one import, a group of what it made, and a file of the group.
TEST_F(ContactsTest, ReadsAFileAndWritesOne) {
  const ContactsProcess process({"--database.file=" + folder_.File("parts.db"),
                                 "--peers.releases.address=" + releases_.internal(),
                                 "--limits.exchange.cards_at_once=2"});
  contacts_client_ = std::make_unique<Client>(process.internal());
  const std::string newsroom = OpenNewsroom("river");
  ASSERT_TRUE(CreateOrganization(newsroom, "igh").ok());
  contacts::ImportContactsRequest import;
  import.set_parent(newsroom);
  import.set_format(contacts::EXCHANGE_FORMAT_CSV);
  import.set_content("display_name,organization,phone\r\n");
  for (int i = 0; i < 5; ++i) {
    absl::StrAppend(import.mutable_content(), "Person ", i, ",IGH,022 717 91 1", i, "\r\n");
  }
  import.set_source("Press fair 2026");
  import.set_basis(contacts::PROCESSING_BASIS_PUBLIC_TASK);
  import.set_request_id("5f0c3f0e-7a53-4f5e-9f39-8f7b9d4a1c11");
  const auto made = contacts_client_->Call(&contacts::ExchangeService::Stub::ImportContacts, import);
  ASSERT_TRUE(made.ok()) << made.status();
  ASSERT_EQ(made->created_count(), 5) << made->DebugString();

  contacts::CreateGroupRequest create;
  create.set_parent(newsroom);
  create.mutable_group()->set_display_name("Press fair");
  const auto group = contacts_client_->Call(&contacts::GroupService::Stub::CreateGroup, create);
  ASSERT_TRUE(group.ok()) << group.status();
  contacts::ModifyGroupMembersRequest modify;
  modify.set_name(group->name());
  modify.set_etag(group->etag());
  for (const auto& card : made->cards()) modify.add_add(card.contact());
  const auto full = contacts_client_->Call(&contacts::GroupService::Stub::ModifyGroupMembers, modify);
  ASSERT_TRUE(full.ok()) << full.status();
  EXPECT_EQ(full->member_count(), 5);

  contacts::ExportContactsRequest ask;
  ask.set_parent(newsroom);
  ask.set_format(contacts::EXCHANGE_FORMAT_CSV);
  ask.set_group(group->name());
  ask.set_min_visibility(contacts::VISIBILITY_INTERNAL);
  const auto file = contacts_client_->Call(&contacts::ExchangeService::Stub::ExportContacts, ask);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ(file->contact_count(), 5);
  EXPECT_THAT(file->content(), ::testing::HasSubstr("'+41227179114"));
}

}  // namespace
}  // namespace communique::testing
