// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "communique/contacts/v1/contact.pb.h"
#include "services/platform/storage/resource_rows.h"
#include "services/platform/storage/session.h"

// Who is in which group. A member is kept as the contact that was added, beside the contact that is listed for it:
// another one while the contact is merged, so that taking a merge apart gives the group its members back. Whoever
// merges, unmerges or purges contacts says so here, in the same transaction.
namespace communique::contacts {

// How many contacts each of these groups lists, by its uid; a group that lists none is not in it.
absl::StatusOr<std::map<std::string, int>> CountGroupMembers(platform::Session& session,
                                                             const std::string& newsroom_uid,
                                                             const std::vector<std::string>& group_uids);

// A contact that is to be a member.
struct Joining {
  std::string newsroom_uid;
  std::string contact;
  std::string shown;  // itself, or the one that it was merged into
  v1::Contact::State state = v1::Contact::STATE_UNSPECIFIED;
};

// Those of `names` that are contacts of these newsrooms, locked in the order of their names until the transaction ends;
// each shown as itself.
absl::StatusOr<std::vector<Joining>> LockForJoining(platform::Session& session,
                                                    const std::vector<std::string>& newsroom_uids,
                                                    const std::vector<std::string>& names);

// How many rows were added: those who are members already stay what they are.
absl::StatusOr<std::int64_t> AddGroupMembers(platform::Session& session, const platform::ResourceKey& group,
                                             const std::vector<Joining>& members);

// Removes whoever is listed as one of `shown`; how many rows.
absl::StatusOr<std::int64_t> RemoveGroupMembers(platform::Session& session, const platform::ResourceKey& group,
                                                const std::vector<std::string>& shown);

// A contact that a group lists.
struct ListedMember {
  std::string newsroom_uid;
  std::string uid;
  std::string name;
};

// Those behind the name `after`, in the order of their names, at most `limit`.
absl::StatusOr<std::vector<ListedMember>> ListedMembers(platform::Session& session, const platform::ResourceKey& group,
                                                        const std::string& after, int limit);

// From now on, `left` is listed wherever `source` is: `source` was merged into it.
absl::Status MergeMemberships(platform::Session& session, const std::string& source, const std::string& left);
// The reverse: `contact` is listed again for these contacts, which are itself and those that went into it.
absl::Status UnmergeMemberships(platform::Session& session, const std::vector<std::string>& members,
                                const std::string& contact);
// These contacts are nowhere members any more.
absl::Status RemoveMemberships(platform::Session& session, const std::vector<std::string>& contacts);

}  // namespace communique::contacts
