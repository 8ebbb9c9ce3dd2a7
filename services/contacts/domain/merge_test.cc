// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "services/platform/errors/error.h"
#include "services/platform/locale/language_tag.h"

namespace communique::contacts {
namespace {

using platform::Reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using C = v1::Contact;

C Person(const std::string& id) {
  C contact;
  contact.set_name("newsrooms/n/contacts/" + id);
  contact.set_uid("uid of " + id);
  contact.set_etag("etag of " + id);
  contact.set_kind(C::KIND_PERSON);
  contact.set_state(C::STATE_ACTIVE);
  contact.set_visibility(v1::VISIBILITY_PUBLIC);
  return contact;
}

void AddName(C& contact, const std::string& locale, const std::string& name) {
  contact.add_person_names()->set_locale(locale);
  contact.mutable_person_names()->rbegin()->set_display_name(name);
}

void AddEmail(C& contact, const std::string& address, v1::Visibility visibility) {
  auto* email = contact.add_emails();
  email->set_address(address);
  email->set_ascii_address(address);
  email->set_visibility(visibility);
}

void AddRole(C& contact, const std::string& locale, const std::string& text) {
  contact.add_role_titles()->set_locale(locale);
  contact.mutable_role_titles()->rbegin()->set_text(text);
}

absl::StatusOr<MergedContacts> Merge(const C& primary, std::vector<C> sources, bool keep_primary = false) {
  return MergeInto(primary, sources, keep_primary);
}

TEST(MergeTest, TakesWhatThePrimaryLacks) {
  C a = Person("a");
  AddName(a, "", "Srđan Tošić");
  AddRole(a, "de", "Sprecher");
  a.add_languages("de");
  a.set_source("own staff directory");
  C b = Person("b");
  AddName(b, "", "Srdjan Tošić");
  AddName(b, "sr-Cyrl", "Срђан Тошић");
  AddRole(b, "fr", "Porte-parole");
  AddEmail(b, "srdjan@example.org", v1::VISIBILITY_PUBLIC);
  b.add_languages("sr");
  b.add_languages("de");
  b.set_organization("newsrooms/n/organizations/igh");
  b.set_time_zone("Europe/Zurich");
  b.set_substitute("newsrooms/n/contacts/x");
  b.set_source("Accreditation 2026");
  b.set_note("likes to be called");
  const auto merged = Merge(a, {b});
  ASSERT_TRUE(merged.ok()) << merged.status();
  const C& contact = merged->contact;
  EXPECT_EQ(contact.name(), a.name());
  EXPECT_EQ(contact.state(), C::STATE_ACTIVE);
  ASSERT_EQ(contact.person_names_size(), 3);
  EXPECT_EQ(contact.person_names(0).display_name(), "Srđan Tošić");
  EXPECT_EQ(contact.person_names(1).locale(), "mis-x-alt1");
  EXPECT_EQ(contact.person_names(1).display_name(), "Srdjan Tošić");
  EXPECT_EQ(contact.person_names(2).locale(), "sr-Cyrl");
  EXPECT_EQ(contact.role_titles_size(), 2);
  EXPECT_EQ(contact.emails(0).address(), "srdjan@example.org");
  EXPECT_THAT(contact.languages(), ElementsAre("de", "sr"));
  EXPECT_EQ(contact.organization(), b.organization());
  EXPECT_EQ(contact.time_zone(), "Europe/Zurich");
  EXPECT_EQ(contact.substitute(), "newsrooms/n/contacts/x");
  EXPECT_EQ(contact.source(), "own staff directory; Accreditation 2026");
  EXPECT_EQ(contact.note(), "likes to be called");
  ASSERT_EQ(merged->sources.size(), 1u);
  EXPECT_EQ(merged->sources[0].state(), C::STATE_MERGED);
  EXPECT_EQ(merged->sources[0].merged_into(), a.name());
  EXPECT_EQ(merged->sources[0].emails(0).address(), "srdjan@example.org");
  // A second time nothing is new.
  const auto again = Merge(contact, {b});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->contact.SerializeAsString(), contact.SerializeAsString());
}

TEST(MergeTest, FillsThePartsOfTheSameName) {
  C a = Person("a");
  AddName(a, "", "Mu\u0308ller Anna");
  C b = Person("b");
  AddName(b, "", "M\u00FCller Anna");
  b.mutable_person_names(0)->set_family_name("Müller");
  C c = Person("c");
  AddName(c, "", "Müller Anna");
  c.mutable_person_names(0)->set_family_name("Müller Anna");
  const auto merged = Merge(a, {b, c});
  ASSERT_TRUE(merged.ok()) << merged.status();
  ASSERT_EQ(merged->contact.person_names_size(), 2);
  EXPECT_EQ(merged->contact.person_names(0).display_name(), "Mu\u0308ller Anna");
  EXPECT_EQ(merged->contact.person_names(0).family_name(), "Müller");
  EXPECT_EQ(merged->contact.person_names(1).family_name(), "Müller Anna");
}

TEST(MergeTest, IsAsRestrictedAsTheMostRestricted) {
  C a = Person("a");
  AddEmail(a, "both@example.org", v1::VISIBILITY_PUBLIC);
  AddEmail(a, "mine@example.org", v1::VISIBILITY_PUBLIC);
  C b = Person("b");
  b.set_visibility(v1::VISIBILITY_MEDIA_ONLY);
  AddEmail(b, "both@example.org", v1::VISIBILITY_INTERNAL);
  AddEmail(b, "yours@example.org", v1::VISIBILITY_PUBLIC);
  const auto merged = Merge(a, {b});
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(merged->contact.visibility(), v1::VISIBILITY_MEDIA_ONLY);
  EXPECT_EQ(merged->contact.emails(0).visibility(), v1::VISIBILITY_INTERNAL);
  EXPECT_EQ(merged->contact.emails(1).visibility(), v1::VISIBILITY_PUBLIC);
  EXPECT_EQ(merged->contact.emails(2).visibility(), v1::VISIBILITY_MEDIA_ONLY);
  // Nobody has thought about it yet.
  b.set_visibility(v1::VISIBILITY_UNSPECIFIED);
  EXPECT_EQ(Merge(a, {b})->contact.visibility(), v1::VISIBILITY_UNSPECIFIED);
}

TEST(MergeTest, NobodyStandsInForOneself) {
  C a = Person("a");
  C b = Person("b");
  a.set_substitute(b.name());
  b.set_substitute(a.name());
  C c = Person("c");
  c.set_substitute("newsrooms/n/contacts/x");
  EXPECT_EQ(Merge(a, {b})->contact.substitute(), "");
  EXPECT_EQ(Merge(a, {b, c})->contact.substitute(), "newsrooms/n/contacts/x");
}

struct Row {
  const char* what;
  std::function<void(C& primary, C& source)> change;
  const char* says;
  bool primary_can_hold;
};

TEST(MergeTest, SaysWhatStandsAgainstIt) {
  const Row rows[] = {
      {"kinds", [](C&, C& b) { b.set_kind(C::KIND_DESK); },
       "kind: newsrooms/n/contacts/b is a desk and newsrooms/n/contacts/a is a person", false},
      {"a merged source", [](C&, C& b) { b.set_state(C::STATE_MERGED); }, "deleted or merged already", false},
      {"a deleted source", [](C&, C& b) { b.set_state(C::STATE_DELETED); }, "deleted or merged already", false},
      {"a deleted primary", [](C& a, C& b) { a.set_state(C::STATE_DELETED), b.set_state(C::STATE_UNCONFIRMED); },
       "contacts/a is deleted or merged already", false},
      {"a deactivated source", [](C&, C& b) { b.set_state(C::STATE_DEACTIVATED); }, "confirm, deactivate", false},
      {"an unconfirmed primary", [](C& a, C&) { a.set_state(C::STATE_UNCONFIRMED); }, "confirm, deactivate", false},
      {"relations", [](C&, C& b) { b.set_relation(C::RELATION_PARTNER); }, "relation: ", true},
      {"a partner who writes",
       [](C& a, C& b) { a.set_relation(C::RELATION_PARTNER), b.set_relation(C::RELATION_JOURNALIST); },
       "relation: newsrooms/n/contacts/b has another relation than newsrooms/n/contacts/a", true},
      {"staff into a journalist",
       [](C& a, C& b) { a.set_relation(C::RELATION_JOURNALIST), b.set_relation(C::RELATION_OWN_STAFF); },
       "relation: newsrooms/n/contacts/b is OWN_STAFF and newsrooms/n/contacts/a is a JOURNALIST; a person who is both "
       "is two contacts, one for each role",
       false},
      {"a journalist into staff", [](C&, C& b) { b.set_relation(C::RELATION_JOURNALIST); },
       "relation: newsrooms/n/contacts/b is a JOURNALIST and newsrooms/n/contacts/a is OWN_STAFF; a person who is both "
       "is two contacts, one for each role",
       false},
      {"organizations",
       [](C& a, C& b) {
         a.set_organization("newsrooms/n/organizations/x");
         b.set_organization("newsrooms/n/organizations/y");
       },
       "organization: ", true},
      {"roles", [](C& a, C& b) { AddRole(a, "de", "Sprecherin"), AddRole(b, "de", "Direktorin"); },
       "role_titles: newsrooms/n/contacts/b has another role in \"de\" than", true},
      {"a later begin", [](C&, C& b) { b.mutable_valid_from()->set_seconds(1); }, "valid_from: ", true},
      {"an earlier end", [](C&, C& b) { b.mutable_valid_until()->set_seconds(1); }, "valid_until: ", true},
      {"too many addresses",
       [](C& a, C& b) {
         for (int i = 0; i < 6; ++i) {
           AddEmail(a, "a" + std::to_string(i) + "@example.org", v1::VISIBILITY_PUBLIC);
           AddEmail(b, "b" + std::to_string(i) + "@example.org", v1::VISIBILITY_PUBLIC);
         }
       },
       "emails: 12 together; at most 10", false},
      {"long notes", [](C& a, C& b) { a.set_note(std::string(3000, 'a')), b.set_note(std::string(3000, 'b')); },
       "note: 6002 characters together", false},
  };
  for (const Row& row : rows) {
    C a = Person("a");
    C b = Person("b");
    row.change(a, b);
    for (const bool keep_primary : {false, true}) {
      const auto merged = Merge(a, {b}, keep_primary);
      if (keep_primary && row.primary_can_hold) {
        ASSERT_TRUE(merged.ok()) << row.what << merged.status();
        EXPECT_EQ(merged->contact.relation(), a.relation());
        EXPECT_EQ(merged->contact.organization(), a.organization());
        EXPECT_EQ(merged->contact.role_titles_size(), a.role_titles_size());
        EXPECT_FALSE(merged->contact.has_valid_from() || merged->contact.has_valid_until());
        continue;
      }
      EXPECT_EQ(merged.status().code(), absl::StatusCode::kFailedPrecondition) << row.what;
      EXPECT_EQ(platform::ReasonOf(merged.status()), Reason::ERROR_REASON_MERGE_CONFLICT);
      const std::string message(merged.status().message());
      EXPECT_THAT(message, HasSubstr(row.says)) << row.what;
      EXPECT_EQ(message.find("With keep_primary") != std::string::npos, row.primary_can_hold) << message;
    }
  }
}

TEST(MergeTest, TheUnconfirmedGoIntoAny) {
  for (const auto state : {C::STATE_ACTIVE, C::STATE_DEACTIVATED, C::STATE_UNCONFIRMED}) {
    C a = Person("a");
    a.set_state(state);
    C b = Person("b");
    b.set_state(C::STATE_UNCONFIRMED);
    EXPECT_EQ(Merge(a, {b})->contact.state(), state);
  }
}

TEST(MergeTest, RequestsAreCheckedFirst) {
  v1::MergeContactsRequest request;
  request.set_contact("newsrooms/n/contacts/a");
  EXPECT_THAT(std::string(ValidateMerge(request).message()), HasSubstr("sources: must not be empty"));
  for (const char* name :
       {"newsrooms/n/contacts/a", "newsrooms/m/contacts/b", "b", "newsrooms/n/contacts/c", "newsrooms/n/contacts/c"}) {
    request.add_sources()->set_contact(name);
  }
  const std::string message(ValidateMerge(request).message());
  EXPECT_THAT(message, HasSubstr("sources[0].contact: is the contact that is left"));
  EXPECT_THAT(message, HasSubstr("sources[1].contact: must be a contact of newsrooms/n"));
  EXPECT_THAT(message, HasSubstr("sources[2].contact: \"b\" is not a name of the form"));
  EXPECT_THAT(message, Not(HasSubstr("sources[3]")));
  EXPECT_THAT(message, HasSubstr("sources[4].contact: is there twice"));
  request.clear_sources();
  for (int i = 0; i < 10; ++i) request.add_sources()->set_contact("newsrooms/n/contacts/c" + std::to_string(i));
  EXPECT_TRUE(ValidateMerge(request).ok());
  request.clear_sources();
  for (int i = 0; i < 11; ++i) request.add_sources()->set_contact("newsrooms/n/contacts/b" + std::to_string(i));
  EXPECT_THAT(std::string(ValidateMerge(request).message()), HasSubstr("has 11 entries; at most 10"));
  EXPECT_TRUE(ValidateMerge(request, 11).ok());
  request.set_contact("a");
  EXPECT_THAT(std::string(ValidateMerge(request, 11).message()), HasSubstr("contact: \"a\" is not a name"));
}

// Properties, over contacts made of few words, so that they meet.
class RandomContacts {
 public:
  explicit RandomContacts(unsigned seed) : random_(seed) {}

