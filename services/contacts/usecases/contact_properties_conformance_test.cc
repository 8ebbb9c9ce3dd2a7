// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>

#include "absl/strings/numbers.h"
#include "services/contacts/testing/random_contacts.h"
#include "services/contacts/usecases/printable_contact.h"
#include "services/contacts/usecases/purge.h"

// What holds whatever is done to contacts, in whatever order: random histories, looked at after every step. A failure
// names its seed; COMMUNIQUE_TEST_SEED=n runs that one alone.
namespace communique::contacts {
namespace {

using State = v1::Contact::State;

constexpr int kSteps = 150;
// Printing everybody takes longer than a step.
constexpr int kPrintedEvery = 3;

std::vector<unsigned> Seeds() {
  const char* given = std::getenv("COMMUNIQUE_TEST_SEED");
  if (given != nullptr) return {static_cast<unsigned>(std::strtoul(given, nullptr, 10))};
  return {1, 2, 3};
}

std::int64_t VersionOf(const std::string& etag) {
  std::int64_t version = 0;
  EXPECT_TRUE(absl::SimpleAtoi(absl::string_view(etag).substr(1, etag.size() - 2), &version)) << etag;
  return version;
}

std::string IdOf(const std::string& name) { return name.substr(name.rfind('/') + 1); }

// Without what every version changes.
std::string Unversioned(v1::Contact contact) {
  contact.clear_etag();
  contact.clear_update_time();
  return contact.DebugString();
}

class ContactPropertiesTest : public testing::TestWithParam<const char*> {
 protected:
  ContactPropertiesTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
  }

  // All contacts in full, deleted ones included, by name.
  std::map<std::string, v1::Contact> All() {
    std::map<std::string, v1::Contact> all;
    for (const char* newsroom : {"newsrooms/hq", "newsrooms/relief"}) {
      v1::ListContactsRequest request;
      request.set_parent(newsroom);
      request.set_show_deleted(true);
      request.set_page_size(1000);
      request.mutable_read_mask()->add_paths("*");
      const auto page = ListContacts(store_.environment(), ContactDriver::Editor(), request);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) continue;
      for (const auto& contact : page->contacts()) all[contact.name()] = contact;
    }
    return all;
  }
  static std::vector<v1::Contact> Values(const std::map<std::string, v1::Contact>& all) {
    std::vector<v1::Contact> values;
    for (const auto& [name, contact] : all) values.push_back(contact);
    return values;
  }

  void ExpectChainsEnd(const std::map<std::string, v1::Contact>& all) {
    for (const auto& [name, contact] : all) {
      // Who is gone is nobody's substitute, and his own word does not count until he comes back.
      if (contact.state() == v1::Contact::STATE_DELETED) continue;
      std::set<std::string> seen;
      std::string next = name;
      bool is_substitute = false;
      while (!next.empty()) {
        ASSERT_TRUE(seen.insert(next).second) << name << " leads back to " << next;
        const auto found = all.find(next);
        ASSERT_NE(found, all.end()) << name << " leads to " << next << ", which is not there";
        const v1::Contact& there = found->second;
        if (there.state() == v1::Contact::STATE_DELETED) {
          // Who went into somebody who is deleted is gone with him, but nobody else leads there.
          ASSERT_FALSE(is_substitute) << name << " leads to " << next;
          break;
        }
        const bool merged = there.state() == v1::Contact::STATE_MERGED;
        is_substitute = is_substitute || !merged;
        next = merged ? there.merged_into() : there.substitute();
      }
    }
  }

