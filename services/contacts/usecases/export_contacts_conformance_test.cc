// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/export_contacts.h"
#include "services/contacts/usecases/group_members.h"
#include "services/contacts/usecases/groups.h"
#include "services/platform/errors/error.h"

// Contacts as files: who is in them, and how much of them.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ExportContactsTest : public testing::TestWithParam<const char*> {
 protected:
  ExportContactsTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
  }

  using Ask = std::function<void(v1::ExportContactsRequest&)>;

  absl::StatusOr<v1::ExportContactsResponse> Send(const Ask& ask) {
    v1::ExportContactsRequest request;
    request.set_parent("newsrooms/relief");
    request.set_format(v1::EXCHANGE_FORMAT_CSV);
    ask(request);
    return ExportContacts(environment_, caller_, request);
  }
  v1::ExportContactsResponse Exported(const Ask& ask = [](auto&) {}) {
    auto file = Send(ask);
    EXPECT_TRUE(file.ok()) << file.status();
    return file.ok() ? *std::move(file) : v1::ExportContactsResponse();
  }
  v1::Contact Make(const std::string& id, v1::Visibility visibility, const std::string& newsroom = "relief") {
    auto contact = ContactDriver::FullPerson("Person " + id);
    contact.set_visibility(visibility);
    return ContactDriver::Expect(driver_.Send(ContactDriver::CreateRequest(id, contact, newsroom)));
  }
  static Ask For(v1::Visibility visibility) {
    return [visibility](v1::ExportContactsRequest& request) { request.set_min_visibility(visibility); };
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  Environment environment_ = store_.environment();
  const Caller caller_ = ContactsStore::As("editor");
};

TEST_P(ExportContactsTest, HoldsWhatTheAudienceMaySee) {
  Make("everybody", v1::VISIBILITY_PUBLIC);
  Make("media", v1::VISIBILITY_MEDIA_ONLY);
  Make("house", v1::VISIBILITY_INTERNAL);
  const auto everybody = Exported();
  EXPECT_EQ(everybody.contact_count(), 1);
  EXPECT_EQ(everybody.left_out_count(), 2);
  EXPECT_EQ(everybody.media_type(), "text/csv; charset=utf-8; header=present");
  EXPECT_THAT(everybody.content(), AllOf(HasSubstr("Person everybody"), HasSubstr("milena@example.org"),
                                         Not(HasSubstr("717 91 11")), Not(HasSubstr("before noon"))));
  EXPECT_EQ(Exported(For(v1::VISIBILITY_MEDIA_ONLY)).contact_count(), 2);
  const auto house = Exported(For(v1::VISIBILITY_INTERNAL));
  EXPECT_EQ(house.contact_count(), 3);
  EXPECT_THAT(house.content(), AllOf(HasSubstr(",'+41 22 717 91 11,"), HasSubstr("before noon")));
}

TEST_P(ExportContactsTest, OutsideOfTheHouseOnlyThoseInUse) {
  const auto gone = Make("gone", v1::VISIBILITY_PUBLIC);
  ContactDriver::Expect(driver_.Send(ContactDriver::Of<v1::DeactivateContactRequest>(gone)));
  const auto deleted = Make("deleted", v1::VISIBILITY_PUBLIC);
  ContactDriver::Expect(driver_.Send(ContactDriver::Of<v1::DeleteContactRequest>(deleted)));
  auto later = ContactDriver::Person("Later");
  *later.mutable_valid_from() = platform::ToTimestamp(store_.clock().Now() + absl::Hours(1));
  driver_.Make("later", later);
  auto ended = ContactDriver::Person("Ended");
  *ended.mutable_valid_until() = platform::ToTimestamp(store_.clock().Now());
  driver_.Make("ended", ended);
  EXPECT_EQ(Exported().contact_count(), 0);
  const auto house = Exported(For(v1::VISIBILITY_INTERNAL));
  EXPECT_EQ(house.contact_count(), 3);
  EXPECT_THAT(house.content(), Not(HasSubstr("Person deleted")));
}

TEST_P(ExportContactsTest, ThoseThatAreNamedOrFound) {
  const auto a = Make("a", v1::VISIBILITY_PUBLIC);
  const auto b = Make("b", v1::VISIBILITY_PUBLIC);
  driver_.Make("desk", ContactDriver::Desk("Pressestelle"));
  const auto named = Exported([&](auto& request) {
    request.add_names(b.name());
    request.add_names(a.name());
  });
  EXPECT_EQ(named.contact_count(), 2);
  EXPECT_LT(named.content().find("Person b"), named.content().find("Person a")) << "in the order asked for";
  const auto desks = Exported([](auto& request) { request.set_filter("kind = DESK"); });
  EXPECT_EQ(desks.contact_count(), 1);
  EXPECT_THAT(desks.content(), HasSubstr("Pressestelle"));
  EXPECT_EQ(ReasonOf(Send([](auto& request) { request.add_names(ContactDriver::NameOf("nobody")); }).status()),
            Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Send([](auto& request) { request.set_filter("kind = "); }).status()),
            Reason::ERROR_REASON_FILTER_INVALID);
}

