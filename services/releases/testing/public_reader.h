// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "communique/releases/v1/edition_service.pb.h"
#include "services/platform/changes/read_feed.h"
#include "services/releases/testing/releases_store.h"
#include "services/releases/usecases/read_editions.h"

namespace communique::releases {

// What an anonymous reader sees of a store, at the instant its clock says.
class PublicReader {
 public:
  explicit PublicReader(const Environment& environment) : environment_(environment) {}

  // What there is of an edition; VISIBILITY_UNSPECIFIED when it is absent.
  v1::Edition Read(const std::string& name) const {
    const auto reply = ReadEdition(environment_, ReleasesStore::Soon(), *EditionName::Parse(name));
    v1::Edition edition;
    if (reply.ok()) {
      EXPECT_TRUE(edition.ParseFromString(reply->bytes));
      EXPECT_EQ(edition.etag(), reply->etag);
    } else {
      EXPECT_TRUE(absl::IsNotFound(reply.status())) << reply.status();
    }
    return edition;
  }

  absl::StatusOr<v1::ListEditionsResponse> List(const v1::ListEditionsRequest& request) const {
    const auto parent = EditionParent::Parse(request.parent());
    EXPECT_TRUE(parent.has_value()) << request.parent();
    const auto reply = ReadEditionList(environment_, ReleasesStore::Soon(), request, *parent);
    if (!reply.ok()) return reply.status();
    v1::ListEditionsResponse response;
    EXPECT_TRUE(response.ParseFromString(reply->bytes));
    return response;
  }

  // The headlines of all pages of `request`.
  std::vector<std::string> Headlines(v1::ListEditionsRequest request) const {
    std::vector<std::string> headlines;
    do {
      const auto page = List(request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) break;
      for (const auto& card : page->editions()) headlines.push_back(card.headline());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return headlines;
  }
  std::vector<std::string> Headlines(const std::string& parent) const {
    v1::ListEditionsRequest request;
    request.set_parent(parent);
    return Headlines(request);
  }

  // The entries of a feed after a position, oldest first.
  std::vector<platform::FeedEntryPtr> Feed(platform::Feed feed, platform::FeedPosition after = 0) const {
    std::vector<platform::FeedEntryPtr> all;
    const auto status = environment_.database.Read(ReleasesStore::Soon(), [&](platform::Session& session) {
      auto entries = platform::ReadFeedEntries(session, feed, after, 1'000'000'000, 100'000);
      if (entries.ok()) all = *std::move(entries);
      return entries.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return all;
  }
  // What they say was done.
  std::vector<std::string> Verbs(platform::Feed feed = platform::Feed::kPublic) const {
    std::vector<std::string> verbs;
    for (const auto& entry : Feed(feed)) verbs.push_back(entry->change.verb);
    return verbs;
  }

 private:
  const Environment& environment_;
};

}  // namespace communique::releases
