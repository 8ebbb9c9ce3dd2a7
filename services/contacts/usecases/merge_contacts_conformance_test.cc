// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/merge_contacts.h"
#include "services/contacts/usecases/printable_contact.h"

// Contacts that are taken together and apart again.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;

class MergeContactsTest : public testing::TestWithParam<const char*> {
 protected:
  MergeContactsTest() {
    store_.MakeNewsroom("relief");
    store_.MakeNewsroom("other");
  }

  static v1::MergeContactsRequest Request(const v1::Contact& left, const std::vector<v1::Contact>& sources) {
    v1::MergeContactsRequest request;
    request.set_contact(left.name());
    request.set_etag(left.etag());
    for (const v1::Contact& source : sources) {
      auto& added = *request.add_sources();
      added.set_contact(source.name());
      added.set_etag(source.etag());
    }
    return request;
  }
  absl::StatusOr<v1::MergeContactsResponse> Send(const v1::MergeContactsRequest& request) {
    auto written = MergeContacts(store_.environment(), ContactDriver::Editor(), request);
    if (!written.ok()) return written.status();
    return std::move(written->value.response);
  }
  absl::StatusOr<v1::MergeContactsResponse> Merge(const v1::Contact& left, const std::vector<v1::Contact>& sources) {
    return Send(Request(left, sources));
  }
  v1::MergeContactsResponse Merged(const v1::Contact& left, const std::vector<v1::Contact>& sources) {
    auto response = Merge(left, sources);
    EXPECT_TRUE(response.ok()) << response.status();
    return response.ok() ? *std::move(response) : v1::MergeContactsResponse();
  }
  static v1::UnmergeContactsRequest UnmergeRequest(const v1::Merge& merge, const v1::Contact& left) {
    v1::UnmergeContactsRequest request;
    request.set_name(merge.name());
    request.set_etag(left.etag());
    return request;
  }
  absl::StatusOr<v1::UnmergeContactsResponse> Send(const v1::UnmergeContactsRequest& request) {
    auto written = UnmergeContacts(store_.environment(), ContactDriver::Editor(), request);
    if (!written.ok()) return written.status();
    return std::move(written->value.response);
  }
  absl::StatusOr<v1::UnmergeContactsResponse> Unmerge(const v1::Merge& merge, const v1::Contact& left) {
    return Send(UnmergeRequest(merge, left));
  }

  // All of a contact but what changes with every version.
  std::string Unversioned(const std::string& id) {
    v1::Contact contact = driver_.Whole(ContactDriver::NameOf(id));
    contact.clear_etag();
    contact.clear_update_time();
    return contact.DebugString();
  }
  std::string Printed(const v1::Contact& contact) {
    v1::GetPrintableContactRequest request;
    request.set_newsroom("newsrooms/relief");
    request.set_contact(contact.name());
    request.set_locale("de");
    const auto printed = GetPrintableContact(store_.environment(), ContactsStore::Reader(), request);
    return printed.ok() ? printed->contact() : "";
  }
  v1::Contact Now(const v1::Contact& contact) { return ContactDriver::Expect(driver_.Get(contact.name())); }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
};

