// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/usecases/contacts.h"
#include "services/platform/base/timestamp.h"

// Contacts from being made to being deleted.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;

constexpr char kRequestId[] = "0f5f9d0e-2f65-4f0a-9d5b-0a1b2c3d4e5f";

class ContactsTest : public testing::TestWithParam<const char*> {
 protected:
  ContactsTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
    store_.MakeNewsroom("other");
  }

  static v1::Contact WithNote(const std::string& note) {
    v1::Contact change;
    change.set_note(note);
    return change;
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
};

TEST_P(ContactsTest, IsMadeAndAnsweredWithoutWhatIsPersonal) {
  const auto organization = driver_.MakeOrganization("igh", "Internationale Gesellschaft für Hilfe");
  v1::Contact contact = ContactDriver::FullPerson("Milena Tošić");
  contact.set_organization(organization.name());
  contact.mutable_phones(0)->set_number("022 717 91 11");
  contact.set_uid("mine");
  contact.set_state(v1::Contact::STATE_MERGED);
  contact.set_merged_into("newsrooms/relief/contacts/other");
  contact.set_deactivation_reason("none");
  const v1::Contact made = driver_.Make("speaker", contact);
  EXPECT_EQ(made.name(), ContactDriver::NameOf("speaker"));
  EXPECT_EQ(made.state(), v1::Contact::STATE_ACTIVE);
  EXPECT_NE(made.uid(), "mine");
  EXPECT_EQ(made.person_names(0).display_name(), "Milena Tošić");
  EXPECT_TRUE(made.person_names(0).given_name().empty());
  EXPECT_THAT(made.emails(), IsEmpty());
  EXPECT_THAT(made.phones(), IsEmpty());
  EXPECT_TRUE(made.note().empty());
  EXPECT_EQ(made.SerializeAsString(), ContactDriver::Expect(driver_.Get(made.name())).SerializeAsString());

  const v1::Contact whole = driver_.Whole(made.name());
  EXPECT_EQ(whole.emails(0).ascii_address(), "milena@example.org");
  EXPECT_EQ(whole.phones(0).e164(), "+41227179111") << "read as a number of the organization's country";
  EXPECT_EQ(whole.note(), contact.note());
  EXPECT_TRUE(whole.merged_into().empty());
  EXPECT_TRUE(whole.deactivation_reason().empty());
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED speaker"));
}

TEST_P(ContactsTest, GetsAnIdThatSaysNothing) {
  const v1::Contact made = driver_.Make("", ContactDriver::Person("Milena Tošić"));
  EXPECT_THAT(made.name(), MatchesRegex("newsrooms/relief/contacts/[a-z][a-z0-9]+"));
  EXPECT_THAT(made.name(), testing::Not(HasSubstr("milena")));
  EXPECT_NE(made.name(), driver_.Make("", ContactDriver::Person("Milena Tošić")).name());
}

TEST_P(ContactsTest, ACreationIsRefusedForWhatIsWrongWithIt) {
  const v1::Contact person = ContactDriver::Person("A");
  const auto first = driver_.Make("a", person);
  EXPECT_EQ(ReasonOf(driver_.Create("a", person).status()), Reason::ERROR_REASON_ALREADY_EXISTS);
  ASSERT_TRUE(driver_.Delete(first).ok());
  EXPECT_EQ(ReasonOf(driver_.Create("a", person).status()), Reason::ERROR_REASON_ALREADY_EXISTS) << "was taken";
  EXPECT_THAT(driver_.Create("A!", person).status().message(), HasSubstr("contact_id"));
  EXPECT_TRUE(absl::IsNotFound(driver_.Create("b", person, "nobody").status()));

  v1::Contact wrong = person;
  wrong.add_emails()->set_address("two@signs@example.org");
  wrong.add_phones()->set_number("letters");
  const auto status = driver_.Create("b", wrong).status();
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_THAT(status.message(), HasSubstr("contact.emails[0].address"));
  EXPECT_THAT(status.message(), HasSubstr("contact.phones[0].number"));

  const auto with_organization = [&](const std::string& name) {
    v1::Contact contact = person;
    contact.set_organization(name);
    return driver_.Create("b", contact).status();
  };
  EXPECT_TRUE(absl::IsNotFound(with_organization("newsrooms/relief/organizations/nobody")));
  EXPECT_THAT(with_organization("newsrooms/other/organizations/nobody").message(), HasSubstr("contact.organization"));
  const auto deleted = driver_.MakeOrganization("gone", "Weg");
  driver_.DeleteOrganization(deleted);
  EXPECT_EQ(ReasonOf(with_organization(deleted.name())), Reason::ERROR_REASON_REFERENCE_MISSING);
  EXPECT_TRUE(with_organization(driver_.MakeOrganization("above", "Oben", "CH", "hq").name()).ok());

  const auto with_substitute = [&](const std::string& name) {
    v1::Contact contact = person;
    contact.set_substitute(name);
    return driver_.Create("c", contact).status();
  };
  EXPECT_TRUE(absl::IsNotFound(with_substitute(ContactDriver::NameOf("nobody"))));
  EXPECT_THAT(with_substitute(ContactDriver::NameOf("x", "other")).message(), HasSubstr("contact.substitute"));
  EXPECT_EQ(ReasonOf(with_substitute(first.name())), Reason::ERROR_REASON_REFERENCE_MISSING) << "deleted";
  EXPECT_FALSE(with_substitute(ContactDriver::NameOf("c")).ok()) << "itself";
  driver_.Make("desk", ContactDriver::Desk("Pressestelle"), "hq");
  EXPECT_TRUE(with_substitute(ContactDriver::NameOf("desk", "hq")).ok());
}

