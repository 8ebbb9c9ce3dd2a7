// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/usecases/group_members.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/domain/group_validation.h"
#include "services/contacts/domain/names.h"
#include "services/contacts/domain/print_choice.h"
#include "services/contacts/storage/contact_store.h"
#include "services/contacts/storage/group_members.h"
#include "services/contacts/storage/group_store.h"
#include "services/contacts/usecases/contact_references.h"
#include "services/contacts/usecases/contacts_from_above.h"
#include "services/contacts/usecases/printing_consent.h"
#include "services/contacts/usecases/read_contacts.h"
#include "services/contacts/usecases/verb_checks.h"
#include "services/platform/errors/error.h"
#include "services/platform/storage/page_token.h"
#include "services/platform/verbs/resource_verbs.h"

namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ResourceKey;
using platform::RowLock;
using platform::Session;
using Names = google::protobuf::RepeatedPtrField<std::string>;

constexpr std::size_t kPageBytes = 2 * 1024 * 1024;

ResourceKey KeyOf(const std::vector<Newsroom>& line, const v1::ContactGroup& group) {
  return {line.front().uid, group.uid(), group.name()};
}

// The contacts of the line that are called so, locked, by their names; those that were merged shown as the one that is
// left.
absl::StatusOr<std::map<std::string, Joining>> LockShown(Session& session, const std::vector<Newsroom>& line,
                                                         const Names& names) {
  std::vector<std::string> newsrooms;
  for (const Newsroom& newsroom : line) newsrooms.push_back(newsroom.uid);
  auto found = LockForJoining(session, newsrooms, {names.begin(), names.end()});
  if (!found.ok()) return found.status();
  std::map<std::string, Joining> joining;
  for (Joining& each : *found) {
    while (each.state == v1::Contact::STATE_MERGED) {
      const auto record = FindContactIn(session, line, each.shown, RowLock::kForUpdate);
      if (!record.ok()) return record.status();
      each.state = record->contact().state();
      if (each.state == v1::Contact::STATE_MERGED) each.shown = record->contact().merged_into();
    }
    std::string name = each.contact;
    joining.emplace(std::move(name), std::move(each));
  }
  return joining;
}

absl::StatusOr<std::vector<Joining>> MembersToAdd(Session& session, const std::vector<Newsroom>& line,
                                                  const Names& names) {
  platform::FieldViolations violations;
  for (int i = 0; i < names.size(); ++i) {
    if (NewsroomIn(line, names[i]) != nullptr) continue;
    violations.Add(absl::StrCat("add[", i, "]"),
                   absl::StrCat("must be a contact of ", line.front().name, " or of a newsroom above it"));
  }
  if (auto status = violations.ToStatus(); !status.ok()) return status;
  auto found = LockShown(session, line, names);
  if (!found.ok()) return found.status();
  std::vector<Joining> joining;
  for (int i = 0; i < names.size(); ++i) {
    const auto each = found->find(names[i]);
    if (each == found->end()) return platform::NotFound("contact", names[i]);
    if (each->second.state == v1::Contact::STATE_ERASED) {
      v1::Contact erased;
      erased.set_name(names[i]);
      erased.set_state(v1::Contact::STATE_ERASED);
      return RefuseErased(erased);
    }
    if (each->second.state == v1::Contact::STATE_DELETED) {
      return platform::FailedPrecondition(
          Reason::ERROR_REASON_REFERENCE_MISSING, names[i],
          absl::StrCat("add[", i, "]: ", names[i], " is deleted; undelete it or leave it out"),
          {{"resource", names[i]}});
    }
    joining.push_back(each->second);
  }
  return joining;
}

// Who has gone for good, or belongs to another newsroom by now, is listed by its own name if at all.
absl::StatusOr<std::vector<std::string>> MembersToRemove(Session& session, const std::vector<Newsroom>& line,
                                                         const Names& names) {
  const auto found = LockShown(session, line, names);
  if (!found.ok()) return found.status();
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    const auto each = found->find(name);
    shown.push_back(each == found->end() ? name : each->second.shown);
  }
  return shown;
}