  void ExpectOnlyWhatIsPublicIsPrinted(const std::map<std::string, v1::Contact>& all) {
    const absl::Time now = store_.clock().Now();
    for (const auto& [name, asked] : all) {
      v1::GetPrintableContactRequest request;
      request.set_newsroom("newsrooms/relief");
      request.set_contact(name);
      request.set_locale("de");
      const auto printed = GetPrintableContact(store_.environment(), ContactsStore::Reader(), request);
      if (!printed.ok()) {
        EXPECT_EQ(platform::ReasonOf(printed.status()), platform::Reason::ERROR_REASON_NOT_PRINTABLE)
            << printed.status();
        continue;
      }
      const v1::Contact& contact = all.at(printed->contact());
      EXPECT_EQ(contact.state(), v1::Contact::STATE_ACTIVE) << name;
      EXPECT_EQ(contact.visibility(), v1::VISIBILITY_PUBLIC) << name;
      EXPECT_EQ(contact.etag(), printed->etag());
      EXPECT_TRUE(!contact.has_valid_from() || platform::FromTimestamp(contact.valid_from()) <= now) << name;
      EXPECT_TRUE(!contact.has_valid_until() || platform::FromTimestamp(contact.valid_until()) > now) << name;
      for (const auto& address : printed->emails()) {
        EXPECT_TRUE(std::any_of(contact.emails().begin(), contact.emails().end(),
                                [&](const auto& email) {
                                  return email.address() == address && email.visibility() == v1::VISIBILITY_PUBLIC;
                                }))
            << name << " prints " << address;
      }
      for (const auto& number : printed->phones()) {
        EXPECT_TRUE(std::any_of(
            contact.phones().begin(), contact.phones().end(),
            [&](const auto& phone) { return phone.number() == number && phone.visibility() == v1::VISIBILITY_PUBLIC; }))
            << name << " prints " << number;
      }
    }
  }

