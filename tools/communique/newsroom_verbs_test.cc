// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>

#include "communique/releases/v1/newsroom_service.pb.h"
#include "tools/communique/testing/command_test.h"

namespace communique::command {
namespace {

using google::protobuf::TextFormat;
using releases::v1::CreateNewsroomRequest;
using releases::v1::ListNewsroomsRequest;
using releases::v1::ListNewsroomsResponse;
using releases::v1::Newsroom;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class NewsroomVerbsTest : public CommandTest {
 protected:
  Newsroom newsroom_ = Load<Newsroom>("newsroom");
};

TEST_F(NewsroomVerbsTest, GetShowsIt) {
  server_.Answer("GetNewsroom", newsroom_);
  const Result result = Run({"newsroom", "get", "igh-de"});
  EXPECT_EQ(result.code, kExitOk);
  ExpectOutput("newsroom_get", result.out);
}

TEST_F(NewsroomVerbsTest, CreateSendsWhatTheOptionsSay) {
  server_.Answer("CreateNewsroom", newsroom_);
  const Result result = Run({"newsroom",
                             "create",
                             "igh-de",
                             "--display-name",
                             "IGH Musterland",
                             "--language",
                             "de",
                             "--languages",
                             "de,en",
                             "--languages",
                             "fr",
                             "--required-languages",
                             "de",
                             "--time-zone",
                             "Europe/Berlin",
                             "--parent",
                             "igh",
                             "--web-address-template",
                             "https://a/{slug}",
                             "--end-mark",
                             "***",
                             "--allow-self-approval",
                             "--publish-as-ready",
                             "--validate-only"});
  EXPECT_EQ(result.code, kExitOk) << result.err;
  const auto request = LastRequest<CreateNewsroomRequest>("CreateNewsroom");
  EXPECT_EQ(request.newsroom_id(), "igh-de");
  EXPECT_THAT(request.request_id(), SizeIs(36));
  EXPECT_TRUE(request.validate_only());
  std::string sent;
  TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.PrintToString(request.newsroom(), &sent);
  EXPECT_EQ(sent,
            "display_name: \"IGH Musterland\" parent_newsroom: \"newsrooms/igh\" source_language: \"de\" "
            "languages: \"de\" languages: \"en\" languages: \"fr\" required_languages: \"de\" "
            "time_zone: \"Europe/Berlin\" web_address_template: \"https://a/{slug}\" end_mark: \"***\" "
            "policy { allow_self_approval: true publication: PUBLICATION_AS_READY } ");
}

TEST_F(NewsroomVerbsTest, CreateStartsFromAFile) {
  server_.Answer("CreateNewsroom", newsroom_);
  const std::string json = R"({"displayName": "IGH", "labels": [{"locale": "de", "correction": "Korrektur"}]})";
  EXPECT_EQ(Run({"newsroom", "create", "a", "--file", "-", "--display-name", "IGH Seeburg"}, json).code, kExitOk);
  const auto sent = LastRequest<CreateNewsroomRequest>("CreateNewsroom").newsroom();
  EXPECT_EQ(sent.display_name(), "IGH Seeburg");
  EXPECT_EQ(sent.labels(0).correction(), "Korrektur");
  const Result wrong = Run({"newsroom", "create", "a", "--file", "-"}, R"({"displayNames": "IGH"})");
  EXPECT_EQ(wrong.code, kExitUsage);
  EXPECT_THAT(wrong.err, HasSubstr("displayNames"));
}

TEST_F(NewsroomVerbsTest, ListAlignsColumns) {
  ListNewsroomsResponse list;
  *list.add_newsrooms() = newsroom_;
  auto* other = list.add_newsrooms();
  other->set_name("newsrooms/igh-nihon");
  other->set_source_language("ja");
  other->set_display_name("国際河川支援");
  server_.Answer("ListNewsrooms", list);
  const Result result = Run({"newsroom", "list"});
  EXPECT_EQ(result.out,
            "newsrooms/igh-de     de  IGH Musterland\n"
            "newsrooms/igh-nihon  ja  国際河川支援\n");
  EXPECT_EQ(result.err, "");
}

TEST_F(NewsroomVerbsTest, ListReadsPagesUpToItsLimit) {
  ListNewsroomsResponse first;
  *first.add_newsrooms() = newsroom_;
  *first.add_newsrooms() = newsroom_;
  first.set_next_page_token("page-2");
  first.set_watch_token("watch-1");
  ListNewsroomsResponse second = first;
  second.set_next_page_token("page-3");
  second.set_watch_token("watch-2");
  server_.Answer("ListNewsrooms", first);
  server_.Answer("ListNewsrooms", second);
  const Result result = Run({"newsroom", "list", "--limit", "4", "--filter", "f", "--order-by", "name desc"});
  EXPECT_EQ(result.err, "There are more; raise --limit to see them.\n");
  const auto received = server_.received();
  ASSERT_THAT(received, SizeIs(2));
  EXPECT_EQ(received[0].As<ListNewsroomsRequest>().ShortDebugString(),
            "page_size: 4 filter: \"f\" order_by: \"name desc\"");
  EXPECT_EQ(received[1].As<ListNewsroomsRequest>().ShortDebugString(),
            "page_size: 2 page_token: \"page-2\" filter: \"f\" order_by: \"name desc\"");
}

TEST_F(NewsroomVerbsTest, AListIsOneDocumentOrOnePerItem) {
  ListNewsroomsResponse list;
  list.add_newsrooms()->set_name("newsrooms/a");
  list.add_newsrooms()->set_name("newsrooms/b");
  list.set_watch_token("w");
  server_.Answer("ListNewsrooms", list);
  EXPECT_EQ(
      Run({"newsroom", "list", "--output", "json"}).out,
      "{\n \"newsrooms\": [\n  {\n   \"name\": \"newsrooms/a\"\n  },\n  {\n   \"name\": \"newsrooms/b\"\n  }\n ],\n"
      " \"watchToken\": \"w\"\n}\n");
  EXPECT_EQ(Run({"newsroom", "list", "--output", "jsonl"}).out,
            "{\"name\":\"newsrooms/a\"}\n{\"name\":\"newsrooms/b\"}\n");
}

}  // namespace
}  // namespace communique::command
