// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/releases/api/release_api.h"

#include <memory>
#include <utility>

#include "services/platform/auth/principal.h"
#include "services/platform/rpc/run_on.h"
#include "services/releases/usecases/contact_usages.h"
#include "services/releases/usecases/correct_release.h"
#include "services/releases/usecases/create_release.h"
#include "services/releases/usecases/delete_release.h"
#include "services/releases/usecases/edit_release.h"
#include "services/releases/usecases/import_contacts.h"
#include "services/releases/usecases/publish_release.h"
#include "services/releases/usecases/read_releases.h"
#include "services/releases/usecases/review_release.h"
#include "services/releases/usecases/withdraw_release.h"

namespace communique::releases {
namespace {

// Sections are the site's: to make them takes more than to write.
absl::Status CheckMayMakeSections(const platform::Call& call, const v1::ImportReleaseRequest& request) {
  if (!request.with_sections()) return absl::OkStatus();
  return platform::CheckAccess(call.principal(), common::v1::AUDIENCE_STAFF, common::v1::PERMISSION_ADMINISTER,
                               platform::NewsroomOf(request.parent()));
}

// The contacts service sees this service, and not who it acts for.
absl::Status CheckMayMakeContacts(const platform::Call& call, const v1::ImportReleaseRequest& request) {
  if (!request.create_contacts()) return absl::OkStatus();
  return platform::CheckAccess(call.principal(), common::v1::AUDIENCE_STAFF, common::v1::PERMISSION_EDIT_CONTACTS,
                               platform::NewsroomOf(request.parent()));
}

// Reading a file keeps a processor busy; what was read then waits for the contacts service, where it has contact lines,
// and for the database. Each has its own threads.
platform::Method ImportMethod(const ApiParts& parts) {
  using Request = v1::ImportReleaseRequest;
  return platform::UnaryAsync<Request>(
      "ImportRelease", [&parts](platform::Call& call, const Request& request, platform::Responder respond) {
        if (auto status = CheckMayMakeSections(call, request); !status.ok()) return respond(status);
        if (auto status = CheckMayMakeContacts(call, request); !status.ok()) return respond(status);
        platform::RunOn(parts.cpu, call.deadline(), respond, [&parts, &call, &request, respond] {
          auto read = ReadImportFile(parts.environment, platform::CallerOf(call), request);
          if (!read.ok()) return respond(read.status());
          const auto file = std::make_shared<const ReadImport>(*std::move(read));
          platform::RunOn(parts.peer_calls, call.deadline(), respond, [&parts, &call, &request, respond, file] {
            const auto written = StoreImportWithContacts(parts.environment, platform::CallerOf(call), request, *file);
            if (!written.ok()) return respond(written.status());
            platform::AddToken(parts.tail, written->position, call);
            respond(platform::SerializeReply(written->value));
          });
        });
      });
}

}  // namespace

platform::ServiceMethods ReleaseMethods(const ApiParts& parts, platform::Method watch) {
  return {
      "communique.releases.v1.ReleaseService",
      {platform::Writing<v1::CreateReleaseRequest, v1::Release>("CreateRelease", parts, CreateRelease),
       platform::Reading<v1::GetReleaseRequest, v1::Release>("GetRelease", parts, GetRelease),
       platform::Reading<v1::ListReleasesRequest, v1::ListReleasesResponse>("ListReleases", parts, ListReleases),
       platform::Writing<v1::UpdateReleaseRequest, v1::Release>("UpdateRelease", parts, UpdateRelease),
       platform::Writing<v1::BatchUpdateBlocksRequest, v1::Release>("BatchUpdateBlocks", parts, BatchUpdateBlocks),
       platform::Writing<v1::DeleteReleaseRequest, v1::Release>("DeleteRelease", parts, DeleteRelease),
       platform::Writing<v1::UndeleteReleaseRequest, v1::Release>("UndeleteRelease", parts, UndeleteRelease),
       platform::WritingAfterAsking<v1::SubmitReleaseRequest, v1::Release>("SubmitRelease", parts, SubmitRelease),
       platform::Writing<v1::ReturnReleaseRequest, v1::Release>("ReturnRelease", parts, ReturnRelease),
       platform::Writing<v1::ApproveReleaseRequest, v1::Release>("ApproveRelease", parts, ApproveRelease),
       platform::WritingAfterAsking<v1::PublishReleaseRequest, v1::Release>("PublishRelease", parts, PublishRelease),
       platform::WritingAfterAsking<v1::CorrectReleaseRequest, v1::Release>("CorrectRelease", parts, CorrectRelease),
       platform::Writing<v1::WithdrawReleaseRequest, v1::Release>("WithdrawRelease", parts, WithdrawRelease),
       platform::Writing<v1::ReinstateReleaseRequest, v1::Release>("ReinstateRelease", parts, ReinstateRelease),
       platform::Reading<v1::GetReleaseRevisionRequest, v1::ReleaseRevision>("GetReleaseRevision", parts,
                                                                             GetReleaseRevision),
       platform::Reading<v1::ListReleaseRevisionsRequest, v1::ListReleaseRevisionsResponse>(
           "ListReleaseRevisions", parts, ListReleaseRevisions),
       ImportMethod(parts),
       platform::Reading<v1::RenderReleaseRequest, v1::Rendering>("RenderRelease", parts, RenderRelease),
       platform::Reading<v1::ListContactUsagesRequest, v1::ListContactUsagesResponse>("ListContactUsages", parts,
                                                                                      ListContactUsages),
       std::move(watch)}};
}

}  // namespace communique::releases