TEST_P(ContactsTest, WhatWasFoundInATextIsConfirmedByAnUpdate) {
  auto request = ContactDriver::CreateRequest("a", ContactDriver::Person("A"));
  request.set_unconfirmed(true);
  const v1::Contact made = ContactDriver::Expect(driver_.Send(request));
  EXPECT_EQ(made.state(), v1::Contact::STATE_UNCONFIRMED);
  EXPECT_EQ(ReasonOf(driver_.Deactivate(made).status()), Reason::ERROR_REASON_STATE_CONFLICT);
  // Also by one that changes nothing else.
  const v1::Contact confirmed = ContactDriver::Expect(driver_.Update(made, made, {"person_names"}));
  EXPECT_EQ(confirmed.state(), v1::Contact::STATE_ACTIVE);
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED a", "UPDATED a"));
}

TEST_P(ContactsTest, AnUpdateReplacesWhatItNames) {
  const v1::Contact made = driver_.Make("a", ContactDriver::FullPerson("A"));
  store_.clock().Advance(absl::Seconds(1));
  v1::Contact change = ContactDriver::Person("B");
  change.set_note("new");
  change.set_state(v1::Contact::STATE_DEACTIVATED);
  const v1::Contact updated = ContactDriver::Expect(driver_.Update(made, change, {"note", "emails", "state", "uid"}));
  EXPECT_NE(updated.etag(), made.etag());
  EXPECT_EQ(updated.state(), v1::Contact::STATE_ACTIVE) << "states are for verbs to change";
  EXPECT_EQ(updated.uid(), made.uid());
  EXPECT_GT(platform::FromTimestamp(updated.update_time()), platform::FromTimestamp(made.update_time()));
  const v1::Contact whole = driver_.Whole(made.name());
  EXPECT_EQ(whole.note(), "new");
  EXPECT_THAT(whole.emails(), IsEmpty());
  EXPECT_EQ(whole.person_names(0).display_name(), "A");
  EXPECT_EQ(whole.phones(0).number(), "+41 22 717 91 11");

  // The same again changes nothing.
  EXPECT_EQ(ContactDriver::Expect(driver_.Update(updated, change, {"note"})).etag(), updated.etag());
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED a", "UPDATED a"));
}

