// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

// Somebody is erased whose data has been everywhere: imported from a file, merged, grouped, with a consent, found,
// printed in public releases and read from the cache. Then every byte of every store and log is searched for it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "communique/contacts/v1/consent_service.grpc.pb.h"
#include "communique/contacts/v1/erasure_service.grpc.pb.h"
#include "communique/contacts/v1/exchange_service.grpc.pb.h"
#include "communique/contacts/v1/group_service.grpc.pb.h"
#include "services/platform/testing/test_database.h"
#include "tests/integration/stored_bytes.h"

namespace communique::testing {
namespace {

using contacts::v1::ConsentService;
using contacts::v1::Contact;
using contacts::v1::Erasure;
using contacts::v1::ErasureService;
using contacts::v1::ExchangeService;
using contacts::v1::GroupService;
using platform::Reason;
using platform::ReasonOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ContactStub = Suite::ContactStub;

// What the person is called and reached by, in pieces that nothing else has.
constexpr char kName[] = "Zdravka Quuxbrontë";
constexpr char kMail[] = "z.quuxbronte@quuxmail.example";
constexpr char kPhone[] = "+41 22 717 91 47";
constexpr char kMilenaSpelling[] = "Здравка Квуксбронте";
constexpr char kSecondMail[] = "zq.second@quuxsecond.example";

// Of every value the parts that are the person's alone, in the forms in which they may be kept: as written, folded,
// transliterated, in international form.
const std::vector<std::string> kTraces = {"Quuxbrontë",  "Quuxbronte",  "Zdravka",  "Здравка",    "здравка",
                                          "Квуксбронте", "kvuksbronte", "quuxmail", "quuxsecond", "717 91 47",
                                          "41227179147", "quuxweb",     "quuxnuts", "Quuxfair",   "203.0.113.77",
                                          "quux-form",   "Quuxagent"};

constexpr char kCard[] =
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Zdravka Quuxbrontë\r\nN:Quuxbrontë;Zdravka;;;\r\n"
    "EMAIL:z.quuxbronte@quuxmail.example\r\nTEL:+41 22 717 91 47\r\nURL:https://quuxweb.example/z\r\n"
    "NOTE:allergic to quuxnuts\r\nEND:VCARD\r\n";

class ErasureProcessTest : public ::testing::TestWithParam<const char*> {
 protected:
  template <typename Stub, typename Request, typename Response>
  Response Contacts(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request) {
    const auto answer = suite_.contacts_client().Call(method, request);
    EXPECT_TRUE(answer.ok()) << request.GetTypeName() << ": " << answer.status();
    return answer.ok() ? *answer : Response();
  }
  Contact Get(const std::string& name) {
    contacts::v1::GetContactRequest request;
    request.set_name(name);
    request.mutable_read_mask()->add_paths("*");
    return Contacts(&ContactStub::GetContact, request);
  }

  // Comes with a file, is looked at, and gets a stand-in.
  Contact ImportZdravka(const std::string& desk) {
    contacts::v1::ImportContactsRequest import;
    import.set_parent("newsrooms/example");
    import.set_format(contacts::v1::EXCHANGE_FORMAT_VCARD_4);
    import.set_content(kCard);
    import.set_source("Quuxfair 2026");
    import.set_basis(contacts::v1::PROCESSING_BASIS_LEGITIMATE_INTEREST);
    import.set_visibility(contacts::v1::VISIBILITY_PUBLIC);
    import.set_request_id("5f0c3f0e-7a53-4f5e-9f39-8f7b9d4a1c11");
    const auto imported = Contacts(&ExchangeService::Stub::ImportContacts, import);
    Contact contact = Get(imported.cards(0).contact());
    auto& spelling = *contact.add_person_names();
    spelling.set_locale("sr-Cyrl");
    spelling.set_display_name(kMilenaSpelling);
    contact.set_substitute(desk);
    contacts::v1::UpdateContactRequest update;
    *update.mutable_contact() = contact;
    update.mutable_update_mask()->add_paths("substitute");
    update.mutable_update_mask()->add_paths("person_names");
    Contacts(&ContactStub::UpdateContact, update);
    return Get(contact.name());
  }

