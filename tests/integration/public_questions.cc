// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/integration/public_questions.h"

#include <gtest/gtest.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/platform/base/timestamp.h"
#include "services/platform/changes/feed_token.h"

namespace communique::testing {

v1::ListEditionsRequest ListOf(const std::string& parent, int page_size) {
  v1::ListEditionsRequest request;
  request.set_parent(parent);
  request.set_page_size(page_size);
  return request;
}

v1::ListEditionsResponse PublicQuestions::Page(const std::string& what, const v1::ListEditionsRequest& request) {
  v1::ListEditionsResponse page;
  EXPECT_TRUE(page.ParseFromString(reader_.Ask(what, "ListEditions", request)));
  return page;
}

void PublicQuestions::AskForRelease(const std::string& name) {
  for (const char* locale : {"de", "en", "fr"}) AskForEdition(absl::StrCat(name, "/editions/", locale));
  using Wishes = std::vector<std::string>;
  for (const Wishes& wishes : {Wishes(), Wishes{"en-GB"}, Wishes{"fr", "de-CH"}, Wishes{"*"}, Wishes(21, "de")}) {
    Resolve(name, wishes);
  }
  AskForPages(name, ListOf(name, 0));
  AskForPages(absl::StrCat(name, " by one"), ListOf(name, 1));
}

void PublicQuestions::AskForEdition(const std::string& name) {
  v1::GetEditionRequest get;
  get.set_name(name);
  v1::Edition edition;
  EXPECT_TRUE(edition.ParseFromString(reader_.Ask(name, "GetEdition", get)));
  reader_.Ask(absl::StrCat(name, " without request id"), "GetEdition", get, "");
  for (const std::string& etag : {edition.etag(), std::string("\"0\"")}) {
    get.set_if_none_match(etag);
    reader_.Ask(absl::StrCat(name, " if none match"), "GetEdition", get);
  }
  v1::RenderEditionRequest render;
  render.set_name(name);
  for (const auto format : {v1::RENDER_FORMAT_PLAIN_TEXT, v1::RENDER_FORMAT_MARKDOWN, v1::RENDER_FORMAT_UNSPECIFIED,
                            static_cast<v1::RenderFormat>(7)}) {
    render.set_format(format);
    reader_.Ask(absl::StrCat(name, " as ", static_cast<int>(format)), "RenderEdition", render);
  }
}

void PublicQuestions::Resolve(const std::string& name, const std::vector<std::string>& wishes) {
  v1::ResolveEditionRequest request;
  request.set_release(name);
  for (const std::string& wish : wishes) request.add_languages(wish);
  const std::string what = absl::StrCat(name, " for ", wishes.size(), wishes.empty() ? "" : wishes.front());
  v1::ResolveEditionResponse response;
  EXPECT_TRUE(response.ParseFromString(reader_.Ask(what, "ResolveEdition", request)));
  request.set_if_none_match(response.edition().etag());
  reader_.Ask(what + " if none match", "ResolveEdition", request);
}

void PublicQuestions::AskForLists(const std::string& parent) {
  for (const int size : {0, 1, 2, 3, 4, 1001, -1}) {
    AskForPages(absl::StrCat(parent, " by ", size), ListOf(parent, size));
  }
  v1::ListEditionsRequest request = ListOf(parent, 1);
  for (const char* filter : {"topics:water", "locale = en AND NOT topics:fire", "kind = PRESS_RELEASE", "secret = 1",
                             "reference_number = \"1\""}) {
    request.set_filter(filter);
    AskForPages(absl::StrCat(parent, " with ", filter), request);
  }
  const v1::ListEditionsResponse everything = Page(parent, ListOf(parent, 0));
  for (const auto& card : everything.editions()) {
    const std::string then =
        absl::FormatTime(absl::RFC3339_full, platform::FromTimestamp(card.publish_time()), absl::UTCTimeZone());
    for (const char* filter : {"publish_time > ", "update_time <= "}) {
      request.set_filter(absl::StrCat(filter, "\"", then, "\""));
      AskForPages(absl::StrCat(parent, " with ", filter, card.name()), request);
    }
  }
  request.clear_filter();
  for (const char* section : {"water", "picks", "text", "nobody"}) {
    request.set_section(absl::StrCat("newsrooms/relief/sections/", section));
    AskForPages(absl::StrCat(parent, " in ", section), request);
  }
}

void PublicQuestions::AskForPages(const std::string& what, v1::ListEditionsRequest request) {
  std::string& old_token = old_tokens_[what];
  for (const auto& [other, token] : {std::pair<std::string, std::string>("on and on", old_token),
                                     std::pair<std::string, std::string>("on with another's", foreign_token_)}) {
    if (token.empty()) continue;
    request.set_page_token(token);
    Page(absl::StrCat(what, " ", other), request);
  }
  request.clear_page_token();
  for (int page = 0; page < 20; ++page) {
    request.set_page_token(Page(absl::StrCat(what, ", page ", page), request).next_page_token());
    if (old_token.empty()) old_token = request.page_token();
    if (request.page_token().empty()) return;
    foreign_token_ = request.page_token();
  }
  ADD_FAILURE() << what << " has no end";
}

void PublicQuestions::AskWrongly(const std::string& watch_token) {
  v1::GetEditionRequest get;
  v1::ResolveEditionRequest resolve;
  v1::RenderEditionRequest render;
  v1::ListEditionsRequest list;
  for (const char* name : {"", "nonsense", "newsrooms/relief", "newsrooms/relief/releases/R3/editions/de",
                           "newsrooms/relief/releases/r3/editions/-", "newsrooms/-/releases/r3/editions/de",
                           "newsrooms/-/releases/r3", "newsrooms/relief/releases/r3/editions/DE"}) {
    get.set_name(name);
    reader_.Ask(name, "GetEdition", get);
    resolve.set_release(name);
    reader_.Ask(name, "ResolveEdition", resolve);
    render.set_name(name);
    reader_.Ask(name, "RenderEdition", render);
    list.set_parent(name);
    reader_.Ask(name, "ListEditions", list);
    const auto watch = reader_.Watch(name, "");
    reader_.WriteUntilBookmark(name, *watch);
  }
  const auto here = platform::DecodeFeedToken(watch_token);
  ASSERT_TRUE(here.ok()) << here.status();
  auto ahead = *here;
  ahead.position += 1;
  auto staff = *here;
  staff.feed = platform::Feed::kInternal;
  auto elsewhere = *here;
  elsewhere.store_id = "00000000-0000-7000-8000-000000000000";
  const std::vector<std::pair<std::string, std::string>> tokens = {{"nonsense", "nonsense"},
                                                                   {"ahead", EncodeFeedToken(ahead)},
                                                                   {"staff's", EncodeFeedToken(staff)},
                                                                   {"another store's", EncodeFeedToken(elsewhere)}};
  for (const auto& [what, token] : tokens) {
    const auto watch = reader_.Watch("newsrooms/-/releases/-", token);
    reader_.WriteUntilBookmark(what, *watch);
  }
}

}  // namespace communique::testing
