// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/contacts/testing/consent_driver.h"
#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/group_members.h"
#include "services/contacts/usecases/groups.h"
#include "services/contacts/usecases/merge_contacts.h"
#include "services/contacts/usecases/purge.h"
#include "services/platform/errors/error.h"

// Groups in a country's newsroom, with members of its own and of the headquarters above it.
namespace communique::contacts {
namespace {

using platform::ErrorMetadataValue;
using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kUuid[] = "5f0c3f0e-7a53-4f5e-9f39-8f7b9d4a1c11";

class GroupsTest : public testing::TestWithParam<const char*> {
 protected:
  GroupsTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
    store_.MakeNewsroom("lake", "newsrooms/hq");
  }

  using Result = absl::StatusOr<v1::ContactGroup>;

  static Result Value(absl::StatusOr<Written<v1::ContactGroup>> written) {
    if (!written.ok()) return written.status();
    return std::move(written->value);
  }
  static v1::ContactGroup Expect(const Result& result) {
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? *result : v1::ContactGroup();
  }
  Result Create(const std::string& id, const std::string& display_name, const std::string& newsroom = "relief") {
    v1::CreateGroupRequest request;
    request.set_parent("newsrooms/" + newsroom);
    request.set_group_id(id);
    request.mutable_group()->set_display_name(display_name);
    return Value(CreateGroup(store_.environment(), caller_, request));
  }
  v1::ContactGroup Made(const std::string& id = "science") { return Expect(Create(id, "Science desks " + id)); }
  Result Get(const std::string& name) {
    v1::GetGroupRequest request;
    request.set_name(name);
    return GetGroup(store_.environment(), caller_, request);
  }
  template <typename Request>
  static Request Of(const v1::ContactGroup& group) {
    Request request;
    request.set_name(group.name());
    request.set_etag(group.etag());
    return request;
  }
  Result Delete(const v1::ContactGroup& group) {
    return Value(DeleteGroup(store_.environment(), caller_, Of<v1::DeleteGroupRequest>(group)));
  }
  Result Undelete(const v1::ContactGroup& group) {
    return Value(UndeleteGroup(store_.environment(), caller_, Of<v1::UndeleteGroupRequest>(group)));
  }
  Result Modify(
      const v1::ContactGroup& group, const std::vector<std::string>& add, const std::vector<std::string>& remove = {},
      const std::function<void(v1::ModifyGroupMembersRequest&)>& change = [](auto&) {}) {
    auto request = Of<v1::ModifyGroupMembersRequest>(group);
    for (const auto& name : add) request.add_add(name);
    for (const auto& name : remove) request.add_remove(name);
    change(request);
    return Value(ModifyGroupMembers(environment_, caller_, request));
  }
  v1::ListGroupMembersResponse Page(
      const v1::ContactGroup& group, const std::function<void(v1::ListGroupMembersRequest&)>& ask = [](auto&) {}) {
    v1::ListGroupMembersRequest request;
    request.set_parent(group.name());
    ask(request);
    const auto page = ListGroupMembers(store_.environment(), caller_, request);
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? *page : v1::ListGroupMembersResponse();
  }
  // The ids of the members.
  std::vector<std::string> Members(const v1::ContactGroup& group) {
    std::vector<std::string> ids;
    const auto page = Page(group);
    for (const auto& contact : page.contacts()) ids.push_back(contact.name().substr(contact.name().rfind('/') + 1));
    EXPECT_EQ(static_cast<int>(ids.size()), Expect(Get(group.name())).member_count());
    return ids;
  }
  std::vector<std::string> Listed(const std::function<void(v1::ListGroupsRequest&)>& ask) {
    v1::ListGroupsRequest request;
    request.set_parent("newsrooms/relief");
    ask(request);
    const auto page = ListGroups(store_.environment(), caller_, request);
    EXPECT_TRUE(page.ok()) << page.status();
    std::vector<std::string> ids;
    if (!page.ok()) return ids;
    for (const auto& group : page->groups()) ids.push_back(group.name().substr(group.name().rfind('/') + 1));
    return ids;
  }
  v1::Contact MakePerson(const std::string& id, const std::string& newsroom = "relief") {
    return ContactDriver::Expect(
        driver_.Send(ContactDriver::CreateRequest(id, ContactDriver::FullPerson("Person " + id), newsroom)));
  }
  // Merges `source` into `left`; the merge.
  v1::Merge Merge(const std::string& left, const std::string& source) {
    v1::MergeContactsRequest request;
    request.set_contact(ContactDriver::NameOf(left));
    request.set_etag(driver_.Whole(request.contact()).etag());
    auto& added = *request.add_sources();
    added.set_contact(ContactDriver::NameOf(source));
    added.set_etag(driver_.Whole(added.contact()).etag());
    const auto merged = MergeContacts(store_.environment(), caller_, request);
    EXPECT_TRUE(merged.ok()) << merged.status();
    return merged.ok() ? merged->value.response.merge() : v1::Merge();
  }
  void Unmerge(const v1::Merge& merge) {
    v1::UnmergeContactsRequest request;
    request.set_name(merge.name());
    request.set_etag(driver_.Whole(merge.contact()).etag());
    const auto taken = UnmergeContacts(store_.environment(), caller_, request);
    EXPECT_TRUE(taken.ok()) << taken.status();
  }
  static std::string NameOf(const std::string& id) { return ContactDriver::NameOf(id); }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  ConsentDriver consent_{store_};
  Environment environment_ = store_.environment();
  const Caller caller_ = ContactsStore::As("editor");
};

TEST_P(GroupsTest, IsMadeReadAndChanged) {
  const auto made = Expect(Create("science", "Science desks"));
  EXPECT_EQ(made.name(), "newsrooms/relief/groups/science");
  EXPECT_EQ(Expect(Get(made.name())).SerializeAsString(), made.SerializeAsString());
  v1::UpdateGroupRequest request;
  *request.mutable_group() = made;
  request.mutable_group()->set_description("For the yearly report");
  request.mutable_group()->set_member_count(7);
  request.mutable_update_mask()->add_paths("*");
  const auto changed = Expect(Value(UpdateGroup(store_.environment(), caller_, request)));
  EXPECT_EQ(changed.description(), "For the yearly report");
  EXPECT_EQ(changed.member_count(), 0);
  EXPECT_EQ(ReasonOf(UpdateGroup(store_.environment(), caller_, request).status()), Reason::ERROR_REASON_ETAG_MISMATCH);
  request.mutable_group()->clear_etag();
  EXPECT_EQ(ReasonOf(UpdateGroup(store_.environment(), caller_, request).status()), Reason::ERROR_REASON_ETAG_REQUIRED);
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED science", "UPDATED science"));
}

TEST_P(GroupsTest, IsCalledAsNoOther) {
  const auto first = Expect(Create("a", "Ärzte-Presse"));
  const auto taken = Create("b", "arzte presse!");
  EXPECT_EQ(taken.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(taken.status()), Reason::ERROR_REASON_GROUP_NAME_TAKEN);
  EXPECT_EQ(ErrorMetadataValue(taken.status(), "resource"), first.name());
  EXPECT_TRUE(Create("b", "Ärzte-Presse", "hq").ok()) << "in another newsroom";
  const auto other = Expect(Create("c", "Other"));
  v1::UpdateGroupRequest request;
  *request.mutable_group() = other;
  request.mutable_group()->set_display_name("ÄRZTE PRESSE");
  EXPECT_EQ(ReasonOf(UpdateGroup(store_.environment(), caller_, request).status()),
            Reason::ERROR_REASON_GROUP_NAME_TAKEN);
  EXPECT_EQ(ReasonOf(Create("a", "Else").status()), Reason::ERROR_REASON_ALREADY_EXISTS);
}

TEST_P(GroupsTest, OfSeveralAtOnceOneGetsTheName) {
  constexpr int kRounds = 10;
  for (int round = 0; round < kRounds; ++round) {
    const auto statuses = AtOnce(4, [&](std::size_t i) {
      return Create(absl::StrCat("g", round, "-", i), absl::StrCat("Science ", round)).status();
    });
    EXPECT_EQ(CountOk(statuses), 1);
    for (const auto& status : statuses) {
      if (status.ok()) continue;
      EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_GROUP_NAME_TAKEN) << status;
    }
  }
}