// How many rows of the list of members changed.
absl::StatusOr<std::int64_t> ChangeMembers(Session& session, const std::vector<Newsroom>& line,
                                           const v1::ContactGroup& group,
                                           const v1::ModifyGroupMembersRequest& request) {
  const auto joining = MembersToAdd(session, line, request.add());
  if (!joining.ok()) return joining.status();
  const auto leaving = MembersToRemove(session, line, request.remove());
  if (!leaving.ok()) return leaving.status();
  for (const Joining& each : *joining) {
    if (std::find(leaving->begin(), leaving->end(), each.shown) == leaving->end()) continue;
    return platform::InvalidField(
        "remove", absl::StrCat(each.shown, " is to be added as well, as the contact that ", each.contact,
                               " was merged into; leave it out of one of the lists"));
  }
  const auto removed = RemoveGroupMembers(session, KeyOf(line, group), *leaving);
  if (!removed.ok()) return removed;
  const auto added = AddGroupMembers(session, KeyOf(line, group), *joining);
  if (!added.ok()) return added;
  return *removed + *added;
}

absl::StatusOr<Written<v1::ContactGroup>> Modify(const Environment& environment, const Caller& caller,
                                                 const v1::ModifyGroupMembersRequest& request, Session& session,
                                                 absl::Time now) {
  const auto line = LineOf(session, GroupName::Parse(request.name())->newsroom, "group", request.name());
  if (!line.ok()) return line.status();
  const std::string& newsroom_uid = line->front().uid;
  auto group = FindGroup(session, newsroom_uid, request.name(), RowLock::kForUpdate);
  if (!group.ok()) return group.status();
  if (group->etag() != request.etag()) return platform::EtagMismatch(request.name(), group->etag());
  if (group->has_delete_time()) return StateConflict(request.name(), "DELETED", "modify", "undelete it first");
  const auto changed = ChangeMembers(session, *line, *group, request);
  if (!changed.ok()) return changed.status();
  if (*changed == 0) return Written<v1::ContactGroup>{*std::move(group)};
  const auto counts = CountGroupMembers(session, newsroom_uid, {group->uid()});
  if (!counts.ok()) return counts.status();
  group->set_member_count(counts->empty() ? 0 : counts->begin()->second);
  if (const int max = environment.group_limits.members; group->member_count() > max && !request.add().empty()) {
    return platform::InvalidField(
        "add", absl::StrCat("would give the group ", group->member_count(), " members; at most ", max, " are allowed"));
  }
  const platform::WriteStamp stamp{caller.principal, caller.request_id, now};
  if (auto status = UpdateGroup(session, newsroom_uid, stamp, *group); !status.ok()) return status;
  return platform::TellFeed(session, stamp, VerbName(v1::Change::VERB_UPDATED), *std::move(group));
}

// What the newsroom is given of a member. The caller's permissions are those in the newsroom, not in those above.
v1::Contact Presented(MemberPage::Member member, const ContactReadMask& read_mask) {
  v1::Contact contact = std::move(member.contact);
  if (member.from_above && !member.printable) {
    v1::Contact name;
    name.set_name(contact.name());
    return name;
  }
  if (member.from_above) KeepPrinted(contact);
  read_mask.Apply(contact);
  return contact;
}

}  // namespace

absl::StatusOr<MemberPage> ReadMembers(const Environment& environment, Session& session,
                                       const std::vector<Newsroom>& line, const v1::ContactGroup& group,
                                       const std::string& after, int limit, absl::Time now) {
  auto listed = ListedMembers(session, KeyOf(line, group), after, limit + 1);
  if (!listed.ok()) return listed.status();
  MemberPage page;
  page.more = static_cast<int>(listed->size()) > limit;
  if (page.more) listed->pop_back();
  std::map<std::string, std::vector<std::string>> uids;
  for (const ListedMember& each : *listed) uids[each.newsroom_uid].push_back(each.uid);
  std::map<std::string, v1::Contact> contacts;
  for (const auto& [newsroom_uid, some] : uids) {
    auto found = GetContacts(session, newsroom_uid, some);
    if (!found.ok()) return found.status();
    for (v1::Contact& contact : *found) {
      std::string name = contact.name();
      contacts.emplace(std::move(name), std::move(contact));
    }
  }
  for (const ListedMember& each : *listed) {
    const auto found = contacts.find(each.name);
    if (found == contacts.end()) continue;
    MemberPage::Member member{std::move(found->second), each.newsroom_uid != line.front().uid, false};
    // A newsroom that is no longer above this one shows it nothing.
    member.printable = member.from_above && NewsroomIn(line, each.name) != nullptr && IsPrintable(member.contact, now);
    page.members.push_back(std::move(member));
  }
  std::vector<std::string> printable;
  for (const MemberPage::Member& member : page.members) {
    if (member.printable) printable.push_back(member.contact.name());
  }
  const auto refusing = WhoRefusesPrinting(environment, session, line, printable, now);
  if (!refusing.ok()) return refusing.status();
  for (MemberPage::Member& member : page.members) {
    if (refusing->contains(member.contact.name())) member.printable = false;
  }
  return page;
}