  // The same person once more, who is merged into the first.
  void MergeSecond(const std::string& left) {
    const auto second = suite_.MakeContact("second", "Zdravka Quuxbronte", kSecondMail);
    ASSERT_TRUE(second.ok()) << second.status();
    contacts::v1::MergeContactsRequest merge;
    merge.set_contact(left);
    merge.set_etag(Get(left).etag());
    merge.set_keep_primary(true);
    auto& source = *merge.add_sources();
    source.set_contact(second->name());
    source.set_etag(Get(second->name()).etag());
    Contacts(&ContactStub::MergeContacts, merge);
  }

  void Group(const std::string& contact) {
    contacts::v1::CreateGroupRequest create;
    create.set_parent("newsrooms/example");
    create.set_group_id("on-duty");
    create.mutable_group()->set_display_name("On duty");
    const auto group = Contacts(&GroupService::Stub::CreateGroup, create);
    contacts::v1::ModifyGroupMembersRequest modify;
    modify.set_name(group.name());
    modify.set_etag(group.etag());
    modify.add_add(contact);
    Contacts(&GroupService::Stub::ModifyGroupMembers, modify);
  }

  void RecordConsent(const std::string& contact) {
    contacts::v1::CreateProcessingRecordRequest create;
    create.set_parent(contact);
    auto& record = *create.mutable_processing_record();
    record.set_purpose(contacts::v1::PURPOSE_PRESS_RELEASES);
    record.set_event(contacts::v1::ProcessingRecord::EVENT_GRANTED);
    record.set_notice_version("2026-1");
    record.set_notice_locale("en");
    record.set_method("quux-form at the fair");
    record.mutable_evidence()->set_text("signed by Zdravka Quuxbrontë");
    record.mutable_evidence()->set_ip_address("203.0.113.77");
    record.mutable_evidence()->set_user_agent("Quuxagent/1.0");
    Contacts(&ConsentService::Stub::CreateProcessingRecord, create);
  }

  void LookFor(const std::string& query) {
    contacts::v1::SearchContactsRequest search;
    search.set_parent("newsrooms/example");
    search.set_query(query);
    search.mutable_read_mask()->add_paths("*");
    EXPECT_FALSE(Contacts(&ContactStub::SearchContacts, search).contacts().empty()) << query;
  }

  // A public release with a contact line that refers to nobody.
  absl::StatusOr<v1::Release> PublishFree(const std::string& id, const std::string& lead = "") {
    auto release = suite_.office().Create(id, "Help has arrived");
    if (!release.ok()) return release;
    v1::UpdateReleaseRequest request;
    request.mutable_release()->set_name(release->name());
    request.mutable_release()->set_etag(release->etag());
    auto& content = *request.mutable_release()->mutable_content();
    auto& line = *content.add_contact_lines();
    const auto add = [&](v1::ContactSegment::Kind kind, const std::string& value) {
      auto& segment = *line.add_segments();
      segment.set_kind(kind);
      segment.set_value(value);
    };
    add(v1::ContactSegment::KIND_PERSON, kName);
    add(v1::ContactSegment::KIND_TEXT, ", ");
    add(v1::ContactSegment::KIND_EMAIL, kMail);
    add(v1::ContactSegment::KIND_TEXT, ", ");
    add(v1::ContactSegment::KIND_PHONE, kPhone);
    request.mutable_update_mask()->add_paths("content.contact_lines");
    if (!lead.empty()) {
      content.mutable_lead()->mutable_paragraph()->set_text(lead);
      request.mutable_update_mask()->add_paths("content.lead");
    }
    release = suite_.client().Call(&v1::ReleaseService::Stub::UpdateRelease, request);
    if (release.ok()) release = suite_.office().Submit(*release);
    if (release.ok()) release = suite_.office().Approve(*release);
    if (release.ok()) release = suite_.office().Publish(*release);
    return release;
  }