TEST_P(GroupsTest, ADeletedOneGivesItsNameFreeAndComesBackWithItsMembers) {
  MakePerson("anna");
  const auto group = Expect(Modify(Made(), {NameOf("anna")}));
  const auto deleted = Expect(Delete(group));
  EXPECT_EQ(ReasonOf(Modify(deleted, {}, {NameOf("anna")}).status()), Reason::ERROR_REASON_STATE_CONFLICT);
  EXPECT_THAT(Listed([](auto&) {}), IsEmpty());
  EXPECT_THAT(Listed([](auto& ask) { ask.set_show_deleted(true); }), ElementsAre("science"));
  const auto other = Expect(Create("other", "Science desks science"));
  EXPECT_EQ(ReasonOf(Undelete(deleted).status()), Reason::ERROR_REASON_GROUP_NAME_TAKEN);
  ASSERT_TRUE(Delete(other).ok());
  const auto back = Expect(Undelete(deleted));
  EXPECT_THAT(Members(back), ElementsAre("anna"));
  EXPECT_EQ(ReasonOf(Undelete(back).status()), Reason::ERROR_REASON_STATE_CONFLICT);
}

TEST_P(GroupsTest, GoesForGood) {
  MakePerson("anna");
  const auto deleted = Expect(Delete(Expect(Modify(Made(), {NameOf("anna")}))));
  store_.clock().Advance(absl::Hours(31 * 24));
  EXPECT_EQ(ReasonOf(Undelete(deleted).status()), Reason::ERROR_REASON_NOT_FOUND);
  ASSERT_TRUE(PurgeDeleted(store_.environment(), ContactsStore::Soon()).ok());
  EXPECT_EQ(ReasonOf(Get(deleted.name()).status()), Reason::ERROR_REASON_NOT_FOUND);
  EXPECT_EQ(ReasonOf(Create("science", "Science").status()), Reason::ERROR_REASON_ALREADY_EXISTS);
  EXPECT_THAT(driver_.Feed(),
              ElementsAre("CREATED anna", "CREATED science", "UPDATED science", "DELETED science", "PURGED science"));
}