  C Make(const std::string& id, C::Kind kind) {
    C contact = Person(id);
    contact.set_kind(kind);
    contact.set_visibility(Visibility());
    for (const char* locale : {"", "de", "sr-Cyrl", "zh-Hant"}) {
      if (Below(2) == 0) continue;
      if (kind == C::KIND_PERSON) {
        AddName(contact, locale, Word());
        if (Below(2) == 0) contact.mutable_person_names()->rbegin()->set_family_name(Word());
      } else if (*locale != 0) {
        contact.add_desk_names()->set_locale(locale);
        contact.mutable_desk_names()->rbegin()->set_text(Word());
      }
    }
    for (const char* address : {"a@example.org", "b@example.org", "c@example.org", "d@example.org"}) {
      if (Below(2) == 0) AddEmail(contact, address, Visibility());
      if (Below(2) == 0) {
        auto* phone = contact.add_phones();
        phone->set_number(address);
        phone->set_e164(std::string("+") + address);
        phone->set_kind(static_cast<v1::PhoneNumber::Kind>(Below(4)));
        phone->set_visibility(Visibility());
      }
      if (Below(2) == 0) {
        contact.add_web_addresses()->set_uri(address);
        contact.mutable_web_addresses()->rbegin()->set_visibility(Visibility());
      }
    }
    for (const char* language : {"de", "fr", "sr"}) {
      if (Below(2) == 0) contact.add_languages(language);
    }
    contact.set_note(Word());
    contact.set_source(Word());
    return contact;
  }
  int Below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }

 private:
  v1::Visibility Visibility() { return static_cast<v1::Visibility>(Below(6)); }
  std::string Word() {
    return std::vector<std::string>{"Ana", "Ана", "Anna", "Müller", "Mueller"}[static_cast<std::size_t>(Below(5))];
  }

  std::mt19937 random_;
};

// Who may see it: 1 the house, 2 the press, 3 everybody.
int Seen(v1::Visibility visibility) {
  return visibility == v1::VISIBILITY_PUBLIC ? 3 : visibility == v1::VISIBILITY_MEDIA_ONLY ? 2 : 1;
}

// Every value of a contact, and who may see it.
std::map<std::string, int> Values(const C& contact) {
  std::map<std::string, int> values;
  const int lid = Seen(contact.visibility());
  for (const auto& name : contact.person_names()) {
    for (const auto* text : {&name.display_name(), &name.family_name()}) {
      if (!text->empty()) values["name " + *text] = lid;
    }
  }
  for (const auto& name : contact.desk_names()) values["desk " + name.text()] = lid;
  for (const auto& email : contact.emails())
    values["mail " + email.address()] = std::min(lid, Seen(email.visibility()));
  for (const auto& phone : contact.phones()) {
    const std::string key = (phone.kind() == v1::PhoneNumber::KIND_FAX ? "fax " : "phone ") + phone.number();
    values[key] = std::min(lid, Seen(phone.visibility()));
  }
  for (const auto& web : contact.web_addresses()) values["web " + web.uri()] = std::min(lid, Seen(web.visibility()));
  for (const auto& language : contact.languages()) values["language " + language] = 3;
  return values;
}