TEST_P(ContactsTest, AnUpdateIsRefusedForWhatIsWrongWithIt) {
  const v1::Contact made = driver_.Make("a", ContactDriver::FullPerson("A"));
  EXPECT_THAT(driver_.Update(made, WithNote("x"), {}).status().message(), HasSubstr("update_mask"));
  EXPECT_THAT(driver_.Update(made, WithNote("x"), {"*"}).status().message(), HasSubstr("personal"));
  EXPECT_THAT(driver_.Update(made, WithNote("x"), {"note", "*"}).status().message(), HasSubstr("update_mask"));
  EXPECT_THAT(driver_.Update(made, WithNote("x"), {"notes"}).status().message(), HasSubstr("update_mask"));
  EXPECT_THAT(driver_.Update(made, WithNote("x"), {"person_names"}).status().message(),
              HasSubstr("contact.person_names"));
  v1::Contact stranger = made;
  stranger.set_name("newsrooms/relief/people/a");
  EXPECT_THAT(driver_.Update(stranger, WithNote("x"), {"note"}).status().message(), HasSubstr("contact.name"));
  stranger.set_name(ContactDriver::NameOf("nobody"));
  EXPECT_TRUE(absl::IsNotFound(driver_.Update(stranger, WithNote("x"), {"note"}).status()));
  stranger.set_name(ContactDriver::NameOf("a", "nobody"));
  EXPECT_TRUE(absl::IsNotFound(driver_.Update(stranger, WithNote("x"), {"note"}).status()));
  EXPECT_EQ(driver_.Whole(made.name()).etag(), made.etag());
}

TEST_P(ContactsTest, EveryVerbAsksForTheEtag) {
  const v1::Contact made = driver_.Make("a", ContactDriver::Person("A"));
  const auto all = [&](const v1::Contact& read) {
    return std::vector<absl::Status>{driver_.Update(read, WithNote("x"), {"note"}).status(),
                                     driver_.Delete(read).status(), driver_.Undelete(read).status(),
                                     driver_.Deactivate(read).status(), driver_.Reactivate(read).status()};
  };
  v1::Contact unread = made;
  unread.clear_etag();
  for (const auto& status : all(unread)) EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_ETAG_REQUIRED) << status;
  v1::Contact stale = made;
  stale.set_etag("\"99\"");
  for (const auto& status : all(stale)) {
    EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_ETAG_MISMATCH) << status;
    EXPECT_EQ(status.code(), absl::StatusCode::kAborted);
    EXPECT_EQ(platform::ErrorMetadataValue(status, "etag"), made.etag());
  }
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED a"));
}

TEST_P(ContactsTest, IsDeletedAndTakenBackAsItWas) {
  const v1::Contact made = driver_.Make("a", ContactDriver::FullPerson("A"));
  const v1::Contact ended = ContactDriver::Expect(driver_.Deactivate(made));
  const v1::Contact deleted = ContactDriver::Expect(driver_.Delete(ended));
  EXPECT_EQ(deleted.state(), v1::Contact::STATE_DELETED);
  EXPECT_EQ(platform::FromTimestamp(deleted.purge_time()) - platform::FromTimestamp(deleted.delete_time()),
            store_.environment().limits.kept_after_deletion);
  for (const auto& status :
       {driver_.Delete(deleted).status(), driver_.Deactivate(deleted).status(), driver_.Reactivate(deleted).status(),
        driver_.Update(deleted, WithNote("x"), {"note"}).status()}) {
    EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_STATE_CONFLICT) << status;
    EXPECT_EQ(platform::ErrorMetadataValue(status, "state"), "DELETED");
  }
  const v1::Contact back = ContactDriver::Expect(driver_.Undelete(deleted));
  EXPECT_EQ(back.state(), v1::Contact::STATE_DEACTIVATED) << "the state it was deleted in";
  EXPECT_FALSE(back.has_delete_time());
  EXPECT_FALSE(back.has_purge_time());
  EXPECT_EQ(driver_.Whole(made.name()).note(), "likes to be called before noon");
  EXPECT_EQ(ReasonOf(driver_.Undelete(back).status()), Reason::ERROR_REASON_STATE_CONFLICT);
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED a", "DEACTIVATED a", "DELETED a", "UNDELETED a"));
}

TEST_P(ContactsTest, ADeletionIsForGoodOnceItsTimeHasCome) {
  const v1::Contact deleted = ContactDriver::Expect(driver_.Delete(driver_.Make("a", ContactDriver::Person("A"))));
  store_.clock().Advance(store_.environment().limits.kept_after_deletion);
  EXPECT_TRUE(absl::IsNotFound(driver_.Undelete(deleted).status()));
}

TEST_P(ContactsTest, WhoStandsInForSomebodyIsNotDeleted) {
  const v1::Contact desk = driver_.Make("desk", ContactDriver::Desk("Pressestelle"), "hq");
  v1::Contact person = ContactDriver::Person("A");
  person.set_substitute(desk.name());
  const v1::Contact a = driver_.Make("a", person);
  const auto status = driver_.Delete(desk).status();
  EXPECT_EQ(ReasonOf(status), Reason::ERROR_REASON_IN_USE) << status;
  EXPECT_EQ(platform::ErrorMetadataValue(status, "count"), "1");
  const v1::Contact gone = ContactDriver::Expect(driver_.Delete(a));
  EXPECT_TRUE(driver_.Delete(desk).ok());
  // And who named it cannot come back while it is gone.
  EXPECT_EQ(ReasonOf(driver_.Undelete(gone).status()), Reason::ERROR_REASON_REFERENCE_MISSING);
}

