// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/read_releases.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/changes/resource_change.h"
#include "services/platform/errors/error.h"
#include "services/releases/domain/lifecycle.h"
#include "services/releases/domain/names.h"
#include "services/releases/domain/text/labels.h"
#include "services/releases/storage/feed.h"
#include "services/releases/storage/newsroom_store.h"
#include "services/releases/storage/release_store.h"
#include "services/releases/usecases/present_release.h"
#include "services/releases/usecases/render.h"
#include "services/releases/usecases/revision_page.h"

namespace communique::releases {
namespace {

using platform::Session;

// A release and the newsroom it belongs to.
struct Found {
  v1::Newsroom newsroom;
  storage::ReleaseRecord record;
};

// A newsroom that does not exist is told like a release that does not.
absl::StatusOr<Found> Find(Session& session, const ReleaseName& name) {
  auto newsroom = FindNewsroom(session, NewsroomName{name.newsroom}.ToString());
  if (absl::IsNotFound(newsroom.status())) return platform::NotFound("release", name.ToString());
  if (!newsroom.ok()) return newsroom.status();
  auto record = FindRelease(session, newsroom->uid(), name.ToString());
  if (!record.ok()) return record.status();
  return Found{*std::move(newsroom), *std::move(record)};
}

// The number behind a revision's name or alias.
absl::StatusOr<std::int64_t> NumberOf(const ReleaseRevisionName& name, const v1::Release& release) {
  if (const auto number = name.Number()) return *number;
  const std::string& meant = name.revision == "live" ? release.live_revision() : release.latest_revision();
  const auto parsed = ReleaseRevisionName::Parse(meant);
  if (!parsed || !parsed->Number()) return platform::NotFound("revision", name.ToString());
  return *parsed->Number();
}

absl::StatusOr<v1::ReleaseRevision> FindNamedRevision(Session& session, const Found& found,
                                                      const ReleaseRevisionName& name) {
  const auto number = NumberOf(name, found.record.release());
  if (!number.ok()) return number.status();
  return FindRevision(session, found.newsroom.uid(), found.record.release(), *number);
}

}  // namespace

absl::StatusOr<v1::Release> GetRelease(const Environment& environment, const Caller& caller,
                                       const v1::GetReleaseRequest& request) {
  const auto name = ReleaseName::Parse(request.name());
  if (!name) return InvalidName("name", request.name(), kReleasePattern);
  v1::Release release;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    const auto found = Find(session, *name);
    if (!found.ok()) return found.status();
    auto presented = PresentRelease(session, found->record, environment.clock.Now());
    if (!presented.ok()) return presented.status();
    release = *std::move(presented);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  AddFindings(release);
  return release;
}

absl::StatusOr<v1::ListReleasesResponse> ListReleases(const Environment& environment, const Caller& caller,
                                                      const v1::ListReleasesRequest& request) {
  const auto parent = NewsroomParent::Parse(request.parent());
  if (!parent) return InvalidName("parent", request.parent(), "newsrooms/{newsroom} or newsrooms/-");
  v1::ListReleasesResponse response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    response.Clear();
    const absl::Time now = environment.clock.Now();
    const auto token = platform::FeedTokenNow(session, platform::Feed::kInternal);
    if (!token.ok()) return token.status();
    std::optional<std::string> newsroom_uid;
    if (!parent->newsroom.empty()) {
      const auto newsroom = FindNewsroom(session, request.parent());
      if (!newsroom.ok()) return newsroom.status();
      newsroom_uid = newsroom->uid();
    }
    auto page = ListReleases(session, newsroom_uid, request, now);
    if (!page.ok()) return page.status();
    for (v1::Release& release : page->releases) {
      v1::Release& shown = *response.add_releases();
      shown = std::move(release);
      SetStateAt(shown, now);
      ToBasicView(shown);
    }
    response.set_next_page_token(page->next_page_token);
    response.set_watch_token(*token);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ReleaseRevision> GetReleaseRevision(const Environment& environment, const Caller& caller,
                                                       const v1::GetReleaseRevisionRequest& request) {
  const auto name = ReleaseRevisionName::Parse(request.name());
  if (!name) return InvalidName("name", request.name(), kRevisionPattern);
  v1::ReleaseRevision revision;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    const auto found = Find(session, name->release);
    if (!found.ok()) return found.status();
    auto stored = FindNamedRevision(session, *found, *name);
    if (!stored.ok()) return stored.status();
    revision = *std::move(stored);
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return revision;
}

absl::StatusOr<v1::ListReleaseRevisionsResponse> ListReleaseRevisions(const Environment& environment,
                                                                      const Caller& caller,
                                                                      const v1::ListReleaseRevisionsRequest& request) {
  const auto name = ReleaseName::Parse(request.parent());
  if (!name) return InvalidName("parent", request.parent(), kReleasePattern);
  const auto page =
      ParseRevisionPage("ListReleaseRevisions", request.parent(), request.page_size(), request.page_token());
  if (!page.ok()) return page.status();
  v1::ListReleaseRevisionsResponse response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    response.Clear();
    const auto found = Find(session, *name);
    if (!found.ok()) return found.status();
    auto revisions =
        ListRevisions(session, found->newsroom.uid(), found->record.release(), page->before, page->size + 1);
    if (!revisions.ok()) return revisions.status();
    for (v1::ReleaseRevision& revision : *revisions) {
      if (response.revisions_size() == page->size) {
        const auto& last = response.revisions(page->size - 1);
        response.set_next_page_token(NextRevisionPage("ListReleaseRevisions", request.parent(), last.name()));
        break;
      }
      revision.clear_content();
      *response.add_revisions() = std::move(revision);
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::Rendering> RenderRelease(const Environment& environment, const Caller& caller,
                                            const v1::RenderReleaseRequest& request) {
  const auto release_name = ReleaseName::Parse(request.name());
  const auto revision_name = ReleaseRevisionName::Parse(request.name());
  if (!release_name && !revision_name) {
    return InvalidName("name", request.name(), "newsrooms/{newsroom}/releases/{release}, or one of its revisions");
  }
  v1::ReleaseContent content;
  v1::EditionLabels labels;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    const auto found = Find(session, release_name ? *release_name : revision_name->release);
    if (!found.ok()) return found.status();
    if (release_name) {
      auto presented = PresentRelease(session, found->record, environment.clock.Now());
      if (!presented.ok()) return presented.status();
      content = std::move(*presented->mutable_content());
    } else {
      auto revision = FindNamedRevision(session, *found, *revision_name);
      if (!revision.ok()) return revision.status();
      content = std::move(*revision->mutable_content());
    }
    labels = EditionLabelsOf(LabelsOf(found->newsroom, content.language()));
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return Render(content, labels, {}, request.format());
}

}  // namespace communique::releases