  // Once a merge is undone, its contacts are what they were; what they named and has gone for good is left out.
  void ExpectRestored(const std::map<std::string, std::string>& before, const std::map<std::string, v1::Contact>& all) {
    for (const auto& [name, was] : before) EXPECT_EQ(Unversioned(all.at(name)), was);
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
};

TEST_P(ContactPropertiesTest, HoldAfterEveryStepOfAHistory) {
  std::map<std::string, int> outcomes;
  for (const unsigned seed : Seeds()) {
    SCOPED_TRACE(testing::Message() << "COMMUNIQUE_TEST_SEED=" << seed);
    RandomPressOfficer officer(store_, seed);
    std::map<std::string, std::map<std::string, std::string>> before_merge;
    auto all = All();
    auto feed = driver_.Feed();
    for (int i = 0; i < kSteps && !HasFailure(); ++i) {
      const auto before = all;
      const auto step = officer.Next(Values(all));
      SCOPED_TRACE(testing::Message() << "step " << i << ": " << step.what << ": " << step.status);
      ++outcomes[absl::StrCat(step.what.substr(0, step.what.find(' ')), step.status.ok() ? " done" : " refused")];
      all = All();
      const auto told = driver_.Feed();
      if (!step.status.ok() || step.validate_only) {
        EXPECT_NE(step.status.code(), absl::StatusCode::kInternal);
        EXPECT_NE(step.status.code(), absl::StatusCode::kUnknown);
        EXPECT_EQ(told, feed) << "nothing is told of what was not done";
        ASSERT_EQ(all.size(), before.size());
        for (const auto& [name, contact] : before) {
          EXPECT_EQ(all.at(name).SerializeAsString(), contact.SerializeAsString()) << "nothing is half done";
        }
      } else if (step.changed.size() > 1 || !before.contains(step.changed[0].name()) ||
                 before.at(step.changed[0].name()).etag() != step.changed[0].etag()) {
        // Each contact that changed is told once, in order, and has a later version; no other one has.
        ASSERT_EQ(told.size(), feed.size() + step.changed.size());
        std::set<std::string> changed;
        for (std::size_t n = 0; n < step.changed.size(); ++n) {
          const v1::Contact& contact = step.changed[n];
          changed.insert(contact.name());
          EXPECT_THAT(told[feed.size() + n], testing::EndsWith(" " + IdOf(contact.name())));
          EXPECT_EQ(all.at(contact.name()).etag(), contact.etag());
          if (before.contains(contact.name())) {
            EXPECT_GT(VersionOf(contact.etag()), VersionOf(before.at(contact.name()).etag()));
          }
        }
        for (const auto& [name, contact] : before) {
          if (changed.contains(name)) continue;
          EXPECT_EQ(all.at(name).etag(), contact.etag()) << name;
        }
        if (!step.merge.name().empty() && !step.merge.undone()) {
          for (const std::string& name : changed) {
            before_merge[step.merge.name()][name] = Unversioned(before.at(name));
          }
        } else if (step.merge.undone()) {
          ExpectRestored(before_merge.at(step.merge.name()), all);
        }
      } else {
        EXPECT_EQ(told, feed) << "who changes nothing is not told of";
      }
      feed = told;
      ExpectChainsEnd(all);
      if (i % kPrintedEvery == 0) ExpectOnlyWhatIsPublicIsPrinted(all);
      store_.clock().Advance(absl::Minutes(officer.Below(5)));
    }
  }
  std::string counts;
  for (const auto& [outcome, count] : outcomes) absl::StrAppend(&counts, outcome, " ", count, "; ");
  RecordProperty("outcomes", counts);
  // The histories are worth something: everything was done, and everything was refused.
  for (const char* verb : {"create", "update", "delete", "undelete", "deactivate", "reactivate", "merge", "unmerge"}) {
    if (std::getenv("COMMUNIQUE_TEST_SEED") != nullptr) break;
    EXPECT_GT(outcomes[absl::StrCat(verb, " done")], 0) << verb;
    EXPECT_GT(outcomes[absl::StrCat(verb, " refused")], 0) << verb;
  }
}

TEST_P(ContactPropertiesTest, HoldWhenManyWorkAtOnce) {
  constexpr std::size_t kOfficers = 4;
  constexpr int kStepsEach = 40;
  for (int i = 0; i < 8; ++i) driver_.Make(absl::StrCat("c", i), ContactDriver::Person(absl::StrCat("Person ", i)));
  std::mutex mutex;
  // What each of them was told that it had made of a contact.
  std::map<std::string, std::map<std::int64_t, std::string>> versions;
  const auto verb_of = [](const std::string& what) {
    static const std::map<std::string, std::string> kVerbs = {
        {"create", "CREATED"},         {"update", "UPDATED"},         {"delete", "DELETED"}, {"undelete", "UNDELETED"},
        {"deactivate", "DEACTIVATED"}, {"reactivate", "REACTIVATED"}, {"merge", "MERGED"},   {"unmerge", "UNMERGED"}};
    return kVerbs.at(what.substr(0, what.find(' ')));
  };
  AtOnce(kOfficers, [&](std::size_t which) {
    RandomPressOfficer officer(store_, static_cast<unsigned>(1000 + which));
    for (int i = 0; i < kStepsEach; ++i) {
      const auto known = All();
      const auto step = officer.Next(Values(known));
      if (!step.status.ok()) {
        EXPECT_NE(step.status.code(), absl::StatusCode::kInternal) << step.status;
        EXPECT_NE(step.status.code(), absl::StatusCode::kUnknown) << step.status;
        continue;
      }
      if (step.validate_only || step.merge.ByteSizeLong() > 0) continue;
      const v1::Contact& contact = step.changed[0];
      const bool same = known.contains(contact.name()) && known.at(contact.name()).etag() == contact.etag();
      const std::lock_guard lock(mutex);
      if (!same) versions[IdOf(contact.name())][VersionOf(contact.etag())] = verb_of(step.what);
    }
    return absl::OkStatus();
  });
  const auto all = All();
  ExpectChainsEnd(all);
  ExpectOnlyWhatIsPublicIsPrinted(all);
  // Of each contact, the feed tells in the order of its versions what was done to it.
  std::map<std::string, std::vector<std::string>> told;
  for (const std::string& entry : driver_.Feed()) {
    const std::size_t space = entry.find(' ');
    const std::string verb = entry.substr(0, space);
    if (verb != "MERGED" && verb != "UNMERGED") told[entry.substr(space + 1)].push_back(verb);
  }
  for (int i = 0; i < 8; ++i) versions[absl::StrCat("c", i)][1] = "CREATED";
  for (const auto& [id, verbs] : versions) {
    std::vector<std::string> in_order;
    for (const auto& [version, verb] : verbs) in_order.push_back(verb);
    EXPECT_EQ(told[id], in_order) << id;
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, ContactPropertiesTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
