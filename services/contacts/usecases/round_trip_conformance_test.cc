// SPDX-FileCopyrightText: 2026 The Communique Authors
// SPDX-License-Identifier: Apache-2.0

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/contacts/domain/exchange/contact_card.h"
#include "services/contacts/testing/contact_driver.h"
#include "services/contacts/testing/random_contacts.h"
#include "services/contacts/usecases/export_contacts.h"
#include "services/contacts/usecases/import_contacts.h"
#include "services/platform/errors/error.h"
#include "services/platform/testing/histories.h"

// What is exported and imported again is the same contact, in every format, in the fields that the format can carry.
namespace communique::contacts {
namespace {

class RoundTripTest : public testing::TestWithParam<const char*> {
 protected:
  RoundTripTest() {
    store_.MakeNewsroom("hq");
    store_.MakeNewsroom("relief", "newsrooms/hq");
    store_.MakeNewsroom("lake", "newsrooms/hq");
    driver_.MakeOrganization("igh", "Internationale Gesellschaft, \"Hilfe\"; e.V.", "CH", "hq");
  }

  int Below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random_); }

  // Texts that files are easily broken by.
  std::string AnyText(bool one_line) {
    static const std::vector<std::string> kPieces = {"Milena", "Brkić", "Милена", "山田 太郎", "O'Neill", "a;b",
                                                     "c,d",    "e\\f",  "\\n",    "\"g\"",     "^n",      "h: i",
                                                     "ü",      "😀 ja",  "=1+1",   "'",         "x = y",   "عربى",
                                                     "-9",     "@z",    "'+k",    "ß",         "itemX.y", "END:VCARD"};
    std::string text = kPieces[static_cast<std::size_t>(Below(static_cast<int>(kPieces.size())))];
    for (int i = Below(one_line ? 3 : 30); i > 0; --i) {
      absl::StrAppend(&text, one_line || Below(4) > 0 ? " " : "\n",
                      kPieces[static_cast<std::size_t>(Below(static_cast<int>(kPieces.size())))]);
    }
    return text;
  }
  // A name has a letter.
  std::string AnyName() { return absl::StrCat(AnyText(true), " Ana"); }

  v1::Contact AnyContact(int number) {
    static const std::vector<std::string> kLocales = {"", "sr-Cyrl", "ja", "ar"};
    v1::Contact contact;
    const bool desk = Below(4) == 0;
    contact.set_kind(desk ? v1::Contact::KIND_DESK : v1::Contact::KIND_PERSON);
    for (int i = 0; i <= Below(3); ++i) {
      if (desk) {
        auto& name = *contact.add_desk_names();
        name.set_locale(i == 0 ? "de" : kLocales[static_cast<std::size_t>(i)]);
        name.set_text(AnyName());
        continue;
      }
      auto& name = *contact.add_person_names();
      name.set_locale(kLocales[static_cast<std::size_t>(i)]);
      name.set_display_name(AnyName());
      if (Below(2) == 0) name.set_given_name(AnyName());
      if (Below(2) == 0) name.set_family_name(AnyName());
      if (Below(3) == 0) name.set_honorific("Dr., Prof.");
      if (Below(3) == 0) name.set_phonetic(AnyName());
    }
    for (int i = 0; i < Below(3); ++i) {
      auto& title = *contact.add_role_titles();
      title.set_locale(i == 0 ? "de" : "fr");
      title.set_text(AnyName());
    }
    if (Below(2) == 0) contact.set_organization("newsrooms/hq/organizations/igh");
    for (int i = 0; i < Below(4); ++i)
      contact.add_emails()->set_address(absl::StrCat("m", number, "+", i, "@exämple.org"));
    static const std::vector<std::string> kNumbers = {"+41 22 717 91 11", "+41 (0)22 717 91 12", "022 717 91 13",
                                                      "+49 30 204550 ext. 5"};
    for (int i = 0; i < Below(4); ++i) {
      auto& phone = *contact.add_phones();
      phone.set_number(kNumbers[static_cast<std::size_t>(i)]);
      if (i == 2) phone.set_region("CH");
      phone.set_kind(static_cast<v1::PhoneNumber::Kind>(1 + Below(3)));
    }
    for (int i = 0; i < Below(3); ++i) {
      auto& web = *contact.add_web_addresses();
      web.set_uri(absl::StrCat("https://example.org/m,", number, ";", i, "?a=b&c=%2C"));
      if (Below(2) == 0) web.set_label(AnyText(true));
    }
    for (int i = 0; i < Below(3); ++i) contact.add_languages(i == 0 ? "sr-Cyrl" : "de");
    if (Below(2) == 0) contact.set_time_zone("Europe/Zurich");
    if (Below(2) == 0) contact.set_note(AnyText(false));
    return contact;
  }

