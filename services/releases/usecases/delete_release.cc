// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/usecases/delete_release.h"

#include "services/platform/errors/error.h"
#include "services/releases/domain/lifecycle.h"
#include "services/releases/usecases/change_release.h"

namespace communique::releases {

absl::StatusOr<Written<v1::Release>> DeleteRelease(const Environment& environment, const Caller& caller,
                                                   const v1::DeleteReleaseRequest& request) {
  return ChangeRelease(
      environment,
      {caller, Verb::kDelete, request.name(), request.etag(), request.request_id(), request.validate_only(), request},
      [&](OpenRelease& open) {
        Deleted(open.actor, open.actor.now + environment.limits.kept_after_deletion, open.release());
        open.done = v1::Change::VERB_DELETED;
        return absl::OkStatus();
      });
}

absl::StatusOr<Written<v1::Release>> UndeleteRelease(const Environment& environment, const Caller& caller,
                                                     const v1::UndeleteReleaseRequest& request) {
  return ChangeRelease(
      environment,
      {caller, Verb::kUndelete, request.name(), request.etag(), request.request_id(), request.validate_only(), request},
      [](OpenRelease& open) {
        Undeleted(open.release());
        open.done = v1::Change::VERB_UNDELETED;
        return absl::OkStatus();
      });
}

}  // namespace communique::releases