TEST_P(MergeContactsTest, OneIsLeftWithWhatAllHad) {
  const v1::Contact a = driver_.Make("a", ContactDriver::Person("Milena Tošić"));
  v1::Contact full = ContactDriver::FullPerson("Милена Тошић");
  full.mutable_person_names(0)->set_locale("sr-Cyrl");
  full.set_visibility(v1::VISIBILITY_MEDIA_ONLY);
  const v1::Contact b = driver_.Make("b", full);
  const auto response = Merged(a, {b});
  EXPECT_EQ(response.contact().name(), a.name());
  EXPECT_EQ(response.contact().person_names_size(), 2);
  EXPECT_EQ(response.contact().emails_size(), 0) << "personal: not in the answer";
  EXPECT_EQ(response.contact().visibility(), v1::VISIBILITY_MEDIA_ONLY) << "as restricted as the most restricted";
  EXPECT_EQ(driver_.Whole(a.name()).emails(0).address(), "milena@example.org");
  EXPECT_EQ(response.merge().contact(), a.name());
  EXPECT_THAT(response.merge().merged_contacts(), ElementsAre(b.name()));
  EXPECT_EQ(response.merge().creator(), "editor");
  EXPECT_FALSE(response.merge().undone());
  const v1::Contact gone = Now(b);
  EXPECT_EQ(gone.state(), v1::Contact::STATE_MERGED);
  EXPECT_EQ(gone.merged_into(), a.name());
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED a", "CREATED b", "MERGED a", "MERGED b"));

  for (const auto& status : {driver_.Update(gone, gone, {"note"}).status(), driver_.Delete(gone).status(),
                             driver_.Deactivate(gone).status(), Merge(Now(a), {gone}).status()}) {
    EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_STATE_CONFLICT) << status;
    EXPECT_EQ(platform::ErrorMetadataValue(status, "state"), "MERGED");
  }
}

TEST_P(MergeContactsTest, WhoWentIntoAnotherSaysByWhichMerge) {
  const v1::Contact a = driver_.Make("a", ContactDriver::Person("Milena Tošić"));
  const v1::Contact b = driver_.Make("b", ContactDriver::Person("M. Tošić"));
  const auto merged = Merged(a, {b});
  EXPECT_EQ(Now(b).merge(), merged.merge().name());
  EXPECT_EQ(Now(a).merge(), "");
  v1::Merge by_name;
  by_name.set_name(Now(b).merge());
  ASSERT_TRUE(Unmerge(by_name, Now(a)).ok());
  EXPECT_EQ(Now(b).merge(), "");
}

TEST_P(MergeContactsTest, WhoWentIntoHisSubstituteDoesNotKeepItFromBeingDeleted) {
  const v1::Contact successor = driver_.Make("successor", ContactDriver::Person("Anna Berg"));
  v1::Contact before = ContactDriver::Person("A. Berg");
  before.set_substitute(successor.name());
  Merged(successor, {driver_.Make("before", before)});
  EXPECT_TRUE(driver_.Delete(Now(successor)).ok());
}

TEST_P(MergeContactsTest, UndoingGivesBackWhatWas) {
  const v1::Contact a = driver_.Make("a", ContactDriver::FullPerson("A"));
  const v1::Contact desk = driver_.Make("desk", ContactDriver::Desk("Pressestelle"));
  v1::Contact person = ContactDriver::FullPerson("B");
  person.mutable_emails(0)->set_address("another@example.org");
  person.set_substitute(desk.name());
  const v1::Contact b = driver_.Make("b", person);
  auto unconfirmed = ContactDriver::CreateRequest("c", ContactDriver::Person("C"));
  unconfirmed.set_unconfirmed(true);
  const v1::Contact c = ContactDriver::Expect(driver_.Send(unconfirmed));
  const std::vector<std::string> before{Unversioned("a"), Unversioned("b"), Unversioned("c")};

  const auto merged = Merged(a, {c, b});
  v1::Contact changed = ContactDriver::Person("Other");
  changed = ContactDriver::Expect(driver_.Update(merged.contact(), changed, {"person_names", "note"}));
  const auto response = Unmerge(merged.merge(), changed);
  ASSERT_TRUE(response.ok()) << response.status();
  EXPECT_TRUE(response->merge().undone());
  ASSERT_EQ(response->contacts_size(), 3);
  EXPECT_EQ(response->contacts(0).name(), a.name());
  EXPECT_EQ(response->contacts(1).state(), v1::Contact::STATE_UNCONFIRMED);
  EXPECT_EQ(response->contacts(2).emails_size(), 0);
  EXPECT_EQ((std::vector<std::string>{Unversioned("a"), Unversioned("b"), Unversioned("c")}), before);
  EXPECT_NE(Now(a).etag(), a.etag());
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED a", "CREATED desk", "CREATED b", "CREATED c", "MERGED a", "MERGED c",
                                          "MERGED b", "UPDATED a", "UNMERGED a", "UNMERGED c", "UNMERGED b"));

  const auto again = Unmerge(merged.merge(), Now(a)).status();
  EXPECT_EQ(ReasonOf(again), Reason::ERROR_REASON_STATE_CONFLICT) << again;
  EXPECT_TRUE(Merge(Now(a), {Now(b)}).ok()) << "they can be taken together once more";
}

