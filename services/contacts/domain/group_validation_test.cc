// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/group_validation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"

namespace communique::contacts {
namespace {

using testing::HasSubstr;

std::string MessageOf(const absl::Status& status) { return std::string(status.message()); }

TEST(GroupValidationTest, NamesTheFieldsThatAreWrong) {
  v1::ContactGroup group;
  group.set_display_name("Science\ndesks");
  group.set_description(std::string(2001, 'x'));
  const std::string message = MessageOf(ValidateGroup(group));
  EXPECT_THAT(message, HasSubstr("display_name"));
  EXPECT_THAT(message, HasSubstr("description"));
  group.set_display_name("★");
  EXPECT_THAT(MessageOf(ValidateGroup(group)), HasSubstr("display_name"));
  group.set_display_name(std::string(200, 'x'));
  group.set_description(std::string(2000, 'x'));
  EXPECT_TRUE(ValidateGroup(group).ok());
}

TEST(GroupValidationTest, AtMostFiveThousandMembersChangeAtOnce) {
  v1::ModifyGroupMembersRequest request;
  for (int i = 0; i < 5000; ++i) request.add_add(absl::StrCat("newsrooms/relief/contacts/c", i));
  EXPECT_TRUE(ValidateMembers(request).ok());
  request.add_add("newsrooms/relief/contacts/one-more");
  EXPECT_THAT(MessageOf(ValidateMembers(request)), HasSubstr("add"));
  v1::ModifyGroupMembersRequest removal;
  for (int i = 0; i < 5001; ++i) removal.add_remove(absl::StrCat("newsrooms/relief/contacts/c", i));
  EXPECT_THAT(MessageOf(ValidateMembers(removal)), HasSubstr("remove"));
}

TEST(GroupValidationTest, MembersAreContactsAndInOneListOnly) {
  v1::ModifyGroupMembersRequest request;
  request.add_add("newsrooms/relief/contacts/a");
  request.add_add("newsrooms/relief/groups/b");
  request.add_remove("newsrooms/relief/contacts/a");
  const std::string message = MessageOf(ValidateMembers(request));
  EXPECT_THAT(message, HasSubstr("add[1]"));
  EXPECT_THAT(message, HasSubstr("remove[0]"));
}

}  // namespace
}  // namespace communique::contacts
