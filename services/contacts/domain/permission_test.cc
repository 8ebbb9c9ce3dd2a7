// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/permission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/domain/contact_validation.h"
#include "services/platform/base/timestamp.h"

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

class PermissionTest : public testing::Test {
 protected:
  PermissionTest() {
    contact_.set_name("newsrooms/n/contacts/a");
    contact_.set_kind(v1::Contact::KIND_PERSON);
    contact_.set_state(v1::Contact::STATE_ACTIVE);
    contact_.set_visibility(v1::VISIBILITY_PUBLIC);
    contact_.add_emails()->set_address("anna@example.org");
    contact_.mutable_emails(0)->set_visibility(v1::VISIBILITY_PUBLIC);
    contact_.add_emails()->set_address("anna.b@example.org");
    NormalizeContact({}, "", contact_);
    status_.standing = Standing::kPermitted;
    status_.record.emplace();
    status_.record->set_name("newsrooms/n/contacts/a/processingRecords/r");
    status_.record->set_basis(v1::PROCESSING_BASIS_CONSENT);
    check_.set_contact("newsrooms/n/contacts/a");
    check_.set_purpose(v1::PURPOSE_PRESS_RELEASES);
    check_.set_channel(v1::CHANNEL_EMAIL);
  }

  v1::Permission Decide(bool from_above = false) const {
    return DecidePermission(check_, {contact_, status_, suppressed_, from_above, refuses_printing_}, kNow);
  }

  v1::Contact contact_;
  ProcessingStatus status_;
  std::set<std::string> suppressed_;
  bool refuses_printing_ = false;
  v1::PermissionCheck check_;
};

TEST_F(PermissionTest, SaysWhatMayBeUsedAndOnWhatItRests) {
  status_.valid_until = kNow + absl::Hours(2);
  *contact_.mutable_valid_until() = platform::ToTimestamp(kNow + absl::Hours(1));
  const auto permission = Decide();
  EXPECT_TRUE(permission.allowed());
  EXPECT_THAT(permission.reasons(), IsEmpty());
  EXPECT_THAT(permission.addresses(), ElementsAre("anna@example.org", "anna.b@example.org"));
  EXPECT_EQ(permission.processing_record(), "newsrooms/n/contacts/a/processingRecords/r");
  EXPECT_EQ(permission.basis(), v1::PROCESSING_BASIS_CONSENT);
  EXPECT_EQ(platform::FromTimestamp(permission.valid_until()), kNow + absl::Hours(1)) << "the first of the ends";
  EXPECT_EQ(platform::FromTimestamp(permission.check_time()), kNow);
  EXPECT_TRUE(permission.merged_into().empty());
}

TEST_F(PermissionTest, EveryStandingIsAReason) {
  const std::pair<Standing, v1::PermissionReason> kReasons[] = {
      {Standing::kNoBasis, v1::PERMISSION_REASON_NO_BASIS},
      {Standing::kNotConfirmed, v1::PERMISSION_REASON_NOT_CONFIRMED},
      {Standing::kWithdrawn, v1::PERMISSION_REASON_WITHDRAWN},
      {Standing::kObjected, v1::PERMISSION_REASON_OBJECTED},
      {Standing::kExpired, v1::PERMISSION_REASON_EXPIRED}};
  for (const auto& [standing, reason] : kReasons) {
    status_.standing = standing;
    const auto permission = Decide();
    EXPECT_FALSE(permission.allowed());
    EXPECT_THAT(permission.reasons(), ElementsAre(reason));
    EXPECT_THAT(permission.addresses(), IsEmpty());
    EXPECT_EQ(permission.basis(), v1::PROCESSING_BASIS_UNSPECIFIED);
    EXPECT_EQ(permission.processing_record(), "newsrooms/n/contacts/a/processingRecords/r") << "what ended it";
  }
}