TEST_P(ExportContactsTest, AGroupWithWhatIsPrintedOfThoseFromAbove) {
  v1::CreateGroupRequest create;
  create.set_parent("newsrooms/relief");
  create.mutable_group()->set_display_name("Crisis cell");
  const auto group = CreateGroup(environment_, caller_, create);
  ASSERT_TRUE(group.ok()) << group.status();
  v1::ModifyGroupMembersRequest modify;
  modify.set_name(group->value.name());
  modify.set_etag(group->value.etag());
  modify.add_add(Make("ours", v1::VISIBILITY_INTERNAL).name());
  modify.add_add(Make("boss", v1::VISIBILITY_PUBLIC, "hq").name());
  modify.add_add(Make("hidden", v1::VISIBILITY_INTERNAL, "hq").name());
  ASSERT_TRUE(ModifyGroupMembers(environment_, caller_, modify).ok());
  const auto file = Exported([&](auto& request) {
    request.set_group(group->value.name());
    request.set_min_visibility(v1::VISIBILITY_INTERNAL);
  });
  EXPECT_EQ(file.contact_count(), 2);
  EXPECT_EQ(file.left_out_count(), 1);
  EXPECT_THAT(file.content(), AllOf(HasSubstr("Person ours"), HasSubstr("Person boss"), Not(HasSubstr("hidden"))));
  const auto boss = file.content().substr(file.content().find("Person boss"));
  EXPECT_THAT(boss.substr(0, boss.find("\r\n")), AllOf(HasSubstr("milena@example.org"), Not(HasSubstr("717 91 11")),
                                                       Not(HasSubstr("noon")), Not(HasSubstr("Given"))));
}

TEST_P(ExportContactsTest, ManyComeInSeveralFiles) {
  for (int i = 0; i < 25; ++i) Make(absl::StrCat("c", 10 + i), v1::VISIBILITY_PUBLIC);
  const auto read_all = [&](const Ask& also) {
    std::vector<int> counts;
    std::string token;
    do {
      const auto file = Exported([&](v1::ExportContactsRequest& request) {
        also(request);
        request.set_page_token(token);
      });
      counts.push_back(file.contact_count());
      token = file.next_page_token();
    } while (!token.empty() && counts.size() < 100);
    return counts;
  };
  EXPECT_THAT(read_all([](auto& request) { request.set_page_size(10); }), testing::ElementsAre(10, 10, 5));
  EXPECT_THAT(read_all([](auto& request) {
                for (int i = 0; i < 25; ++i) request.add_names(ContactDriver::NameOf(absl::StrCat("c", 34 - i)));
                request.set_page_size(20);
              }),
              testing::ElementsAre(20, 5));
  environment_.exchange_limits.file_bytes = 600;
  const auto counts = read_all([](auto&) {});
  EXPECT_GT(counts.size(), 2U);
  EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), 0), 25);
  const auto first = Exported([](auto& request) { request.set_page_size(1); });
  EXPECT_EQ(ReasonOf(Send([&](auto& request) {
                       request.set_filter("kind = DESK");
                       request.set_page_token(first.next_page_token());
                     }).status()),
            Reason::ERROR_REASON_PAGE_TOKEN_MISMATCH);
}

TEST_P(ExportContactsTest, WhatIsWrongWithTheRequestIsNamedAtOnce) {
  const auto status = Send([](auto& request) {
                        request.clear_format();
                        request.add_names("newsrooms/hq/contacts/a");
                        request.add_names("a");
                        request.set_group("newsrooms/hq/groups/g");
                        request.set_filter("kind = DESK");
                        request.set_page_size(-1);
                      }).status();
  for (const char* field : {"format", "names[0]", "names[1]", "group", "filter", "page_size"}) {
    EXPECT_THAT(std::string(status.message()), HasSubstr(field));
  }
  environment_.exchange_limits.names = 1;
  EXPECT_THAT(std::string(Send([](auto& request) {
                            request.add_names(ContactDriver::NameOf("a"));
                            request.add_names(ContactDriver::NameOf("b"));
                          })
                              .status()
                              .message()),
              HasSubstr("limits.exchange.names"));
}

INSTANTIATE_TEST_SUITE_P(Engines, ExportContactsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
