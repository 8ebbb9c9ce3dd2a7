// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/erasures.h"

#include <utility>

#include "services/contacts/domain/names.h"
#include "services/contacts/storage/newsroom_projection.h"
#include "services/contacts/usecases/contact_references.h"

namespace communique::contacts {

using platform::Session;

absl::StatusOr<v1::Erasure> GetErasure(const Environment& environment, const Caller& caller,
                                       const v1::GetErasureRequest& request) {
  const auto name = ErasureName::Parse(request.name());
  if (!name) return InvalidName("name", request.name(), kErasurePattern);
  absl::StatusOr<storage::ErasureRecord> record;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    const auto newsroom = NewsroomOf(session, name->newsroom, "erasure", request.name());
    if (!newsroom.ok()) return newsroom.status();
    record = FindErasure(session, newsroom->uid, request.name());
    return record.status();
  });
  if (!status.ok()) return status;
  return std::move(*record->mutable_erasure());
}

absl::StatusOr<v1::ListErasuresResponse> ListErasures(const Environment& environment, const Caller& caller,
                                                      const v1::ListErasuresRequest& request) {
  if (!NewsroomName::Parse(request.parent())) return InvalidName("parent", request.parent(), kNewsroomPattern);
  absl::StatusOr<v1::ListErasuresResponse> response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    const auto newsroom = FindNewsroom(session, request.parent());
    if (!newsroom.ok()) return newsroom.status();
    response = ListErasures(session, newsroom->uid, request);
    return response.status();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<RunningErasures> CountRunningErasures(const Environment& environment, absl::Time deadline) {
  absl::StatusOr<RunningErasures> running;
  const absl::Status status = environment.database.Read(deadline, [&](Session& session) {
    running = CountRunningErasures(session);
    return running.status();
  });
  if (!status.ok()) return status;
  return running;
}

}  // namespace communique::contacts