TEST_P(MergeContactsTest, IsRefusedForWhatIsWrongWithIt) {
  const v1::Contact a = driver_.Make("a", ContactDriver::Person("A"));
  const v1::Contact b = driver_.Make("b", ContactDriver::Person("B"));
  const v1::Contact far = driver_.Make("far", ContactDriver::Person("Far"), "other");
  v1::Contact nobody = b;
  nobody.set_name(ContactDriver::NameOf("nobody"));
  EXPECT_TRUE(absl::IsInvalidArgument(Merge(a, {a}).status())) << "itself";
  EXPECT_TRUE(absl::IsInvalidArgument(Merge(a, {b, b}).status())) << "twice";
  EXPECT_TRUE(absl::IsInvalidArgument(Merge(a, {}).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(Merge(a, {far}).status()));
  EXPECT_TRUE(absl::IsNotFound(Merge(a, {nobody}).status()));
  v1::Contact unread = b;
  unread.clear_etag();
  EXPECT_EQ(ReasonOf(Merge(a, {unread}).status()), Reason::ERROR_REASON_ETAG_REQUIRED);
  EXPECT_EQ(ReasonOf(Merge(unread, {a}).status()), Reason::ERROR_REASON_ETAG_REQUIRED);
  v1::Contact stale = b;
  stale.set_etag("\"99\"");
  for (const auto& status : {Merge(a, {stale}).status(), Merge(stale, {a}).status()}) {
    EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_ETAG_MISMATCH) << status;
    EXPECT_EQ(platform::ErrorMetadataValue(status, "etag"), b.etag());
    EXPECT_THAT(status.message(), HasSubstr(b.name()));
  }
  const v1::Contact desk = driver_.Make("desk", ContactDriver::Desk("Pressestelle"));
  EXPECT_EQ(ReasonOf(Merge(a, {desk}).status()), Reason::ERROR_REASON_MERGE_CONFLICT);
  const v1::Contact deleted = ContactDriver::Expect(driver_.Delete(driver_.Make("d", ContactDriver::Person("D"))));
  EXPECT_EQ(ReasonOf(Merge(a, {deleted}).status()), Reason::ERROR_REASON_STATE_CONFLICT);

  v1::Contact partner = ContactDriver::Person("Partner");
  partner.set_relation(v1::Contact::RELATION_PARTNER);
  const v1::Contact p = driver_.Make("p", partner);
  EXPECT_EQ(ReasonOf(Merge(a, {p}).status()), Reason::ERROR_REASON_MERGE_CONFLICT);
  // Nothing of all that was done, also not to those that come before the one that is wrong.
  EXPECT_EQ(ReasonOf(Merge(a, {b, p}).status()), Reason::ERROR_REASON_MERGE_CONFLICT);
  EXPECT_EQ(Now(a).etag(), a.etag());
  EXPECT_EQ(Now(b).etag(), b.etag());
  auto keep = Request(a, {b, p});
  keep.set_keep_primary(true);
  const auto kept = Send(keep);
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(kept->contact().relation(), v1::Contact::RELATION_OWN_STAFF);
}

