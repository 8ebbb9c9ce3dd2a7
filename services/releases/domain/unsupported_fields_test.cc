// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// A field whose rule does not exist yet is refused when it is set. Which those are is read from the comments of the
// contract itself: whoever announces a field must refuse it, here.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/rpc/error_details.pb.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/content_validation.h"
#include "services/releases/domain/release_validation.h"
#include "services/releases/domain/testing/full_content.h"

namespace communique::releases {
namespace {

constexpr char kProtos[] = "protos/communique/releases/v1";
constexpr char kWords[] = "Not supported yet";

// Adds "Message.field", or "Message", of what is declared below a comment with the words.
void CollectAnnounced(const std::filesystem::path& file, std::set<std::string>& names) {
  std::ifstream text(file);
  std::vector<std::string> open;  // the words before each "{" that is not closed yet
  bool announced = false;
  for (std::string line; std::getline(text, line);) {
    const absl::string_view words = absl::StripAsciiWhitespace(line);
    if (absl::StartsWith(words, "//")) {
      announced = announced || absl::StrContains(words, kWords);
      continue;
    }
    // "message Speaker {", "string contact = 4 [...".
    const std::vector<std::string> parts = absl::StrSplit(words, ' ', absl::SkipEmpty());
    if (announced && parts.size() >= 3) {
      names.insert(open.empty() ? parts[1] : absl::StrCat(open.back(), ".", parts[parts[0] == "repeated" ? 2 : 1]));
    }
    announced = false;
    if (absl::EndsWith(words, "{")) open.push_back(parts.size() > 1 ? parts[1] : "");
    if (absl::StartsWith(words, "}") && !open.empty()) open.pop_back();
  }
}

std::set<std::string> Announced() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kProtos)) CollectAnnounced(entry.path(), names);
  return names;
}

absl::Status OfContent(const std::function<void(v1::ReleaseContent&)>& set) {
  v1::ReleaseContent content = FullContent();
  set(content);
  return ValidateContent("release.content", content, GermanNewsroom(), {});
}

struct Refused {
  const char* name;  // as announced
  const char* path;
  std::function<absl::Status()> set;
};

const std::vector<Refused>& AllRefused() {
  static const auto& all = *new std::vector<Refused>{
      {"Speaker.contact", "release.content.body[3].quote.speaker.contact",
       [] {
         return OfContent([](auto& content) {
           content.mutable_body(3)->mutable_quote()->mutable_speaker()->set_contact("contacts/stegen");
         });
       }},
      {"Issuer.organization", "release.content.issuers[0].organization",
       [] {
         return OfContent([](auto& content) { content.mutable_issuers(0)->set_organization("organizations/example"); });
       }},
      {"MediaUse", "release.content.media", [] { return OfContent([](auto& content) { content.add_media(); }); }},
      {"Newsroom.duty_contact", "duty_contact",
       [] {
         v1::Newsroom newsroom = GermanNewsroom();
         newsroom.set_duty_contact("contacts/stegen");
         return ValidateNewsroom(newsroom);
       }},
  };
  return all;
}

TEST(UnsupportedFieldsTest, WhatIsAnnouncedIsRefused) {
  std::set<std::string> refused;
  for (const Refused& field : AllRefused()) refused.insert(field.name);
  EXPECT_EQ(refused, Announced());
}

TEST(UnsupportedFieldsTest, ARefusalNamesTheFieldAndSaysThatItIsForNow) {
  ASSERT_TRUE(OfContent([](auto&) {}).ok());
  ASSERT_TRUE(ValidateNewsroom(GermanNewsroom()).ok());
  for (const Refused& field : AllRefused()) {
    const absl::Status status = field.set();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << field.name;
    EXPECT_EQ(platform::ReasonOf(status), platform::Reason::ERROR_REASON_FIELD_NOT_SUPPORTED) << field.name;
    EXPECT_THAT(std::string(status.message()),
                testing::StartsWith(std::string(field.path) + ": must be empty for now; "));
    const auto wire = platform::ToRpcStatus(status, "", "");
    bool named = false;
    for (const auto& detail : wire.details()) {
      google::rpc::BadRequest bad;
      named = named || (detail.UnpackTo(&bad) && bad.field_violations(0).field() == field.path);
    }
    EXPECT_TRUE(named) << field.name;
  }
}

}  // namespace
}  // namespace communique::releases