TEST_P(ContactsTest, AnOrganizationThatIsGoneKeepsAContactFromComingBack) {
  const auto organization = driver_.MakeOrganization("igh", "Hilfe");
  v1::Contact person = ContactDriver::Person("A");
  person.set_organization(organization.name());
  const v1::Contact deleted = ContactDriver::Expect(driver_.Delete(driver_.Make("a", person)));
  driver_.DeleteOrganization(organization);
  EXPECT_EQ(ReasonOf(driver_.Undelete(deleted).status()), Reason::ERROR_REASON_REFERENCE_MISSING);
}

TEST_P(ContactsTest, IsDeactivatedForASubstituteAndTakenBack) {
  const v1::Contact a = driver_.Make("a", ContactDriver::Person("A"));
  const v1::Contact b = driver_.Make("b", ContactDriver::Person("B"));
  auto request = ContactDriver::Of<v1::DeactivateContactRequest>(a);
  request.set_substitute(b.name());
  request.set_reason("has left");
  const v1::Contact ended = ContactDriver::Expect(driver_.Send(request));
  EXPECT_EQ(ended.state(), v1::Contact::STATE_DEACTIVATED);
  EXPECT_EQ(ended.substitute(), b.name());
  EXPECT_TRUE(ended.deactivation_reason().empty()) << "personal";
  EXPECT_EQ(driver_.Whole(a.name()).deactivation_reason(), "has left");
  EXPECT_EQ(ReasonOf(driver_.Deactivate(ended).status()), Reason::ERROR_REASON_STATE_CONFLICT);
  const v1::Contact changed = ContactDriver::Expect(driver_.Update(ended, WithNote("x"), {"note"}));
  EXPECT_EQ(changed.state(), v1::Contact::STATE_DEACTIVATED) << "an update does not take it back";
  const v1::Contact back = ContactDriver::Expect(driver_.Reactivate(changed));
  EXPECT_EQ(back.state(), v1::Contact::STATE_ACTIVE);
  EXPECT_EQ(back.substitute(), b.name());
  EXPECT_TRUE(driver_.Whole(a.name()).deactivation_reason().empty());
  EXPECT_EQ(ReasonOf(driver_.Reactivate(back).status()), Reason::ERROR_REASON_STATE_CONFLICT);
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED a", "CREATED b", "DEACTIVATED a", "UPDATED a", "REACTIVATED a"));
}

TEST_P(ContactsTest, ADeactivationIsRefusedForASubstituteThatIsNone) {
  const v1::Contact a = driver_.Make("a", ContactDriver::Person("A"));
  const v1::Contact ended = ContactDriver::Expect(driver_.Deactivate(driver_.Make("b", ContactDriver::Person("B"))));
  EXPECT_EQ(ReasonOf(driver_.Deactivate(a, ended.name()).status()), Reason::ERROR_REASON_REFERENCE_MISSING);
  EXPECT_TRUE(absl::IsNotFound(driver_.Deactivate(a, ContactDriver::NameOf("nobody")).status()));
  EXPECT_THAT(driver_.Deactivate(a, ContactDriver::NameOf("x", "other")).status().message(), HasSubstr("substitute"));
  EXPECT_THAT(driver_.Deactivate(a, "b").status().message(), HasSubstr("substitute"));
  EXPECT_EQ(ReasonOf(driver_.Deactivate(a, a.name()).status()), Reason::ERROR_REASON_SUBSTITUTE_CYCLE);
  auto request = ContactDriver::Of<v1::DeactivateContactRequest>(a);
  request.set_reason(std::string(501, 'x'));
  EXPECT_THAT(driver_.Send(request).status().message(), HasSubstr("reason"));
  // Its own substitute is not in use any more: that is no reason to go on printing it.
  const v1::Contact b = ContactDriver::Expect(driver_.SetSubstitute(a, ended.name()));
  EXPECT_TRUE(driver_.Deactivate(b).ok());
}