TEST_P(MergeContactsTest, StaffAndJournalistsStayTwoContacts) {
  const v1::Contact staff = driver_.Make("staff", ContactDriver::Person("Anna Berg"));
  v1::Contact person = ContactDriver::Person("Anna Berg");
  person.set_relation(v1::Contact::RELATION_JOURNALIST);
  person.set_source("Press fair 2026");
  auto create = ContactDriver::CreateRequest("journalist", person);
  create.set_basis(v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
  const v1::Contact journalist = ContactDriver::Expect(driver_.Send(create));
  const std::pair<v1::MergeContactsRequest, const char*> kDirections[] = {
      {Request(journalist, {staff}), "contacts/staff is OWN_STAFF and newsrooms/relief/contacts/journalist is a JOURN"},
      {Request(staff, {journalist}), "contacts/journalist is a JOURNALIST and newsrooms/relief/contacts/staff is OWN"}};
  for (const auto& [asked, says] : kDirections) {
    for (const bool keep_primary : {false, true}) {
      auto request = asked;
      request.set_keep_primary(keep_primary);
      const auto status = Send(request).status();
      EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_MERGE_CONFLICT) << status;
      EXPECT_THAT(status.message(), testing::AllOf(HasSubstr("relation: "), HasSubstr(says),
                                                   HasSubstr("is two contacts, one for each role"),
                                                   testing::Not(HasSubstr("keep_primary"))));
    }
  }
  EXPECT_EQ(Now(staff).etag(), staff.etag());
  EXPECT_EQ(Now(journalist).etag(), journalist.etag());
}

TEST_P(MergeContactsTest, TakesTenAndNotEleven) {
  const v1::Contact left = driver_.Make("left", ContactDriver::Person("Left"));
  std::vector<v1::Contact> sources;
  for (int i = 0; i < 11; ++i) {
    sources.push_back(driver_.Make(absl::StrCat("s", i), ContactDriver::Person(absl::StrCat("Source ", i))));
  }
  const auto refused = Merge(left, sources).status();
  EXPECT_EQ(ReasonOf(refused), Reason::ERROR_REASON_FIELD_INVALID) << refused;
  EXPECT_THAT(refused.message(), HasSubstr("sources: has 11 entries; at most 10 are allowed"));
  for (const v1::Contact& source : sources) EXPECT_EQ(Now(source).state(), v1::Contact::STATE_ACTIVE);
  const v1::Contact eleventh = sources.back();
  sources.pop_back();
  EXPECT_EQ(Merged(left, sources).merge().merged_contacts_size(), 10);
  for (const v1::Contact& source : sources) EXPECT_EQ(Now(source).merged_into(), left.name());
  EXPECT_EQ(Now(eleventh).state(), v1::Contact::STATE_ACTIVE);
}

TEST_P(MergeContactsTest, UndoingIsRefusedForWhatIsWrongWithIt) {
  const v1::Contact a = driver_.Make("a", ContactDriver::Person("A"));
  const v1::Contact b = driver_.Make("b", ContactDriver::Person("B"));
  const v1::Contact c = driver_.Make("c", ContactDriver::Person("C"));
  const auto first = Merged(a, {b});
  v1::Contact unread = first.contact();
  unread.clear_etag();
  EXPECT_EQ(ReasonOf(Unmerge(first.merge(), unread).status()), Reason::ERROR_REASON_ETAG_REQUIRED);
  const auto stale = Unmerge(first.merge(), a).status();
  EXPECT_EQ(ReasonOf(stale), Reason::ERROR_REASON_ETAG_MISMATCH) << stale;
  EXPECT_EQ(platform::ErrorMetadataValue(stale, "etag"), first.contact().etag());
  v1::Merge nobody;
  nobody.set_name("newsrooms/relief/merges/nobody");
  EXPECT_TRUE(absl::IsNotFound(Unmerge(nobody, first.contact()).status()));
  nobody.set_name("newsrooms/nowhere/merges/nobody");
  EXPECT_TRUE(absl::IsNotFound(Unmerge(nobody, first.contact()).status()));
  nobody.set_name("merges/x");
  EXPECT_THAT(Unmerge(nobody, first.contact()).status().message(), HasSubstr("name"));

  // Merges are undone in the reverse order: of the same contact, and of one that went into another one since.
  const auto second = Merged(first.contact(), {c});
  const auto overtaken = Unmerge(first.merge(), second.contact()).status();
  EXPECT_EQ(ReasonOf(overtaken), Reason::ERROR_REASON_STATE_CONFLICT) << overtaken;
  EXPECT_THAT(overtaken.message(), HasSubstr(second.merge().name()));
  const v1::Contact d = driver_.Make("d", ContactDriver::Person("D"));
  const auto third = Merged(d, {second.contact()});
  EXPECT_EQ(ReasonOf(Unmerge(second.merge(), Now(a)).status()), Reason::ERROR_REASON_STATE_CONFLICT);
  ASSERT_TRUE(Unmerge(third.merge(), third.contact()).ok());
  ASSERT_TRUE(Unmerge(second.merge(), Now(a)).ok());
  ASSERT_TRUE(Unmerge(first.merge(), Now(a)).ok());
  EXPECT_EQ(Now(b).state(), v1::Contact::STATE_ACTIVE);
}

