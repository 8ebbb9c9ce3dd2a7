// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/contacts/testing/contact_driver.h"

// Several people at the same contacts at the same time.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::ElementsAre;

class ConcurrentContactsTest : public testing::TestWithParam<const char*> {
 protected:
  ConcurrentContactsTest() { store_.MakeNewsroom("relief"); }

  static v1::Contact WithNote(const std::string& note) {
    v1::Contact change;
    change.set_note(note);
    return change;
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
};

TEST_P(ConcurrentContactsTest, TwoWhoNameEachOtherAtTheSameTimeDoNotBothSucceed) {
  constexpr int kRounds = 5;
  for (int round = 0; round < kRounds; ++round) {
    const v1::Contact a = driver_.Make("", ContactDriver::Person("A"));
    const v1::Contact b = driver_.Make("", ContactDriver::Person("B"));
    const auto statuses = AtOnce(
        2, [&](std::size_t i) { return driver_.SetSubstitute(i == 0 ? a : b, i == 0 ? b.name() : a.name()).status(); });
    ASSERT_EQ(CountOk(statuses), 1) << statuses[0] << "\n" << statuses[1];
    EXPECT_EQ(ReasonOf(statuses[0].ok() ? statuses[1] : statuses[0]), Reason::ERROR_REASON_SUBSTITUTE_CYCLE);
  }
}

TEST_P(ConcurrentContactsTest, TwoWhoCloseACircleFromItsTwoSidesDoNotBothSucceed) {
  constexpr int kRounds = 5;
  for (int round = 0; round < kRounds; ++round) {
    // b leads to c, and d to a: with a to b and c to d, it is a circle.
    const v1::Contact a = driver_.Make("", ContactDriver::Person("A"));
    const v1::Contact c = driver_.Make("", ContactDriver::Person("C"));
    v1::Contact person = ContactDriver::Person("B");
    person.set_substitute(c.name());
    const v1::Contact b = driver_.Make("", person);
    person.set_substitute(a.name());
    const v1::Contact d = driver_.Make("", person);
    const auto statuses = AtOnce(
        2, [&](std::size_t i) { return driver_.SetSubstitute(i == 0 ? a : c, i == 0 ? b.name() : d.name()).status(); });
    ASSERT_EQ(CountOk(statuses), 1) << statuses[0] << "\n" << statuses[1];
  }
}

TEST_P(ConcurrentContactsTest, NobodyIsNamedAndDeletedAtTheSameTime) {
  constexpr int kRounds = 8;
  for (int round = 0; round < kRounds; ++round) {
    const v1::Contact a = driver_.Make("", ContactDriver::Person("A"));
    const v1::Contact b = driver_.Make("", ContactDriver::Person("B"));
    const auto statuses = AtOnce(2, [&](std::size_t i) {
      return i == 0 ? driver_.SetSubstitute(a, b.name()).status() : driver_.Delete(b).status();
    });
    ASSERT_EQ(CountOk(statuses), 1) << statuses[0] << "\n" << statuses[1];
    EXPECT_EQ(ReasonOf(statuses[0].ok() ? statuses[1] : statuses[0]),
              statuses[0].ok() ? Reason::ERROR_REASON_IN_USE : Reason::ERROR_REASON_REFERENCE_MISSING);
  }
}

TEST_P(ConcurrentContactsTest, OfManyAtOnceOneWinsAndTheOthersLearnTheEtag) {
  constexpr std::size_t kWriters = 4;
  const v1::Contact made = driver_.Make("a", ContactDriver::Person("A"));
  const auto statuses = AtOnce(kWriters, [&](std::size_t i) {
    return driver_.Update(made, WithNote(absl::StrCat("note ", i)), {"note"}).status();
  });
  EXPECT_EQ(CountOk(statuses), 1);
  const v1::Contact now = driver_.Whole(made.name());
  for (std::size_t i = 0; i < kWriters; ++i) {
    if (statuses[i].ok()) {
      EXPECT_EQ(now.note(), absl::StrCat("note ", i));
    } else {
      EXPECT_EQ(ReasonOf(statuses[i]), Reason::ERROR_REASON_ETAG_MISMATCH) << statuses[i];
      EXPECT_EQ(platform::ErrorMetadataValue(statuses[i], "etag"), now.etag());
    }
  }
  EXPECT_THAT(driver_.Feed(), ElementsAre("CREATED a", "UPDATED a"));
}

INSTANTIATE_TEST_SUITE_P(Engines, ConcurrentContactsTest,
                         testing::ValuesIn(platform::TestDatabase::kEnginesAndPgBouncer), platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
