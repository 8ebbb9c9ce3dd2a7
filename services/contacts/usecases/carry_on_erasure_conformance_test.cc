// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/contacts/domain/personal_data.h"
#include "services/contacts/storage/erasure_store.h"
#include "services/contacts/testing/erasure_driver.h"
#include "services/contacts/usecases/carry_on_erasure.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/small_disk.h"

// How an erasure goes on when releases are away, when processes end, and when several are at it.
namespace communique::contacts {
namespace {

using platform::Reason;
using platform::ReasonOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class CarryOnErasureTest : public testing::TestWithParam<const char*> {
 protected:
  CarryOnErasureTest() {
    store_.MakeNewsroom("relief");
    milena_ = driver_.Make("milena", ContactDriver::FullPerson("Milena Quux"));
    // Two lines, one that refers to it and one that does not, and two texts.
    officer_.releases.AddLine(milena_.name(), Release(1), "Milena Quux, +41 22 717 91 11");
    officer_.releases.AddText(Release(1), "content.lead", "Milena Quux said");
    officer_.releases.AddLine("", Release(2), "milena@example.org");
    officer_.releases.AddText(Release(3), "content.headline", "Milena Quux");
  }

  static std::string Release(int number) { return absl::StrCat("newsrooms/relief/releases/r", number); }

  storage::ErasureRecord Record(const std::string& name) {
    storage::ErasureRecord record;
    const absl::Status status = store_.db().Read(ContactsStore::Soon(), [&](platform::Session& session) {
      auto found = FindErasure(session, "uid-of-relief", name);
      if (found.ok()) record = *std::move(found);
      return found.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return record;
  }
  v1::ErasureReceipt OfReleases(const std::string& name) { return officer_.Get(name).receipts(1); }
  void NextTry() { store_.clock().Advance(officer_.environment.erasure.retry_interval); }
  void ClaimRunsOut() { store_.clock().Advance(officer_.environment.erasure.claim); }

  // Begun, with nobody at it any more: the process has ended behind its first transaction.
  v1::Erasure Begun() {
    officer_.environment.erasure.wait = absl::ZeroDuration();
    v1::Erasure erasure = officer_.Expect(officer_.Erase(milena_));
    EXPECT_EQ(erasure.state(), v1::Erasure::STATE_RUNNING);
    EXPECT_THAT(officer_.releases.calls, IsEmpty());
    return erasure;
  }

  void ExpectDone(const std::string& name) {
    const v1::Erasure erasure = officer_.Get(name);
    EXPECT_EQ(erasure.state(), v1::Erasure::STATE_DONE);
    EXPECT_TRUE(erasure.has_done_time());
    for (const auto& receipt : erasure.receipts()) {
      EXPECT_TRUE(receipt.has_done_time()) << receipt.service();
      EXPECT_THAT(receipt.last_error(), IsEmpty());
    }
    EXPECT_EQ(erasure.receipts(1).left_count(), 2);
    EXPECT_EQ(erasure.texts_size(), 2);
    for (const auto& line : officer_.releases.lines) {
      const bool text = line.place.kind() == FakePersonalData::Place::KIND_TEXT;
      EXPECT_EQ(line.place.text().empty(), !text) << line.place.resource();
    }
    // Nothing but who has ordered it.
    EXPECT_THAT(PersonalPaths(Record(name)), ElementsAre("erasure.creator"));
    EXPECT_THAT(Record(name).steps(), IsEmpty());
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  ErasureDriver officer_{store_};
  v1::Contact milena_;
};

TEST_P(CarryOnErasureTest, TheCallItselfDoesAllOfItWhenItCan) {
  const v1::Erasure erasure = officer_.Expect(officer_.Erase(milena_));
  ExpectDone(erasure.name());
  EXPECT_EQ(erasure.SerializeAsString(), officer_.Get(erasure.name()).SerializeAsString());
  EXPECT_EQ(OfReleases(erasure.name()).erased_count(), 2);
  EXPECT_EQ(OfReleases(erasure.name()).resource_count(), 2);
  EXPECT_THAT(officer_.releases.erasures, Each(erasure.name()));
  EXPECT_EQ(erasure.texts(0).resource(), Release(1));
  EXPECT_EQ(erasure.texts(0).path(), "content.lead");
  EXPECT_EQ(erasure.texts(1).resource(), Release(3));
  EXPECT_TRUE(officer_.CarryOn().ok());
  EXPECT_EQ(officer_.Get(erasure.name()).etag(), erasure.etag()) << "there is nothing left to do";
}

TEST_P(CarryOnErasureTest, GoesOnWhereAProcessHasEnded) {
  const v1::Erasure erasure = Begun();
  // While the claim lasts, whoever has it may be alive.
  EXPECT_TRUE(officer_.CarryOn().ok());
  EXPECT_THAT(officer_.releases.calls, IsEmpty());
  ClaimRunsOut();
  EXPECT_TRUE(officer_.CarryOn().ok());
  ExpectDone(erasure.name());
}

TEST_P(CarryOnErasureTest, GoesOnWhenTheClockHasGoneBack) {
  const v1::Erasure erasure = Begun();
  store_.clock().Advance(absl::Hours(-72));
  EXPECT_TRUE(officer_.CarryOn().ok());
  ExpectDone(erasure.name());
}

// Between every two steps: behind each answer of releases, before and after it is stored.
TEST_P(CarryOnErasureTest, GoesOnAfterAnEndAnywhere) {
  const v1::Erasure erasure = Begun();
  int ends = 0;
  for (; officer_.Get(erasure.name()).state() == v1::Erasure::STATE_RUNNING; ++ends) {
    ASSERT_LT(ends, 50);
    ClaimRunsOut();
    if (ends % 2 == 0) {
      // Asked to stop while it asks: the answer is stored, and then it gives the erasure back.
      std::stop_source stop;
      officer_.releases.before = [&] {
        stop.request_stop();
        return absl::OkStatus();
      };
      EXPECT_TRUE(officer_.CarryOn(stop.get_token()).ok());
    } else {
      // Dead after releases have answered and before that is stored: the next one asks the same again.
      const storage::ErasureRecord before = Record(erasure.name());
      if (before.steps_size() == 0) {
        EXPECT_TRUE(officer_.CarryOn().ok());
        continue;
      }
      const auto& step = before.steps(0);
      if (step.list()) continue;
      releases::v1::ErasePersonalDataRequest lost;
      lost.set_contact(step.contact());
      *lost.mutable_values() = step.values();
      lost.set_page_token(step.page_token());
      officer_.releases.before = [] { return absl::OkStatus(); };
      ASSERT_TRUE(officer_.releases.Erase(lost, {ContactsStore::Soon(), ""}).ok());
    }
  }
  EXPECT_GE(ends, 7) << "four pages of each kind, and the cleaning";
  ExpectDone(erasure.name());
  EXPECT_LE(OfReleases(erasure.name()).erased_count(), 2) << "counted once or not at all";
}

TEST_P(CarryOnErasureTest, WhileReleasesAreAwayItIsRunningAndThePersonIsGone) {
  officer_.releases.before = FakePersonalData::Away;
  const v1::Erasure erasure = officer_.Expect(officer_.Erase(milena_));
  EXPECT_EQ(erasure.state(), v1::Erasure::STATE_RUNNING);
  EXPECT_FALSE(erasure.has_done_time());
  EXPECT_EQ(erasure.receipts(1).last_error(), "PEER_UNAVAILABLE");
  EXPECT_FALSE(erasure.receipts(1).has_done_time());
  EXPECT_EQ(erasure.SerializeAsString().find("Quux"), std::string::npos);
  EXPECT_EQ(driver_.Whole(milena_.name()).state(), v1::Contact::STATE_ERASED);

  const auto again = officer_.Erase(driver_.Whole(milena_.name()));
  EXPECT_EQ(ReasonOf(again.status()), Reason::ERROR_REASON_ERASURE_UNDER_WAY);
  EXPECT_EQ(platform::ErrorMetadataValue(again.status(), "resource"), erasure.name());
  EXPECT_EQ(ReasonOf(driver_.Delete(driver_.Whole(milena_.name())).status()), Reason::ERROR_REASON_ERASED);

  // Not at once, or it would be asked without a pause.
  officer_.releases.calls.clear();
  EXPECT_TRUE(officer_.CarryOn().ok());
  EXPECT_THAT(officer_.releases.calls, IsEmpty());
  NextTry();
  EXPECT_EQ(ReasonOf(officer_.CarryOn()), Reason::ERROR_REASON_PEER_UNAVAILABLE);
  EXPECT_THAT(officer_.releases.calls, SizeIs(1));
  officer_.releases.before = [] { return absl::OkStatus(); };
  NextTry();
  EXPECT_TRUE(officer_.CarryOn().ok());
  ExpectDone(erasure.name());
  EXPECT_EQ(ReasonOf(officer_.Erase(driver_.Whole(milena_.name())).status()), Reason::ERROR_REASON_ERASED);
}

TEST_P(CarryOnErasureTest, OneThatFailsDoesNotKeepOthersFromGoingOn) {
  const v1::Contact boris = driver_.Make("boris", ContactDriver::Person("Boris Brown"));
  officer_.environment.erasure.wait = absl::ZeroDuration();
  const v1::Erasure first = officer_.Expect(officer_.Erase(milena_));
  store_.clock().Advance(absl::Seconds(1));
  const v1::Erasure second = officer_.Expect(officer_.Erase(boris));
  officer_.releases.before = [&] {
    return officer_.releases.calls.back() == "list milena" ? FakePersonalData::Away() : absl::OkStatus();
  };
  ClaimRunsOut();
  EXPECT_EQ(ReasonOf(officer_.CarryOn()), Reason::ERROR_REASON_PEER_UNAVAILABLE);
  EXPECT_EQ(officer_.Get(first.name()).state(), v1::Erasure::STATE_RUNNING);
  EXPECT_EQ(officer_.Get(second.name()).state(), v1::Erasure::STATE_DONE);
}

TEST_P(CarryOnErasureTest, SeveralReplicasAtOnceDoItOnce) {
  const v1::Erasure erasure = Begun();
  ClaimRunsOut();
  const auto statuses = AtOnce(3, [&](std::size_t) { return officer_.CarryOn(); });
  EXPECT_EQ(CountOk(statuses), 3) << statuses[0] << statuses[1] << statuses[2];
  ExpectDone(erasure.name());
  EXPECT_EQ(OfReleases(erasure.name()).erased_count(), 2);
  const auto asked = [&](const std::string& call) {
    return std::count(officer_.releases.calls.begin(), officer_.releases.calls.end(), call);
  };
  EXPECT_EQ(asked("list milena"), 4);
  EXPECT_EQ(asked("erase milena"), 4);
}

TEST_P(CarryOnErasureTest, EachContactIsAskedFor) {
  v1::Contact twin = ContactDriver::Person("Mila Quux");
  const v1::Contact merged = driver_.Make("twin", twin);
  ASSERT_TRUE(officer_.Merge(milena_, merged).ok());
  officer_.releases.AddLine(merged.name(), Release(4), "printed before they were merged");
  const v1::Erasure erasure = officer_.Expect(officer_.Erase(driver_.Whole(milena_.name())));
  ExpectDone(erasure.name());
  EXPECT_THAT(officer_.releases.calls, Contains("erase twin"));
  EXPECT_EQ(OfReleases(erasure.name()).erased_count(), 3);
}

TEST_P(CarryOnErasureTest, TextsAreKeptAsFarAsThereIsRoom) {
  officer_.environment.erasure_limits.text_places = 1;
  const v1::Erasure erasure = officer_.Expect(officer_.Erase(milena_));
  EXPECT_EQ(erasure.texts_size(), 1);
  EXPECT_EQ(erasure.receipts(1).left_count(), 2);
}

TEST_P(CarryOnErasureTest, ListsTellHowFarTheyAre) {
  officer_.releases.before = FakePersonalData::Away;
  const v1::Erasure running = officer_.Expect(officer_.Erase(milena_));
  officer_.releases.before = [] { return absl::OkStatus(); };
  store_.clock().Advance(absl::Seconds(1));
  const v1::Erasure done = officer_.Expect(officer_.Erase(driver_.Make("boris", ContactDriver::Person("Boris Brown"))));
  const auto list = [&](const std::string& filter) {
    v1::ListErasuresRequest request;
    request.set_parent("newsrooms/relief");
    request.set_filter(filter);
    const auto response = ListErasures(officer_.environment, ErasureDriver::Officer(), request);
    EXPECT_TRUE(response.ok()) << response.status();
    std::vector<std::string> names;
    if (response.ok()) {
      for (const auto& erasure : response->erasures()) {
        names.push_back(erasure.name());
        EXPECT_THAT(erasure.texts(), IsEmpty());
        EXPECT_EQ(erasure.SerializeAsString().find("Quux"), std::string::npos);
      }
    }
    return names;
  };
  EXPECT_THAT(list(""), ElementsAre(done.name(), running.name()));
  EXPECT_THAT(list("state = STATE_RUNNING"), ElementsAre(running.name()));
  const auto counted = CountRunningErasures(officer_.environment, ContactsStore::Soon());
  ASSERT_TRUE(counted.ok()) << counted.status();
  EXPECT_EQ(counted->count, 1);
  EXPECT_EQ(counted->oldest, platform::FromTimestamp(running.create_time()));
  EXPECT_THAT(list("contact = \"newsrooms/relief/contacts/boris\""), ElementsAre(done.name()));
  v1::GetErasureRequest get;
  get.set_name("newsrooms/relief/erasures/x");
  EXPECT_TRUE(absl::IsNotFound(GetErasure(officer_.environment, ErasureDriver::Officer(), get).status()));
}

// To clean the files takes as much room again as they take.
TEST(FullDiskErasureTest, IsTriedLessAndLessOftenUntilThereIsRoom) {
  platform::SmallDisk disk("16m");
  if (!disk.mounted()) GTEST_SKIP() << platform::SmallDisk::kNeedsRoot;
  ContactsStore store("sqlite", {.sqlite_path = disk.File("contacts.db")});
  store.MakeNewsroom("relief");
  ContactDriver driver(store);
  ErasureDriver officer(store);
  const v1::Contact milena = driver.Make("milena", ContactDriver::FullPerson("Milena Quux"));
  for (int i = 0; i < 60; ++i) {
    v1::Contact other = ContactDriver::Person("Somebody else");
    other.set_note(std::string(2'000, 'x'));
    driver.Make(absl::StrCat("c", i), other);
  }
  // Room for what others do, and not for the whole file.
  disk.FillBut(1'000'000);
  const v1::Erasure erasure = officer.Expect(officer.Erase(milena));
  ASSERT_EQ(erasure.state(), v1::Erasure::STATE_RUNNING);
  EXPECT_EQ(erasure.receipts(0).last_error(), "STORAGE_FULL");
  EXPECT_EQ(driver.Whole(milena.name()).state(), v1::Contact::STATE_ERASED);

  const absl::Duration interval = officer.environment.erasure.retry_interval;
  for (const int pause : {1, 2, 4, 8, 16, 32, 64, 120, 120}) {
    store.clock().Advance(interval * pause - absl::Seconds(1));
    EXPECT_TRUE(officer.CarryOn().ok()) << "not yet, after " << pause;
    store.clock().Advance(absl::Seconds(1));
    EXPECT_EQ(ReasonOf(officer.CarryOn()), Reason::ERROR_REASON_STORAGE_FULL) << pause;
  }
  disk.RemoveFill();
  store.clock().Advance(absl::Minutes(10));
  EXPECT_TRUE(officer.CarryOn().ok());
  const v1::Erasure done = officer.Get(erasure.name());
  EXPECT_EQ(done.state(), v1::Erasure::STATE_DONE);
  EXPECT_THAT(done.receipts(0).last_error(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, CarryOnErasureTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