TEST_F(PermissionTest, EveryStateButInUseIsAReason) {
  const std::pair<v1::Contact::State, v1::PermissionReason> kReasons[] = {
      {v1::Contact::STATE_UNCONFIRMED, v1::PERMISSION_REASON_UNCONFIRMED},
      {v1::Contact::STATE_DEACTIVATED, v1::PERMISSION_REASON_DEACTIVATED},
      {v1::Contact::STATE_DELETED, v1::PERMISSION_REASON_DELETED},
      {v1::Contact::STATE_ERASED, v1::PERMISSION_REASON_ERASED},
      {static_cast<v1::Contact::State>(77), v1::PERMISSION_REASON_DELETED}};
  for (const auto& [state, reason] : kReasons) {
    contact_.set_state(state);
    EXPECT_THAT(Decide().reasons(), ElementsAre(reason));
    EXPECT_FALSE(Decide().allowed());
  }
}

TEST_F(PermissionTest, AContactCountsWhileItIsValid) {
  *contact_.mutable_valid_until() = platform::ToTimestamp(kNow);
  EXPECT_THAT(Decide().reasons(), ElementsAre(v1::PERMISSION_REASON_NOT_VALID));
  contact_.clear_valid_until();
  *contact_.mutable_valid_from() = platform::ToTimestamp(kNow);
  EXPECT_TRUE(Decide().allowed());
  *contact_.mutable_valid_from() = platform::ToTimestamp(kNow + absl::Microseconds(1));
  EXPECT_THAT(Decide().reasons(), ElementsAre(v1::PERMISSION_REASON_NOT_VALID));
}

TEST_F(PermissionTest, WhatIsSuppressedIsNotUsed) {
  suppressed_ = {"emails[0].address"};
  EXPECT_THAT(Decide().addresses(), ElementsAre("anna.b@example.org"));
  EXPECT_THAT(Decide().suppressed_fields(), ElementsAre("emails[0].address"));
  suppressed_.insert("emails[1].address");
  EXPECT_THAT(Decide().reasons(), ElementsAre(v1::PERMISSION_REASON_SUPPRESSED));
  EXPECT_THAT(Decide().addresses(), IsEmpty());
}

TEST_F(PermissionTest, WhatMayNotBeUsedIsTakenOffTheContact) {
  contact_.add_phones()->set_number("+41 22 717 91 11");
  contact_.add_phones()->set_number("+41 22 717 91 12");
  contact_.mutable_phones(1)->set_kind(v1::PhoneNumber::KIND_FAX);
  NormalizeContact({}, "", contact_);
  suppressed_ = {"emails[0].address"};
  const auto kept = [this] {
    v1::Contact contact = contact_;
    KeepPermitted(Decide(), contact);
    std::vector<std::string> addresses;
    for (const auto& email : contact.emails()) addresses.push_back(email.address());
    for (const auto& phone : contact.phones()) addresses.push_back(phone.number());
    return addresses;
  };
  EXPECT_THAT(kept(), ElementsAre("anna.b@example.org"));
  check_.set_channel(v1::CHANNEL_PHONE);
  EXPECT_THAT(kept(), ElementsAre("+41 22 717 91 11")) << "nobody talks to a telefax";
  check_.set_channel(v1::CHANNEL_POST);
  EXPECT_THAT(kept(), IsEmpty());
  check_.set_purpose(v1::PURPOSE_PRINTING);
  check_.clear_channel();
  EXPECT_THAT(kept(), testing::SizeIs(4)) << "visibility says which are printed";
}

TEST_F(PermissionTest, EverythingThatStandsAgainstItIsSaid) {
  status_.standing = Standing::kObjected;
  contact_.set_state(v1::Contact::STATE_DEACTIVATED);
  check_.set_channel(v1::CHANNEL_PHONE);
  EXPECT_THAT(Decide().reasons(), ElementsAre(v1::PERMISSION_REASON_DEACTIVATED, v1::PERMISSION_REASON_OBJECTED,
                                              v1::PERMISSION_REASON_NO_ADDRESS));
}

