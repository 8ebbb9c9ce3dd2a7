// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/storage/group_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/folded_name.h"
#include "services/contacts/storage/group_members.h"
#include "services/contacts/storage/named_rows.h"
#include "services/contacts/storage/tables.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/resource_by_name.h"

namespace communique::contacts {
namespace {

using platform::RowLock;
using platform::Session;
using platform::WriteStamp;

// What is stored: nothing that its row or its members tell.
v1::ContactGroup Stored(v1::ContactGroup group) {
  group = platform::WithoutRowFacts(std::move(group));
  group.clear_member_count();
  return group;
}

}  // namespace

absl::StatusOr<v1::ContactGroup> FindGroup(Session& session, const std::string& newsroom_uid, const std::string& name,
                                           RowLock lock) {
  auto group = FindByName(session, GroupTable(), "group", newsroom_uid, name, lock);
  if (!group.ok()) return group;
  if (group->display_name().empty()) return platform::NotFound("group", name);
  const auto counts = CountGroupMembers(session, newsroom_uid, {group->uid()});
  if (!counts.ok()) return counts.status();
  group->set_member_count(counts->empty() ? 0 : counts->begin()->second);
  return group;
}

absl::Status LockGroupNames(Session& session, const std::string& newsroom_uid) {
  const bool lock = session.engine() == platform::Engine::kPostgres;
  return session
      .Query(absl::StrCat("SELECT uid FROM newsrooms WHERE uid = :newsroom", lock ? " FOR UPDATE" : ""),
             {{"newsroom", newsroom_uid}})
      .status();
}

absl::StatusOr<std::optional<std::string>> FindGroupCalled(Session& session, const std::string& newsroom_uid,
                                                           std::string_view display_name) {
  const auto found = GroupTable().Find(session, newsroom_uid, "name_key", platform::Value(FoldedName(display_name)));
  if (!found.ok()) return found.status();
  if (!found->has_value()) return std::nullopt;
  return (*found)->message.name();
}

absl::Status InsertGroup(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                         v1::ContactGroup& group) {
  return InsertByName(session, GroupTable(), "group", newsroom_uid, stamp, group);
}

absl::Status UpdateGroup(Session& session, const std::string& newsroom_uid, const WriteStamp& stamp,
                         v1::ContactGroup& group) {
  const platform::ResourceKey key{newsroom_uid, group.uid(), group.name()};
  auto updated = UpdateRow(session, GroupTable(), key, group.etag(), stamp, Stored(group), group.has_delete_time());
  if (!updated.ok()) return updated.status();
  const int members = group.member_count();
  group = platform::WithRowFacts(*std::move(updated));
  group.set_member_count(members);
  return absl::OkStatus();
}

absl::StatusOr<v1::ListGroupsResponse> ListGroups(Session& session, const std::string& newsroom_uid,
                                                  const std::string& member, const v1::ListGroupsRequest& request) {
  auto query = RowsOf({newsroom_uid});
  query.filter = request.filter();
  query.order_by = request.order_by();
  query.page_size = request.page_size();
  query.page_token = request.page_token();
  query.show_deleted = request.show_deleted();
  query.method = "ListGroups";
  query.parent = request.parent();
  // The page token is for one contact alone.
  query.audience = absl::StrCat("staff?", request.member());
  if (!request.member().empty()) {
    absl::StrAppend(
        &query.condition,
        " AND EXISTS (SELECT 1 FROM group_members m WHERE m.newsroom_uid = t.newsroom_uid AND m.uid = t.uid "
        "AND m.shown = :member)");
    query.condition_params.emplace_back("member", member);
  }
  auto page = GroupTable().List(session, query);
  if (!page.ok()) return page.status();
  std::vector<std::string> uids;
  for (const auto& resource : page->resources) uids.push_back(resource.meta.uid);
  const auto counts = CountGroupMembers(session, newsroom_uid, uids);
  if (!counts.ok()) return counts.status();
  v1::ListGroupsResponse response;
  for (auto& resource : page->resources) {
    v1::ContactGroup group = platform::WithRowFacts(std::move(resource));
    if (const auto count = counts->find(group.uid()); count != counts->end()) group.set_member_count(count->second);
    *response.add_groups() = std::move(group);
  }
  response.set_next_page_token(page->next_page_token);
  return response;
}

absl::StatusOr<std::vector<platform::ResourceKey>> PurgeGroups(Session& session, const WriteStamp& stamp, int limit) {
  auto due = DueForPurge(session, "contact_groups", stamp.now, limit);
  if (!due.ok()) return due;
  for (const platform::ResourceKey& key : *due) {
    v1::ContactGroup emptied;
    emptied.set_name(key.name);
    auto updated = GroupTable().Update(session, stamp, key, "", emptied);
    if (!updated.ok()) return updated.status();
    const auto removed = session.Execute("DELETE FROM group_members WHERE newsroom_uid = :newsroom AND uid = :uid",
                                         {{"newsroom", key.newsroom_uid}, {"uid", key.uid}});
    if (!removed.ok()) return removed.status();
  }
  return due;
}

}  // namespace communique::contacts