TEST_P(GroupsTest, MembersComeAndGo) {
  for (const char* id : {"anna", "boris", "carla"}) MakePerson(id);
  const auto two = Expect(Modify(Made(), {NameOf("boris"), NameOf("anna"), NameOf("anna")}));
  EXPECT_EQ(two.member_count(), 2);
  EXPECT_THAT(Members(two), ElementsAre("anna", "boris"));
  const auto changed = Expect(Modify(two, {NameOf("carla")}, {NameOf("anna"), NameOf("nobody")}));
  EXPECT_THAT(Members(changed), ElementsAre("boris", "carla"));
  EXPECT_NE(changed.etag(), two.etag());
  const auto same = Expect(Modify(changed, {NameOf("carla")}, {NameOf("anna")}));
  EXPECT_EQ(same.etag(), changed.etag()) << "nothing changed";
}

TEST_P(GroupsTest, AllOrNobody) {
  MakePerson("anna");
  const auto deleted = MakePerson("boris");
  ContactDriver::Expect(driver_.Send(ContactDriver::Of<v1::DeleteContactRequest>(deleted)));
  const auto group = Made();
  EXPECT_EQ(ReasonOf(Modify(group, {NameOf("anna"), NameOf("nobody")}).status()), Reason::ERROR_REASON_NOT_FOUND);
  const auto missing = Modify(group, {NameOf("anna"), NameOf("boris")}).status();
  EXPECT_EQ(ReasonOf(missing), Reason::ERROR_REASON_REFERENCE_MISSING);
  EXPECT_THAT(std::string(missing.message()), HasSubstr("add[1]"));
  const auto foreign = Modify(group, {NameOf("anna"), ContactDriver::NameOf("x", "lake")}).status();
  EXPECT_EQ(ReasonOf(foreign), Reason::ERROR_REASON_FIELD_INVALID);
  EXPECT_THAT(std::string(foreign.message()), HasSubstr("add[1]"));
  EXPECT_THAT(Members(group), IsEmpty());
  EXPECT_EQ(ReasonOf(Modify(Expect(Delete(Made("gone"))), {NameOf("anna")}).status()),
            Reason::ERROR_REASON_STATE_CONFLICT);
}

TEST_P(GroupsTest, OnlyWhoHasSeenTheGroupChangesItAndOnce) {
  MakePerson("anna");
  MakePerson("boris");
  const auto group = Made();
  const auto with_id = [](v1::ModifyGroupMembersRequest& request) { request.set_request_id(kUuid); };
  const auto first = Expect(Modify(group, {NameOf("anna")}, {}, with_id));
  const auto again = Expect(Modify(group, {NameOf("anna")}, {}, with_id));
  EXPECT_EQ(again.etag(), first.etag());
  EXPECT_EQ(ReasonOf(Modify(group, {NameOf("boris")}).status()), Reason::ERROR_REASON_ETAG_MISMATCH);
  v1::ContactGroup unseen = first;
  unseen.clear_etag();
  EXPECT_EQ(ReasonOf(Modify(unseen, {NameOf("boris")}).status()), Reason::ERROR_REASON_ETAG_REQUIRED);
  const auto tried =
      Expect(Modify(first, {NameOf("boris")}, {}, [](auto& request) { request.set_validate_only(true); }));
  EXPECT_EQ(tried.member_count(), 2);
  EXPECT_THAT(Members(first), ElementsAre("anna"));
}

