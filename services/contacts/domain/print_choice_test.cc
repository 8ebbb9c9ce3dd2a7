// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/print_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "services/platform/errors/error.h"

namespace communique::contacts {
namespace {

using platform::Reason;
using testing::HasSubstr;
using C = v1::Contact;

std::string NameOf(const std::string& id) { return "newsrooms/n/contacts/" + id; }

// Contacts by id. Without more they are in use, PUBLIC and valid.
class Contacts {
 public:
  C& Add(const std::string& id, const std::string& substitute = "", C::State state = C::STATE_ACTIVE) {
    C& contact = contacts_[NameOf(id)];
    contact.set_name(NameOf(id));
    contact.set_kind(C::KIND_PERSON);
    contact.set_state(state);
    contact.set_visibility(v1::VISIBILITY_PUBLIC);
    if (!substitute.empty()) contact.set_substitute(NameOf(substitute));
    return contact;
  }
  C& Merged(const std::string& id, const std::string& into) {
    C& contact = Add(id, "", C::STATE_MERGED);
    contact.set_merged_into(NameOf(into));
    return contact;
  }
  ContactLookup Lookup() {
    return [this](const std::string& name) -> absl::StatusOr<std::optional<C>> {
      ++lookups_;
      const auto found = contacts_.find(name);
      return found == contacts_.end() ? std::nullopt : std::optional(found->second);
    };
  }
  absl::StatusOr<PrintChoice> Choose(const std::string& id, std::int64_t second = 100) {
    return ChoosePrinted(contacts_.at(NameOf(id)), absl::FromUnixSeconds(second), Lookup());
  }
  absl::Status CheckSubstitutesOf(const std::string& id) {
    return CheckSubstitutes(contacts_.at(NameOf(id)), Lookup());
  }
  int lookups() const { return lookups_; }