  v1::ReleaseRevision LiveRevision(const std::string& id) {
    v1::GetReleaseRevisionRequest get;
    get.set_name(absl::StrCat(ReleaseName(id), "/revisions/live"));
    const auto revision = suite_.client().Call(&v1::ReleaseService::Stub::GetReleaseRevision, get);
    EXPECT_TRUE(revision.ok()) << revision.status();
    return revision.ok() ? *revision : v1::ReleaseRevision();
  }

  contacts::v1::EraseContactRequest EraseRequest(const Contact& contact) {
    contacts::v1::EraseContactRequest request;
    request.set_name(contact.name());
    request.set_etag(contact.etag());
    request.set_identity_verified(true);
    request.set_reason(Erasure::REASON_REQUESTED);
    return request;
  }
  Erasure WaitUntilDone(const std::string& name) {
    contacts::v1::GetErasureRequest get;
    get.set_name(name);
    const absl::Time end = absl::Now() + absl::Seconds(60);
    absl::StatusOr<Erasure> erasure;
    do {
      // The first call to a process that was killed and started again may find the old connection.
      erasure = suite_.contacts_client().Call(&ErasureService::Stub::GetErasure, get);
      std::this_thread::yield();
    } while ((absl::IsUnavailable(erasure.status()) || (erasure.ok() && erasure->state() == Erasure::STATE_RUNNING)) &&
             absl::Now() < end);
    EXPECT_TRUE(erasure.ok()) << erasure.status();
    if (!erasure.ok()) return Erasure();
    EXPECT_EQ(erasure->state(), Erasure::STATE_DONE) << erasure->ShortDebugString();
    return *std::move(erasure);
  }

  // Until operators see so many that are not done.
  void WaitForRunning(int count) {
    const absl::Time end = absl::Now() + absl::Seconds(30);
    while (suite_.contacts().Metric("communique_erasures_running") != count && absl::Now() < end) {
      std::this_thread::yield();
    }
    EXPECT_EQ(suite_.contacts().Metric("communique_erasures_running"), count);
    EXPECT_EQ(suite_.contacts().Metric("communique_erasures_oldest_start_timestamp_seconds") > 0, count > 0);
  }

  // Everything that the contacts feed tells from `token` on until somebody was erased.
  std::string ContactsFeed(const std::string& token) {
    contacts::v1::WatchContactsRequest watch;
    watch.set_parent("newsrooms/example");
    watch.set_watch_token(token);
    grpc::ClientContext context;
    suite_.contacts_client().SetDeadline(context);
    ContactStub stub(suite_.contacts_client().channel());
    const auto stream = stub.WatchContacts(&context, watch);
    std::string told;
    contacts::v1::WatchContactsResponse event;
    while (stream->Read(&event)) {
      absl::StrAppend(&told, event.SerializeAsString(), "\n");
      if (event.change().verb() == contacts::v1::Change::VERB_ERASED) break;
    }
    EXPECT_EQ(event.change().verb(), contacts::v1::Change::VERB_ERASED);
    context.TryCancel();
    return told;
  }
  // And what the feeds of releases tell within two seconds.
  template <typename Stub, typename Request, typename Response>
  std::string ReleasesFeed(std::unique_ptr<grpc::ClientReader<Response>> (Stub::*method)(grpc::ClientContext*,
                                                                                         const Request&),
                           const std::string& token) {
    Request watch;
    watch.set_parent("newsrooms/example");
    watch.set_watch_token(token);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(2));
    Stub stub(suite_.client().channel());
    const auto stream = (stub.*method)(&context, watch);
    std::string told;
    int events = 0;
    Response event;
    while (stream->Read(&event)) {
      absl::StrAppend(&told, event.SerializeAsString(), "\n");
      ++events;
    }
    EXPECT_GT(events, 3);
    return told;
  }