TEST_P(MergeContactsTest, WhoWentIntoAnotherIsPrintedAsThatOne) {
  const v1::Contact a = driver_.Make("a", ContactDriver::Person("A"));
  const v1::Contact b = driver_.Make("b", ContactDriver::Person("B"));
  const v1::Contact c = driver_.Make("c", ContactDriver::Person("C"));
  const v1::Contact named = ContactDriver::Expect(driver_.SetSubstitute(c, b.name()));
  ASSERT_TRUE(driver_.Deactivate(named).ok());
  EXPECT_EQ(Printed(c), b.name());
  const auto merged = Merged(a, {b});
  EXPECT_EQ(Printed(b), a.name());
  EXPECT_EQ(Printed(c), a.name()) << "whose substitute is the other one now";
  EXPECT_EQ(ReasonOf(driver_.Delete(merged.contact()).status()), Reason::ERROR_REASON_IN_USE);
  ASSERT_TRUE(Unmerge(merged.merge(), merged.contact()).ok());
  EXPECT_EQ(Printed(c), b.name());
}

TEST_P(MergeContactsTest, SubstitutesDoNotLeadBackThroughMerges) {
  // a's substitute is c, whose substitute is b: with b in a, a would stand in for itself.
  const v1::Contact b = driver_.Make("b", ContactDriver::Person("B"));
  const v1::Contact c =
      ContactDriver::Expect(driver_.SetSubstitute(driver_.Make("c", ContactDriver::Person("C")), b.name()));
  v1::Contact a = ContactDriver::Expect(driver_.SetSubstitute(driver_.Make("a", ContactDriver::Person("A")), c.name()));
  EXPECT_EQ(ReasonOf(Merge(a, {b}).status()), Reason::ERROR_REASON_SUBSTITUTE_CYCLE);
  EXPECT_EQ(Now(b).state(), v1::Contact::STATE_ACTIVE);

  // What a contact names again after an undoing must not lead back either.
  const v1::Contact d = driver_.Make("d", ContactDriver::Person("D"));
  const auto merged = Merged(a, {d});
  a = ContactDriver::Expect(driver_.SetSubstitute(merged.contact(), ""));
  const v1::Contact back = ContactDriver::Expect(driver_.SetSubstitute(c, a.name()));
  EXPECT_EQ(ReasonOf(Unmerge(merged.merge(), a).status()), Reason::ERROR_REASON_SUBSTITUTE_CYCLE);
  ASSERT_TRUE(driver_.SetSubstitute(back, "").ok());
  EXPECT_TRUE(Unmerge(merged.merge(), a).ok());
}

TEST_P(MergeContactsTest, ASubstituteThatIsDeletedSinceComesBackFirst) {
  const v1::Contact c = driver_.Make("c", ContactDriver::Person("C"));
  const v1::Contact a =
      ContactDriver::Expect(driver_.SetSubstitute(driver_.Make("a", ContactDriver::Person("A")), c.name()));
  const auto merged = Merged(a, {driver_.Make("b", ContactDriver::Person("B"))});
  const v1::Contact left = ContactDriver::Expect(driver_.SetSubstitute(merged.contact(), ""));
  const v1::Contact deleted = ContactDriver::Expect(driver_.Delete(c));
  EXPECT_EQ(ReasonOf(Unmerge(merged.merge(), left).status()), Reason::ERROR_REASON_REFERENCE_MISSING);
  ASSERT_TRUE(driver_.Undelete(deleted).ok());
  ASSERT_TRUE(Unmerge(merged.merge(), left).ok());
  EXPECT_EQ(Now(a).substitute(), c.name());
}