  v1::ExportContactsResponse Export(const std::string& newsroom, v1::ExchangeFormat format) {
    v1::ExportContactsRequest request;
    request.set_parent("newsrooms/" + newsroom);
    request.set_format(format);
    request.set_min_visibility(v1::VISIBILITY_INTERNAL);
    const auto file = ExportContacts(store_.environment(), ContactDriver::Editor(), request);
    EXPECT_TRUE(file.ok()) << file.status();
    return file.ok() ? *file : v1::ExportContactsResponse();
  }
  v1::ImportContactsResponse Import(v1::ExchangeFormat format, const std::string& content) {
    v1::ImportContactsRequest request;
    request.set_parent("newsrooms/lake");
    request.set_format(format);
    request.set_content(content);
    request.set_source("a test");
    request.set_basis(v1::PROCESSING_BASIS_PUBLIC_TASK);
    request.set_allow_duplicates(true);
    const auto imported = ImportContacts(store_.environment(), ContactDriver::Editor(), request);
    EXPECT_TRUE(imported.ok()) << imported.status();
    return imported.ok() ? imported->value : v1::ImportContactsResponse();
  }

  // What a file in this format carries of a contact.
  static std::string Carried(v1::Contact contact, v1::ExchangeFormat format) {
    if (format == v1::EXCHANGE_FORMAT_VCARD_3) {
      contact.clear_languages();
      const auto keep_first = [](auto& list) {
        if (list.size() > 1) list.DeleteSubrange(1, list.size() - 1);
      };
      keep_first(*contact.mutable_person_names());
      keep_first(*contact.mutable_desk_names());
      keep_first(*contact.mutable_role_titles());
    }
    if (format == v1::EXCHANGE_FORMAT_CSV) {
      const auto sort = [](auto& list) {
        std::sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.locale() < b.locale(); });
      };
      sort(*contact.mutable_person_names());
      sort(*contact.mutable_desk_names());
      sort(*contact.mutable_role_titles());
    }
    for (auto& phone : *contact.mutable_phones()) {
      phone.set_number(NumberForEverywhere(phone));
      phone.clear_region();
      if (phone.kind() == v1::PhoneNumber::KIND_UNSPECIFIED) phone.set_kind(v1::PhoneNumber::KIND_WORK);
      phone.clear_visibility();
    }
    for (auto& email : *contact.mutable_emails()) email.clear_visibility();
    for (auto& web : *contact.mutable_web_addresses()) web.clear_visibility();
    v1::Contact carried;
    carried.set_kind(contact.kind());
    *carried.mutable_person_names() = contact.person_names();
    *carried.mutable_desk_names() = contact.desk_names();
    *carried.mutable_role_titles() = contact.role_titles();
    carried.set_organization(contact.organization());
    *carried.mutable_emails() = contact.emails();
    *carried.mutable_phones() = contact.phones();
    *carried.mutable_web_addresses() = contact.web_addresses();
    *carried.mutable_languages() = contact.languages();
    carried.set_time_zone(contact.time_zone());
    carried.set_note(contact.note());
    return carried.DebugString();
  }

  ContactsStore store_{GetParam()};
  ContactDriver driver_{store_};
  std::mt19937 random_{20'261'016};
};

TEST_P(RoundTripTest, InEveryFormat) {
  // Contacts in all states that press officers bring about, and some whose texts are full of traps.
  RandomPressOfficer officer(store_, 7);
  std::vector<v1::Contact> known;
  for (int i = 0; i < platform::OfHistories(300); ++i) {
    for (const v1::Contact& contact : officer.Next(known).changed) {
      const auto whole = driver_.Get(contact.name(), {"*"});
      if (!whole.ok()) continue;
      const auto same =
          std::find_if(known.begin(), known.end(), [&](const auto& each) { return each.name() == whole->name(); });
      if (same == known.end()) {
        known.push_back(*whole);
      } else {
        *same = *whole;
      }
    }
  }
  for (int i = 0; i < platform::OfHistories(120); ++i) {
    ContactDriver::Expect(driver_.Send(ContactDriver::CreateRequest(absl::StrCat("traps-", i), AnyContact(i))));
  }
  for (const auto format :
       {v1::EXCHANGE_FORMAT_VCARD_3, v1::EXCHANGE_FORMAT_VCARD_4, v1::EXCHANGE_FORMAT_JCARD, v1::EXCHANGE_FORMAT_CSV}) {
    SCOPED_TRACE(v1::ExchangeFormat_Name(format));
    const auto file = Export("relief", format);
    ASSERT_GT(file.contact_count(), platform::OfHistories(120));
    ASSERT_EQ(file.next_page_token(), "");
    const auto report = Import(format, file.content());
    ASSERT_EQ(report.cards_size(), file.contact_count());
    // The file is in the order of the names.
    v1::ListContactsRequest list;
    list.set_parent("newsrooms/relief");
    list.set_page_size(1000);
    list.mutable_read_mask()->add_paths("*");
    const auto exported = ListContacts(store_.environment(), ContactDriver::Editor(), list);
    ASSERT_TRUE(exported.ok()) << exported.status();
    int card = 0;
    for (const v1::Contact& contact : exported->contacts()) {
      if (contact.state() == v1::Contact::STATE_MERGED) continue;
      const auto& entry = report.cards(card++);
      ASSERT_EQ(entry.outcome(), v1::ImportedCard::OUTCOME_CREATED) << entry.DebugString() << contact.DebugString();
      EXPECT_EQ(Carried(driver_.Whole(entry.contact()), format), Carried(contact, format));
    }
    EXPECT_EQ(card, report.cards_size());
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, RoundTripTest, testing::ValuesIn(platform::TestDatabase::kEngines),
                         platform::TestDatabase::Name);

}  // namespace
}  // namespace communique::contacts
