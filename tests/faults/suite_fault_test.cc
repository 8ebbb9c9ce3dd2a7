// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// The services beside each other, while one of them hangs or is killed in the middle of what it does.

#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "communique/contacts/v1/exchange_service.grpc.pb.h"
#include "services/platform/base/uuid.h"
#include "services/platform/testing/test_database.h"
#include "tests/testing/suite.h"

namespace communique::testing {
namespace {

using platform::Reason;
using platform::ReasonOf;

class SuiteFaultTest : public ::testing::TestWithParam<const char*> {};

// While contacts hangs, more texts wait for it than a service has processors. They are told that it gives no answer; a
// text that refers to nobody does not wait with them.
TEST_P(SuiteFaultTest, HungContactsHoldUpOnlyTextsThatReferToThem) {
  constexpr int kWaiting = 8;
  Suite suite(GetParam(), {"--peers.contacts.timeout=10s"});
  const auto milena = suite.MakeContact("milena", "Milena Brkić", "milena@example.org");
  ASSERT_TRUE(milena.ok()) << milena.status();
  suite.contacts().process().Signal(SIGSTOP);

  std::atomic<int> answered{0};
  std::vector<std::thread> waiting;
  std::vector<absl::Status> answers(kWaiting);
  for (int i = 0; i < kWaiting; ++i) {
    waiting.emplace_back([&, i] {
      answers[static_cast<std::size_t>(i)] =
          suite.PublishReferring(absl::StrCat("refers-", i), milena->name()).status();
      ++answered;
    });
  }
  while (suite.releases().Metric(R"(communique_executor_running_tasks{executor="peer-calls"})") < kWaiting &&
         answered == 0) {
    std::this_thread::yield();
  }
  const auto alone = suite.office().MakePublic("alone", "Alone");
  EXPECT_TRUE(alone.ok()) << alone.status();
  EXPECT_EQ(answered, 0) << "it waited for those that wait for contacts";
  EXPECT_EQ(suite.releases().HttpStatus("/readyz"), "200 OK");
  for (std::thread& thread : waiting) thread.join();
  for (const absl::Status& answer : answers) EXPECT_EQ(ReasonOf(answer), Reason::ERROR_REASON_PEER_UNAVAILABLE);

  suite.contacts().process().Signal(SIGCONT);
  const absl::Time end = absl::Now() + absl::Seconds(30);
  absl::Status published;
  int attempt = 0;
  do {
    published = suite.PublishReferring(absl::StrCat("afterwards-", attempt++), milena->name()).status();
  } while (absl::IsUnavailable(published) && absl::Now() < end);
  EXPECT_TRUE(published.ok()) << published;
}

// Releases are planned anew one by one. Whatever was done when the process died stays done, and the rest follows.
TEST_P(SuiteFaultTest, KilledWhileItLooksAtNewsReleasesGoesOnAfterwards) {
  constexpr int kReleases = 60;
  Suite suite(GetParam());
  const auto desk = suite.MakeContact("desk", "Media desk", "media@example.org");
  ASSERT_TRUE(desk.ok()) << desk.status();
  const auto milena = suite.MakeContact("milena", "Milena Brkić", "milena@example.org", desk->name());
  ASSERT_TRUE(milena.ok()) << milena.status();
  for (int i = 0; i < kReleases; ++i) {
    ASSERT_TRUE(suite.PublishReferring(absl::StrCat("release-", i), milena->name()).ok());
  }
  ASSERT_TRUE(suite.Deactivate(*milena).ok());
  const std::string desks = "Media desk, media@example.org\n";
  ASSERT_LT(suite.WaitForLines(EditionName("release-0"), desks), absl::InfiniteDuration());
  suite.releases().Kill();
  suite.RestartReleases();
  for (int i = 0; i < kReleases; ++i) {
    const std::string id = absl::StrCat("release-", i);
    ASSERT_LT(suite.WaitForLines(EditionName(id), desks), absl::InfiniteDuration()) << id;
  }
}

class ImportFaultTest : public SuiteFaultTest {
 protected:
  static constexpr int kCards = 400;

  ImportFaultTest() {
    request_.set_parent("newsrooms/example");
    request_.set_format(contacts::v1::EXCHANGE_FORMAT_CSV);
    request_.set_source("Press fair 2026");
    request_.set_basis(contacts::v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
    request_.set_request_id(platform::MakeUuidV7(absl::Now()));
    std::string& file = *request_.mutable_content();
    file = "display_name,email\r\n";
    for (int i = 0; i < kCards; ++i) absl::StrAppend(&file, "Person ", i, ",person-", i, "@example.org\r\n");
  }

  auto Import() {
    return suite_.contacts_client().Call(&contacts::v1::ExchangeService::Stub::ImportContacts, request_);
  }
  // How many contacts there are, and none of them twice.
  int CountContacts() {
    contacts::v1::ListContactsRequest list;
    list.set_parent("newsrooms/example");
    list.set_page_size(1000);
    std::set<std::string> names;
    int count = 0;
    do {
      const auto page = suite_.contacts_client().Call(&Suite::ContactStub::ListContacts, list);
      if (!page.ok()) return -1;
      for (const auto& contact : page->contacts()) names.insert(contact.person_names(0).display_name());
      count += page->contacts_size();
      list.set_page_token(page->next_page_token());
    } while (!list.page_token().empty());
    EXPECT_EQ(static_cast<int>(names.size()), count) << "somebody is there twice";
    return count;
  }

  Suite suite_{GetParam(), {}, {"--limits.exchange.cards_at_once=20"}};
  contacts::v1::ImportContactsRequest request_;
};

TEST_P(ImportFaultTest, KilledBetweenTwoTransactionsAnImportIsTakenUpByTheSameCall) {
  ASSERT_TRUE(suite_.MakeContact("first", "First", "first@example.org").ok()) << "the newsroom is known";
  std::thread killed([&] { EXPECT_FALSE(Import().ok()) << "it was done before it was killed"; });
  while (CountContacts() <= 1) std::this_thread::yield();
  suite_.contacts().Kill();
  killed.join();

  suite_.contacts().Start();
  absl::StatusOr<contacts::v1::ImportContactsResponse> report;
  const absl::Time end = absl::Now() + absl::Seconds(30);
  do {
    report = Import();
  } while (absl::IsUnavailable(report.status()) && absl::Now() < end);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(report->cards_size(), kCards);
  EXPECT_EQ(report->created_count(), kCards) << "of both calls";
  EXPECT_EQ(CountContacts(), kCards + 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, SuiteFaultTest, ::testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);
INSTANTIATE_TEST_SUITE_P(Engines, ImportFaultTest, ::testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::testing