TEST_F(PermissionTest, OfContactsFromAboveWhatIsPublicMayBeUsed) {
  EXPECT_THAT(Decide(true).addresses(), ElementsAre("anna@example.org"));
  suppressed_ = {"emails[0].address"};
  EXPECT_THAT(Decide(true).reasons(), ElementsAre(v1::PERMISSION_REASON_SUPPRESSED));
}

TEST_F(PermissionTest, OfContactsFromAboveThatAreNotPublicNothingIsSaid) {
  contact_.set_visibility(v1::VISIBILITY_INTERNAL);
  const std::string answer = Decide(true).DebugString();
  EXPECT_THAT(Decide(true).reasons(), ElementsAre(v1::PERMISSION_REASON_NO_ADDRESS));
  suppressed_ = {"emails[0].address"};
  contact_.set_state(v1::Contact::STATE_ERASED);
  *contact_.mutable_valid_until() = platform::ToTimestamp(kNow);
  status_.standing = Standing::kObjected;
  EXPECT_EQ(Decide(true).DebugString(), answer);
  contact_.set_visibility(static_cast<v1::Visibility>(77));
  EXPECT_EQ(Decide(true).DebugString(), answer);
  check_.set_purpose(v1::PURPOSE_PRINTING);
  check_.clear_channel();
  EXPECT_THAT(Decide(true).reasons(), ElementsAre(v1::PERMISSION_REASON_NOT_PUBLIC));
}

TEST_F(PermissionTest, OfContactsFromAboveNoRecordIsNamed) {
  EXPECT_TRUE(Decide(true).allowed());
  EXPECT_EQ(Decide(true).processing_record(), "");
  status_.standing = Standing::kObjected;
  EXPECT_THAT(Decide(true).reasons(), ElementsAre(v1::PERMISSION_REASON_OBJECTED));
  EXPECT_EQ(Decide(true).processing_record(), "");
}

TEST_F(PermissionTest, WhoRefusesToBePrintedHasNoAddressBelow) {
  refuses_printing_ = true;
  EXPECT_THAT(Decide(true).reasons(), ElementsAre(v1::PERMISSION_REASON_NO_ADDRESS));
  EXPECT_TRUE(Decide().allowed());
}

TEST_F(PermissionTest, DesksAndPrintingNeedNoRecord) {
  status_ = {};
  contact_.set_kind(v1::Contact::KIND_DESK);
  EXPECT_TRUE(Decide().allowed());
  contact_.set_kind(v1::Contact::KIND_PERSON);
  EXPECT_FALSE(Decide().allowed());
  check_.set_purpose(v1::PURPOSE_PRINTING);
  check_.clear_channel();
  EXPECT_TRUE(Decide().allowed());
  EXPECT_THAT(Decide().addresses(), IsEmpty());
  contact_.set_visibility(v1::VISIBILITY_MEDIA_ONLY);
  EXPECT_THAT(Decide().reasons(), ElementsAre(v1::PERMISSION_REASON_NOT_PUBLIC));
}

TEST_F(PermissionTest, ForLettersNoAddressIsKept) {
  check_.set_channel(v1::CHANNEL_POST);
  EXPECT_TRUE(Decide().allowed());
  EXPECT_THAT(Decide().addresses(), IsEmpty());
}

TEST_F(PermissionTest, AMergedContactNamesTheOneThatIsLeft) {
  check_.set_contact("newsrooms/n/contacts/b");
  EXPECT_EQ(Decide().contact(), "newsrooms/n/contacts/b");
  EXPECT_EQ(Decide().merged_into(), "newsrooms/n/contacts/a");
  EXPECT_THAT(NoSuchContact(check_, kNow).reasons(), ElementsAre(v1::PERMISSION_REASON_NOT_FOUND));
  EXPECT_FALSE(NoSuchContact(check_, kNow).allowed());
}

}  // namespace
}  // namespace communique::contacts
