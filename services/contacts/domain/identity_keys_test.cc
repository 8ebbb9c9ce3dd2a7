// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/identity_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/domain/contact_validation.h"

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::Contact With(const std::string& mail, const std::string& number, v1::PhoneNumber::Kind kind) {
  v1::Contact contact;
  contact.add_emails()->set_address(mail);
  contact.add_phones()->set_number(number);
  contact.mutable_phones(0)->set_kind(kind);
  NormalizeContact({}, "CH", contact);
  return contact;
}

TEST(IdentityKeysTest, ArePersonalMailboxesAndNumbersWithExtensions) {
  EXPECT_THAT(IdentityKeys(With("Milena+press@Example.org", "022 717 91 11", v1::PhoneNumber::KIND_WORK)),
              ElementsAre("+41227179111", "milena@example.org"));
  EXPECT_NE(IdentityKeys(With("press@example.org", "+41 22 717 91 11 ext. 5", v1::PhoneNumber::KIND_WORK)),
            IdentityKeys(With("press@example.org", "+41 22 717 91 11 ext. 6", v1::PhoneNumber::KIND_WORK)));
}

TEST(IdentityKeysTest, AddressesAreTheKeysWithoutExtensions) {
  EXPECT_THAT(IdentityAddresses(With("Milena+press@Example.org", "022 717 91 11 ext. 5", v1::PhoneNumber::KIND_WORK)),
              ElementsAre("+41227179111", "milena@example.org"));
  EXPECT_THAT(IdentityAddresses(With("press@example.org", "022 717 91 11", v1::PhoneNumber::KIND_FAX)), IsEmpty());
}

TEST(IdentityKeysTest, WhatManyShareIsNone) {
  EXPECT_THAT(IdentityKeys(With("press@example.org", "022 717 91 11", v1::PhoneNumber::KIND_FAX)), IsEmpty());
  EXPECT_THAT(IdentityKeys(With("no address", "no number", v1::PhoneNumber::KIND_WORK)), IsEmpty());
}

}  // namespace
}  // namespace communique::contacts
