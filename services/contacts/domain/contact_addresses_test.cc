// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/contact_addresses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/domain/contact_validation.h"

namespace communique::contacts {
namespace {

v1::Contact Person() {
  v1::Contact contact;
  contact.set_kind(v1::Contact::KIND_PERSON);
  contact.set_visibility(v1::VISIBILITY_PUBLIC);
  contact.add_emails()->set_address("Anna+News@Bücher.example");
  contact.mutable_emails(0)->set_visibility(v1::VISIBILITY_PUBLIC);
  contact.add_emails()->set_address("presse@example.org");
  contact.add_phones()->set_number("+41 22 717 91 11 ext. 12");
  contact.add_phones()->set_number("+41 22 717 91 12");
  contact.mutable_phones(1)->set_kind(v1::PhoneNumber::KIND_FAX);
  NormalizeContact({}, "", contact);
  return contact;
}

AddressKey Mailbox(const std::string& address) {
  v1::SuppressedAddress suppressed;
  suppressed.set_email(address);
  return *KeyOf(suppressed);
}

AddressKey Number(const std::string& number) {
  v1::SuppressedAddress suppressed;
  suppressed.set_phone(number);
  return *KeyOf(suppressed);
}

TEST(ContactAddressesTest, AreWhatIsWrittenTo) {
  const auto addresses = AddressesOf(Person(), v1::CHANNEL_UNSPECIFIED);
  ASSERT_EQ(addresses.size(), 3U);
  EXPECT_EQ(addresses[0].field, "emails[0].address");
  EXPECT_EQ(addresses[0].value, "Anna+News@xn--bcher-kva.example");
  EXPECT_TRUE(addresses[0].is_public);
  EXPECT_TRUE(addresses[0].personal);
  EXPECT_FALSE(addresses[1].is_public);
  EXPECT_FALSE(addresses[1].personal) << "a desk's mailbox";
  EXPECT_EQ(addresses[2].field, "phones[0].number");
  EXPECT_EQ(addresses[2].value, "+41227179111;ext=12");
  EXPECT_EQ(AddressesOf(Person(), v1::CHANNEL_EMAIL).size(), 2U);
  EXPECT_EQ(AddressesOf(Person(), v1::CHANNEL_PHONE).size(), 1U) << "no telefax";
  EXPECT_TRUE(AddressesOf(Person(), v1::CHANNEL_POST).empty());
}

TEST(ContactAddressesTest, NothingOfADeskIsPersonal) {
  v1::Contact desk = Person();
  desk.set_kind(v1::Contact::KIND_DESK);
  desk.set_visibility(v1::VISIBILITY_INTERNAL);
  for (const auto& address : AddressesOf(desk, v1::CHANNEL_UNSPECIFIED)) {
    EXPECT_FALSE(address.personal) << address.field;
    EXPECT_FALSE(address.is_public) << address.field;
  }
}

TEST(ContactAddressesTest, AreRecognisedInOtherSpellings) {
  const auto addresses = AddressesOf(Person(), v1::CHANNEL_UNSPECIFIED);
  EXPECT_EQ(Mailbox("ANNA@BÜCHER.example"), addresses[0].key);
  EXPECT_EQ(Mailbox("anna+other@xn--bcher-kva.example"), addresses[0].key);
  EXPECT_NE(Mailbox("anne@bücher.example"), addresses[0].key);
  EXPECT_EQ(Number("+41 (0)22 717 91 11 x12"), addresses[2].key);
  EXPECT_NE(Number("+41 22 717 91 11"), addresses[2].key);
}

TEST(ContactAddressesTest, ANumberHoldsForItsExtensions) {
  EXPECT_THAT(SuppressedBy(Number("+41 22 717 91 11 ext. 12")),
              testing::ElementsAre(Number("+41 22 717 91 11 ext. 12"), Number("+41 22 717 91 11")));
  EXPECT_THAT(SuppressedBy(Number("+41 22 717 91 11")), testing::ElementsAre(Number("+41 22 717 91 11")));
  EXPECT_THAT(SuppressedBy(Mailbox("a@example.org")), testing::ElementsAre(Mailbox("a@example.org")));
}

TEST(ContactAddressesTest, WhatIsNoneIsNamed) {
  v1::SuppressedAddress address;
  EXPECT_THAT(std::string(KeyOf(address).status().message()), testing::HasSubstr("email: "));
  address.set_email("anna@");
  EXPECT_THAT(std::string(KeyOf(address).status().message()), testing::HasSubstr("email: "));
  address.set_phone("022 717 91 11");
  EXPECT_THAT(std::string(KeyOf(address).status().message()), testing::HasSubstr("phone: "));
}

TEST(ContactAddressesTest, AreSharedWithWhoIsBehindTheSameNumber) {
  v1::Contact other;
  other.set_kind(v1::Contact::KIND_PERSON);
  const auto shared = [&](const AddressKey& key) { return IsSharedWith(key, other); };
  other.add_phones()->set_number("+41 22 717 91 11 ext. 12");
  NormalizeContact({}, "", other);
  EXPECT_TRUE(shared(Number("+41 22 717 91 11 ext. 12")));
  EXPECT_FALSE(shared(Number("+41 22 717 91 11 ext. 13")));
  EXPECT_TRUE(shared(Number("+41 22 717 91 11"))) << "who calls it may mean either";
  EXPECT_FALSE(shared(Number("+41 22 717 91 12")));
  other.mutable_phones(0)->set_number("+41 22 717 91 11");
  NormalizeContact({}, "", other);
  EXPECT_TRUE(shared(Number("+41 22 717 91 11 ext. 12")));
}

TEST(ContactAddressesTest, AMailboxIsADesksWhenADeskHasIt) {
  v1::Contact other;
  other.set_kind(v1::Contact::KIND_PERSON);
  other.add_emails()->set_address("anna@example.org");
  NormalizeContact({}, "", other);
  EXPECT_FALSE(IsSharedWith(Mailbox("Anna+news@example.org"), other)) << "the person in another role";
  other.set_kind(v1::Contact::KIND_DESK);
  EXPECT_TRUE(IsSharedWith(Mailbox("Anna+news@example.org"), other));
  EXPECT_FALSE(IsSharedWith(Mailbox("boris@example.org"), other));
}

TEST(ContactAddressesTest, APersonInTwoRolesIsKnownByItsOwnMailbox) {
  v1::Contact other = Person();
  EXPECT_TRUE(MayBeSamePerson(Person(), other)) << "in whatever spelling";
  other.mutable_emails()->DeleteSubrange(0, 1);
  EXPECT_FALSE(MayBeSamePerson(Person(), other)) << "presse@ and the number are the house's";
  other.mutable_emails(0)->set_address("anna@bücher.example");
  NormalizeContact({}, "", other);
  EXPECT_TRUE(MayBeSamePerson(Person(), other));
  other.set_kind(v1::Contact::KIND_DESK);
  EXPECT_FALSE(MayBeSamePerson(Person(), other));
}

}  // namespace
}  // namespace communique::contacts