TEST_P(ContactsTest, SubstitutesDoNotLeadBack) {
  std::vector<v1::Contact> all;
  for (const char* id : {"a", "b", "c"}) all.push_back(driver_.Make(id, ContactDriver::Person(id)));
  ASSERT_TRUE(driver_.SetSubstitute(all[0], all[1].name()).ok());
  ASSERT_TRUE(driver_.SetSubstitute(all[1], all[2].name()).ok());
  EXPECT_EQ(ReasonOf(driver_.SetSubstitute(all[2], all[0].name()).status()), Reason::ERROR_REASON_SUBSTITUTE_CYCLE);
  EXPECT_EQ(ReasonOf(driver_.Deactivate(all[2], all[0].name()).status()), Reason::ERROR_REASON_SUBSTITUTE_CYCLE);
  EXPECT_EQ(driver_.Whole(all[2].name()).etag(), all[2].etag());
}

TEST_P(ContactsTest, ARepetitionChangesNothingTwice) {
  auto create = ContactDriver::CreateRequest("", ContactDriver::FullPerson("A"));
  create.set_request_id(kRequestId);
  const v1::Contact made = ContactDriver::Expect(driver_.Send(create));
  EXPECT_EQ(ContactDriver::Expect(driver_.Send(create)).SerializeAsString(), made.SerializeAsString())
      << "made once, under an id that the server chose";
  auto reused = create;
  reused.mutable_contact()->set_note("another");
  EXPECT_EQ(ReasonOf(driver_.Send(reused).status()), Reason::ERROR_REASON_REQUEST_ID_REUSED);
  create.set_request_id("not a uuid");
  EXPECT_THAT(driver_.Send(create).status().message(), HasSubstr("request_id"));

  // Methods have request ids of their own (the test's callers name one method only).
  const auto twice = [&](auto request, const std::string& request_id) {
    request.set_request_id(request_id);
    const v1::Contact once = ContactDriver::Expect(driver_.Send(request));
    EXPECT_EQ(ContactDriver::Expect(driver_.Send(request)).SerializeAsString(), once.SerializeAsString());
    return once;
  };
  const auto id = [](int number) { return absl::StrCat("0f5f9d0e-2f65-4f0a-9d5b-00000000000", number); };
  v1::Contact now = twice(ContactDriver::UpdateRequest(made, WithNote("x"), {"note"}), id(1));
  now = twice(ContactDriver::Of<v1::DeactivateContactRequest>(now), id(2));
  now = twice(ContactDriver::Of<v1::ReactivateContactRequest>(now), id(3));
  now = twice(ContactDriver::Of<v1::DeleteContactRequest>(now), id(4));
  now = twice(ContactDriver::Of<v1::UndeleteContactRequest>(now), id(5));
  EXPECT_EQ(driver_.Feed().size(), 6U);
}

TEST_P(ContactsTest, ValidatingChangesNothing) {
  auto create = ContactDriver::CreateRequest("a", ContactDriver::Person("A"));
  create.set_validate_only(true);
  EXPECT_EQ(ContactDriver::Expect(driver_.Send(create)).name(), ContactDriver::NameOf("a"));
  EXPECT_TRUE(absl::IsNotFound(driver_.Get(ContactDriver::NameOf("a")).status()));

  const v1::Contact made = driver_.Make("a", ContactDriver::Person("A"));
  const auto only_validate = [&](auto request) {
    request.set_validate_only(true);
    return driver_.Send(request);
  };
  EXPECT_TRUE(only_validate(ContactDriver::UpdateRequest(made, WithNote("x"), {"note"})).ok());
  EXPECT_TRUE(only_validate(ContactDriver::Of<v1::DeactivateContactRequest>(made)).ok());
  EXPECT_EQ(ContactDriver::Expect(only_validate(ContactDriver::Of<v1::DeleteContactRequest>(made))).state(),
            v1::Contact::STATE_DELETED);
  EXPECT_EQ(ReasonOf(only_validate(ContactDriver::Of<v1::UndeleteContactRequest>(made)).status()),
            Reason::ERROR_REASON_STATE_CONFLICT);
  EXPECT_EQ(ContactDriver::Expect(driver_.Get(made.name())).SerializeAsString(), made.SerializeAsString());
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED a"));
}

INSTANTIATE_TEST_SUITE_P(Engines, ContactsTest, testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
