// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/contacts/v1/group_service.pb.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using contacts::v1::ContactGroup;
using contacts::v1::ModifyGroupMembersRequest;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class GroupVerbsTest : public CommandTest {
 protected:
  void SetUp() override {
    environment_["COMMUNIQUE_CONTACTS_SERVER"] = server_.address();
    group_.set_name("newsrooms/igh-de/groups/science");
    group_.set_etag("\"3\"");
    group_.set_display_name("Science desks");
    group_.set_description("For the yearly report");
    group_.set_member_count(2);
    server_.Answer("GetGroup", group_);
  }

  template <typename Request>
  std::string Sent(const std::string& method) {
    auto request = LastRequest<Request>(method);
    request.clear_request_id();
    return request.ShortDebugString();
  }

  ContactGroup group_;
};

TEST_F(GroupVerbsTest, GetShowsIt) {
  const Result result = Run({"group", "get", "igh-de/science"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  EXPECT_EQ(result.out,
            "newsrooms/igh-de/groups/science\n  Called   Science desks\n  For      For the yearly report\n"
            "  Members  2\n  Etag     \"3\"\n");
}

TEST_F(GroupVerbsTest, CreateSendsWhatTheOptionsSay) {
  server_.Answer("CreateGroup", group_);
  const Result result = Run({"group", "create", "igh-de/science", "--display-name", "Science desks", "--description",
                             "For the report", "--validate-only"});
  EXPECT_THAT(result.out, StartsWith("Nothing was changed. It would be so:\n"));
  EXPECT_EQ(Sent<contacts::v1::CreateGroupRequest>("CreateGroup"),
            "parent: \"newsrooms/igh-de\" group_id: \"science\" group { display_name: \"Science desks\" description: "
            "\"For the report\" } validate_only: true");
}

TEST_F(GroupVerbsTest, MembersAreAddedAndRemovedInTheVersionThereIs) {
  server_.Answer("ModifyGroupMembers", group_);
  Run({"group", "add", "igh-de/science", "igh-de/k4", "igh/k5"});
  EXPECT_EQ(Sent<ModifyGroupMembersRequest>("ModifyGroupMembers"),
            "name: \"newsrooms/igh-de/groups/science\" etag: \"\\\"3\\\"\" add: \"newsrooms/igh-de/contacts/k4\" add: "
            "\"newsrooms/igh/contacts/k5\"");
  Run({"group", "remove", "igh-de/science", "igh-de/k4", "--etag", "\"7\""});
  EXPECT_EQ(Sent<ModifyGroupMembersRequest>("ModifyGroupMembers"),
            "name: \"newsrooms/igh-de/groups/science\" etag: \"\\\"7\\\"\" remove: \"newsrooms/igh-de/contacts/k4\"");
}

TEST_F(GroupVerbsTest, UpdateDeleteAndUndelete) {
  for (const char* method : {"UpdateGroup", "DeleteGroup", "UndeleteGroup"}) server_.Answer(method, group_);
  Run({"group", "update", "igh-de/science", "--display-name", "Science"});
  EXPECT_EQ(
      Sent<contacts::v1::UpdateGroupRequest>("UpdateGroup"),
      "group { name: \"newsrooms/igh-de/groups/science\" etag: \"\\\"3\\\"\" display_name: \"Science\" } update_mask "
      "{ paths: \"display_name\" }");
  EXPECT_EQ(Run({"group", "update", "igh-de/science"}).code, kExitUsage);
  Run({"group", "delete", "igh-de/science"});
  Run({"group", "undelete", "igh-de/science"});
  EXPECT_EQ(Sent<contacts::v1::UndeleteGroupRequest>("UndeleteGroup"),
            "name: \"newsrooms/igh-de/groups/science\" etag: \"\\\"3\\\"\"");
}

TEST_F(GroupVerbsTest, ListsGroupsAndMembers) {
  contacts::v1::ListGroupsResponse groups;
  *groups.add_groups() = group_;
  server_.Answer("ListGroups", groups);
  EXPECT_EQ(Run({"group", "list", "--newsroom", "igh-de", "--member", "igh-de/k4"}).out,
            "newsrooms/igh-de/groups/science  2 members  Science desks\n");
  EXPECT_EQ(LastRequest<contacts::v1::ListGroupsRequest>("ListGroups").member(), "newsrooms/igh-de/contacts/k4");
  contacts::v1::ListGroupMembersResponse members;
  auto& contact = *members.add_contacts();
  contact.set_name("newsrooms/igh-de/contacts/k4");
  contact.set_state(contacts::v1::Contact::STATE_ACTIVE);
  contact.add_person_names()->set_display_name("Milena Brkić");
  server_.Answer("ListGroupMembers", members);
  EXPECT_THAT(Run({"group", "members", "igh-de/science", "--personal"}).out,
              StartsWith("newsrooms/igh-de/contacts/k4  ACTIVE  Milena Brkić"));
  EXPECT_THAT(LastRequest<contacts::v1::ListGroupMembersRequest>("ListGroupMembers").read_mask().paths(),
              ElementsAre("*"));
}

}  // namespace
}  // namespace communique::command