void ExpectOnePerLanguage(const C& contact) {
  std::set<std::string> locales;
  for (const auto& name : contact.person_names()) {
    EXPECT_TRUE(locales.insert(name.locale()).second) << name.locale();
    EXPECT_TRUE(name.locale().empty() || platform::IsCanonicalLanguageTag(name.locale())) << name.locale();
  }
  locales.clear();
  for (const auto& name : contact.desk_names()) EXPECT_TRUE(locales.insert(name.locale()).second) << name.locale();
}

TEST(MergeTest, NothingIsLostAndNothingSeenMoreWidely) {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    RandomContacts random(seed);
    const auto kind = random.Below(2) == 0 ? C::KIND_PERSON : C::KIND_DESK;
    std::vector<C> all;
    for (int i = random.Below(4) + 1; i >= 0; --i) all.push_back(random.Make("c" + std::to_string(i), kind));
    ContactLimits limits;
    limits.person_names = limits.desk_names = limits.emails = limits.phones = limits.web_addresses = 1000;
    const auto merged = MergeInto(all[0], std::span(all).subspan(1), false, limits);
    ASSERT_TRUE(merged.ok()) << merged.status();
    SCOPED_TRACE(seed);
    ExpectOnePerLanguage(merged->contact);
    const auto result = Values(merged->contact);
    for (const C& source : all) {
      EXPECT_THAT(merged->contact.note(), HasSubstr(source.note()));
      EXPECT_THAT(merged->contact.source(), HasSubstr(source.source()));
      for (const auto& [value, seen] : Values(source)) {
        const auto found = result.find(value);
        ASSERT_NE(found, result.end()) << value;
        EXPECT_LE(found->second, seen) << value;
      }
    }
  }
}

TEST(MergeTest, UnmergingGivesBackWhatWas) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    RandomContacts random(seed);
    const std::vector<C> before = {random.Make("a", C::KIND_PERSON), random.Make("b", C::KIND_PERSON)};
    auto merged = MergeInto(before[0], std::span(before).subspan(1), true);
    ASSERT_TRUE(merged.ok()) << merged.status();
    std::vector<C> now = {merged->contact, merged->sources[0]};
    for (std::size_t i = 0; i < before.size(); ++i) {
      // Storing them gave them new versions, and the one that is left was changed since.
      now[i].set_etag("later");
      now[i].mutable_update_time()->set_seconds(9);
      now[i].set_note("changed since");
      const C restored = Unmerged(before[i], now[i]);
      EXPECT_EQ(restored.etag(), "later");
      EXPECT_EQ(restored.update_time().seconds(), 9);
      C expected = before[i];
      expected.set_etag("later");
      expected.mutable_update_time()->set_seconds(9);
      EXPECT_EQ(restored.SerializeAsString(), expected.SerializeAsString());
      EXPECT_EQ(restored.state(), C::STATE_ACTIVE);
      EXPECT_EQ(restored.merged_into(), "");
    }
  }
}

}  // namespace
}  // namespace communique::contacts