 private:
  std::map<std::string, C> contacts_;
  int lookups_ = 0;
};

void ExpectNobody(const absl::StatusOr<PrintChoice>& choice, const char* says) {
  EXPECT_EQ(choice.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(platform::ReasonOf(choice.status()), Reason::ERROR_REASON_NOT_PRINTABLE);
  EXPECT_THAT(std::string(choice.status().message()), HasSubstr(says));
}

TEST(PrintChoiceTest, PrintsTheContactItself) {
  Contacts contacts;
  contacts.Add("a", "b");
  const auto choice = contacts.Choose("a");
  ASSERT_TRUE(choice.ok()) << choice.status();
  EXPECT_EQ(choice->contact.name(), NameOf("a"));
  EXPECT_EQ(choice->asked, NameOf("a"));
  EXPECT_FALSE(choice->until);
  EXPECT_EQ(choice->stand_in, "");
  EXPECT_EQ(contacts.lookups(), 0);
}

TEST(PrintChoiceTest, SaysWhyNobodyIs) {
  Contacts contacts;
  contacts.Add("deactivated", "", C::STATE_DEACTIVATED);
  contacts.Add("deleted", "", C::STATE_DELETED);
  contacts.Add("unconfirmed", "", C::STATE_UNCONFIRMED);
  contacts.Add("unsaid", "", C::STATE_UNSPECIFIED);
  contacts.Add("tomorrows", "", static_cast<C::State>(99));
  contacts.Add("internal").set_visibility(v1::VISIBILITY_INTERNAL);
  contacts.Add("media").set_visibility(v1::VISIBILITY_MEDIA_ONLY);
  contacts.Add("unthought").set_visibility(v1::VISIBILITY_UNSPECIFIED);
  contacts.Add("open").set_visibility(static_cast<v1::Visibility>(4));
  contacts.Add("early").mutable_valid_from()->set_seconds(101);
  contacts.Add("late").mutable_valid_until()->set_seconds(100);
  contacts.Add("nobody", "gone", C::STATE_DEACTIVATED);
  contacts.Merged("lost", "gone");
  contacts.Add("two", "internal", C::STATE_DEACTIVATED);
  const std::pair<const char*, const char*> rows[] = {
      {"deactivated", "is deactivated"},
      {"deleted", "is deleted"},
      {"unconfirmed", "is not confirmed yet; confirm it by an update"},
      {"unsaid", "is not in use"},
      {"tomorrows", "is not in use"},
      {"internal", "is not PUBLIC"},
      {"media", "is not PUBLIC"},
      {"unthought", "is not PUBLIC"},
      {"open", "is not PUBLIC"},
      {"early", "is not valid yet then"},
      {"late", "is not valid any more then"},
      {"nobody", "there is no contact newsrooms/n/contacts/gone"},
      {"lost", "there is no contact newsrooms/n/contacts/gone"},
      {"two", "contacts/two is deactivated; newsrooms/n/contacts/internal is not PUBLIC"},
  };
  for (const auto& [id, says] : rows) ExpectNobody(contacts.Choose(id), says);
}

TEST(PrintChoiceTest, FollowsMergesAndSubstitutes) {
  Contacts contacts;
  contacts.Merged("a", "b");
  contacts.Add("b", "c", C::STATE_DEACTIVATED);
  contacts.Merged("c", "d").set_substitute(NameOf("x"));
  contacts.Add("d");
  const auto choice = contacts.Choose("a");
  ASSERT_TRUE(choice.ok()) << choice.status();
  EXPECT_EQ(choice->contact.name(), NameOf("d"));
  EXPECT_EQ(choice->asked, NameOf("a"));
}

TEST(PrintChoiceTest, FollowsFiveSubstitutesAndNoMore) {
  Contacts contacts;
  for (int i = 0; i < 6; ++i) contacts.Add("c" + std::to_string(i), "c" + std::to_string(i + 1), C::STATE_DEACTIVATED);
  contacts.Add("c6");
  EXPECT_EQ(contacts.Choose("c1")->contact.name(), NameOf("c6"));
  ExpectNobody(contacts.Choose("c0"), "more than 5 contacts stand in for each other");
}

TEST(PrintChoiceTest, FollowsMergesHoweverManyThereWere) {
  Contacts contacts;
  for (int i = 0; i < 12; ++i) contacts.Merged("m" + std::to_string(i), "m" + std::to_string(i + 1));
  contacts.Add("m12");
  EXPECT_EQ(contacts.Choose("m0")->contact.name(), NameOf("m12"));
}

TEST(PrintChoiceTest, EndsCycles) {
  Contacts contacts;
  contacts.Add("a", "b", C::STATE_DEACTIVATED);
  contacts.Add("b", "a", C::STATE_DEACTIVATED);
  ExpectNobody(contacts.Choose("a"), "contacts/a stands in for itself through others");
  contacts.Merged("m", "n");
  contacts.Merged("n", "m");
  ExpectNobody(contacts.Choose("m"), "stands in for itself");
  contacts.Add("self", "self", C::STATE_DEACTIVATED);
  ExpectNobody(contacts.Choose("self"), "stands in for itself");
}

TEST(PrintChoiceTest, TellsWhoComesNext) {
  Contacts contacts;
  contacts.Add("a", "b").mutable_valid_until()->set_seconds(200);
  contacts.Add("b");
  auto choice = contacts.Choose("a", 199);
  EXPECT_EQ(choice->contact.name(), NameOf("a"));
  EXPECT_EQ(choice->until, absl::FromUnixSeconds(200));
  EXPECT_EQ(choice->stand_in, NameOf("b"));
  choice = contacts.Choose("a", 200);
  EXPECT_EQ(choice->contact.name(), NameOf("b"));
  EXPECT_FALSE(choice->until);

  contacts.Add("ends").mutable_valid_until()->set_seconds(200);
  choice = contacts.Choose("ends", 199);
  EXPECT_EQ(choice->until, absl::FromUnixSeconds(200));
  EXPECT_EQ(choice->stand_in, "");
}

TEST(PrintChoiceTest, GivesThePlaceBackToWhoBegins) {
  Contacts contacts;
  contacts.Add("a", "b").mutable_valid_from()->set_seconds(200);
  contacts.Add("b").mutable_valid_until()->set_seconds(300);
  auto choice = contacts.Choose("a", 100);
  EXPECT_EQ(choice->contact.name(), NameOf("b"));
  EXPECT_EQ(choice->until, absl::FromUnixSeconds(200));
  EXPECT_EQ(choice->stand_in, NameOf("a"));
  // One who is not in use does not begin.
  contacts.Add("a", "b", C::STATE_DEACTIVATED);
  choice = contacts.Choose("a", 100);
  EXPECT_EQ(choice->until, absl::FromUnixSeconds(300));
  EXPECT_EQ(choice->stand_in, "");
}

TEST(PrintChoiceTest, ALookupThatFailsIsNoAnswer) {
  Contacts contacts;
  C asked = contacts.Add("a", "b", C::STATE_DEACTIVATED);
  const auto choice = ChoosePrinted(asked, absl::FromUnixSeconds(0), [](const std::string&) {
    return absl::StatusOr<std::optional<C>>(absl::UnavailableError("later"));
  });
  EXPECT_EQ(choice.status().code(), absl::StatusCode::kUnavailable);
}

TEST(PrintChoiceTest, SubstitutesMayNotLeadBack) {
  Contacts contacts;
  contacts.Add("a", "b");
  contacts.Add("b", "c");
  contacts.Add("c");
  EXPECT_TRUE(contacts.CheckSubstitutesOf("a").ok());
  contacts.Merged("c", "a");
  const absl::Status status = contacts.CheckSubstitutesOf("a");
  EXPECT_EQ(platform::ReasonOf(status), Reason::ERROR_REASON_SUBSTITUTE_CYCLE);
  EXPECT_THAT(std::string(status.message()), HasSubstr("leads back to newsrooms/n/contacts/a"));
  // Nor in a circle that begins behind it.
  contacts.Add("x", "y");
  contacts.Add("y", "z");
  contacts.Add("z", "y");
  EXPECT_EQ(platform::ReasonOf(contacts.CheckSubstitutesOf("x")), Reason::ERROR_REASON_SUBSTITUTE_CYCLE);
}

TEST(PrintChoiceTest, SubstitutesMayNotBeTooMany) {
  Contacts contacts;
  for (int i = 0; i < 6; ++i) contacts.Add("c" + std::to_string(i), "c" + std::to_string(i + 1));
  contacts.Add("c6");
  EXPECT_TRUE(contacts.CheckSubstitutesOf("c1").ok());
  EXPECT_EQ(platform::ReasonOf(contacts.CheckSubstitutesOf("c0")), Reason::ERROR_REASON_SUBSTITUTE_CYCLE);
}

}  // namespace
}  // namespace communique::contacts
