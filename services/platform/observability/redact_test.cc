// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/observability/redact.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "google/protobuf/duration.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/platform/observability/redact_test.pb.h"

namespace communique::platform {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

template <typename Message>
Message Make(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message));
  return message;
}

nlohmann::json Redacted(const std::string& text) {
  return nlohmann::json::parse(RedactedJson(Make<redact_test::Person>(text)));
}

TEST(RedactTest, ShowsNothingThatPeopleWroteWhereverItStands) {
  const auto message = Make<redact_test::Person>(R"(
    id: "p-1" name: "Jane Doe" phones: "+41 22 717" motto: "Jane forever" token: "hunter2" key: "hunter3"
    forgotten: "Jane's cat" email: "jane@example.org" notes { key: "Jane" value: "Doe" }
    manager { name: "Jane Roe" token: "hunter4" }
    team { phones: "+41 22 717" forgotten: "Jane" team { name: "Jane" } }
    loose_mask { paths: "Jane" }
    any { [type.googleapis.com/communique.redact_test.Narrow] { id: "Jane" } })");
  const std::string json = RedactedJson(message);
  for (const char* leak : {"Jane", "Doe", "717", "hunter", "example.org", "forever", "cat"}) {
    EXPECT_THAT(json, Not(HasSubstr(leak)));
  }
  EXPECT_THAT(json, HasSubstr("\"id\":\"p-1\""));
}

TEST(RedactTest, SaysTheClassAndTheLength) {
  const auto json = Redacted(R"(name: "Jane" motto: "Grüße" token: "t" key: "\001\002" forgotten: "abc")");
  EXPECT_EQ(json["name"], "<personal, 4 bytes>");
  EXPECT_EQ(json["motto"], "<public, 7 bytes>");
  EXPECT_EQ(json["token"], "<secret, 1 bytes>");
  EXPECT_EQ(json["key"], "<secret, 2 bytes>");
  EXPECT_EQ(json["forgotten"], "<unclassified, 3 bytes>");
}

TEST(RedactTest, ShowsNumbersEnumsTimesAndShape) {
  const auto json = Redacted(R"(age: 44 kind: KIND_A active: true ratio: 0.5 born { seconds: 1790000000 nanos: 5000000 }
                                shift { seconds: 3 nanos: 250000000 } phones: "a" phones: "b" digest: "\001"
                                manager { id: "p-2" } mask { paths: "name" paths: "motto" }
                                labels { key: "team" value: "press" })");
  EXPECT_EQ(json["age"], 44);
  EXPECT_EQ(json["kind"], "KIND_A");
  EXPECT_EQ(json["active"], true);
  EXPECT_EQ(json["ratio"], 0.5);
  EXPECT_EQ(json["born"], "2026-09-21T14:13:20.005Z");
  EXPECT_EQ(json["shift"], "3.25s");
  EXPECT_EQ(json["phones"].size(), 2U);
  EXPECT_EQ(json["digest"], "<1 bytes>");
  EXPECT_EQ(json["manager"]["id"], "p-2");
  EXPECT_EQ(json["mask"]["paths"][1], "motto") << "the option on a message field counts for what is inside";
  EXPECT_EQ(json["labels"][0]["key"], "team");
}

TEST(RedactTest, HidesUnknownFields) {
  const auto person = Make<redact_test::Person>(R"(id: "p-1" name: "Jane")");
  auto narrow = Make<redact_test::Narrow>("");
  ASSERT_TRUE(narrow.ParseFromString(person.SerializeAsString()));
  EXPECT_EQ(RedactedJson(narrow), R"({"id":"p-1","<unknown>":"<unknown, 1 fields>"})");
}

TEST(RedactTest, IsBoundedForLongListsAndDeepTrees) {
  std::string many;
  for (int i = 0; i < 5000; ++i) many += R"(phones: "0123456789" )";
  const std::string list = RedactedJson(Make<redact_test::Person>(many));
  EXPECT_LT(list.size(), 10'000U);
  EXPECT_THAT(list, HasSubstr("<left out, 4800 more>"));

  std::string deep = R"(name: "x")";
  for (int i = 0; i < 90; ++i) deep = "team { " + deep + " team { id: \"y\" } }";
  EXPECT_LT(RedactedJson(Make<redact_test::Person>(deep)).size(), 10'000U);

  const auto json = Redacted("id: \"" + std::string(5000, 'x') + "\"");
  EXPECT_EQ(json["id"], "<long, 5000 bytes>");
}

TEST(RedactTest, TakesUntrustedValuesInItsStride) {
  google::protobuf::Timestamp time;
  time.set_seconds(INT64_MAX);
  EXPECT_THAT(RedactedJson(time), HasSubstr("<invalid time"));
  google::protobuf::Duration duration;
  duration.set_nanos(-500'000'000);
  EXPECT_EQ(RedactedJson(duration), "\"-500ms\"");
  duration.set_seconds(INT64_MIN);
  duration.set_nanos(INT32_MIN);
  EXPECT_EQ(RedactedJson(duration), "\"-inf\"");
}

}  // namespace
}  // namespace communique::platform