absl::StatusOr<Written<v1::ContactGroup>> ModifyGroupMembers(const Environment& environment, const Caller& caller,
                                                             const v1::ModifyGroupMembersRequest& request) {
  if (!GroupName::Parse(request.name())) return InvalidName("name", request.name(), kGroupPattern);
  if (auto status = ValidateMembers(request, environment.group_limits); !status.ok()) return status;
  if (auto status = CheckEtagGiven(request.name(), request.etag()); !status.ok()) return status;
  return platform::WriteOnce<v1::ContactGroup>(
      environment, caller, {request.request_id(), request.validate_only(), request},
      [&](Session& session, absl::Time now) { return Modify(environment, caller, request, session, now); },
      [&](Session& session, absl::Time, const std::string& name) -> absl::StatusOr<v1::ContactGroup> {
        const auto line = LineOf(session, GroupName::Parse(name)->newsroom, "group", name);
        if (!line.ok()) return line.status();
        return FindGroup(session, line->front().uid, name);
      });
}

absl::StatusOr<v1::ListGroupMembersResponse> ListGroupMembers(const Environment& environment, const Caller& caller,
                                                              const v1::ListGroupMembersRequest& request) {
  const auto name = GroupName::Parse(request.parent());
  if (!name) return InvalidName("parent", request.parent(), kGroupPattern);
  const auto read_mask = CheckedReadMask(caller, name->newsroom, request.read_mask());
  if (!read_mask.ok()) return read_mask.status();
  constexpr platform::ListLimits kLimits;
  if (request.page_size() < 0) {
    return platform::InvalidField("page_size", "must not be negative; 0 means the default");
  }
  const int page_size =
      request.page_size() == 0 ? kLimits.default_page_size : std::min(request.page_size(), kLimits.max_page_size);
  const platform::PageScope scope{"ListGroupMembers", request.parent(), "", "", "staff"};
  std::string after;
  if (!request.page_token().empty()) {
    auto key = platform::ParsePageToken(request.page_token(), scope, {{"name", platform::ColumnType::kText}});
    if (!key.ok()) return key.status();
    after = std::get<std::string>(key->front());
  }
  v1::ListGroupMembersResponse response;
  const absl::Status status = environment.database.Read(caller.deadline, [&](Session& session) -> absl::Status {
    response.Clear();
    const auto line = LineOf(session, GroupName::Parse(request.parent())->newsroom, "group", request.parent());
    if (!line.ok()) return line.status();
    const auto group = FindGroup(session, line->front().uid, request.parent());
    if (!group.ok()) return group.status();
    auto page = ReadMembers(environment, session, *line, *group, after, page_size, environment.clock.Now());
    if (!page.ok()) return page.status();
    std::size_t bytes = 0;
    bool more = page->more;
    std::string last;
    for (MemberPage::Member& member : page->members) {
      std::string contact_name = member.contact.name();
      v1::Contact contact = Presented(std::move(member), *read_mask);
      // The next one begins the next page; one is always given.
      if (bytes += contact.ByteSizeLong(); bytes > kPageBytes && !last.empty()) {
        more = true;
        break;
      }
      last = std::move(contact_name);
      *response.add_contacts() = std::move(contact);
    }
    if (more && !last.empty()) response.set_next_page_token(platform::MakePageToken(scope, {platform::Value(last)}));
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

}  // namespace communique::contacts
