// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/storage/feed.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/platform/base/string_view.h"
#include "services/platform/changes/feed_token.h"
#include "services/platform/changes/read_feed.h"

namespace communique::releases {
namespace {

constexpr std::string_view kVerbPrefix = "VERB_";

// "release" for "newsrooms/n/releases/r".
std::string TypeOf(std::string_view resource) {
  std::string_view collection;
  for (bool is_id = false; !resource.empty(); is_id = !is_id) {
    const std::size_t slash = resource.find('/');
    if (!is_id) collection = resource.substr(0, slash);
    resource.remove_prefix(slash == std::string_view::npos ? resource.size() : slash + 1);
  }
  return std::string(absl::StripSuffix(platform::ToAbsl(collection), "s"));
}

std::string NewsroomNameOf(std::string_view resource) {
  const std::size_t id = resource.find('/') + 1;
  return std::string(resource.substr(0, resource.find('/', id)));
}

}  // namespace

platform::Change MakeChange(std::string_view resource, std::string_view uid, v1::Change::Verb verb,
                            std::string_view revision) {
  return {.newsroom = NewsroomNameOf(resource),
          .name = std::string(resource),
          .uid = std::string(uid),
          .type = TypeOf(resource),
          .verb = v1::Change::Verb_Name(verb).substr(kVerbPrefix.size()),
          .revision = std::string(revision)};
}

v1::Change::Verb VerbOf(const platform::Change& change) {
  v1::Change::Verb verb = v1::Change::VERB_UNSPECIFIED;
  v1::Change::Verb_Parse(absl::StrCat(platform::ToAbsl(kVerbPrefix), change.verb), &verb);
  return verb;
}

absl::StatusOr<std::string> FeedTokenNow(platform::Session& session, platform::Feed feed) {
  const auto heads = platform::ReadFeedHeads(session);
  if (!heads.ok()) return heads.status();
  return platform::EncodeFeedToken({heads->store_id, feed, heads->of(feed).position});
}

}  // namespace communique::releases