TEST_P(GroupsTest, HoldsSoManyAndNoMore) {
  for (const char* id : {"anna", "boris", "carla"}) MakePerson(id);
  environment_.group_limits.members = 2;
  const auto group = Made();
  const auto full = Modify(group, {NameOf("anna"), NameOf("boris"), NameOf("carla")});
  EXPECT_EQ(ReasonOf(full.status()), Reason::ERROR_REASON_FIELD_INVALID);
  EXPECT_THAT(std::string(full.status().message()), HasSubstr("at most 2"));
  EXPECT_TRUE(Modify(group, {NameOf("anna"), NameOf("boris")}).ok());
}

TEST_P(GroupsTest, ManyMembersComeAtOnceAndInPages) {
  std::vector<std::string> names;
  for (int i = 0; i < 300; ++i) {
    const std::string id = absl::StrCat("c", 10'000 + i);
    MakePerson(id);
    names.push_back(NameOf(id));
  }
  const auto group = Expect(Modify(Made(), names));
  EXPECT_EQ(group.member_count(), 300);
  std::vector<std::string> listed;
  std::string token;
  do {
    const auto page = Page(group, [&](v1::ListGroupMembersRequest& request) {
      request.set_page_size(120);
      request.set_page_token(token);
      request.mutable_read_mask()->add_paths("name");
    });
    for (const auto& contact : page.contacts()) {
      listed.push_back(contact.name());
      EXPECT_EQ(contact.person_names_size(), 0);
    }
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_EQ(listed, names);
  EXPECT_EQ(Expect(Modify(group, {}, names)).member_count(), 0);
}

TEST_P(GroupsTest, PersonalFieldsAreForThoseWhoMayReadThem) {
  MakePerson("anna");
  const auto group = Expect(Modify(Made(), {NameOf("anna")}));
  const auto page = Page(group);
  EXPECT_EQ(page.contacts(0).emails_size(), 0);
  const auto ask = [](v1::ListGroupMembersRequest& request) { request.mutable_read_mask()->add_paths("emails"); };
  const auto whole = Page(group, ask);
  EXPECT_EQ(whole.contacts(0).emails_size(), 1);
  v1::ListGroupMembersRequest request;
  request.set_parent(group.name());
  ask(request);
  EXPECT_EQ(ReasonOf(ListGroupMembers(store_.environment(), ContactsStore::Reader(), request).status()),
            Reason::ERROR_REASON_PERMISSION_DENIED);
}

TEST_P(GroupsTest, MembersFromAboveShowWhatIsPrinted) {
  MakePerson("boss", "hq");
  const auto hidden = [&] {
    auto person = ContactDriver::FullPerson("Hidden");
    person.set_visibility(v1::VISIBILITY_INTERNAL);
    return ContactDriver::Expect(driver_.Send(ContactDriver::CreateRequest("hidden", person, "hq")));
  }();
  const auto group = Expect(Modify(Made(), {ContactDriver::NameOf("boss", "hq"), hidden.name()}));
  const auto page = Page(group, [](auto& request) { request.mutable_read_mask()->add_paths("*"); });
  ASSERT_EQ(page.contacts_size(), 2);
  EXPECT_EQ(page.contacts(0).person_names(0).display_name(), "Person boss");
  EXPECT_EQ(page.contacts(0).person_names(0).given_name(), "");
  EXPECT_EQ(page.contacts(0).emails_size(), 0);
  EXPECT_EQ(page.contacts(1).name(), hidden.name());
  EXPECT_EQ(page.contacts(1).person_names_size(), 0);
}

TEST_P(GroupsTest, OfMembersFromAboveWhoRefuseToBePrintedTheNameAloneIsShown) {
  const std::string objected = MakePerson("b", "hq").name();
  const std::string ends = MakePerson("c", "hq").name();
  const std::string shown = MakePerson("d", "hq").name();
  const std::string own = MakePerson("a").name();
  const auto group = Expect(Modify(Made(), {objected, ends, shown, own}));
  consent_.Recorded(objected, ConsentDriver::ObjectedToAll());
  consent_.Recorded(ends, ConsentDriver::GrantedForAnHour(store_, v1::PURPOSE_PRINTING));
  consent_.Recorded(own, ConsentDriver::ObjectedToAll());
  // "d: Person d", or "b" for the name of a contact alone.
  const auto listed = [&] {
    std::vector<std::string> lines;
    const auto page = Page(group);
    for (const auto& contact : page.contacts()) {
      std::string line = contact.name().substr(contact.name().rfind('/') + 1);
      if (contact.person_names_size() > 0) absl::StrAppend(&line, ": ", contact.person_names(0).display_name());
      lines.push_back(std::move(line));
    }
    return lines;
  };
  EXPECT_THAT(listed(), ElementsAre("b", "c: Person c", "d: Person d", "a: Person a"));
  EXPECT_EQ(Page(group).contacts(0).ByteSizeLong(), Page(group).contacts(0).name().size() + 2) << "nothing else";
  store_.clock().Advance(absl::Hours(1));
  EXPECT_THAT(listed(), ElementsAre("b", "c", "d: Person d", "a: Person a"));
  consent_.Recorded(objected, ConsentDriver::Granted(v1::PURPOSE_PRINTING));
  EXPECT_THAT(listed(), ElementsAre("b: Person b", "c", "d: Person d", "a: Person a"));
}

TEST_P(GroupsTest, MergedMembersCountAsTheOneThatIsLeft) {
  for (const char* id : {"anna", "boris", "carla"}) MakePerson(id);
  const auto group = Expect(Modify(Made(), {NameOf("anna"), NameOf("boris")}));
  const auto first = Merge("boris", "anna");
  EXPECT_THAT(Members(group), ElementsAre("boris"));
  const auto second = Merge("carla", "boris");
  EXPECT_THAT(Members(group), ElementsAre("carla"));
  EXPECT_THAT(Listed([](auto& ask) { ask.set_member(NameOf("anna")); }), ElementsAre("science"));
  EXPECT_THAT(Listed([](auto& ask) { ask.set_member(NameOf("carla")); }), ElementsAre("science"));
  Unmerge(second);
  EXPECT_THAT(Members(group), ElementsAre("boris"));
  Unmerge(first);
  EXPECT_THAT(Members(group), ElementsAre("anna", "boris"));
  EXPECT_THAT(Listed([](auto& ask) { ask.set_member(NameOf("carla")); }), IsEmpty());
}

TEST_P(GroupsTest, OneThatIsMergedIsAddedAndRemovedAsTheOneThatIsLeft) {
  for (const char* id : {"anna", "boris"}) MakePerson(id);
  const auto merge = Merge("boris", "anna");
  const auto group = Expect(Modify(Made(), {NameOf("anna")}));
  EXPECT_THAT(Members(group), ElementsAre("boris"));
  EXPECT_EQ(ReasonOf(Modify(group, {NameOf("anna")}, {NameOf("boris")}).status()), Reason::ERROR_REASON_FIELD_INVALID);
  const auto emptied = Expect(Modify(group, {}, {NameOf("anna")}));
  EXPECT_THAT(Members(emptied), IsEmpty());
  const auto again = Expect(Modify(emptied, {NameOf("anna")}));
  Unmerge(merge);
  EXPECT_THAT(Members(again), ElementsAre("anna"));
}

TEST_P(GroupsTest, DeletedMembersAreNotListedUntilTheyComeBackOrGo) {
  for (const char* id : {"anna", "boris"}) MakePerson(id);
  const auto group = Expect(Modify(Made(), {NameOf("anna"), NameOf("boris")}));
  const auto anna = driver_.Whole(NameOf("anna"));
  const auto deleted = ContactDriver::Expect(driver_.Send(ContactDriver::Of<v1::DeleteContactRequest>(anna)));
  EXPECT_THAT(Members(group), ElementsAre("boris"));
  const auto back = ContactDriver::Expect(driver_.Send(ContactDriver::Of<v1::UndeleteContactRequest>(deleted)));
  EXPECT_THAT(Members(group), ElementsAre("anna", "boris"));
  ContactDriver::Expect(driver_.Send(ContactDriver::Of<v1::DeleteContactRequest>(back)));
  store_.clock().Advance(absl::Hours(31 * 24));
  ASSERT_TRUE(PurgeDeleted(store_.environment(), ContactsStore::Soon()).ok());
  EXPECT_THAT(Members(group), ElementsAre("boris"));
  EXPECT_THAT(Listed([](auto& ask) { ask.set_member(NameOf("anna")); }), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, GroupsTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