  platform::RedisServer redis_{UncompressedRedis()};
  Suite suite_{GetParam(),
               {"--redis.enabled=true", "--redis.address=" + redis_.address(), "--log.severity=debug"},
               {"--log.severity=debug", "--erasure.wait=3s", "--erasure.retry_interval=200ms", "--erasure.claim=2s"}};
};

TEST_P(ErasureProcessTest, NoStoreAndNoLogHoldsAnythingOfThePersonAfterwards) {
  const auto desk = suite_.MakeContact("desk", "Media desk", "media@example.org");
  ASSERT_TRUE(desk.ok()) << desk.status();
  contacts::v1::ListContactsRequest list;
  list.set_parent("newsrooms/example");
  const std::string contacts_token = Contacts(&ContactStub::ListContacts, list).watch_token();
  v1::ListReleasesRequest list_releases;
  list_releases.set_parent("newsrooms/example");
  const auto listed = suite_.client().Call(&v1::ReleaseService::Stub::ListReleases, list_releases);
  ASSERT_TRUE(listed.ok()) << listed.status();

  const std::string zdravka = ImportZdravka(desk->name()).name();
  MergeSecond(zdravka);
  Group(zdravka);
  RecordConsent(zdravka);
  for (const char* query : {"quuxbronte", kMail, kPhone, "квукс"}) LookFor(query);
  ASSERT_TRUE(suite_.PublishReferring("written", zdravka).ok());
  ASSERT_TRUE(suite_.PublishReferring("own-words", zdravka, "Ask our spokesperson: ", kMail).ok());
  ASSERT_TRUE(suite_.PublishReferring("merged", Suite::ContactName("second")).ok());
  ASSERT_TRUE(PublishFree("free").ok());
  const std::vector<std::string> ids = {"written", "own-words", "merged", "free"};
  std::map<std::string, std::string> digests;
  for (const std::string& id : ids) {
    const auto answer = suite_.client().Read(EditionName(id));
    ASSERT_TRUE(answer.edition.ok()) << answer.edition.status();
    ASSERT_THAT(Suite::LinesOf(*answer.edition), HasSubstr("quuxmail")) << id;
    digests[id] = LiveRevision(id).digest();
  }
  // The search finds what is there.
  const auto before = Leaks(HoardsOf(suite_, redis_), kTraces);
  for (const char* hoard : {"releases", "contacts", "redis"}) {
    EXPECT_THAT(before, ::testing::Contains(::testing::StartsWith(hoard)));
  }

  const Contact known = Get(zdravka);
  const absl::Time begin = absl::Now();
  const auto erasure = WaitUntilDone(Contacts(&ErasureService::Stub::EraseContact, EraseRequest(known)).name());
  std::printf("%s: erased within %s; %d places in contacts, %d in releases\n", GetParam(),
              absl::FormatDuration(absl::Trunc(absl::Now() - begin, absl::Milliseconds(1))).c_str(),
              erasure.receipts(0).erased_count(), erasure.receipts(1).erased_count());
  EXPECT_EQ(erasure.merged_contacts_size(), 1);
  EXPECT_GE(erasure.receipts(1).resource_count(), 4);

  // Readers see who stands in, or no line, and no notice.
  for (const char* id : {"written", "own-words", "merged"}) {
    EXPECT_LT(suite_.WaitForLines(EditionName(id), "Media desk, media@example.org\n"), absl::InfiniteDuration()) << id;
  }
  EXPECT_LT(suite_.WaitForLines(EditionName("free"), ""), absl::InfiniteDuration());
  for (const std::string& id : ids) {
    const auto answer = suite_.client().Read(EditionName(id));
    ASSERT_TRUE(answer.edition.ok()) << answer.edition.status();
    EXPECT_TRUE(answer.edition->notices().empty());
    const v1::ReleaseRevision revision = LiveRevision(id);
    EXPECT_EQ(revision.digest(), digests[id]) << id;
    EXPECT_EQ(answer.edition->digest(), digests[id]) << id;
    EXPECT_THAT(Leaks({{id, revision.SerializeAsString()}}, kTraces), IsEmpty());
  }

  std::vector<Hoard> hoards = HoardsOf(suite_, redis_);
  hoards.push_back({"contacts feed", ContactsFeed(contacts_token)});
  hoards.push_back({"releases feed", ReleasesFeed(&v1::ReleaseService::Stub::WatchReleases, listed->watch_token())});
  EXPECT_THAT(Leaks(hoards, kTraces), IsEmpty());
  for (const Hoard& hoard : hoards) {
    const bool may_be_empty = hoard.name.ends_with("-wal") || hoard.name.ends_with(".lock");
    EXPECT_TRUE(may_be_empty || !hoard.bytes.empty()) << hoard.name;
  }

  // Nobody brings the person back.
  for (const char* mail : {kMail, kSecondMail}) {
    EXPECT_EQ(ReasonOf(suite_.MakeContact("again", "Somebody", mail).status()), Reason::ERROR_REASON_SUPPRESSED)
        << mail;
  }
  // Nor does a restart, which writes logs and files.
  ASSERT_EQ(suite_.contacts().Terminate(), 0);
  ASSERT_EQ(suite_.releases().Terminate(), 0);
  EXPECT_THAT(Leaks(HoardsOf(suite_, redis_), kTraces), IsEmpty());
}

TEST_P(ErasureProcessTest, AStoryIsLeftAndAnEditorIsTold) {
  const auto milena = suite_.MakeContact("milena", "Milena Quuxdottir", "milena@quuxmail.example");
  ASSERT_TRUE(milena.ok()) << milena.status();
  ASSERT_TRUE(PublishFree("story", "Help has arrived, says Milena Quuxdottir.").ok());
  auto request = EraseRequest(Get(milena->name()));
  request.set_validate_only(true);
  const Erasure planned = Contacts(&ErasureService::Stub::EraseContact, request);
  int left = 0;
  for (const auto& place : planned.plan().places()) {
    if (place.action() == contacts::v1::ErasurePlace::ACTION_LEFT_TO_EDITOR) ++left;
  }
  EXPECT_GT(left, 0);
  request.set_validate_only(false);
  request.set_plan(planned.plan().digest());
  const Erasure erasure = WaitUntilDone(Contacts(&ErasureService::Stub::EraseContact, request).name());
  EXPECT_EQ(erasure.receipts(1).left_count(), left);
  EXPECT_EQ(erasure.texts_size(), left);
  const auto answer = suite_.client().Read(EditionName("story"));
  ASSERT_TRUE(answer.edition.ok()) << answer.edition.status();
  EXPECT_THAT(answer.edition->content().lead().paragraph().text(), HasSubstr("Milena Quuxdottir"));
}

TEST_P(ErasureProcessTest, GoesOnAfterOneServiceHungAndTheOtherWasKilledAndEnded) {
  const auto milena = suite_.MakeContact("milena", "Milena Quuxdottir", "milena@quuxmail.example");
  ASSERT_TRUE(milena.ok()) << milena.status();
  ASSERT_TRUE(suite_.PublishReferring("news", milena->name()).ok());
  suite_.releases().process().Signal(SIGSTOP);
  const Erasure begun = Contacts(&ErasureService::Stub::EraseContact, EraseRequest(Get(milena->name())));
  EXPECT_EQ(begun.state(), Erasure::STATE_RUNNING);
  EXPECT_EQ(Get(milena->name()).state(), Contact::STATE_ERASED);
  WaitForRunning(1);
  suite_.contacts().Kill();
  suite_.contacts().Start();
  WaitForRunning(1);
  // In the middle of a question that nobody answers it ends as it should: at once, with nothing amiss.
  const absl::Time asked_to_end = absl::Now();
  EXPECT_EQ(suite_.contacts().Terminate(), 0);
  EXPECT_LT(absl::Now() - asked_to_end, absl::Seconds(10));
  suite_.contacts().Start();
  WaitForRunning(1);
  suite_.releases().process().Signal(SIGCONT);
  WaitUntilDone(begun.name());
  WaitForRunning(0);
  EXPECT_LT(suite_.WaitForLines(EditionName("news"), ""), absl::InfiniteDuration());
  EXPECT_THAT(Leaks(HoardsOf(suite_, redis_), {"Quuxdottir", "quuxmail"}), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Engines, ErasureProcessTest, ::testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::testing
