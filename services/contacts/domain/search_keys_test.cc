// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include "services/contacts/domain/search_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace communique::contacts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

SearchKey Word(std::string key) { return {SearchKeyKind::kWord, std::move(key)}; }

v1::Organization Society() {
  v1::Organization organization;
  organization.add_names()->set_display_name("Gesellschaft Hilfe");
  organization.mutable_names(0)->set_acronym("IGH");
  organization.add_names()->set_display_name("Society");
  return organization;
}

TEST(SearchKeysTest, ContactsAreFoundByWhatIsPrinted) {
  v1::Contact contact;
  contact.add_person_names()->set_display_name("Milena Tosic");
  contact.mutable_person_names(0)->set_family_name("Geheim");
  contact.mutable_person_names(0)->set_phonetic("Geheim");
  contact.add_person_names()->set_display_name("Milena T");
  contact.add_role_titles()->set_text("Sprecherin");
  contact.set_note("Geheim");
  contact.add_emails()->set_address("Milena+Press@Example.org");
  contact.add_emails()->set_address("milena@example.org");
  contact.add_phones()->set_number("022 555 01 00");
  contact.mutable_phones(0)->set_e164("+41225550100");
  contact.add_phones()->set_number("broken");
  const v1::Organization society = Society();
  EXPECT_THAT(
      SearchKeysOf(contact, &society),
      ElementsAre(Word("gesellschaft"), Word("hilfe"), Word("igh"), Word("milena"), Word("societi"), Word("sprecherin"),
                  Word("t"), Word("tosic"), SearchKey{SearchKeyKind::kMailbox, "milena@example.org"},
                  SearchKey{SearchKeyKind::kPhone, "+41225550100"}));
  EXPECT_THAT(SearchKeysOf(society), IsSupersetOf({Word("igh"), Word("societi")}));
  EXPECT_THAT(SearchKeysOf(v1::Contact(), nullptr), IsEmpty());
}

TEST(SearchKeysTest, DesksAreFoundByTheirNames) {
  v1::Contact desk;
  desk.add_desk_names()->set_text("Media desk");
  EXPECT_THAT(SearchKeysOf(desk, nullptr), ElementsAre(Word("desk"), Word("media")));
}

TEST(SearchKeysTest, ScriptsAndSpellingsFindEachOther) {
  const auto keys_of = [](const char* name) {
    v1::Contact contact;
    contact.add_person_names()->set_display_name(name);
    return SearchKeysOf(contact, nullptr);
  };
  const auto share = [&](const char* one, const char* other) {
    const auto a = keys_of(one);
    const auto b = keys_of(other);
    return std::any_of(a.begin(), a.end(),
                       [&](const SearchKey& key) { return std::find(b.begin(), b.end(), key) != b.end(); });
  };
  for (const auto& [one, other] :
       {std::pair("Срђан", "Srđan"), std::pair("Срђан", "Srdjan"), std::pair("Srđan", "Srdjan"),
        std::pair("Müller", "Mueller"), std::pair("Müller", "MULLER")}) {
    EXPECT_TRUE(share(one, other)) << one << " " << other;
  }
  EXPECT_FALSE(share("Müller", "Möller"));
}

TEST(SearchKeysTest, WholeAddressesFindMailboxes) {
  v1::Contact contact;
  contact.add_emails()->set_address("Presse@Straße.example");
  contact.add_emails()->set_address("desk@intranet");
  const auto keys = SearchKeysOf(contact, nullptr);
  for (const char* query : {"presse@straße.example", "PRESSE+a@xn--strae-oqa.example", "desk@intranet"}) {
    ASSERT_TRUE(MailboxSearchKey(query)) << query;
    EXPECT_THAT(keys, testing::Contains(*MailboxSearchKey(query))) << query;
  }
  for (const char* query : {"presse", "presse@", "@straße.example", "", "a b@example.org"}) {
    EXPECT_FALSE(MailboxSearchKey(query)) << query;
  }
}

TEST(SearchKeysTest, WholeNumbersFindTelephones) {
  const SearchKey key{SearchKeyKind::kPhone, "+41225550100"};
  EXPECT_EQ(PhoneSearchKey("+41 22 555 01 00"), key);
  EXPECT_EQ(PhoneSearchKey("+41 (0)22 555-01-00 ext. 12"), key);
  EXPECT_EQ(PhoneSearchKey("022 555 01 00", "CH"), key);
  for (const char* query : {"022 555 01 00", "+41 22", "milena", "", "Milena 2026"}) {
    EXPECT_FALSE(PhoneSearchKey(query)) << query;
  }
}

}  // namespace
}  // namespace communique::contacts
