// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/read_editions.h"

#include <algorithm>
#include <utility>

#include "services/platform/changes/resource_change.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/language_index.pb.h"
#include "services/releases/storage/edition_list.h"
#include "services/releases/storage/edition_store.h"
#include "services/releases/storage/feed.h"
#include "services/releases/storage/newsroom_store.h"

namespace communique::releases {
namespace {

using platform::Session;

v1::Edition::Visibility ToMessage(Visibility visibility) {
  switch (visibility) {
    case Visibility::kLive:
      return v1::Edition::VISIBILITY_LIVE;
    case Visibility::kNotice:
      return v1::Edition::VISIBILITY_NOTICE;
    case Visibility::kRedirect:
      return v1::Edition::VISIBILITY_REDIRECT;
    case Visibility::kTombstone:
      return v1::Edition::VISIBILITY_TOMBSTONE;
    case Visibility::kAbsent:
      break;
  }
  return v1::Edition::VISIBILITY_UNSPECIFIED;
}

absl::StatusOr<internal::LanguageIndex> LoadIndex(Session& session, const ReleaseName& name, absl::Time now) {
  const auto languages = FindLanguages(session, name.ToString(), now);
  if (!languages.ok()) return languages.status();
  if (languages->empty()) return platform::NotFound("release", name.ToString());
  const auto newsroom = FindNewsroom(session, NewsroomName{name.newsroom}.ToString());
  if (!newsroom.ok()) return newsroom.status();
  internal::LanguageIndex index;
  for (const PublicLanguage& language : *languages) {
    auto& entry = *index.add_languages();
    entry.set_locale(language.locale);
    entry.set_visibility(ToMessage(language.visibility));
  }
  *index.mutable_fallbacks() = newsroom->fallbacks();
  index.set_source_language(newsroom->source_language());
  return index;
}

// What the section named in the request selects.
absl::StatusOr<EditionSelection> LoadSelection(Session& session, const v1::ListEditionsRequest& request,
                                               const EditionParent& parent) {
  EditionSelection selection;
  if (request.section().empty()) return selection;
  const auto name = SectionName::Parse(request.section());
  if (!name) return InvalidName("section", request.section(), kSectionPattern);
  if (name->newsroom != parent.newsroom) {
    return platform::InvalidField("section", "must be a section of the newsroom in parent");
  }
  const auto newsroom = FindNewsroom(session, NewsroomName{name->newsroom}.ToString());
  if (absl::IsNotFound(newsroom.status())) return platform::NotFound("section", request.section());
  if (!newsroom.ok()) return newsroom.status();
  const auto section = FindSection(session, newsroom->uid(), request.section());
  if (!section.ok()) return section.status();
  if (section->has_rule()) {
    selection.rule = section->rule().filter();
  } else {
    // A section that is a text or a link shows no editions.
    selection.picks.emplace(section->picks().releases().begin(), section->picks().releases().end());
  }
  return selection;
}

}  // namespace

absl::Status NoSuchEdition(std::string_view name) { return platform::NotFound("edition", name); }

absl::StatusOr<PublicReply> ReadEdition(const Environment& environment, absl::Time deadline, const EditionName& name) {
  PublicReply reply;
  const absl::Status status = environment.database.Read(deadline, [&](Session& session) -> absl::Status {
    auto edition = FindEdition(session, name.ToString(), environment.clock.Now());
    if (!edition.ok()) return edition.status();
    if (!*edition) return NoSuchEdition(name.ToString());
    reply = {std::move((*edition)->payload), std::move((*edition)->etag), (*edition)->public_until};
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return reply;
}

absl::StatusOr<std::vector<std::optional<v1::EditionCard>>> ReadEditionCards(const Environment& environment,
                                                                             absl::Time deadline,
                                                                             const std::vector<std::string>& names) {
  std::vector<std::optional<v1::EditionCard>> cards;
  const absl::Status status = environment.database.Read(deadline, [&](Session& session) -> absl::Status {
    cards.clear();
    const absl::Time now = environment.clock.Now();
    for (const std::string& name : names) {
      auto card = FindEditionCard(session, name, now);
      if (!card.ok()) return card.status();
      cards.push_back(*std::move(card));
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return cards;
}

absl::StatusOr<PublicReply> ReadLanguageIndex(const Environment& environment, absl::Time deadline,
                                              const ReleaseName& name) {
  PublicReply reply;
  const absl::Status status = environment.database.Read(deadline, [&](Session& session) -> absl::Status {
    const absl::Time now = environment.clock.Now();
    const auto index = LoadIndex(session, name, now);
    if (!index.ok()) return index.status();
    const auto boundary = NextBoundary(session, name.newsroom, now);
    if (!boundary.ok()) return boundary.status();
    reply = {index->SerializeAsString(), "", *boundary};
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return reply;
}

absl::StatusOr<PublicReply> ReadEditionList(const Environment& environment, absl::Time deadline,
                                            const v1::ListEditionsRequest& request, const EditionParent& parent) {
  PublicReply reply;
  const absl::Status status = environment.database.Read(deadline, [&](Session& session) -> absl::Status {
    const absl::Time now = environment.clock.Now();
    const auto token = platform::FeedTokenNow(session, platform::Feed::kPublic);
    if (!token.ok()) return token.status();
    const auto selection = LoadSelection(session, request, parent);
    if (!selection.ok()) return selection.status();
    auto response = ListEditionCards(session, request, parent, *selection, now);
    if (!response.ok()) return response.status();
    response->set_watch_token(*token);
    const auto boundary = NextBoundary(session, parent.newsroom, now);
    if (!boundary.ok()) return boundary.status();
    reply = {response->SerializeAsString(), "", *boundary};
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return reply;
}

}  // namespace communique::releases