TEST_P(MergeContactsTest, NobodyIsSubstitutedByWhoWentIntoADeletedOne) {
  const v1::Contact a = driver_.Make("a", ContactDriver::Person("A"));
  const v1::Contact b = driver_.Make("b", ContactDriver::Person("B"));
  const v1::Contact c = driver_.Make("c", ContactDriver::Person("C"));
  const v1::Contact deleted = ContactDriver::Expect(driver_.Delete(Merged(a, {b}).contact()));
  EXPECT_EQ(ReasonOf(driver_.SetSubstitute(c, b.name()).status()), Reason::ERROR_REASON_REFERENCE_MISSING);
  EXPECT_EQ(ReasonOf(driver_.Deactivate(c, b.name()).status()), Reason::ERROR_REASON_REFERENCE_MISSING);
  ASSERT_TRUE(driver_.Undelete(deleted).ok());
  EXPECT_TRUE(driver_.SetSubstitute(c, b.name()).ok());
}

TEST_P(MergeContactsTest, ARepetitionChangesNothingTwiceAndValidatingNothing) {
  const v1::Contact a = driver_.Make("a", ContactDriver::Person("A"));
  const v1::Contact b = driver_.Make("b", ContactDriver::Person("B"));
  auto request = Request(a, {b});
  request.set_validate_only(true);
  const auto validated = Send(request);
  ASSERT_TRUE(validated.ok()) << validated.status();
  EXPECT_EQ(Now(b).state(), v1::Contact::STATE_ACTIVE);
  EXPECT_TRUE(absl::IsNotFound(Unmerge(validated->merge(), a).status()));

  request.set_validate_only(false);
  request.set_request_id("0f5f9d0e-2f65-4f0a-9d5b-000000000001");
  const auto once = Send(request);
  const auto twice = Send(request);
  ASSERT_TRUE(once.ok()) << once.status();
  ASSERT_TRUE(twice.ok()) << twice.status();
  EXPECT_EQ(once->SerializeAsString(), twice->SerializeAsString());

  auto undo = UnmergeRequest(once->merge(), once->contact());
  undo.set_validate_only(true);
  EXPECT_TRUE(Send(undo).ok());
  EXPECT_EQ(Now(b).state(), v1::Contact::STATE_MERGED);
  undo.set_validate_only(false);
  undo.set_request_id("0f5f9d0e-2f65-4f0a-9d5b-000000000002");
  const auto undone = Send(undo);
  const auto repeated = Send(undo);
  ASSERT_TRUE(undone.ok()) << undone.status();
  ASSERT_TRUE(repeated.ok()) << repeated.status();
  EXPECT_EQ(undone->SerializeAsString(), repeated->SerializeAsString());
  EXPECT_EQ(driver_.Feed().size(), 6U);
}

TEST_P(MergeContactsTest, OfManyMergesAtOnceNoneIsHalfDone) {
  // Each takes the two others in: in whatever order they come, one succeeds, and the others learn that.
  constexpr int kRounds = 5;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<v1::Contact> all;
    for (const char* name : {"A", "B", "C"}) all.push_back(driver_.Make("", ContactDriver::Person(name)));
    const auto statuses = AtOnce(3, [&](std::size_t i) {
      return Merge(all[i], {all[(i + 1) % 3], all[(i + 2) % 3]}).status();
    });
    ASSERT_EQ(CountOk(statuses), 1);
    int left = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      const v1::Contact now = Now(all[i]);
      left += now.state() == v1::Contact::STATE_ACTIVE ? 1 : 0;
      EXPECT_EQ(now.etag(), "\"2\"");
      if (statuses[i].ok()) continue;
      EXPECT_EQ(ReasonOf(statuses[i]), Reason::ERROR_REASON_ETAG_MISMATCH) << statuses[i];
    }
    EXPECT_EQ(left, 1);
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, MergeContactsTest, testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
