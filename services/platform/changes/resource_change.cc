// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/platform/changes/resource_change.h"

#include "absl/strings/strip.h"
#include "services/platform/base/string_view.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/changes/read_feed.h"

namespace communique::platform {
namespace {

// "release" for "newsrooms/n/releases/r".
std::string TypeOf(std::string_view resource) {
  std::string_view collection;
  for (bool is_id = false; !resource.empty(); is_id = !is_id) {
    const std::size_t slash = resource.find('/');
    if (!is_id) collection = resource.substr(0, slash);
    resource.remove_prefix(slash == std::string_view::npos ? resource.size() : slash + 1);
  }
  return std::string(absl::StripSuffix(ToAbsl(collection), "s"));
}

std::string NewsroomNameOf(std::string_view resource) {
  const std::size_t id = resource.find('/') + 1;
  return std::string(resource.substr(0, resource.find('/', id)));
}

}  // namespace

Change ResourceChange(std::string_view resource, std::string_view uid, std::string_view verb,
                      std::string_view revision) {
  return {.newsroom = NewsroomNameOf(resource),
          .name = std::string(resource),
          .uid = std::string(uid),
          .type = TypeOf(resource),
          .verb = std::string(verb),
          .revision = std::string(revision)};
}

absl::StatusOr<std::string> FeedTokenNow(Session& session, Feed feed) {
  const auto heads = ReadFeedHeads(session);
  if (!heads.ok()) return heads.status();
  return EncodeFeedToken({heads->store_id, feed, heads->of(feed).position});
}

}  // namespace communique::platform
