// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/boilerplates.h"

#include <google/protobuf/util/message_differencer.h>

#include <utility>

#include "services/platform/verbs/resource_verbs.h"
#include "services/releases/domain/names.h"
#include "services/releases/domain/release_validation.h"
#include "services/releases/storage/boilerplate_store.h"
#include "services/releases/storage/newsroom_store.h"
#include "services/releases/usecases/revision_page.h"

namespace communique::releases {
namespace {

using platform::Session;
using platform::WriteStamp;

absl::Status Prepare(Session&, const v1::Newsroom& newsroom, v1::Boilerplate& boilerplate) {
  NormalizeBoilerplate(boilerplate);
  return ValidateBoilerplate(boilerplate, newsroom);
}

absl::Status Insert(Session& session, const v1::Newsroom& newsroom, const WriteStamp& stamp,
                    v1::Boilerplate& boilerplate) {
  boilerplate.set_revision(1);
  const absl::Status status = InsertBoilerplate(session, newsroom.uid(), stamp, boilerplate);
  return status.ok() ? InsertBoilerplateRevision(session, newsroom.uid(), stamp, boilerplate) : status;
}

bool SameTexts(const v1::Boilerplate& a, const v1::Boilerplate& b) {
  v1::BoilerplateRevision left, right;
  *left.mutable_texts() = a.texts();
  *right.mutable_texts() = b.texts();
  return google::protobuf::util::MessageDifferencer::Equals(left, right);
}

// New texts make a new revision; a new title alone does not.
absl::Status Update(Session& session, const v1::Newsroom& newsroom, const WriteStamp& stamp,
                    const v1::Boilerplate& before, v1::Boilerplate& boilerplate) {
  const bool same = SameTexts(before, boilerplate);
  if (!same) boilerplate.set_revision(before.revision() + 1);
  const absl::Status status = UpdateBoilerplate(session, newsroom.uid(), stamp, boilerplate);
  if (!status.ok() || same) return status;
  return InsertBoilerplateRevision(session, newsroom.uid(), stamp, boilerplate);
}

const platform::ResourceKind<v1::Boilerplate, v1::Newsroom>& Boilerplates() {
  static const auto* const kKind = new platform::ResourceKind<v1::Boilerplate, v1::Newsroom>{
      .field = "boilerplate",
      .find_scope = [](Session& session, const std::string& name) { return FindNewsroom(session, NewsroomOf(name)); },
      .find = [](Session& session, const v1::Newsroom& newsroom, const std::string& name,
                 platform::RowLock lock) { return FindBoilerplate(session, newsroom.uid(), name, lock); },
      .prepare = Prepare,
      .insert = Insert,
      .update = Update};
  return *kKind;
}

}  // namespace

absl::StatusOr<Written<v1::Boilerplate>> CreateBoilerplate(const Environment& environment, const Caller& caller,
                                                           const v1::CreateBoilerplateRequest& request) {
  const auto newsroom = NewsroomName::Parse(request.parent());
  if (!newsroom) return InvalidName("parent", request.parent(), kNewsroomPattern);
  return CreateResource(Boilerplates(), environment, caller, {request.request_id(), request.validate_only(), request},
                        CheckId("boilerplate_id", request.boilerplate_id()),
                        BoilerplateName{newsroom->newsroom, request.boilerplate_id()}.ToString(),
                        request.boilerplate());
}

absl::StatusOr<v1::Boilerplate> GetBoilerplate(const Environment& environment, const Caller& caller,
                                               const v1::GetBoilerplateRequest& request) {
  if (!BoilerplateName::Parse(request.name())) return InvalidName("name", request.name(), kBoilerplatePattern);
  return GetResource(Boilerplates(), environment, caller, request.name());
}

absl::StatusOr<v1::ListBoilerplatesResponse> ListBoilerplates(const Environment& environment, const Caller& caller,
                                                              const v1::ListBoilerplatesRequest& request) {
  if (!NewsroomName::Parse(request.parent())) return InvalidName("parent", request.parent(), kNewsroomPattern);
  return ListResources<v1::ListBoilerplatesResponse>(
      environment, caller, [&](Session& session) -> absl::StatusOr<v1::ListBoilerplatesResponse> {
        const auto newsroom = FindNewsroom(session, request.parent());
        if (!newsroom.ok()) return newsroom.status();
        return ListBoilerplates(session, newsroom->uid(), request);
      });
}

absl::StatusOr<Written<v1::Boilerplate>> UpdateBoilerplate(const Environment& environment, const Caller& caller,
                                                           const v1::UpdateBoilerplateRequest& request) {
  const std::string& name = request.boilerplate().name();
  if (!BoilerplateName::Parse(name)) return InvalidName("boilerplate.name", name, kBoilerplatePattern);
  return UpdateResource(Boilerplates(), environment, caller, {request.request_id(), request.validate_only(), request},
                        request.boilerplate(), request.update_mask());
}

absl::StatusOr<v1::BoilerplateRevision> GetBoilerplateRevision(const Environment& environment, const Caller& caller,
                                                               const v1::GetBoilerplateRevisionRequest& request) {
  const auto name = BoilerplateRevisionName::Parse(request.name());
  if (!name) return InvalidName("name", request.name(), kBoilerplateRevisionPattern);
  absl::StatusOr<v1::BoilerplateRevision> revision;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) {
    revision = FindBoilerplateRevision(session, name->boilerplate.ToString(), name->revision);
    return revision.status();
  });
  if (!status.ok()) return status;
  return revision;
}

absl::StatusOr<v1::ListBoilerplateRevisionsResponse> ListBoilerplateRevisions(
    const Environment& environment, const Caller& caller, const v1::ListBoilerplateRevisionsRequest& request) {
  constexpr char kMethod[] = "ListBoilerplateRevisions";
  if (!BoilerplateName::Parse(request.parent())) return InvalidName("parent", request.parent(), kBoilerplatePattern);
  const auto page = ParseRevisionPage(kMethod, request.parent(), request.page_size(), request.page_token());
  if (!page.ok()) return page.status();
  v1::ListBoilerplateRevisionsResponse response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    response.Clear();
    if (auto found = FindResource(Boilerplates(), session, request.parent()); !found.ok()) return found.status();
    auto revisions = ListBoilerplateRevisions(session, request.parent(), page->before, page->size + 1);
    if (!revisions.ok()) return revisions.status();
    for (v1::BoilerplateRevision& revision : *revisions) {
      if (response.revisions_size() == page->size) {
        const std::string& last = response.revisions(page->size - 1).name();
        response.set_next_page_token(NextRevisionPage(kMethod, request.parent(), last));
        break;
      }
      *response.add_revisions() = std::move(revision);
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

}  // namespace communique::releases
