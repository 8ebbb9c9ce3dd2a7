// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/testing/consent_driver.h"
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
using testing::ElementsAre;
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
  // The name of a group with these members.
  std::string GroupOf(const std::vector<std::string>& members) {
    v1::CreateGroupRequest create;
    create.set_parent("newsrooms/relief");
    create.mutable_group()->set_display_name("Crisis cell");
    const auto group = CreateGroup(environment_, caller_, create);
    EXPECT_TRUE(group.ok()) << group.status();
    if (!group.ok()) return "";
    v1::ModifyGroupMembersRequest modify;
    modify.set_name(group->value.name());
    modify.set_etag(group->value.etag());
    for (const std::string& member : members) modify.add_add(member);
    const auto modified = ModifyGroupMembers(environment_, caller_, modify);
    EXPECT_TRUE(modified.ok()) << modified.status();
    return group->value.name();
  }
  static Ask For(v1::Visibility visibility) {
    return [visibility](v1::ExportContactsRequest& request) { request.set_min_visibility(visibility); };
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  ConsentDriver consent_{store_};
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
  const std::string group =
      GroupOf({Make("ours", v1::VISIBILITY_INTERNAL).name(), Make("boss", v1::VISIBILITY_PUBLIC, "hq").name(),
               Make("hidden", v1::VISIBILITY_INTERNAL, "hq").name()});
  const auto file = Exported([&](auto& request) {
    request.set_group(group);
    request.set_min_visibility(v1::VISIBILITY_INTERNAL);
  });
  EXPECT_EQ(file.contact_count(), 2);
  EXPECT_EQ(file.left_out_count(), 1);
  EXPECT_THAT(file.content(), AllOf(HasSubstr("Person ours"), HasSubstr("Person boss"), Not(HasSubstr("hidden"))));
  const auto boss = file.content().substr(file.content().find("Person boss"));
  EXPECT_THAT(boss.substr(0, boss.find("\r\n")), AllOf(HasSubstr("milena@example.org"), Not(HasSubstr("717 91 11")),
                                                       Not(HasSubstr("noon")), Not(HasSubstr("Given"))));
}

