// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "tools/communique/advice.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "communique/common/v1/error_reason.pb.h"
#include "google/rpc/error_details.pb.h"
#include "services/platform/errors/error.h"
#include "tools/communique/new_name.h"

namespace communique::command {
namespace {

// The verb that shows a resource of this name.
std::string GetVerb(const std::string& resource) {
  if (absl::StrContains(resource, "/contacts/")) return "communique contact get";
  if (absl::StrContains(resource, "/organizations/")) return "communique organization get";
  if (absl::StrContains(resource, "/groups/")) return "communique group get";
  return "communique release get";
}

// The resource that a failed precondition is about; empty when there is none.
std::string SubjectOf(const absl::Status& status) {
  const auto payload = status.GetPayload("type.googleapis.com/google.rpc.PreconditionFailure");
  google::rpc::PreconditionFailure failure;
  if (!payload || !failure.ParseFromString(std::string(*payload)) || failure.violations().empty()) return "";
  return failure.violations(0).subject();
}

// Who holds on to a resource, which cannot go for that.
std::string AdviceForUse(const std::string& resource) {
  const std::string newsroom = NewsroomOf(resource);
  if (absl::StrContains(resource, "/organizations/")) {
    return absl::StrCat("Who they are is shown by: communique contact list --newsroom ", newsroom,
                        " --filter 'organization=\"", resource, "\"' and communique organization list --newsroom ",
                        newsroom, " --filter 'parent_organization=\"", resource, "\"'");
  }
  return absl::StrCat("Who they are is shown by: communique contact list --newsroom ", newsroom,
                      " --filter 'substitute=\"", resource, "\"'");
}

// Where a resource of the contacts service stands; nothing shows a merge.
std::string AdviceForState(const std::string& resource) {
  if (absl::StrContains(resource, "/merges/")) return "";
  return absl::StrCat("Where it stands, and its etag, are shown by: ",
                      absl::StrContains(resource, "/organizations/") ? GetVerb(resource) : "communique contact get");
}

std::string AdviceForConflicts(const absl::Status& status) {
  if (!absl::StrContains(status.message(), "keep_primary")) {
    return "What each of them is and has, is shown by: communique contact get";
  }
  return absl::StrCat("With --keep-primary, those of ", SubjectOf(status), " hold.");
}

std::string AdviceForReason(common::v1::ErrorReason reason, const absl::Status& status) {
  switch (reason) {
    case common::v1::ERROR_REASON_TOKEN_REQUIRED:
      return "Give a token the server knows: --token-file FILE, or COMMUNIQUE_TOKEN in the environment.";
    case common::v1::ERROR_REASON_PERMISSION_DENIED:
      return "Use a token whose role has this permission in this newsroom.";
    case common::v1::ERROR_REASON_OVERLOADED:
    case common::v1::ERROR_REASON_SHUTTING_DOWN:
    case common::v1::ERROR_REASON_DATABASE_UNAVAILABLE:
    case common::v1::ERROR_REASON_CONTENTION:
    case common::v1::ERROR_REASON_PEER_UNAVAILABLE:
      return "Nothing was changed; try again in a moment.";
    case common::v1::ERROR_REASON_DEADLINE_EXCEEDED:
      return "Give it more time with --deadline, for instance --deadline 2m.";
    case common::v1::ERROR_REASON_ALREADY_EXISTS:
      return "Choose another id; ids are never used again.";
    case common::v1::ERROR_REASON_GROUP_NAME_TAKEN:
      return absl::StrCat("Use the group that is called so: communique group get ",
                          platform::ErrorMetadataValue(status, "resource"));
    case common::v1::ERROR_REASON_IMPORT_INTERRUPTED:
      return "Run it again with the same --request-id, and it goes on where it was.";
    case common::v1::ERROR_REASON_ETAG_MISMATCH:
      return absl::StrCat(
          "Without an etag (--etag, or in a --file) the command takes the version there is now; look at it first "
          "with: ",
          GetVerb(platform::ErrorMetadataValue(status, "resource")));
    case common::v1::ERROR_REASON_REQUEST_ID_REUSED:
      return "Leave --request-id out, or repeat exactly the call it was used for (with the same --etag).";
    case common::v1::ERROR_REASON_OUTCOME_UNKNOWN:
      return "Look at what there is now (the verb get) before you try again.";
    case common::v1::ERROR_REASON_WATCH_TOO_OLD:
    case common::v1::ERROR_REASON_WATCH_TOKEN_FOREIGN:
    case common::v1::ERROR_REASON_WATCH_TOKEN_AHEAD:
      return "List again, and watch without --from.";
    case common::v1::ERROR_REASON_INVALID_TRANSITION:
      return "Where it stands is shown by: communique release get";
    case common::v1::ERROR_REASON_EVER_PUBLIC:
      return "What was public is taken down with: communique release withdraw";
    case common::v1::ERROR_REASON_APPROVAL_MISSING:
      return "Submit the text and have it approved: communique release submit, communique release approve";
    case common::v1::ERROR_REASON_APPROVER_IS_LAST_EDITOR:
      return "Ask somebody else to approve it, with a token of their own.";
    case common::v1::ERROR_REASON_CONTENT_INCOMPLETE:
      return "Put it right (communique release edit, communique release replace) and submit again.";
    case common::v1::ERROR_REASON_NOTICE_REQUIRED:
      return "Give the words for readers, for instance --notice de=\"…\" (for a withdrawal: --explanation de=\"…\").";
    case common::v1::ERROR_REASON_NOTHING_CHANGED:
      return "Edit the text, submit it and have it approved before correcting.";
    case common::v1::ERROR_REASON_ETAG_REQUIRED:
    case common::v1::ERROR_REASON_STATE_CONFLICT:
      return AdviceForState(SubjectOf(status));
    case common::v1::ERROR_REASON_IN_USE:
      return AdviceForUse(SubjectOf(status));
    case common::v1::ERROR_REASON_MERGE_CONFLICT:
      return AdviceForConflicts(status);
    case common::v1::ERROR_REASON_NOT_PRINTABLE:
      return "Printed is who is in use, valid at that time and public (see communique contact get), or a substitute "
             "who is: "
             "communique contact deactivate --substitute";
    case common::v1::ERROR_REASON_CONTACTS_NOT_CONFIGURED:
      return "Import without --create-contacts.";
    case common::v1::ERROR_REASON_SUBSTITUTE_CYCLE:
      return "Choose a substitute that leads nowhere back; who stands in for whom is shown by: communique contact get";
    case common::v1::ERROR_REASON_BASIS_REQUIRED:
      return "Say on what ground the data is kept and how it came here: --basis legitimate-interest --source \"…\"; "
             "for "
             "a contact that is there already, record the ground first: communique contact consent record --event "
             "declared";
    case common::v1::ERROR_REASON_SUPPRESSED:
      return "Leave the address out. Who may lift suppressions sees what it is: communique suppression lookup";
    default:
      return "";
  }
}

}  // namespace

std::string AdviceFor(const absl::Status& status) {
  const auto reason = platform::ReasonOf(status);
  if (reason != common::v1::ERROR_REASON_UNSPECIFIED) return AdviceForReason(reason, status);
  // Errors that gRPC made by itself carry no reason.
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return "Is the server running, and is --server (or COMMUNIQUE_SERVER) its address, for organizations and "
             "contacts "
             "--contacts-server (or COMMUNIQUE_CONTACTS_SERVER)? TLS is used outside this machine: see --ca-file and "
             "--plaintext.";
    case absl::StatusCode::kDeadlineExceeded:
      return AdviceForReason(common::v1::ERROR_REASON_DEADLINE_EXCEEDED, status);
    case absl::StatusCode::kUnimplemented:
      return "This server does not offer the call: the public listener has editions only, the internal one has all but "
             "organizations and contacts, which have a server of their own (--contacts-server).";
    default:
      return "";
  }
}

}  // namespace communique::command
