// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/testing/public_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/platform/base/timestamp.h"

namespace communique::releases {

std::string AboutOf(const v1::ReleaseContent& content) {
  if (content.abouts().empty()) return "";
  const v1::About& about = content.abouts(0);
  return absl::StrCat(about.boilerplate_revision(), ": ",
                      about.blocks().empty() ? "" : about.blocks(0).paragraph().text());
}

PublicView ViewOf(const v1::Edition& edition) {
  PublicView view;
  switch (edition.visibility()) {
    case v1::Edition::VISIBILITY_NOTICE:
      view.kind = PublicView::Kind::kTextUnderNotice;
      break;
    case v1::Edition::VISIBILITY_REDIRECT:
      view.kind = PublicView::Kind::kSentOn;
      break;
    case v1::Edition::VISIBILITY_TOMBSTONE:
      view.kind = PublicView::Kind::kGone;
      break;
    default:
      break;
  }
  view.language = edition.locale();
  if (edition.has_content()) {
    view.headline = edition.content().headline();
    view.paragraph = edition.content().body(0).paragraph().text();
    view.about = AboutOf(edition.content());
  }
  view.topics.assign(edition.topics().begin(), edition.topics().end());
  for (const auto& notice : edition.notices()) {
    view.notices.emplace_back(notice.text(), platform::FromTimestamp(notice.time()));
  }
  view.replacement = edition.replacement();
  view.published = platform::FromTimestamp(edition.publish_time());
  view.updated = platform::FromTimestamp(edition.update_time());
  return view;
}

std::string ToString(const PublicView& view) {
  const auto time = [](absl::Time at) { return absl::FormatTime("%H:%M:%E6S", at, absl::UTCTimeZone()); };
  std::string words =
      absl::StrCat("kind ", static_cast<int>(view.kind), " ", view.language, " \"", view.headline, "\" \"",
                   view.paragraph, "\" \"", view.about, "\" topics ", absl::StrJoin(view.topics, ","), " from ",
                   time(view.published), " updated ", time(view.updated), " to ", view.replacement);
  for (const auto& [text, at] : view.notices) absl::StrAppend(&words, " \"", text, "\" ", time(at));
  return words;
}

}  // namespace communique::releases