TEST_P(ExportContactsTest, WhoRefusesToBePrintedIsInFilesForTheHouseAlone) {
  using Record = v1::ProcessingRecord;
  const std::string above = Make("above", v1::VISIBILITY_PUBLIC, "hq").name();
  const std::string own = Make("own", v1::VISIBILITY_PUBLIC).name();
  const std::string media = Make("media", v1::VISIBILITY_MEDIA_ONLY).name();
  const std::string ends = Make("ends", v1::VISIBILITY_PUBLIC).name();
  const std::string other = Make("other", v1::VISIBILITY_PUBLIC).name();
  const std::string group = GroupOf({above, own, media, ends, other});
  const auto in = [&](v1::Visibility visibility, const Ask& select) {
    const auto file = Exported([&](auto& request) {
      request.set_min_visibility(visibility);
      select(request);
    });
    std::vector<std::string> who;
    for (const char* id : {"above", "own", "media", "ends", "other"}) {
      if (file.content().find(absl::StrCat("Person ", id)) != std::string::npos) who.emplace_back(id);
    }
    EXPECT_EQ(file.contact_count(), static_cast<int>(who.size()));
    who.push_back(absl::StrCat(file.left_out_count(), " left out"));
    return who;
  };
  const Ask members = [&](auto& request) { request.set_group(group); };
  const Ask all = [](auto&) {};
  const Ask named = [&](auto& request) {
    for (const std::string& name : {other, ends, own, media}) request.add_names(name);
  };
  EXPECT_THAT(in(v1::VISIBILITY_MEDIA_ONLY, members),
              ElementsAre("above", "own", "media", "ends", "other", "0 left out"));
  consent_.Recorded(above, ConsentDriver::ObjectedToAll());
  consent_.Recorded(own, ConsentDriver::Said(Record::EVENT_WITHDRAWN, v1::PURPOSE_PRINTING));
  consent_.Recorded(media, ConsentDriver::ObjectedToAll());
  consent_.Recorded(ends, ConsentDriver::GrantedForAnHour(store_, v1::PURPOSE_PRINTING));
  consent_.Recorded(other, ConsentDriver::Said(Record::EVENT_OBJECTED, v1::PURPOSE_NEWSLETTERS));
  EXPECT_THAT(in(v1::VISIBILITY_PUBLIC, members), ElementsAre("ends", "other", "3 left out"));
  EXPECT_THAT(in(v1::VISIBILITY_MEDIA_ONLY, members), ElementsAre("ends", "other", "3 left out"));
  EXPECT_THAT(in(v1::VISIBILITY_INTERNAL, members), ElementsAre("own", "media", "ends", "other", "1 left out"));
  for (const Ask& select : {all, named}) {
    EXPECT_THAT(in(v1::VISIBILITY_PUBLIC, select), ElementsAre("ends", "other", "2 left out"));
    EXPECT_THAT(in(v1::VISIBILITY_INTERNAL, select), ElementsAre("own", "media", "ends", "other", "0 left out"));
  }
  store_.clock().Advance(absl::Hours(1));
  EXPECT_THAT(in(v1::VISIBILITY_PUBLIC, all), ElementsAre("other", "3 left out"));
  // What the file is for makes no exception: it is for everybody.
  consent_.Recorded(own, ConsentDriver::Granted());
  const auto mailing = Exported([](auto& request) {
    request.set_purpose(v1::PURPOSE_PRESS_RELEASES);
    request.set_channel(v1::CHANNEL_EMAIL);
  });
  EXPECT_EQ(mailing.contact_count(), 0);
  EXPECT_EQ(mailing.not_permitted_count(), 1) << "the other one, whom nobody has asked";
  consent_.Recorded(own, ConsentDriver::Granted(v1::PURPOSE_PRINTING));
  EXPECT_THAT(in(v1::VISIBILITY_PUBLIC, all), ElementsAre("own", "other", "2 left out"));
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

// A list to send to: who may be written to, by what may be used, and nothing else.
TEST_P(ExportContactsTest, ForAPurposeOnlyThoseWhoMayBeWrittenTo) {
  const auto make = [&](const std::string& id) {
    auto contact = ContactDriver::Person("Person " + id);
    contact.set_visibility(v1::VISIBILITY_INTERNAL);
    contact.add_emails()->set_address(id + "@example.org");
    contact.add_emails()->set_address(id + ".private@example.org");
    contact.add_phones()->set_number("+41 22 717 91 11");
    return driver_.Make(id, contact).name();
  };
  consent_.Add(make("agreed"), ConsentDriver::Granted()).IgnoreError();
  const std::string objected = make("objected");
  consent_.Add(objected, ConsentDriver::Granted()).IgnoreError();
  consent_.Add(objected, ConsentDriver::Said(v1::ProcessingRecord::EVENT_OBJECTED)).IgnoreError();
  make("unasked");
  consent_.Add(make("gone"), ConsentDriver::Granted()).IgnoreError();
  consent_.Suppress("agreed.private@example.org");
  consent_.Suppress("gone@example.org");
  consent_.Suppress("gone.private@example.org", v1::Suppression::REASON_BOUNCED_HARD, "hq");
  driver_.Make("desk", ContactDriver::Desk("Pressestelle"));

  const auto asked = [](v1::Purpose purpose, v1::Channel channel) {
    return [purpose, channel](v1::ExportContactsRequest& request) {
      request.set_min_visibility(v1::VISIBILITY_INTERNAL);
      request.set_purpose(purpose);
      request.set_channel(channel);
    };
  };
  const auto file = Exported(asked(v1::PURPOSE_PRESS_RELEASES, v1::CHANNEL_EMAIL));
  EXPECT_EQ(file.contact_count(), 1);
  EXPECT_EQ(file.left_out_count(), 4);
  EXPECT_EQ(file.not_permitted_count(), 4) << "one objected, one was never asked, two cannot be reached";
  EXPECT_THAT(file.content(), AllOf(HasSubstr("Person agreed"), HasSubstr("agreed@example.org"),
                                    Not(HasSubstr("private")), Not(HasSubstr("717"))));
  const auto called = Exported(asked(v1::PURPOSE_PRESS_RELEASES, v1::CHANNEL_PHONE));
  EXPECT_EQ(called.contact_count(), 2);
  EXPECT_THAT(called.content(), AllOf(HasSubstr("717 91 11"), Not(HasSubstr("@example.org"))));
  EXPECT_EQ(Exported(asked(v1::PURPOSE_SURVEYS, v1::CHANNEL_EMAIL)).contact_count(), 0);
  // By its address for the house, a file for everybody reaches nobody.
  const auto everybody = Exported([&](auto& request) {
    asked(v1::PURPOSE_PRESS_RELEASES, v1::CHANNEL_EMAIL)(request);
    request.set_min_visibility(v1::VISIBILITY_PUBLIC);
  });
  EXPECT_EQ(everybody.contact_count(), 0);
  EXPECT_EQ(everybody.not_permitted_count(), 1) << "the desk; the others are not for everybody";

  const std::string printed = driver_.Make("printed", ContactDriver::FullPerson("Person printed")).name();
  const auto print = [&](auto& request) { request.set_purpose(v1::PURPOSE_PRINTING); };
  EXPECT_THAT(Exported(print).content(), AllOf(HasSubstr("Person printed"), HasSubstr("milena@example.org")));
  consent_.Add(printed, ConsentDriver::Said(v1::ProcessingRecord::EVENT_OBJECTED, v1::PURPOSE_PRINTING)).IgnoreError();
  EXPECT_THAT(Exported(print).content(), Not(HasSubstr("Person printed")));
}

TEST_P(ExportContactsTest, APurposeNeedsAChannelAndAChannelAPurpose) {
  const auto why = [&](v1::Purpose purpose, v1::Channel channel) {
    return std::string(Send([&](auto& request) {
                         request.set_purpose(purpose);
                         request.set_channel(channel);
                       })
                           .status()
                           .message());
  };
  EXPECT_THAT(why(v1::PURPOSE_SURVEYS, v1::CHANNEL_UNSPECIFIED), HasSubstr("channel: must be EMAIL, PHONE or POST"));
  EXPECT_THAT(why(v1::PURPOSE_UNSPECIFIED, v1::CHANNEL_EMAIL), HasSubstr("purpose: must be given with a channel"));
  EXPECT_THAT(why(v1::PURPOSE_PRINTING, v1::CHANNEL_EMAIL), HasSubstr("channel: must be left out for PRINTING"));
  EXPECT_THAT(why(static_cast<v1::Purpose>(99), v1::CHANNEL_EMAIL), HasSubstr("purpose"));
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
